"""A home that is lived in, all that it holds as rows, and a place for backups of it."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from export_rows import extended
from kept import NOW, bring

from groovelog.lake import inbox
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import share
from groovelog.pipeline.backup.making import Made, back_up
from groovelog.pipeline.backup.restoring import Restored, restore
from groovelog.pipeline.backup.store import FolderStore
from groovelog.state import api_keys, leases, polls, sign_ins
from groovelog.state.database import open_state
from groovelog.state.sign_ins import SignIn, Tokens
from groovelog.tables import TABLES

TOKEN = "refresh-token-of-wren"  # noqa: S105 (nobody's)
CONFIG = 'public_url = "https://music.example.org"\n'
SCROBBLE = {"listened_at": 1_614_816_000, "artist_name": "Ayọ", "track_name": "Água"}


def listener_id(home: Home, name: str) -> str:
    with open_snapshot(home.lake) as snapshot:
        return next(person.listener_id for person in snapshot.listeners() if person.name == name)


def sign_in(home: Home, name: str, token: str = TOKEN) -> None:
    signed = SignIn(listener_id(home, name), "client", "account", name, frozenset({"user-read-recently-played"}), NOW)
    with open_state(home.root) as state:
        sign_ins.save(state, signed, Tokens("access", NOW + timedelta(hours=1), token))


def refresh_token(home: Home, name: str, key: str | None = None) -> str:
    with open_state(home.root, key) as state:
        signed = sign_ins.of(state, listener_id(home, name))
        assert signed is not None
        return sign_ins.tokens(state, signed).refresh


def live_in(home: Home) -> Home:
    """Two listeners with plays; Wren signed in; a scrobble that waits; a key; settings."""
    bring(home, extended("2020-12-31 23:50:00"), extended("2021-06-05 12:00:00", "b"), listener="Wren")
    bring(home, extended("2022-03-04 10:00:00", "c"), listener="Tamsin")
    share(home, "Tamsin", "totals", now=NOW)
    sign_in(home, "Wren")
    with open_state(home.root) as state:
        api_keys.create(state, listener_id(home, "Wren"), "submit", now=NOW)
        polls.set_next_poll_at(state, listener_id(home, "Wren"), NOW)
    inbox.append(home, listener_id(home, "Wren"), "listenbrainz", [SCROBBLE], now=NOW)
    (home.root / "config.toml").write_text(CONFIG)
    return home


def backup(home: Home, to: Path, *, at: datetime = NOW, **asked: Any) -> Made:
    return back_up(home, FolderStore(to), now=at, **asked)


def put_back(home: Home, source: Path, **asked: Any) -> Restored:
    return restore(home, FolderStore(source), now=NOW, **asked)


def contents(home: Home) -> dict[str, Any]:
    """Every row of every table, lake and state.db, hashed by table; what waits; the settings."""
    told: dict[str, Any] = {}
    with open_snapshot(home.lake) as snapshot:
        for table in TABLES:
            rows = snapshot.connection.execute(f"SELECT t::VARCHAR FROM {table.view} AS t ORDER BY ALL").fetchall()
            told[table.name] = len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()
    told |= {f"state.{name}": rows for name, rows in state_rows(home).items()}
    told |= {
        path.relative_to(home.root).as_posix(): path.read_bytes()
        for path in home.root.glob("inbox/**/*.*")
        if path.suffix != ".lock"
    }
    if (home.root / "config.toml").exists():
        told["config.toml"] = (home.root / "config.toml").read_text()
    return told


def state_rows(home: Home) -> dict[str, list[Any]]:
    """Every row of state.db, but who is at work just now."""
    path = home.root / "state.db"
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}")) for name in names if name != "leases"}


def at_work(home: Home) -> Any:
    """A lease, as a poller has one."""
    with open_state(home.root) as state, leases.held(state, "poll", now=lambda: NOW, for_s=60) as got:
        assert got
        return backup(home, home.root.parent / "at-work")


def hashes(folder: Path) -> dict[str, str]:
    """Every file below the folder, by path, with its sha256."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
