"""Health, readiness and metrics of a server, asked over HTTP."""

import json
import logging
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from groovelog.access import PERSONAL, Viewer
from groovelog.api import listenbrainz
from groovelog.lake import inbox
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import add_listener, import_exports
from groovelog.server import health
from groovelog.server.metrics import Metrics
from groovelog.server.watching import Watched
from groovelog.spotify import quota
from groovelog.state import ledger
from groovelog.state.database import State, open_state
from groovelog.state.ledger import Caller
from keyed import made
from over_http import over_http
from scrobbles import dumped, moment
from scrobbles import listenbrainz as listened
from serving import served

NAME = "Ann Example"
CLIENT_ID = "client-one"


class As:
    """Stands for the sign-in: says who asks."""

    def __init__(self, app: ASGIApp, viewer: Viewer | None) -> None:
        self._app, self._viewer = app, viewer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = {"viewer": self._viewer}
        await self._app(scope, receive, send)


class Server:
    """The routes of a home, for who asks."""

    def __init__(self, home: Home, state: State) -> None:
        self.home, self.state = home, state

        def snapshot():
            return open_snapshot(home.lake)

        self.metrics = Metrics(home, state, snapshot)
        self.routes = [
            *health.routes(home, state, snapshot, self.metrics),
            *listenbrainz.routes(home, state, snapshot),
        ]

    def app(self, viewer: Viewer | None = PERSONAL) -> Starlette:
        watched = [Middleware(Watched, metrics=self.metrics), Middleware(As, viewer=viewer)]
        return Starlette(routes=self.routes, middleware=watched)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    home = Home(tmp_path / "home")
    add_listener(home, NAME, "Europe/Berlin", now=datetime.now(UTC))
    with open_state(home.root) as state:
        yield Server(home, state)


