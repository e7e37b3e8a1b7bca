"""Read histories into one DuckDB table, by columns: `staged`, one row per row of every file, readable or not.

A row that cannot be used keeps its place with a `fault`; a file that cannot be read to its end leaves no row.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from groovelog.model import FileNote
from groovelog.sources.found import Unusable
from groovelog.sources.row_sql import LONGEST_ROW, insert_sql, naive
from groovelog.sources.saved import Saved, SavedSource
from groovelog.sources.source import DAYS_AHEAD, Insert, Source
from groovelog.sources.unpack import Readable, Unpacked, mend_surrogates, unpack
from groovelog.tables import SAID

# So much unpacked JSON lies on disk at a time while the next batch is being unpacked.
BATCH_BYTES = 192 * 1024**2


def create_staged(connection: duckdb.DuckDBPyConnection) -> None:
    """The empty table `staged`; its rowid is the order of reading, without holes inside a file.

    `together` is null where the file shows which rows stand together, else what it tells of that.
    """
    said = ", ".join(f"{column.name} {naive(column.type)}" for column in SAID)
    connection.execute(
        f"CREATE TABLE staged (file_no INTEGER, source VARCHAR, fault VARCHAR, {said}, row_key BIGINT, together BOOLEAN)"
    )


def stage(
    connection: duckdb.DuckDBPyConnection,
    files: list[Readable],
    scratch: Path,
    now: datetime,
    read: Callable[[int], None],
) -> tuple[list[Readable], dict[int, tuple[Saved, ...]], list[FileNote]]:
    """Read the files into `staged`.

    Returns those read to their end, what those of saved things say (by file number), and the files that could not be
    read, with reasons.

    `read` is told the number of files done after each batch. Unpacking runs one batch ahead of reading. `now` (UTC)
    bounds plausible times: a day ahead of it, for devices run fast and zones are mistaken.
    """
    latest = (now.astimezone(UTC) + timedelta(days=DAYS_AHEAD)).replace(tzinfo=None)
    whole: list[Readable] = []
    saved: dict[int, tuple[Saved, ...]] = {}
    failed: list[FileNote] = []
    done = 0
    with ThreadPoolExecutor(1) as unpacker:
        batches = _batches(files)
        ahead = unpacker.submit(unpack, next(batches, []), scratch)
        while batch := ahead.result():
            ahead = unpacker.submit(unpack, next(batches, []), scratch)
            for readable, damage in _read_batch(connection, batch, latest, saved):
                if damage:
                    failed.append(FileNote(readable.found.label, damage.reason, damage.row))
                else:
                    whole.append(readable)
            done += len(batch)
            read(done)
    return whole, saved, failed


def _batches(files: list[Readable]) -> Iterator[list[Readable]]:
    """Consecutive files of one source, up to BATCH_BYTES together."""
    batch: list[Readable] = []
    size = 0
    for readable in files:
        size += readable.found.size
        if batch and (readable.source is not batch[0].source or size > BATCH_BYTES):
            yield batch
            batch, size = [], readable.found.size
        batch.append(readable)
    if batch:
        yield batch


def _read_batch(
    connection: duckdb.DuckDBPyConnection,
    batch: list[Unpacked],
    latest: datetime,
    saved: dict[int, tuple[Saved, ...]],
) -> Iterator[tuple[Readable, Unusable | None]]:
    sound = [unpacked for unpacked in batch if unpacked.damage is None]
    source = batch[0].readable.source
    damages: dict[int, Unusable | None] = {}
    try:
        if source is not None and source.insert is not None:
            damages = {file.readable.file_no: _read_whole(connection, source.insert, file, latest) for file in sound}
        elif sound and source is not None:
            _insert(connection, source, sound, latest)
    except duckdb.InvalidInputException:
        # Somebody in the batch is damaged. One by one, so that each pays for itself alone.
        damages = {unpacked.readable.file_no: _read_alone(connection, unpacked, latest) for unpacked in sound}
    for unpacked in batch:
        readable = unpacked.readable
        damage = unpacked.damage or damages.get(readable.file_no)
        if readable.saved is not None and damage is None:
            damage = _read_saved(readable.saved, unpacked, saved)
        for path in filter(None, (unpacked.path, unpacked.beside)):
            path.unlink(missing_ok=True)
        yield readable, damage


def _read_saved(source: SavedSource, unpacked: Unpacked, saved: dict[int, tuple[Saved, ...]]) -> Unusable | None:
    try:
        saved[unpacked.readable.file_no] = source.read(unpacked.path, unpacked.beside)
    except Unusable as error:
        return error
    return None


def _read_whole(
    connection: duckdb.DuckDBPyConnection, insert: Insert, unpacked: Unpacked, latest: datetime
) -> Unusable | None:
    try:
        insert(connection, unpacked.path, unpacked.readable.file_no, latest)
    except Unusable as error:
        return error
    return None


def _read_alone(connection: duckdb.DuckDBPyConnection, unpacked: Unpacked, latest: datetime) -> Unusable | None:
    source = unpacked.readable.source
    assert source is not None, "a list without rows is not read"  # noqa: S101
    for mend in (False, True):
        if mend:
            mend_surrogates(unpacked.path)
        try:
            _insert(connection, source, [unpacked], latest)
            return None
        except duckdb.InvalidInputException as error:
            damage = _damage(error)
    return damage


def _damage(error: duckdb.Error) -> Unusable:
    """DuckDB's "Malformed JSON in file "…", at byte 63 in record/value 3: unexpected character", which counts rows from 2."""
    text = str(error).splitlines()[0]
    if "maximum_object_size" in text:
        return Unusable(f"a row is longer than {LONGEST_ROW // 1024**2} MB")
    what = text.rpartition(": ")[2].rstrip(". ")
    place = re.search(r"record/value (\d+)", text)
    row = max(1, int(place[1]) - 1) if place else None
    return Unusable(f"damaged JSON{f' in row {row}' if row else ''}: {what}", row)


def _insert(connection: duckdb.DuckDBPyConnection, source: Source, batch: list[Unpacked], latest: datetime) -> None:
    paths = [str(unpacked.path) for unpacked in batch]
    connection.execute(insert_sql(source), {"paths": paths, "source": source.name, "latest": latest})
