"""Small invented files in the shapes of the sets that people have."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

FEATURES = {
    "danceability": 0.5, "energy": 0.7, "key": 5, "loudness": -6.5, "mode": 1, "speechiness": 0.04, "acousticness": 0.1,
    "instrumentalness": 0.0, "liveness": 0.2, "valence": 0.6, "tempo": 120.0, "time_signature": 4,
}  # fmt: skip


def track_id(letter: str) -> str:
    return letter * 22


def spotify_track(letter: str = "a", **other: Any) -> dict[str, Any]:
    """A row of the Spotify Tracks Dataset; other keys replace."""
    told = {
        "": 0, "track_id": track_id(letter), "artists": "Mira Vale;The Lanterns", "album_name": "Low Tide",
        "track_name": "Salt Road", "popularity": 40, "duration_ms": 200_000, "explicit": False, **FEATURES,
        "track_genre": "acoustic",
    }  # fmt: skip
    return {**told, **other}


def top_song(**other: Any) -> dict[str, Any]:
    """A row of Top Spotify Songs 2023."""
    told = {
        "track_name": "Salt Road", "artist(s)_name": "Mira Vale", "artist_count": 1, "released_year": 2023,
        "streams": 141381703, "bpm": 125, "key": "C#", "mode": "Major", "danceability_%": 80, "valence_%": 89,
        "energy_%": 83, "acousticness_%": 31, "instrumentalness_%": 0, "liveness_%": 8, "speechiness_%": 4,
    }  # fmt: skip
    return {**told, **other}


def playlist_song(letter: str = "a", **other: Any) -> dict[str, Any]:
    """A row of 30000 Spotify Songs."""
    told = {
        "track_id": track_id(letter), "track_name": "Salt Road", "track_artist": "Mira Vale", "track_popularity": 66,
        "track_album_id": track_id("z"), "track_album_name": "Low Tide", "playlist_name": "Pop Remix",
        "playlist_genre": "pop", "playlist_subgenre": "dance pop", **FEATURES, "duration_ms": 200_000,
    }  # fmt: skip
    del told["time_signature"]
    return {**told, **other}


def listed_song(letter: str = "a", **other: Any) -> dict[str, Any]:
    """A row of the sets of 1.2 million, 600,000 and 160,000, whose artists are a list of Python."""
    told = {
        "id": track_id(letter), "name": "Salt Road", "album": "Low Tide", "artists": "['Mira Vale', \"The Lantern's\"]",
        "artist_ids": "['x', 'y']", "track_number": 1, "disc_number": 1, "explicit": False, **FEATURES,
        "duration_ms": 200_000, "year": 1999, "release_date": "1999-11-02",
    }  # fmt: skip
    return {**told, **other}


def text(rows: Sequence[Row], separator: str = ",") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def written(folder: Path, rows: Iterable[Row], name: str = "songs.csv", encoding: str = "utf-8", **other: Any) -> Path:
    """The rows as a CSV file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text(list(rows), **other).encode(encoding))
    return path
