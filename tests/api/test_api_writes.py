"""What changes something over HTTP: an upload and its receipt, keys; and the events that follow."""

import json
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from api_scene import NOW, Scene, history

from calling import Call
from groovelog.pipeline import import_jobs
from groovelog.state.database import State
from groovelog.state.sign_ins import SignIn, Tokens, save
from spotify_export import zipped

AUDIO = "Streaming_History_Audio_2020_1.json"
LONG = 60  # seconds that an import may take on a busy machine


def ended(fresh: Scene, key: str | None, address: str) -> dict[str, Any]:
    """The import when it is over."""
    given_up = time.monotonic() + LONG
    while time.monotonic() < given_up:
        told: dict[str, Any] = fresh.ask(address.removeprefix("/api"), key).json()
        if told["status"] in {"done", "failed"}:
            return told
        time.sleep(0.05)
    raise AssertionError("the import did not end")


def send(fresh: Scene, key: str | None, content: bytes, **asked: str) -> dict[str, Any]:
    answer = fresh.ask("/v1/imports", key, "POST", params={"name": AUDIO, **asked}, data=content)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/api/v1/imports/{answer.json()['id']}"
    return ended(fresh, key, answer.headers["location"])


def test_an_upload_is_imported_and_has_its_receipt(fresh: Scene, call: Call) -> None:
    key = fresh.key("Ann", "write")
    done = send(fresh, key, zipped({AUDIO: history("Anns Band", 45)}), name="my_spotify_data.zip")
    assert (done["status"], done["listener"], done["file"]) == ("done", "Ann", "my_spotify_data.zip")
    receipt = fresh.ask(f"/v1/imports/{done['id']}/receipt", key).json()
    assert (receipt["rows"], receipt["stored"], receipt["duplicates"]) == (45, 15, 30)
    assert receipt["by_file"][0]["file"] == f"my_spotify_data.zip/{AUDIO}"
    by_run = fresh.ask(f"/v1/imports/{done['run']}/receipt", key).json()
    assert by_run == call("--home", fresh.home.root, "receipts", done["run"], "--json").json
    assert {**receipt, "seconds": None, "imported_at": None} == {**by_run, "imported_at": None}
    rows = fresh.ask(f"/v1/imports/{done['run']}/rows", key, params={"limit": 10})
    assert rows.headers["x-total-count"] == "30"
    assert (
        rows.json()["rows"]
        == call("--home", fresh.home.root, "receipts", done["run"], "--rows", "--json").json["rows"][:10]
    )
    assert fresh.ask("/v1/reports/overview", key).json()["basis"]["plays"] == 45
    assert fresh.ask("/v1/imports", key).json()["imports"][0]["run"] == done["run"]
    assert not list(fresh.home.scratch.glob("run-*/upload*"))


@pytest.mark.parametrize("name", ["../../../escaped.json", "/etc/escaped.json", "..", "C:\\escaped.json", "<b>.json"])
def test_an_upload_stays_in_its_folder(fresh: Scene, name: str) -> None:
    done = send(fresh, fresh.key("Ann", "write"), history("Anns Band", 31), name=name)
    assert (done["status"], done["file"]) == ("done", name)
    assert not list(fresh.home.root.parent.rglob("*escaped*"))


def test_what_is_no_history_fails_with_its_reason(fresh: Scene) -> None:
    key = fresh.key("Ann", "write")
    failed = send(fresh, key, b"\x89PNG", name="cover.png")
    assert failed["status"] == "failed"
    assert failed["failure"].startswith("Nothing was imported.")
    assert str(fresh.home.root) not in json.dumps(failed)
    assert fresh.ask(f"/v1/imports/{failed['id']}/receipt", key).status_code == 409
    assert fresh.ask("/v1/imports", key).json()["imports"][0]["id"] == failed["id"]
    assert fresh.ask(f"/v1/imports/{failed['id']}", fresh.key("Ben", "write")).status_code == 404


def test_on_ones_own_machine_anybody_may_be_named(fresh: Scene) -> None:
    with fresh.personal():
        done = send(fresh, None, history("Doras Band", 12), listener="Dora", timezone="Asia/Tokyo")
        assert (done["listener"], done["status"]) == ("Dora", "done")
        told = fresh.ask("/v1/listeners").json()["listeners"]
        assert {"name": "Dora", "timezone": "Asia/Tokyo", "plays": 12, "invented": False, "shares": "nothing"} in told
        assert fresh.ask("/v1/imports", params={"listener": "Dora"}).json()["imports"][0]["run"] == done["run"]


