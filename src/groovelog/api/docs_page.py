"""/api/docs: the description as a page of its own, without scripts, so that it loads nothing from anywhere."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
code, pre { font: 14px/1.45 ui-monospace, monospace } pre { overflow-x: auto; padding: .75rem; border: 1px solid #8886 }
h2 { margin-top: 3rem; text-transform: capitalize } h3 { margin-top: 2rem } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-top: 1px solid #8884 }
summary { cursor: pointer }
"""
SECURITY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

# Where nothing better is told.
PLAIN = {
    "date-time": "2026-03-01T10:00:00Z",
    "string": "…",
    "integer": 0,
    "number": 0.0,
    "boolean": False,
    "object": {},
}


def page(schema: dict[str, Any]) -> str:
    """The page of an OpenAPI 3.1 description."""
    base = next((server["url"] for server in schema.get("servers", [])), "")
    tags: dict[str, list[str]] = {}
    for path, operations in schema["paths"].items():
        for method, told in operations.items():
            tags.setdefault(told["tags"][0], []).append("".join(_operation(method, base + path, told, schema)))
    info = schema["info"]
    parts = "".join(f"<h2>{escape(tag)}</h2>{''.join(operations)}" for tag, operations in tags.items())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f"<h1>{escape(info['title'])}</h1><p>{escape(info['description'])}</p>"
        f'<p><a href="{escape(base)}/v1/openapi.json">The OpenAPI description</a></p>{parts}</body></html>'
    )


def _operation(method: str, path: str, told: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    yield f'<h3 id="{escape(told["operationId"])}"><code>{method.upper()} {escape(path)}</code></h3>'
    yield f"<p>{escape(told.get('description', ''))}</p>"
    if parameters := told.get("parameters"):
        yield "<table><tr><th>Parameter</th><th>In</th><th></th></tr>"
        for one in parameters:
            yield f"<tr><td><code>{escape(one['name'])}</code></td><td>{one['in']}</td><td>{_meaning(one)}</td></tr>"
        yield "</table>"
    yield "<table><tr><th>Status</th><th></th></tr>"
    for status, answer in told["responses"].items():
        yield f"<tr><td>{status}</td><td>{escape(answer['description'])}</td></tr>"
    yield "</table>"
    if (example := _example(told, schema)) is not None:
        shown = escape(json.dumps(example, indent=2, ensure_ascii=False))
        yield f"<details><summary>An answer</summary><pre>{shown}</pre></details>"


def _meaning(parameter: dict[str, Any]) -> str:
    schema = parameter["schema"]
    choices: list[str] = schema.get("enum") or next(
        (one["enum"] for one in schema.get("anyOf", []) if "enum" in one), []
    )
    said = parameter.get("description", "")
    return escape(f"{said} One of {', '.join(map(str, choices))}." if choices else said)


def _example(told: dict[str, Any], schema: dict[str, Any]) -> Any:
    for status, answer in told["responses"].items():
        if status.startswith("2") and (content := answer.get("content", {}).get("application/json")):
            return example_of(content["schema"], schema)
    return None


def example_of(told: dict[str, Any], schema: dict[str, Any]) -> Any:
    """A value of the schema, put together of its examples."""
    while "$ref" in told:
        told = schema["components"]["schemas"][told["$ref"].rpartition("/")[2]]
    if "examples" in told:
        return told["examples"][0]
    if "anyOf" in told:
        return example_of(told["anyOf"][0], schema)
    if "properties" in told:
        return {name: example_of(one, schema) for name, one in told["properties"].items()}
    if "items" in told:
        return [example_of(told["items"], schema)]
    return PLAIN.get(told.get("format") or told.get("type", ""))
