"""Needed: the files that a reader of the published state opens, and no others; what a backup has to keep of a lake."""

from pathlib import Path

from groovelog.lake import delta, delta_log
from groovelog.lake.snapshot import Snapshot
from groovelog.tables import COMMITS, TABLES, Table


def data(snapshot: Snapshot) -> dict[Path, int]:
    """The data files, relative to the lake, with their bytes. A file of a name never changes."""
    return {
        Path(table.name, file.path): file.size
        for table in TABLES
        if _has(snapshot, table)
        for file in snapshot.files(table)
    }


def logs(snapshot: Snapshot) -> list[Path]:
    """The files of the tables' logs, relative to the lake, from the last checkpoint to the published version.

    A version of a number may be another later, where an older state was put back. Called by who holds the writer lock.
    """
    return [
        path.relative_to(snapshot.lake) for table in TABLES if _has(snapshot, table) for path in _log(snapshot, table)
    ]


def _has(snapshot: Snapshot, table: Table) -> bool:
    return table is COMMITS or table.name in snapshot.versions


def _log(snapshot: Snapshot, table: Table) -> list[Path]:
    newest = delta.version(snapshot.lake, COMMITS) if table is COMMITS else snapshot.versions[table.name]
    found = [(number, path) for number, path in delta_log.files(snapshot.lake, table) if number <= (newest or 0)]
    begins = max((number for number, path in found if path.name.endswith(delta_log.CHECKPOINT)), default=0)
    return [path for number, path in found if number >= begins]
