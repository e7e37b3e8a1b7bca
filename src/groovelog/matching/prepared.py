"""An index kept on disk: made once from a reference of the lake, then opened in a fraction of a second.

It is a cache: it may be deleted at any time, and is made anew where it is damaged, or where the reference, the way it was
read, or the way an index is made has changed. It holds names of the reference, and nothing of any listener.
"""

import hashlib
import json
import shutil
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot, connect, view
from groovelog.matching.evidence import Vocabulary
from groovelog.matching.grams import Grams
from groovelog.matching.index import ARTISTS, AT_ONCE, WORDS, Index, vocabulary
from groovelog.matching.keys import MACROS
from groovelog.matching.likeness import Lists, LooksAlike
from groovelog.matching.sql import literal
from groovelog.model import Reference
from groovelog.tables import REFERENCES

# Another number where an index is made otherwise than before; a change of the keys in `keys.MACROS` tells itself.
VERSION = 2

_TABLES = {
    "ref": "SELECT * FROM ref ORDER BY title, artist, ref_id",
    "pair": "SELECT * FROM pair ORDER BY p",
    "words": f"SELECT word, titles FROM ({WORDS}) ORDER BY word",
    "artists": f"SELECT name FROM ({ARTISTS}) ORDER BY name",
}
_CONTENTS = "contents.json"


@contextmanager
def reference_index(
    home: Home, snapshot: Snapshot, reference: Reference, without: Sequence[str] = ()
) -> Iterator[Index]:
    """The index of a reference of the lake, from the cache of the home; made there where it is missing.

    `without` are ref_ids that are as if not there. It has a connection of its own, and is open as long as the block. Raises
    OSError or duckdb.IOException where the home cannot be written to.
    """
    made_of = json.dumps([VERSION, MACROS, AT_ONCE, reference.sha256, reference.reading])
    folder = home.cache / "references" / reference.name / hashlib.sha256(made_of.encode()).hexdigest()[:32]
    with home.scratch_folder() as scratch:
        if not _is_whole(folder):
            with closing(connect(spill=scratch / "spill")) as connection:
                _copy_rows(connection, snapshot, reference.name)
                _make(Index(connection), scratch / "index")
            _put_in_place(scratch / "index", folder)
        with closing(connect(spill=scratch / "spill")) as connection:
            yield _Kept(connection, folder, without)


def drop_index(home: Home, name: str) -> None:
    """Take the index of a reference that is gone out of the cache."""
    shutil.rmtree(home.cache / "references" / name, ignore_errors=True)


class _Kept(Index):
    """An index whose parts are read from files when they are first asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, without: Sequence[str]) -> None:
        super().__init__(connection)
        self._folder = folder
        ref, pair = (f"SELECT * FROM read_parquet({literal(str(folder / table))})" for table in ("ref", "pair"))
        if without:
            rows = f"ref_id IN ({', '.join(map(literal, without))})"
            found = connection.execute(f"""
                WITH ref AS ({ref}) SELECT p FROM ({pair}) JOIN ref USING (title, artist)
                WHERE (title, artist) IN (SELECT (title, artist) FROM ref WHERE {rows}) GROUP BY p HAVING bool_and({rows})
            """).fetchall()
            self.left_out = tuple(p for (p,) in found)
            ref = f"{ref} WHERE NOT {rows}"
            pair = f"{pair} WHERE p NOT IN (SELECT unnest({list(self.left_out)}::BIGINT[]))"
        connection.execute(f"CREATE VIEW ref AS {ref}")
        connection.execute(f"CREATE VIEW pair AS {pair}")

    def name(self) -> None:
        """The names are there."""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        words, artists = (
            f"SELECT * FROM read_parquet({literal(str(self._folder / table))})" for table in ("words", "artists")
        )
        return vocabulary(self.connection, words, artists)

    def pieces(self) -> Iterator[tuple[int, LooksAlike]]:
        for first in range(0, self.names, AT_ONCE):
            yield first, _load(self._folder, first)


def _copy_rows(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, name: str) -> None:
    """Make `ref` of the reference's rows in the lake."""
    view(connection, snapshot.lake, REFERENCES, snapshot.files(REFERENCES), "kept_rows")
    connection.execute(f"""
        CREATE TABLE ref AS
        SELECT ref_id, nullif(split_part(track_id, ':', 3), '') AS track_id, isrc, track_name AS title,
            coalesce(replace(credited_artists, chr(10), ';'), artist_name, '') AS artist, album_name AS album, duration_ms,
            popularity::DOUBLE AS popularity
        FROM kept_rows WHERE reference = {literal(name)}""")


def _make(index: Index, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    index.name()
    for table, query in _TABLES.items():
        index.connection.execute(f"COPY ({query}) TO {literal(str(folder / table))} (FORMAT parquet)")
    for first, names in index.pieces():
        _save(names, folder, first)
    contents = {path.name: (path.stat().st_size, _crc(path)) for path in folder.iterdir()}
    (folder / _CONTENTS).write_text(json.dumps(contents), encoding="utf-8")
    for path in folder.iterdir():
        path.chmod(0o600)


def _put_in_place(made: Path, folder: Path) -> None:
    """In one step; indexes of the reference as it was before, and a damaged one, go first.

    Where another process was quicker, its index stays.
    """
    for place in (folder.parent.parent.parent, folder.parent.parent, folder.parent):
        place.mkdir(exist_ok=True, mode=0o700)
    if _is_whole(folder):
        return
    for outdated in folder.parent.iterdir():
        shutil.rmtree(outdated, ignore_errors=True)
    with suppress(OSError) if folder.exists() else nullcontext():
        made.rename(folder)


def _is_whole(folder: Path) -> bool:
    try:
        contents = json.loads((folder / _CONTENTS).read_text(encoding="utf-8"))
        return all(
            (folder / name).stat().st_size == size and _crc(folder / name) == crc
            for name, (size, crc) in contents.items()
        )
    except (OSError, ValueError):
        return False


def _crc(path: Path) -> int:
    """Quicker than a hash that somebody could not forge; damage does not forge."""
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            crc = zlib.crc32(chunk, crc)
    return crc


def _save(names: LooksAlike, folder: Path, first: int) -> None:
    for part, grams in (("titles", names.titles), ("artists", names.artists)):
        np.save(folder / f"{first}-{part}-owner.npy", grams.owner)
        np.save(folder / f"{first}-{part}-start.npy", grams.start)
        np.save(folder / f"{first}-{part}-total.npy", grams.total)
    for part, lists in (("with-title", names.with_title), ("with-artist", names.with_artist)):
        np.save(folder / f"{first}-{part}-order.npy", lists.order)
        np.save(folder / f"{first}-{part}-start.npy", lists.start)
    np.save(folder / f"{first}-title-of.npy", names.title_of)
    np.save(folder / f"{first}-artist-of.npy", names.artist_of)


def _load(folder: Path, first: int) -> LooksAlike:
    def array(name: str) -> npt.NDArray[Any]:
        return np.asarray(np.load(folder / f"{first}-{name}.npy", mmap_mode="r"))

    titles, artists = (
        Grams(array(f"{part}-owner"), array(f"{part}-start"), array(f"{part}-total")) for part in ("titles", "artists")
    )
    with_title, with_artist = (
        Lists(array(f"{part}-order"), array(f"{part}-start")) for part in ("with-title", "with-artist")
    )
    return LooksAlike(titles, artists, array("title-of"), array("artist-of"), with_title, with_artist)
