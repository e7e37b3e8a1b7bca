"""Rows of Spotify's exports as they stand in the files, and files of them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]

# Title and artist of the tracks that tests speak of by a letter.
TITLES = {"a": ("Água", "Ayọ"), "b": ("Boogie", "B-52s"), "c": ("黒い海", "Coaltar")}


def instant(text: str) -> datetime:
    """UTC; "2021-03-04 10:00" or with seconds."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def uri(letter: str) -> str:
    return f"spotify:track:{letter * 22}"


def extended(stop: str | datetime, letter: str = "a", ms: int = 60_000, **other: Any) -> Row:
    """A row of extended history. Other keys replace or add."""
    stop = instant(stop) if isinstance(stop, str) else stop
    title, artist = TITLES[letter]
    return {
        "ts": f"{stop:%Y-%m-%dT%H:%M:%SZ}",
        "platform": "ios",
        "ms_played": ms,
        "conn_country": "DE",
        "ip_addr": "203.0.113.9",
        "master_metadata_track_name": title,
        "master_metadata_album_artist_name": artist,
        "master_metadata_album_album_name": "Album",
        "spotify_track_uri": uri(letter),
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "reason_start": "clickrow",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": None,
        "incognito_mode": False,
        **other,
    }


NO_NAMES = {
    "master_metadata_track_name": None,
    "master_metadata_album_artist_name": None,
    "master_metadata_album_album_name": None,
}
NEITHER = {**NO_NAMES, "spotify_track_uri": None}


def account(stop: str | datetime, letter: str = "a", ms: int = 60_000, **other: Any) -> Row:
    """A row of account data, the stop told to the minute."""
    stop = instant(stop) if isinstance(stop, str) else stop
    title, artist = TITLES[letter]
    return {
        "endTime": f"{stop:%Y-%m-%d %H:%M}",
        "artistName": artist,
        "trackName": title,
        "msPlayed": ms,
        **other,
    }


UNKNOWN = {"artistName": "Unknown Artist", "trackName": "Unknown Track"}


def write_export(folder: Path, files: Sequence[Sequence[Row]]) -> list[Path]:
    """One file per list of rows, named as Spotify names such a file."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, rows in enumerate(files):
        of_account = any("endTime" in row for row in rows)
        name = f"StreamingHistory_music_{number}.json" if of_account else f"Streaming_History_Audio_{number}.json"
        path = folder / name
        path.write_text(json.dumps(rows), encoding="utf-8")
        paths.append(path)
    return paths
