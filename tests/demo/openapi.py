"""Whether a value is as an OpenAPI 3.0 description says: types, required and known keys, enums, nulls, references."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Schema = dict[str, Any]
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict,
}  # fmt: skip


@dataclass(frozen=True)
class Deviation:
    """Where a value is not as described: the place without numbers (`items.track.album`), and what is wrong there."""

    place: str
    fault: str


@dataclass(frozen=True)
class Description:
    """A whole OpenAPI document."""

    document: Schema

    def answer(self, method: str, path: str, status: int) -> Schema | None:
        """The schema of an answer as JSON; None where it has no body."""
        responses = self.document["paths"][path][method.lower()]["responses"]
        content = self.followed(responses[str(status)]).get("content")
        return self.followed(content["application/json"]["schema"]) if content else None

    def followed(self, told: Schema) -> Schema:
        while "$ref" in told:
            found: Any = self.document
            for name in told["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            told = found
        return told

    def deviations(self, schema: Schema, value: object, place: str = "") -> Iterator[Deviation]:
        schema = self.merged(schema)
        if value is None:
            if not schema.get("nullable"):
                yield Deviation(place, "null")
            return
        if "oneOf" in schema:
            schema = self.chosen(schema, value)
        kind = schema.get("type")
        if kind and (not isinstance(value, TYPES[kind]) or (kind != "boolean" and isinstance(value, bool))):
            yield Deviation(place, f"no {kind}")
            return
        if "enum" in schema and value not in schema["enum"]:
            yield Deviation(place, f"{value!r} is none of {schema['enum']}")
        if schema.get("format") == "date-time":
            datetime.fromisoformat(str(value))
        if isinstance(value, list):
            for one in value:
                yield from self.deviations(schema["items"], one, place)
        if isinstance(value, dict):
            yield from self.of_keys(schema, value, place)

    def of_keys(self, schema: Schema, value: dict[str, Any], place: str) -> Iterator[Deviation]:
        described = schema.get("properties", {})
        for key in schema.get("required", []):
            if key not in value:
                yield Deviation(f"{place}.{key}".lstrip("."), "missing")
        for key, told in value.items():
            at = f"{place}.{key}".lstrip(".")
            if key in described:
                yield from self.deviations(described[key], told, at)
            else:
                yield Deviation(at, "not described")

    def merged(self, schema: Schema) -> Schema:
        """With all that `allOf` brings together."""
        schema = self.followed(schema)
        if "allOf" not in schema:
            return schema
        whole: Schema = {"properties": {}, "required": []}
        for part in [*map(self.merged, schema["allOf"]), {key: schema[key] for key in schema if key != "allOf"}]:
            whole = {
                **whole,
                **part,
                "properties": whole["properties"] | part.get("properties", {}),
                "required": whole["required"] + part.get("required", []),
            }
        return whole

    def chosen(self, schema: Schema, value: Any) -> Schema:
        """Of the schemas that a value may have, the one that its discriminator names."""
        name = schema["discriminator"]["propertyName"]
        parts = [self.merged(part) for part in schema["oneOf"]]
        return next(part for part in parts if value[name] in part["properties"][name]["enum"])
