"""What a file says that is no play: playlists, and the tracks saved in a library."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from groovelog.model import Entry, Playlist
from groovelog.sources.found import Unusable
from groovelog.sources.look import Look

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Saved:
    """The playlists of a file, and its saved tracks; `library` is None where the file is none."""

    playlists: tuple[Playlist, ...] = ()
    library: tuple[Entry, ...] | None = None


@dataclass(frozen=True)
class SavedSource:
    """One kind of file of saved things. `read` raises Unusable, with the place, where it cannot be read to its end."""

    name: str
    title: str
    seen: Callable[[Look], bool]
    read: Callable[[IO[bytes]], Saved]


def json_object(stream: IO[bytes]) -> dict[str, Any]:
    """The object that the file holds, in UTF-8, UTF-16 or UTF-32. Raises Unusable on damage."""
    try:
        told = json.loads(stream.read())
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
