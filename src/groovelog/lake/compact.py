"""Compact: many small files of a partition become one, and what nobody needs any more goes.

Rows stay as they are; only which file holds them changes. A run of its own, published like any other.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath

import duckdb

from groovelog.errors import LakeError, Overtaken
from groovelog.lake import delta, delta_log
from groovelog.lake.delta import DataFile, Slice
from groovelog.lake.home import Home
from groovelog.lake.place import Stored
from groovelog.lake.run import Run
from groovelog.lake.snapshot import Snapshot, connect, view
from groovelog.lake.sweep import KEPT_FOR_READERS, data_files, sweep
from groovelog.tables import COMMITS, TABLES, Table

# Above so many files in a partition, reading them costs more than writing them together once.
MANY_FILES = 20
# Above so many versions in a table's log, a checkpoint is due. More than a minute's writes make in the hour that is kept.
MANY_VERSIONS = 200
# Files are written together as long as the next larger one is at most so many times all before it. What is left grows
# threefold from file to file, so that few files are left, and a row is written again only a few times in its life.
GROWTH = 2

Choice = Callable[[list[DataFile]], list[DataFile]]


@dataclass(frozen=True)
class Size:
    """Files of a table on disk, and their bytes: data and log, of all versions that are kept."""

    files: int
    bytes: int


@dataclass(frozen=True)
class Compacted:
    """Sizes on disk by table before and after; `waiting` of the after is kept for readers of the last hour alone."""

    before: dict[str, Size]
    after: dict[str, Size]
    waiting: Size


def compact(run: Run) -> Compacted:
    """Make each partition one file, publish that, and sweep."""
    before = _sizes(run)
    for table in TABLES:
        if table is not COMMITS:
            _write_together(run, table, _all)
    run.publish("compact", together=True)
    sweep(run.lake, run.versions, KEPT_FOR_READERS)
    return Compacted(before, _sizes(run), _waiting(run))


def tidy(home: Home, run: Run) -> None:
    """After `run` was published: compact the crowded partitions of what it wrote, and sweep where a log grew long.

    Of a crowded partition only the small files are written again, so that a large one does not slow every import.
    A disk that is full is no fault of the run, which is published: what cannot be done now is left to a later one.
    """
    try:
        _tidy(home, run)
    except Overtaken:
        pass  # whoever wrote meanwhile tidies
    except (OSError, duckdb.IOException, LakeError) as error:
        logging.getLogger(__name__).warning("The lake was not tidied, which the next import tries again: %s", error)


def _tidy(home: Home, run: Run) -> None:
    written = [table for table in TABLES if run.versions.get(table.name) != run.snapshot.versions.get(table.name)]
    if any(_crowded(run, table) for table in (COMMITS, *written)):
        with home.scratch_folder() as scratch, closing(connect(spill=scratch)) as connection:
            anew = Run(run.lake, Snapshot(run.lake, connection), run.now)
            for table in written:
                _write_together(anew, table, _small_of_many)
            anew.publish("compact", together=True)
        sweep(run.lake, anew.versions, KEPT_FOR_READERS)
    elif any(_long(run, table) for table in (COMMITS, *written)):
        sweep(run.lake, run.versions, KEPT_FOR_READERS)


def _crowded(run: Run, table: Table) -> bool:
    files = run.files(table)
    return any(len(part) > MANY_FILES for part in _by_partition(files).values())


def _long(run: Run, table: Table) -> bool:
    return len(delta_log.files(run.lake, table)) > MANY_VERSIONS


def _by_partition(files: list[DataFile]) -> dict[tuple[str, ...], list[DataFile]]:
    parts: dict[tuple[str, ...], list[DataFile]] = defaultdict(list)
    for file in files:
        parts[tuple(file.partition.values())].append(file)
    return parts


def _all(files: list[DataFile]) -> list[DataFile]:
    return files


def _small_of_many(files: list[DataFile]) -> list[DataFile]:
    if len(files) <= MANY_FILES:
        return []
    ordered = sorted(files, key=lambda file: (file.size, file.path))
    chosen, so_far = 1, 0
    for number, file in enumerate(ordered, 1):
        if file.size <= GROWTH * so_far:
            chosen = number
        so_far += file.size
    return ordered[:chosen]


def _write_together(run: Run, table: Table, choice: Choice) -> None:
    added: list[DataFile] = []
    removed: list[DataFile] = []
    for files in _by_partition(run.snapshot.files(table)).values():
        chosen = choice(files)
        if len(chosen) > 1:
            view(run.connection, run.lake, table, chosen, "together")
            rows = f"SELECT * FROM together ORDER BY {', '.join(_order(table))}"
            added += run.written(table, rows, [Slice(chosen[0].partition)])
            removed += chosen
    run.replace(table, added, removed)


def _order(table: Table) -> list[str]:
    """By time where there is one: periods are what reports ask for."""
    return [name for name in ("started_at", *table.key) if name in table.names and name not in table.partition_by]


def _sizes(run: Run) -> dict[str, Size]:
    return {table.name: _size(run.lake.objects(table.name)) for table in TABLES}


def _waiting(run: Run) -> Size:
    needed = {
        PurePosixPath(table.name, file.path)
        for table in TABLES
        for file in delta.files(run.lake, table, run.versions.get(table.name))
    }
    return _size(found for table in TABLES for found in data_files(run.lake, table) if found.path not in needed)


def _size(there: Iterable[Stored]) -> Size:
    sizes = [found.size for found in there]
    return Size(len(sizes), sum(sizes))
