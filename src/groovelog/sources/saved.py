"""What a file says that is no play: playlists, and the tracks saved in a library."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from groovelog.model import Entry, Playlist
from groovelog.sources.found import Unusable
from groovelog.sources.look import Look

# URI, title, artist and album.
Names = tuple[str | None, str | None, str | None, str | None]

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Saved:
    """Playlists, and saved tracks, as they were at one time; `library` is None where none is told.

    `source` names who told it, `captured_at` when (UTC); None where the file does not say: it is told now. `library_id` is
    what this state of the library is called; None where it has no name yet.
    """

    source: str
    playlists: tuple[Playlist, ...] = ()
    library: tuple[Entry, ...] | None = None
    captured_at: datetime | None = None
    library_id: str | None = None


@dataclass(frozen=True)
class SavedSource:
    """One kind of file of saved things.

    `read` is given the file as it was laid down, in UTF-8, and the one that stands beside it, if any: of the same folder
    and ending, and of the name `beside`. It raises Unusable, with the place, where they cannot be read to their end.
    """

    name: str
    title: str
    seen: Callable[[Look], bool]
    read: Callable[[Path, Path | None], tuple[Saved, ...]]
    beside: str | None = None


def saved_track(names: Names, added_at: datetime | None = None) -> Entry:
    """An entry of a library, of which nothing but tracks is read."""
    uri, name, artist, album = names
    return Entry("track" if uri or name else "unknown", uri, name, artist, album, added_at)


def json_object(path: Path) -> dict[str, Any]:
    """The object that the file holds. Raises Unusable on damage."""
    try:
        told = json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        raise Unusable(f"damaged JSON in line {error.lineno}, column {error.colno}: {error.msg}") from error
    except (RecursionError, ValueError) as error:
        raise Unusable(f"damaged JSON: {error}") from error
    if not isinstance(told, dict):
        raise Unusable("not a JSON object")
    return told


def text(told: Any) -> str | None:
    """A text that says something, else None; half a surrogate pair is no character."""
    return _SURROGATE.sub("�", told) or None if isinstance(told, str) else None
