"""What a file says that is no play: playlists, and the tracks saved in a library."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from groovelog.model import Entry, Playlist
from groovelog.sources.look import Look


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
