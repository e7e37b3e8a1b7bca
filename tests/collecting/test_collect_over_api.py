"""Collecting when a program asks over HTTP, against a stand-in Spotify; and what happened, as the events tell it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
import requests
from filelock import FileLock
from scene import CLIENT, NOON, SECRET, Setting, account, songs

from groovelog import api
from groovelog.demo.standin.serving import app_served
from groovelog.lake import run
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.state import api_keys
from groovelog.state.database import State

Setup = Callable[..., Setting]
H = timedelta(hours=1)


@dataclass
class Served:
    """Ann's home behind the API, and her key."""

    at: Setting
    address: str
    key: str

    def ask(self, path: str, method: str = "GET") -> requests.Response:
        headers = {"Authorization": f"Bearer {self.key}"}
        return requests.request(method, f"{self.address}{path}", headers=headers, timeout=60)

    def events(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = self.ask("/v1/events").json()["events"]
        return told


@pytest.fixture
def served(setting: Setup, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    at = setting(account("ann", (*songs(3, NOON), *songs(90, NOON + 6 * H))))
    for name, value in {
        "SPOTIFY_CLIENT_ID": CLIENT, "SPOTIFY_CLIENT_SECRET": SECRET,
        "GROOVELOG_SPOTIFY_API_URL": at.setup.api_url, "GROOVELOG_SPOTIFY_ACCOUNTS_URL": at.setup.accounts_url,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    app = api.app(at.home, at.state)
    app.state.shared = replace(app.state.shared, clock=at.now)
    with app_served(app) as address:
        yield Served(at, address, write_key(at.home, at.state))


def write_key(home: Home, state: State) -> str:
    with open_snapshot(home.lake) as snapshot:
        (person,) = snapshot.listeners()
    return api_keys.create(state, person.listener_id, "write", NOON)[0]


def test_plays_are_asked_for_at_once(served: Served) -> None:
    told = served.ask("/v1/collect", "POST")
    assert told.status_code == 200, told.text
    (ann,) = told.json()["listeners"]
    assert (ann["name"], ann["stored"], ann["duplicates"], ann["gaps"]) == ("ann", 3, 0, 0)
    assert served.ask("/v1/collect", "POST").json()["duplicates"] == 3
    assert served.ask("/v1/reports/overview?count=all").json()["basis"]["plays"] == 3


def test_a_gap_is_told_when_it_opens(served: Served) -> None:
    assert served.ask("/v1/collect", "POST").status_code == 200
    # Six hours on, Spotify shows the last 50 of more: what lies before them was missed.
    later = NOON + 6 * H
    served.at.clock.advance(6 * H)
    assert served.ask("/v1/collect", "POST").json()["listeners"][0]["gaps"] == 1
    (gap,) = [event for event in served.events() if event["kind"] == "gap_opened"]
    (known,) = served.at.gaps()
    assert gap["listener"] == "ann"
    assert gap["about"] == {
        "from": "2026-11-22T12:00:00Z", "to": (later - 49 * timedelta(minutes=3)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "cause": known.cause, "expected_plays": known.expected_plays,
    }  # fmt: skip


def test_a_lake_that_another_writes_into_is_busy(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "LONGEST_WAIT_S", 0.1)
    with FileLock(served.at.home.root / "lake" / ".writer.lock"):
        told = served.ask("/v1/collect", "POST")
    assert (told.status_code, told.headers["retry-after"]) == (409, "60")
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["detail"].startswith("Another program is writing into the lake")
    assert served.ask("/v1/collect", "POST").json()["stored"] == 3
