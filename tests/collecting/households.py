"""A listener's life as Spotify tells it twice: play by play over the Web API, and as an export of some days."""

import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from calling import Answer
from groovelog.demo import rows
from groovelog.demo.catalogue import invent
from groovelog.demo.columns import picked
from groovelog.demo.export import SEED
from groovelog.demo.habits import Person
from groovelog.demo.lens import Shown
from groovelog.demo.life import live
from groovelog.demo.standin import App, Standin, approved
from groovelog.demo.texts import extended_texts
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import web_api
from groovelog.spotify import apps
from groovelog.spotify.client import connect
from groovelog.state import polls, sign_ins
from groovelog.state.database import State

# What the `groovelog` script does, by a clock that was turned.
TURNED = "import time_machine; time_machine.travel({at!r}).start(); from groovelog.cli import main; main()"

# How often something was heard, by its URI and for how many ms, which tells the plays of a few days apart.
Heard = Counter[tuple[str, int | None]]


def free_callback() -> str:
    """A redirect URI whose port nobody listens on."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/callback"


def exported(person: Person, since: datetime, until: datetime, path: Path) -> Heard:
    """Write an extended history of what Spotify was told from then until then; returns the truth of that life."""
    catalogue = invent(SEED)
    whole = live(person, catalogue, end=until.date(), seed=SEED)
    life = picked(whole, (whole.told_at >= since.timestamp()) & (whole.told_at < until.timestamp()))
    path.write_bytes(rows.array(extended_texts(person, catalogue, life, Shown((), (), frozenset(), frozenset()))))
    uris = [catalogue.items[item].uri for item in life.item.tolist()]
    return Counter(zip(uris, life.ms_played.tolist(), strict=True))


@dataclass(frozen=True)
class Household:
    """A home, and the stand-in at an address; commands run in processes of their own, by the stand-in's clock."""

    home: Home
    state: State
    standin: Standin
    address: str
    app: App

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ | {
            "GROOVELOG_HOME": str(self.home.root), "TZ": "UTC",
            "GROOVELOG_SPOTIFY_API_URL": f"{self.address}/v1", "GROOVELOG_SPOTIFY_ACCOUNTS_URL": self.address,
            "SPOTIFY_CLIENT_ID": self.app.client_id, "SPOTIFY_CLIENT_SECRET": self.app.client_secret or "",
            "SPOTIFY_REDIRECT_URI": self.app.redirect_uris[0],
        }  # fmt: skip

    def start(self, *words: str | Path, **environment: str) -> subprocess.Popen[str]:
        command = TURNED.format(at=self.standin.clock.now().isoformat())
        return subprocess.Popen(
            [sys.executable, "-c", command, *map(str, words)],
            env={**self.environment, **environment}, cwd=self.home.root.parent,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *words: str | Path, **environment: str) -> Answer:
        process = self.start(*words, **environment)
        out, err = process.communicate(timeout=60)
        return Answer(process.returncode, out, err)

    def told(self, *words: str | Path) -> dict[str, Any]:
        """The JSON of a command that does its work."""
        answer = self.run(*words, "--json")
        assert answer.code == 0, answer.err
        return answer.json

    def login(self, listener: str, user_id: str, **environment: str) -> Answer:
        """As a user does over ssh: the printed address goes into a browser, where that ends goes back as a line."""
        process = self.start("login", "--listener", listener, "--no-browser", **environment)
        assert process.stdout is not None
        address = process.stdout.readline()
        out, err = process.communicate(approved(address.strip(), user_id) + "\n", timeout=60)
        return Answer(process.returncode, address + out, err)

    def live_on(self, until: datetime) -> None:
        """Collect whenever it is planned, in this process."""
        app = apps.App(self.app.client_id, self.app.client_secret, self.app.redirect_uris[0])
        setup = apps.Setup((app,), f"{self.address}/v1", self.address)
        clock = self.standin.clock.now
        client_of = partial(connect, setup, self.state, clock=clock, sleep=lambda _: None)
        (sign_in,) = sign_ins.all_of(self.state)
        persons = web_api.chosen(self.home, None, [sign_in.listener_id])
        while (planned := polls.next_poll_at(self.state, sign_in.listener_id)) and planned < until:
            self.standin.clock.set(planned)
            (told,) = web_api.collect(self.home, self.state, client_of, persons, clock).listeners
            assert (told.fault, told.notes) == (None, ())
        self.standin.clock.set(until)

    def heard(self) -> Heard:
        """Every play that is kept."""
        with open_snapshot(self.home.lake) as snapshot:
            query = "SELECT coalesce(track_uri, episode_uri, audiobook_uri), ms_played FROM plays"
            return Counter(snapshot.connection.execute(query).fetchall())

    def played_at(self) -> list[datetime]:
        """The instants that the Web API told, in order."""
        with open_snapshot(self.home.lake) as snapshot:
            query = "SELECT epoch_us(played_at) FROM plays WHERE played_at IS NOT NULL ORDER BY ALL"
            rows_ = snapshot.connection.execute(query).fetchall()
        return [datetime.fromtimestamp(us / 1e6, self.standin.clock.now().tzinfo) for (us,) in rows_]

    def api_calls(self) -> int:
        return sum(call.path.startswith("/v1") for call in self.standin.calls)