def test_one_import_of_a_listener_at_a_time(fresh: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    going_on = threading.Event()
    real = import_jobs.import_exports

    def slow(*args: Any, **more: Any) -> Any:
        assert going_on.wait(LONG)
        return real(*args, **more)

    monkeypatch.setattr(import_jobs, "import_exports", slow)
    key = fresh.key("Ann", "write")
    asked = {"params": {"name": AUDIO}, "data": history("Anns Band", 31)}
    first = fresh.ask("/v1/imports", key, "POST", **asked)
    second = fresh.ask("/v1/imports", key, "POST", **asked)
    assert (second.status_code, second.json()["detail"][:36]) == (409, "An import of yours has not ended. GE")
    early = fresh.ask(f"/v1/imports/{first.json()['id']}/receipt", key)
    assert (early.status_code, early.json()["detail"][:27]) == (409, "This import has not ended. ")
    assert fresh.ask("/v1/imports", fresh.key("Ben", "write"), "POST", **asked).status_code == 202
    going_on.set()
    assert ended(fresh, key, first.headers["location"])["status"] == "done"


def test_keys_are_made_listed_and_revoked(fresh: Scene) -> None:
    write = fresh.key("Ann", "write")
    made = fresh.ask("/v1/keys", write, "POST", json={"scope": "read"})
    assert made.status_code == 201
    key, known = made.json()["key"], made.json()["id"]
    assert fresh.ask("/v1/listeners", key).json()["listeners"][0]["name"] == "Ann"
    listed = fresh.ask("/v1/keys", write)
    assert key not in listed.text
    assert {one["id"]: (one["scope"], one["listener"]) for one in listed.json()["keys"]}[known] == ("read", "Ann")
    assert fresh.ask(f"/v1/keys/{known}", write, "DELETE").status_code == 204
    assert fresh.ask("/v1/listeners", key).status_code == 401
    told = {one["id"]: one["revoked_at"] for one in fresh.ask("/v1/keys", write).json()["keys"]}
    assert told[known] is not None


def events(fresh: Scene, key: str, after: str | None = None, **asked: Any) -> tuple[list[dict[str, Any]], str | None]:
    answer = fresh.ask("/v1/events", key, params={"after": after, **asked}).json()
    return answer["events"], answer["next"]


def test_events_come_once_and_in_the_order_of_runs(fresh: Scene) -> None:
    key = fresh.key("Ann", "write")
    first, cursor = events(fresh, key)
    assert [event["kind"] for event in first if event["kind"] == "import_done"] == ["import_done"] * 2
    (obsession,) = [event for event in first if event["kind"] == "obsession"]
    # Ten of its plays were told by the first import.
    assert obsession["run"] == first[0]["run"]
    assert obsession["about"] == {
        "track_name": "Again", "artist_name": "Anns Band", "from": "2020-04-10", "to": "2020-04-10", "plays": 20,
    }  # fmt: skip
    assert events(fresh, key, cursor) == ([], cursor)
    done = send(fresh, key, history("Anns Band", 31))
    (news,), later = events(fresh, key, cursor)
    assert (news["kind"], news["about"]) == ("import_done", {"run": done["run"], "rows": 31, "stored": 1})
    assert later == news["id"]
    pages: list[str] = []
    at = None
    while page := events(fresh, key, at, limit=1)[0]:
        pages += [at := page[0]["id"]]
    # The obsession has grown by a play, and is the same.
    assert pages == [event["id"] for event in (*first, news)]


def test_events_of_others_are_not_told(fresh: Scene) -> None:
    assert {event["listener"] for event in events(fresh, fresh.key("Ben"))[0]} == {"Ben"}


def test_consent_that_ends_within_a_month_is_told_with_the_next_run(fresh: Scene) -> None:
    key = fresh.key("Ann", "write")
    state = State(fresh.home.root)
    # Six months: until 2024-03-20.
    given = SignIn(fresh.ids["Ann"], "CLIENT_ID", "account", "Ann", frozenset(), NOW - timedelta(days=163))
    save(state, given, Tokens("access", NOW, "refresh"))
    state.close()
    (told,) = [event for event in events(fresh, key)[0] if event["kind"] == "consent_due"]
    assert told["about"] == {"ends": "2024-03-20T00:00:00Z"}
