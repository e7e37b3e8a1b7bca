"""Names with something planted in them: what would run or be fetched, if a page took a name for anything but words."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from groovelog import pipeline
from groovelog.lake.export import export_listener
from groovelog.lake.home import Home
from groovelog.lake.people import named
from groovelog.lake.snapshot import open_snapshot

HOST = "planted.invalid"
# HTML, Markdown of a picture, a link and mathematics, and what Plotly fills in.
MARKUP = f'<img src=x onerror="window.planted=1"><b class=planted>b</b>![m](//{HOST}/m.png)[l](//{HOST}/l) $x^2$ %{{x}}'
LISTENERS = tuple(f"{name}<img src=x onerror=planted=1>![](//{HOST}/m)" for name in ("A", "B"))
NAMES = (
    "track_name", "artist_name", "album_name", "episode_name", "show_name", "platform", "playlist_name", "audiobook_title",
)  # fmt: skip
MOST_PLAYS = 2_000
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def fill(root: Path, demo: Home, folder: Path) -> Home:
    """A home in which two listeners share all: the last plays of one of the demo's under such names."""
    home = Home(root)
    shutil.copytree(demo.root, root)
    exported = folder / "exported"
    with open_snapshot(demo.lake) as snapshot:
        export_listener(snapshot, named(snapshot.listeners(), "Juno"), "jsonl", exported)
    for number, listener in enumerate(LISTENERS):
        own = folder / f'own-{number}<img src=x onerror="window.planted=1">'.replace("/", "")
        own.mkdir()
        for name in ("source_plays", "playlists", "playlist_tracks", "saved_tracks"):
            rows = (exported / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
            kept = rows[-(number + 1) * MOST_PLAYS :]
            (own / f"{name}.jsonl").write_text("\n".join(_planted(json.loads(row)) for row in kept), encoding="utf-8")
        pipeline.import_exports(home, [own], listener=listener, timezone="Europe/Lisbon", now=NOW)
        pipeline.share(home, listener, "all", now=NOW)
    return home


def _planted(row: dict[str, Any]) -> str:
    return json.dumps({key: f"{value}{MARKUP}" if key in NAMES and value else value for key, value in row.items()})
