"""A file as a source shows it, and what is true of each of its rows."""

import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from groovelog.demo.columns import Bools, Ints

NO_PLAY = -1
QUICK = 1  # level of compression: the zips are read once


@dataclass(frozen=True)
class Shown:
    """The truth of one file, entry by entry for its rows from 1.

    `source` is the lens; `file` the path under the folder written to, ZIP/MEMBER in a zip. `play` is the place of the
    true play in the life, NO_PLAY for a row that tells none. `late`: Spotify told the play days after it was over.
    `told_ms` and `names` are the time and the names that the row shows (0 where it has no time).
    """

    source: str
    file: str
    play: Ints
    late: Bools
    told_ms: Ints
    names: Sequence[str]


def truly(source: str, file: str, play: Ints, told_ms: Ints, names: Sequence[str]) -> Shown:
    """The truth of a file without late rows."""
    return Shown(source, file, play, np.zeros(len(play), dtype=np.bool_), told_ms, names)


@dataclass(frozen=True)
class Archive:
    """A zip being written; `place` is its path under the folder."""

    place: str
    zip: zipfile.ZipFile

    def add(self, member: str, text: str) -> str:
        """Write a member; returns its label."""
        self.zip.writestr(zipfile.ZipInfo(member, (2026, 10, 31, 0, 0, 0)), text, zipfile.ZIP_DEFLATED, QUICK)
        return f"{self.place}/{member}"


@contextmanager
def archive(folder: Path, place: str) -> Iterator[Archive]:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as opened:
        yield Archive(place, opened)


def write(folder: Path, place: str, text: str) -> str:
    """Write a loose file; returns its label."""
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return place


encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def array(rows: Iterable[str]) -> str:
    """A JSON array of rows that are printed already."""
    return "[\n" + ",\n".join(rows) + "\n]\n"


def chunks(places: Ints, size: int) -> list[Ints]:
    return [places[start : start + size] for start in range(0, len(places), size)]


def seconds_text(ms: Ints) -> list[str]:
    """2026-11-22T10:00:00Z, cut to the second."""
    return [f"{text}Z" for text in np.datetime_as_string(ms.astype("datetime64[ms]"), unit="s").tolist()]


def instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
