"""A group of three behind the API: Ann, who asks; Ben, who shows his totals; Cleo, who shows nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests
from starlette.types import ASGIApp, Receive, Scope, Send

from groovelog import api, pipeline
from groovelog.access import PERSONAL, Viewer
from groovelog.demo.standin.serving import app_served
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.state import api_keys
from groovelog.state.database import State, open_state
from spotify_export import extended, text

NOW = datetime(2024, 3, 1, tzinfo=UTC)
DAY = 24 * 60  # minutes
SMALL = 200_000  # bytes of an upload at most
PLAYLISTS = {
    "playlists": [
        {
            "name": name,
            "lastModifiedDate": "2024-02-01",
            "items": [
                {
                    "track": {
                        "trackName": title,
                        "artistName": "Artist",
                        "albumName": "Album",
                        "trackUri": f"spotify:track:{title}",
                    },
                    "episode": None,
                    "localTrack": None,
                    "addedDate": "2024-01-01",
                }
                for title in titles
            ],
            "description": None,
            "numberOfFollowers": 0,
        }
        for name, titles in (("Mornings", ("One", "Two", "Three")), ("Nights", ("Four",)))
    ]
}


def history(artist: str, plays: int) -> bytes:
    """Ten plays, each of another track, ten days apart from 1 January 2020 on; the others of one track, all on 10 April."""
    rows = [
        extended(
            play * 10 * DAY if play < 10 else 100 * DAY + play,
            master_metadata_album_artist_name=artist,
            master_metadata_track_name=f"{artist} {play}" if play < 10 else "Again",
            spotify_track_uri=f"spotify:track:{artist[0]}{min(play, 10):021}",
        )
        for play in range(plays)
    ]
    return text(*rows)


class Before:
    """The server in front: says who asks by a session."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.viewer: Viewer | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = {"root_path": "/api"}
        await self.app({**scope, **root, "state": {"viewer": self.viewer}}, receive, send)


@dataclass
class Scene:
    """`ask` is over real HTTP."""

    home: Home
    address: str
    front: Before
    ids: dict[str, str]
    keys: dict[str, str] = field(default_factory=dict)

    def key(self, name: str, scope: api_keys.Scope = "read") -> str:
        state = State(self.home.root)
        key, _ = api_keys.create(state, self.ids[name], scope, datetime.now(UTC))
        state.close()
        return key

    def ask(self, path: str, key: str | None = None, method: str = "GET", **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        headers |= options.pop("headers", {})
        return requests.request(method, f"{self.address}/api{path}", headers=headers, timeout=30, **options)

    @contextmanager
    def personal(self) -> Iterator[None]:
        """On one's own machine, without configuration."""
        self.front.viewer = PERSONAL
        try:
            yield
        finally:
            self.front.viewer = None


def fill(home: Home, folder: Path) -> dict[str, str]:
    """The three; their ids by name."""
    for name, plays in (("Ann", 30), ("Ben", 25), ("Cleo", 20)):
        path = folder / f"Streaming_History_Audio_{name}.json"
        path.write_bytes(history(f"{name}s Band", plays))
        pipeline.import_exports(home, [path], listener=name, timezone="UTC", now=NOW)
    lists = folder / "Playlist1.json"
    lists.write_text(json.dumps(PLAYLISTS))
    pipeline.import_exports(home, [lists], listener="Ann", now=NOW + timedelta(days=1))
    pipeline.share(home, "Ben", "totals", now=NOW)
    with open_snapshot(home.lake) as snapshot:
        return {person.name: person.listener_id for person in snapshot.listeners()}


@contextmanager
def staged(home: Home, ids: dict[str, str]) -> Iterator[Scene]:
    with open_state(home.root) as state:
        front = Before(api.app(home, state, SMALL))
        with app_served(front) as address:
            yield Scene(home, address, front, ids)
