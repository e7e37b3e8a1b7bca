"""Import rows of any sources, each source in a file of its own, and read which rows each play was told by."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kept import NOW, ZONE, plays

from groovelog.lake.home import Home
from groovelog.model import Receipt
from groovelog.pipeline import import_exports
from scrobbles import api, api_page, dumped, koito, lastfm, lastfm_page, lines, listenbrainz, maloja
from scrobbles import lastfm_minutes as minutes
from scrobbles import table as csv_table

Row = dict[str, Any]

MIDDAY = datetime(2021, 3, 4, 12, tzinfo=UTC)
SONG = ("Água", "Ayọ")
ANOTHER = ("Boogie", "B-52s")


def at(seconds: float) -> datetime:
    """A moment, in seconds from midday."""
    return MIDDAY + timedelta(seconds=seconds)


def song(began: float, names: tuple[str | None, str | None] = SONG, *, ran: float = 200, uri: str | None = "a") -> Row:
    """A row of extended history of a play that began and ran so many seconds from midday."""
    return {
        "ts": f"{at(began + ran):%Y-%m-%dT%H:%M:%SZ}",
        "ms_played": int(ran * 1000),
        "master_metadata_track_name": names[0],
        "master_metadata_album_artist_name": names[1],
        "spotify_track_uri": uri and f"spotify:track:{uri * 22}",
    }


def lastfm_row(began: float, names: tuple[str, str] = SONG) -> Row:
    return lastfm(at(began), *names)


def minute_row(began: float, names: tuple[str, str] = SONG) -> tuple[Any, ...]:
    return minutes(at(began), *names)


def listen(began: float, names: tuple[str, str] = SONG, **info: Any) -> Row:
    return listenbrainz(at(began), *names, info=info)


def maloja_row(began: float, names: tuple[str, str] = SONG, **other: Any) -> Row:
    return maloja(at(began), *names, **other)


def koito_row(began: float, names: tuple[str, str] = SONG) -> Row:
    return koito(at(began), *names)


def poll(moment: float, names: tuple[str, str] = SONG, *, uri: str = "a") -> Row:
    """An item of recently played tracks; its track is 200 s long."""
    row = api(at(moment), *names)
    row["track"]["uri"] = f"spotify:track:{uri * 22}"
    return row


FILES = {
    "Streaming_History_Audio_0.json": dumped,
    "recent.json": lambda rows: dumped(lastfm_page(rows)),
    "minutes.csv": csv_table,
    "listens.jsonl": lines,
    "maloja.json": lambda rows: dumped({"scrobbles": rows}),
    "koito.json": lambda rows: dumped({"version": "1", "listens": rows}),
    "polled.json": lambda rows: dumped(api_page(rows)),
}


def bring_sources(home: Home, folder: Path, *rows: Any, listener: str = "me") -> Receipt:
    """One call with the rows of each source in one file."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, list[Any]] = {}
    for row in rows:
        files.setdefault(_file_of(row), []).append(row)
    for name, told in files.items():
        (folder / name).write_bytes(FILES[name](told))
    paths = [folder / name for name in files]
    return import_exports(home, paths, listener=listener, timezone=ZONE, now=NOW)


def _file_of(row: Any) -> str:
    marks = {
        "ts": "Streaming_History_Audio_0.json",
        "url": "recent.json",
        "track_metadata": "listens.jsonl",
        "time": "maloja.json",
        "artists": "koito.json",
        "played_at": "polled.json",
    }
    return "minutes.csv" if isinstance(row, tuple) else next(file for key, file in marks.items() if key in row)


def told(home: Home, listener: str = "me") -> list[str]:
    """For each play, by its start: seconds from midday, title, sources."""
    found = sorted(plays(home, listener), key=lambda play: (play["started_at"], play["sources"]))
    return [
        f"{(play['started_at'].replace(tzinfo=UTC) - MIDDAY).total_seconds():.0f} {play['track_name']} {play['sources']}"
        for play in found
    ]
