"""The description: whole, true (schemathesis), enough for a client, and readable without loading anything."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from api_scene import Scene, history

from groovelog.reports import REPORTS

SETTINGS = Path(__file__).parents[2] / "schemathesis.toml"
NO_GENERATOR = "openapi-python-client is not installed: pip install openapi-python-client"


@pytest.fixture(scope="module")
def described(scene: Scene) -> dict[str, Any]:
    told: dict[str, Any] = scene.ask("/v1/openapi.json").json()
    return told


def test_every_operation_has_a_name_a_sentence_and_an_example(described: dict[str, Any]) -> None:
    assert described["servers"] == [{"url": "/api"}]
    operations = [told for path in described["paths"].values() for told in path.values()]
    names = [told["operationId"] for told in operations]
    assert len(names) == len(set(names)) == 19
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)+", name) for name in names)
    for told in operations:
        assert told["description"]
        assert {"401", "403", "422"} <= set(told["responses"])
        (status,) = (status for status in told["responses"] if status.startswith("2"))
        if status != "204":
            assert told["responses"][status]["content"]["application/json"]["example"]


def test_every_report_may_be_named(described: dict[str, Any]) -> None:
    parameters = described["paths"]["/v1/reports/{name}"]["get"]["parameters"]
    assert parameters[0]["schema"]["enum"] == [report.name for report in REPORTS]
    taken = {parameter.name for report in REPORTS for parameter in report.parameters}
    assert {one["name"] for one in parameters} == taken | {"name", "format", "limit", "offset"}


def test_the_page_tells_of_everything_and_loads_nothing(scene: Scene, described: dict[str, Any]) -> None:
    answer = scene.ask("/docs")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    for path, operations in described["paths"].items():
        for method, told in operations.items():
            assert f"{method.upper()} /api{path}" in answer.text
            assert f'id="{told["operationId"]}"' in answer.text
    assert not re.findall(r"src=|<script|<link|url\(|@import", answer.text)
    assert re.findall(r'href="([^"]*)"', answer.text) == ["/api/v1/openapi.json"]


def schemathesis(fresh: Scene, folder: Path, *words: str) -> str:
    """Its summary."""
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS), "run", "--no-color"]
    key = fresh.key("Ann", "write")
    told = ["--header", f"Authorization: Bearer {key}", "--seed", "1", "--workers", "2", *words]
    done = subprocess.run(
        [*command, f"{fresh.address}/api/v1/openapi.json", *told],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_schemathesis_finds_nothing(fresh: Scene, tmp_path: Path) -> None:
    said = schemathesis(fresh, tmp_path, "--phases", "fuzzing", "--max-examples", "6")
    assert re.search(r"([0-9]+) generated, \1 passed", said)


@pytest.mark.long
def test_schemathesis_finds_nothing_at_length(fresh: Scene, tmp_path: Path) -> None:
    assert re.search(r"([0-9]+) generated, \1 passed", schemathesis(fresh, tmp_path, "--max-examples", "60"))


def test_a_client_made_from_the_description_works(
    fresh: Scene, described: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openapi_python_client", reason=NO_GENERATOR)
    (tmp_path / "openapi.json").write_text(json.dumps(described))
    made = ["generate", "--path", "openapi.json", "--meta", "none", "--output-path", "groovelog_client"]
    done = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *made],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout
    monkeypatch.syspath_prepend(str(tmp_path))

    def module(name: str) -> Any:
        return importlib.import_module(f"groovelog_client.{name}")

    with module("client").AuthenticatedClient(f"{fresh.address}/api", token=fresh.key("Ann", "write")) as client:
        use(fresh, client, module)


def use(fresh: Scene, client: Any, module: Callable[[str], Any]) -> None:
    """A report, a refusal, an upload, keys and events through it."""
    top = module("api.reports.get_report").sync("top-artists", client=client, from_="2020-01-01", top=1)
    assert top.rows[0].additional_properties["plays"] == 30
    unknown = module("api.reports.get_report").sync("overview", client=client, from_="2020-01-01", to="2019-01-01")
    assert unknown.detail == "The period ends before it begins: from 2020-01-01 to 2019-01-01."
    upload = module("types").File(payload=history("Anns Band", 31))
    begun = module("api.imports.start_import").sync(client=client, body=upload, name="history.json")
    assert module("api.imports.get_import").sync(begun.id, client=client).id == begun.id
    wanted = module("models.key_wanted").KeyWanted(scope=module("models.key_wanted_scope").KeyWantedScope("read"))
    key = module("api.keys.create_key").sync(client=client, body=wanted)
    assert fresh.ask("/v1/listeners", key.key).status_code == 200
    assert module("api.keys.revoke_key").sync_detailed(key.id, client=client).status_code == 204
    kinds = [event.kind for event in module("api.events.list_events").sync(client=client).events]
    assert "import_done" in kinds
