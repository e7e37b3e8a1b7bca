"""Spotify's library, in account data: YourLibrary.json, {"tracks": [{"artist", "album", "track", "uri"}, …], "albums": …}.

The saved tracks alone are read; the export does not tell when they were saved.
"""

from pathlib import Path
from typing import Any

from groovelog.model import Entry
from groovelog.sources.found import Unusable
from groovelog.sources.look import OBJECT, Look
from groovelog.sources.saved import Saved, SavedSource, json_object, saved_track, text

NAME = "spotify_library"
MARKS = ("tracks.item.track", "tracks.item.uri"), ("tracks", "albums", "bannedTracks")


def seen(look: Look) -> bool:
    return look.form == OBJECT and any(look.shows(*mark) for mark in MARKS)


def read(path: Path, _: Path | None) -> tuple[Saved, ...]:
    tracks = json_object(path).get("tracks")
    if not isinstance(tracks, list):
        raise Unusable("its tracks are not a list")
    return (Saved(NAME, library=tuple(map(_entry, tracks))),)


def _entry(told: Any) -> Entry:
    told = told if isinstance(told, dict) else {}
    uri, name, artist, album = (text(told.get(key)) for key in ("uri", "track", "artist", "album"))
    return saved_track((uri, name, artist, album))


SPOTIFY_LIBRARY = SavedSource(NAME, "Spotify library", seen, read)