def numbers(text: str) -> dict[str, float]:
    """Sample with its labels -> value."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_ready_until_something_is_wrong(server: Server) -> None:
    with over_http(server.app(viewer=None)) as address:
        assert requests.get(f"{address}/healthz", timeout=20).json() == {"status": "ok"}
        ready = requests.get(f"{address}/readyz", timeout=20)
        fine = {"lake": "ok", "state": "ok", "inbox": "ok"}
        assert (ready.status_code, ready.json()) == (200, {"status": "ready", "checks": fine})
        ago = datetime.now(UTC) - timedelta(minutes=16)
        inbox.append(server.home, "0123456789abcdef", "listenbrainz", [{"track_name": "a"}], now=ago)
        (server.home.root / "lake" / "commits").rename(server.home.root / "gone")
        server.state.close()
        server.state.path.write_bytes(b"no database at all" * 100)
        stuck = requests.get(f"{address}/readyz", timeout=20)
        assert (stuck.status_code, stuck.json()) == (
            503,
            {
                "status": "not ready",
                "checks": {"lake": health.NO_LAKE, "state": health.NO_STATE, "inbox": health.INBOX_STUCK},
            },
        )
        assert str(server.home.root) not in stuck.text
        assert requests.get(f"{address}/healthz", timeout=20).status_code == 200


def test_the_numbers_are_those_of_the_home(server: Server, tmp_path: Path) -> None:
    export = tmp_path / "somebody_lb-2020-01-05.json"
    export.write_bytes(dumped([listened(moment(minute), f"Song {minute}") for minute in (0, 10, 20)]))
    import_exports(server.home, [export], listener=NAME, now=datetime.now(UTC))
    inbox.append(server.home, "0123456789abcdef", "listenbrainz", [{"track_name": "a"}], now=datetime.now(UTC))
    key = made(server.home, server.state, NAME, "submit")
    with over_http(server.app()) as address:
        for name in (NAME, "Somebody Else"):
            headers = {"Authorization": f"Token {key}"}
            requests.get(f"{address}/1/user/{name}/listens?token={key}", headers=headers, timeout=20)
        requests.get(f"{address}/nothing/{key}", timeout=20)
        server.metrics.handler.handle(logging.LogRecord("groovelog.x", logging.ERROR, "", 0, "", None, None))
        text = requests.get(f"{address}/metrics", timeout=20).text
    told = numbers(text)
    assert (told["groovelog_plays"], told["groovelog_listeners"], told["groovelog_imports_total"]) == (3, 1, 1)
    assert (told["groovelog_inbox_batches"], told["groovelog_gaps_open"]) == (1, 0)
    assert told["groovelog_errors_total error groovelog"] == 1
    took = "groovelog_http_request_duration_seconds_count GET"
    assert told[f"{took} /1/user/{{name}}/listens 200"] == 1
    assert told[f"{took} /1/user/{{name}}/listens 404"] == 1
    assert told[f"{took} (none) 404"] == 1
    assert "process_resident_memory_bytes" in told
    for secret in (key, NAME, "Ann", "Somebody", "/nothing"):
        assert secret not in text


def test_the_quota_of_each_app_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    monkeypatch.setenv("SPOTIFY_CLIENT_ID", CLIENT_ID)
    monkeypatch.setenv("GROOVELOG_SPOTIFY_DAILY_BUDGET", "500")
    for kind in (quota.RECENTLY_PLAYED, quota.PLAYLISTS, "token"):
        ledger.begin(server.state, Caller(CLIENT_ID, CLIENT_ID, "0123456789abcdef"), kind, now)
    with over_http(server.app()) as address:
        told = numbers(requests.get(f"{address}/metrics", timeout=20).text)
    # What is sent to the token endpoint counts in neither.
    assert told[f"groovelog_spotify_calls_24h {CLIENT_ID}"] == 2
    assert told[f"groovelog_spotify_quota_left {CLIENT_ID}"] == 498
    assert told[f"groovelog_spotify_blocked {CLIENT_ID}"] == 0
    assert told["groovelog_spotify_sign_ins ok"] == 0


@pytest.mark.parametrize(
    ("viewer", "scope", "status"),
    [
        (PERSONAL, None, 200),
        (Viewer("0123456789abcdef", owner=True), None, 200),
        (Viewer("0123456789abcdef"), None, 401),
        (None, None, 401),
        (None, "submit", 401),
        (None, "read", 200),
        (None, "write", 200),
    ],
)
def test_who_may_see_the_numbers(server: Server, viewer: Viewer | None, scope: str | None, status: int) -> None:
    headers = {"Authorization": f"Bearer {made(server.home, server.state, NAME, scope)}"} if scope else {}
    with over_http(server.app(viewer)) as address:
        assert requests.get(f"{address}/metrics", headers=headers, timeout=20).status_code == status


def test_a_lake_that_cannot_be_read_is_not_told_as_zero(server: Server) -> None:
    (server.home.root / "lake" / "commits").rename(server.home.root / "gone")
    with over_http(server.app()) as address:
        answer = requests.get(f"{address}/metrics", timeout=20)
    assert answer.status_code == 503
    assert os.fspath(server.home.root) not in answer.text


def test_a_server_logs_requests_without_what_is_in_them(server: Server) -> None:
    key = made(server.home, server.state, NAME)
    headers = {"Authorization": f"Token {key}", "User-Agent": "a program"}
    with served(server.home.root, GROOVELOG_LOG_LEVEL="INFO", GROOVELOG_LOG_FORMAT="json") as (process, address):
        requests.get(f"{address}/1/user/{NAME}/listens?token={key}&count=5", headers=headers, timeout=20)
        requests.post(f"{address}/apis/listenbrainz/1/submit-listens", data=b"{", headers=headers, timeout=20)
        requests.get(f"{address}/callback?state=tiny&code=short", timeout=20)
        requests.get(f"{address}/healthz", headers={"Host": "evil.example"}, timeout=20)
        requests.get(f"{address}/1/nothing", timeout=20)
        numbers_told = requests.get(f"{address}/metrics", timeout=20)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        logged = process.stderr.read()
    told = [json.loads(line) for line in logged.splitlines() if line.startswith("{")]
    requested = [(one["route"], one["status"]) for one in told if one["logger"] == "groovelog.requests"]
    assert requested == [
        ("/1/user/{name}/listens", 200),
        ("/apis/listenbrainz/1/submit-listens", 400),
        ("/callback", 400),
        ("(none)", 421),
        ("/1/...", 404),
        ("/metrics", numbers_told.status_code),
    ]
    for secret in (key, NAME, "Example", "short", "tiny", "127.0.0.1", "a program", "evil.example"):
        assert secret not in logged, secret


def test_who_is_known_without_a_key_reads_as_far_as_they_may(server: Server) -> None:
    add_listener(server.home, "Bob", "UTC", now=datetime.now(UTC))
    with open_snapshot(server.home.lake) as snapshot:
        ids = {person.name: person.listener_id for person in snapshot.listeners()}

    def statuses(viewer: Viewer | None, **headers: str) -> list[int]:
        with over_http(server.app(viewer)) as address:
            asked = [f"{address}/1/user/{name}/listen-count" for name in (NAME, "Bob", "Nobody")]
            return [requests.get(url, headers=headers, timeout=20).status_code for url in asked]

    assert statuses(PERSONAL) == [200, 200, 404]
    assert statuses(Viewer(ids["Bob"], owner=True)) == [404, 200, 404]
    # Who shows a key is asked for that, whoever they are beside it.
    assert statuses(PERSONAL, Authorization="Token no-key") == [401, 401, 401]
    key = made(server.home, server.state, "Bob", "read")
    assert statuses(PERSONAL, Authorization=f"Token {key}") == [404, 200, 404]
