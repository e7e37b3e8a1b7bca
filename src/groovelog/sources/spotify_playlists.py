"""Spotify's playlists, in account data: Playlist1.json, Playlist2.json …

{"playlists": [{"name": …, "lastModifiedDate": "2024-05-06", "items": [{"track": {…}, "addedDate": "2024-05-06"}, …]}]}

Collaborators are not read. The export has no ids, so that the name stands for one.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from groovelog.model import Entry, Playlist
from groovelog.sources.found import Unusable
from groovelog.sources.look import OBJECT, Look
from groovelog.sources.saved import Saved, SavedSource, json_object, text

NAME = "spotify_playlists"
# By the key of an item: its kind, and the keys that may hold its URI, name, artist and album.
ITEMS = {
    "track": ("track", ("trackUri",), ("trackName",), ("artistName",), ("albumName",)),
    "localTrack": ("track", ("uri", "trackUri"), ("trackName",), ("artistName",), ("albumName",)),
    "episode": ("episode", ("episodeUri",), ("episodeName",), ("showName",), ()),
    "audiobook": ("audiobook", ("audiobookUri", "uri"), ("audiobookName", "audiobookTitle"), ("authorName",), ()),
}
LOCAL = "spotify:local:"


def seen(look: Look) -> bool:
    return look.form == OBJECT and (
        look.paths == {"playlists"} or look.shows("playlists.item.name") or look.shows("playlists.item.items")
    )


def read(path: Path, _: Path | None) -> tuple[Saved, ...]:
    playlists = json_object(path).get("playlists")
    if not isinstance(playlists, list):
        raise Unusable("its playlists are not a list")
    return (Saved(NAME, tuple(_playlists(playlists))),)


def _playlists(told: list[Any]) -> Iterator[Playlist]:
    named: Counter[str] = Counter()
    for row, playlist in enumerate(told, 1):
        items = (playlist.get("items") or []) if isinstance(playlist, dict) else None
        if not isinstance(items, list):
            raise Unusable(f"playlist {row} is not of the shape that a playlist has", row)
        name = text(playlist.get("name")) or ""
        named[name] += 1
        yield Playlist(
            playlist_id=playlist_id(name, named[name]),
            name=name,
            description=text(playlist.get("description")),
            modified_on=_day(playlist.get("lastModifiedDate")),
            entries=tuple(map(_entry, items)),
        )


def playlist_id(name: str, number: int) -> str:
    """What stands for an id: of the name, and of its number among the playlists of that name in the file, from 1.

    >>> playlist_id("Mix", 1), playlist_id("Mix", 2)
    ('export:dce6eb4447ef', 'export:dce6eb4447ef#2')
    """
    short = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"export:{short}" if number == 1 else f"export:{short}#{number}"


def _entry(item: Any) -> Entry:
    item = item if isinstance(item, dict) else {}
    day = _day(item.get("addedDate"))
    added_at = datetime.combine(day, time(), UTC) if day else None
    for key, (kind, *places) in ITEMS.items():
        if isinstance(told := item.get(key), dict):
            uri, name, artist, album = (_first(told, keys) for keys in places)
            if uri and uri.startswith(LOCAL) and not name:
                artist, album, name = _of_local(uri)
            return Entry(kind, uri, name, artist, album, added_at)
    return Entry("unknown", added_at=added_at)


def _first(told: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((said for key in keys if (said := text(told.get(key)))), None)


def _of_local(uri: str) -> tuple[str | None, str | None, str | None]:
    """Artist, album and title in spotify:local:ARTIST:ALBUM:TITLE:SECONDS."""
    artist, album, title, *_ = [unquote_plus(part) or None for part in uri.removeprefix(LOCAL).split(":")] + [None] * 3
    return artist, album, title


def _day(told: Any) -> date | None:
    try:
        return date.fromisoformat(told[:10])
    except (TypeError, ValueError):
        return None


SPOTIFY_PLAYLISTS = SavedSource(NAME, "Spotify playlists", seen, read)
