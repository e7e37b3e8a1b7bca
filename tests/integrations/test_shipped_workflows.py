"""The workflows for n8n, as files: they ask routes that there are, with parameters that these take, and hold no secret."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from groovelog import api
from groovelog.lake.home import Home
from groovelog.state.database import State

FOLDER = Path(__file__).parents[2] / "integrations" / "n8n"
WORKFLOWS = [path for path in sorted(FOLDER.glob("*.json")) if not path.name.startswith("credentials")]
ADDRESS = "={{ $('Where').first().json.groovelog }}"
ASKS = "n8n-nodes-base.httpRequest"
# By default n8n 2 leaves out what runs commands and reads files.
TAKEN = {
    ASKS,
    *(f"n8n-nodes-base.{kind}" for kind in ("scheduleTrigger", "manualTrigger", "set", "if", "code", "stopAndError")),
}
LONGEST_ID = 21
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The paths of the OpenAPI document, as they are under the server."""
    root = tmp_path_factory.mktemp("home")
    told = api.app(Home(root), State(root)).openapi()
    return {f"/api{path}": operation for path, operation in told["paths"].items()}


@pytest.fixture(params=WORKFLOWS, ids=lambda path: str(path.stem))
def workflow(request: pytest.FixtureRequest) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    return told


def test_three_workflows_are_there_each_with_an_id_of_its_own() -> None:
    ids = {json.loads(path.read_text(encoding="utf-8"))["id"] for path in WORKFLOWS}
    assert {path.stem for path in WORKFLOWS} == {"weekly-collection", "weekly-snapshot-and-merge", "tell-me"}
    assert len(ids) == len(WORKFLOWS)
    assert max(map(len, ids)) <= LONGEST_ID


def test_every_address_is_a_route_that_takes_what_is_asked(
    workflow: dict[str, Any], operations: dict[str, Any]
) -> None:
    asking = [node for node in workflow["nodes"] if node["type"] == ASKS and node["name"] != "Tell me"]
    assert asking
    for node in asking:
        told = node["parameters"]
        assert told["url"].startswith(ADDRESS)
        operation = operations[told["url"].removeprefix(ADDRESS)][told["method"].lower()]
        asked = {one["name"] for one in told.get("queryParameters", {}).get("parameters", ())}
        assert asked <= {one["name"] for one in operation.get("parameters", ())}
        assert node["credentials"] == {"httpHeaderAuth": {"id": "groovelogKey0001", "name": "Groovelog key"}}


def test_it_runs_by_hand_too_and_every_step_is_one_that_n8n_has(workflow: dict[str, Any]) -> None:
    kinds = {node["type"] for node in workflow["nodes"]}
    assert {"n8n-nodes-base.manualTrigger", "n8n-nodes-base.scheduleTrigger"} <= kinds <= TAKEN
    assert workflow["active"] is False


def test_every_step_that_is_named_is_there(workflow: dict[str, Any]) -> None:
    names = {node["name"] for node in workflow["nodes"]}
    text = json.dumps(workflow)
    assert set(re.findall(r"\$\('([^']+)'\)", text)) <= names
    for name, leads in workflow["connections"].items():
        assert {name, *(lead["node"] for out in leads["main"] for lead in out)} <= names


def test_no_file_holds_a_secret() -> None:
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not KEY.search(text.replace("0000-4000-8000", "")), path.name
        assert "$env" not in text
    (credential,) = json.loads((FOLDER / "credentials.example.json").read_text(encoding="utf-8"))
    assert credential["data"] == {"name": "Authorization", "value": "Bearer PUT-THE-KEY-HERE"}
