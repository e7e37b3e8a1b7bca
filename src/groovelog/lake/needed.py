"""Needed: the files that a reader of the published state opens, and no others; what a backup has to keep of a lake."""

from pathlib import PurePosixPath

from groovelog.lake import delta_log
from groovelog.lake.snapshot import Snapshot
from groovelog.tables import COMMITS, TABLES, Table


def data(snapshot: Snapshot) -> dict[PurePosixPath, int]:
    """The data files, by their path in the lake, with their bytes. A file of a name never changes."""
    return {
        PurePosixPath(table.name, file.path): file.size
        for table in TABLES
        if _has(snapshot, table)
        for file in snapshot.files(table)
    }


def logs(snapshot: Snapshot) -> list[PurePosixPath]:
    """The files of the tables' logs, by their path in the lake, from the last checkpoint to the published version.

    A version of a number may be another later, where an older state was put back. Called by who holds the writer lock.
    """
    return [path for table in TABLES if _has(snapshot, table) for path in _log(snapshot, table)]


def _has(snapshot: Snapshot, table: Table) -> bool:
    return table is COMMITS or table.name in snapshot.versions


def _log(snapshot: Snapshot, table: Table) -> list[PurePosixPath]:
    published = (snapshot.at or 0) if table is COMMITS else snapshot.versions[table.name]
    found = [(number, path) for number, path in delta_log.files(snapshot.lake, table) if number <= published]
    begins = max((number for number, path in found if path.name.endswith(delta_log.CHECKPOINT)), default=0)
    return [path for number, path in found if number >= begins]
