"""A home, a stand-in Spotify that plays invented lives, and listeners who sign in to it over HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from groovelog.demo.catalogue import invent
from groovelog.demo.standin import Account, App, Clock, Limits, Listed, Playlist, Saved, Standin, approved
from groovelog.demo.standin.app import asgi_app
from groovelog.lake.gaps import gaps
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import CollectedOf, Gap
from groovelog.pipeline import signing_in, web_api
from groovelog.spotify import apps
from groovelog.spotify.callback import returned
from groovelog.spotify.client import connect
from groovelog.state import sign_ins
from groovelog.state.database import State

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CLIENT, SECRET = "client-a", "secret-a"
CALLBACK = "http://127.0.0.1:8888/callback"
CATALOGUE = invent(7, count=12)
# Long enough that songs end before the next begins.
TRACKS = [replace(track, length_ms=180_000) for track in CATALOGUE.tracks]
SONG = timedelta(minutes=3)


def song(number: int, ended: datetime, *, late: timedelta = timedelta(0), context: str | None = None) -> Listed:
    """A whole track that ended then, of which Spotify learnt at once or `late`."""
    return Listed(TRACKS[number % len(TRACKS)], ended - SONG, ended, ended + late, context)


def songs(count: int, until: datetime, *, apart: timedelta = SONG) -> tuple[Listed, ...]:
    """So many in a row, the last of which ended then."""
    return tuple(song(number, until - (count - 1 - number) * apart) for number in range(count))


def account(
    user_id: str = "ann", plays: Sequence[Listed] = (), playlists: Sequence[Playlist] = (), saved: Sequence[Saved] = ()
) -> Account:
    return Account(user_id, user_id.title(), plays=tuple(plays), playlists=tuple(playlists), saved=tuple(saved))


@dataclass
class Setting:
    """`standin` is what Spotify knows; `collect` is what Groovelog does."""

    home: Home
    state: State
    clock: Clock
    standin: Standin
    setup: apps.Setup
    host_off: timedelta = timedelta(0)

    def now(self) -> datetime:
        """By the host's clock, which may be off."""
        return self.clock.now() + self.host_off

    def sign_in(self, name: str, *, without: Sequence[str] = (), writing: bool = False) -> None:
        now = self.clock.now()
        begun = signing_in.begin_sign_in(
            self.home, self.state, self.setup, name, timezone="UTC", by="terminal", now=now, writing=writing
        )
        came = returned(approved(begun.address, name, without=tuple(without)))
        assert came is not None
        signing_in.finish_sign_in(self.home, self.state, self.setup, came, now=now)
        self.standin.calls.clear()

    def collect(self, *, rest: bool = False, name: str | None = None) -> list[CollectedOf]:
        client_of = partial(connect, self.setup, self.state, clock=self.now, sleep=lambda _: None)
        persons = web_api.chosen(self.home, name, [one.listener_id for one in sign_ins.all_of(self.state)])
        told = web_api.collect(self.home, self.state, client_of, persons, self.now, rest=rest)
        return list(told.listeners)

    def one(self, *, rest: bool = False) -> CollectedOf:
        (told,) = self.collect(rest=rest)
        return told

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with open_snapshot(self.home.lake) as snapshot:
            return snapshot.connection.execute(query).fetchall()

    def played(self) -> list[datetime]:
        """The instants of the plays kept, in order."""
        rows = self.rows("SELECT played_at::TIMESTAMP FROM plays ORDER BY played_at")
        return [played_at.replace(tzinfo=UTC) for (played_at,) in rows]

    def gaps(self) -> list[Gap]:
        with open_snapshot(self.home.lake) as snapshot:
            return gaps(snapshot, self.now(), [person.listener_id for person in snapshot.listeners()])

    def paths(self) -> list[str]:
        """What was asked since the last sign-in, without the address's head."""
        return [call.path.removeprefix("/v1") for call in self.standin.calls if call.path.startswith("/v1")]


class Stage:
    """One server for all tests: starting and stopping one takes uvicorn 0.2 s."""

    def __init__(self) -> None:
        self.address = ""
        self._app: ASGIApp = JSONResponse("nothing is on")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def show(self, standin: Standin) -> apps.Setup:
        """How to reach it, until another is shown."""
        self._app = asgi_app(standin)
        app = apps.App(CLIENT, SECRET, CALLBACK)
        return apps.Setup((app,), f"{self.address}/v1", self.address, daily_budget=10_000)


def set_up(stage: Stage, home: Home, state: State, *accounts: Account) -> Setting:
    """The stand-in with these people, everybody signed in, at noon."""
    clock = Clock(NOON)
    standin = Standin(
        clock, accounts, [App(CLIENT, SECRET, (CALLBACK,))], items=CATALOGUE.items, limits=Limits(10_000, 10_000)
    )
    setting = Setting(home, state, clock, standin, stage.show(standin))
    for one in accounts:
        setting.sign_in(one.user_id)
    return setting
