"""Sweep: take away files and versions that nobody needs.

Needed is the published version of each table, and what was replaced within the last hour: a reader that opened before
still reads it. Called by a writer that holds the lock, so that what lies about is of dead runs.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from groovelog.lake import delta, delta_log
from groovelog.lake.disk import to_disk
from groovelog.tables import COMMITS, TABLES, Table

# The longest answer takes seconds; a page left open asks anew. An hour is ample, and what one evening of imports
# replaces is small.
KEPT_FOR_READERS = timedelta(hours=1)


# So many versions after the last checkpoint, opening a table costs 5 ms instead of 1.
LONG_READ = 20

# Beside the tables while a sweep that keeps nothing for readers is due; a run that dies leaves it to the next.
_DUE = ".sweep-due"


def demand(lake: Path) -> None:
    """From the next published run on, everything it does not need has to go; see `sweep_all`."""
    (lake / _DUE).touch(mode=0o600)
    to_disk(lake / _DUE)


def demanded(lake: Path) -> bool:
    return (lake / _DUE).exists()


def sweep_all(lake: Path, versions: dict[str, int]) -> None:
    """What was demanded: leave the published versions and nothing else."""
    sweep(lake, versions, None)
    take_away(lake / _DUE)


def sweep(lake: Path, versions: dict[str, int], kept_for: timedelta | None) -> None:
    """Leave of each table its published version, and what was replaced within `kept_for` (None: nothing of that).

    `versions` have to be published: what they do not need is gone for good.
    """
    # Delta tells by this clock when a version was committed.
    since = None if kept_for is None else datetime.now(UTC) - kept_for
    for table in TABLES:
        newest = delta.version(lake, table) if table is COMMITS else versions.get(table.name)
        if newest is not None:
            _sweep_table(lake, table, newest, since)


def _sweep_table(lake: Path, table: Table, published: int, since: datetime | None) -> None:
    told = delta_log.versions(lake, table)
    oldest = published
    if since is not None:
        # The version that a reader found who opened then; later ones are read still.
        found_then = [version.number for version in told if version.committed_at <= since]
        oldest = min(published, max(found_then, default=told[0].number))
    needed = {file.path for at in {oldest, published} for file in delta.files(lake, table, at)}
    needed.update(*(version.added for version in told if version.number > oldest))
    for path in data_files(lake, table):
        if str(path.relative_to(lake / table.name)) not in needed:
            take_away(path)
    log = delta_log.files(lake, table)
    outdated = [path for number, path in log if number < oldest]
    if outdated:
        delta.checkpoint(lake, table, oldest)
        for path in outdated:
            take_away(path)
    checkpoints = [number for number, path in log if path.name.endswith(delta_log.CHECKPOINT)]
    if published - max(*checkpoints, oldest if outdated else 0, 0) > LONG_READ:
        delta.checkpoint(lake, table, published)
    _drop_empty_folders(lake / table.name)


def data_files(lake: Path, table: Table) -> list[Path]:
    """Every data file on disk, of whatever version or dead run."""
    folder = lake / table.name
    return [path for path in folder.rglob("*.parquet") if path.relative_to(folder).parts[0] != "_delta_log"]


def take_away(path: Path) -> None:
    path.unlink(missing_ok=True)


def _drop_empty_folders(folder: Path) -> None:
    """The folders of partitions, named NAME=VALUE, in which nothing is left."""
    for path in sorted(folder.rglob("*=*"), reverse=True):  # a folder after those in it
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
