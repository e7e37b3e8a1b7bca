"""Sweep: take away files and versions that nobody needs.

Needed is the published version of each table, and what was replaced within the last hour: a reader that opened before
still reads it. Called by a writer that holds the lock, so that what lies about is of dead runs.
"""

from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from groovelog.lake import delta, delta_log
from groovelog.lake.place import Place, Stored
from groovelog.tables import COMMITS, TABLES, Table

# The longest answer takes seconds; a page left open asks anew. An hour is ample, and what one evening of imports
# replaces is small.
KEPT_FOR_READERS = timedelta(hours=1)


# So many versions after the last checkpoint, opening a table costs 5 ms instead of 1.
LONG_READ = 20

# Beside the tables while a sweep that keeps nothing for readers is due; a run that dies leaves it to the next.
_DUE = ".sweep-due"


def demand(lake: Place, number: int) -> None:
    """From run `number` on, which is about to be published, everything it does not need has to go; see `sweep_all`."""
    lake.mark(_DUE, str(number).encode())


def demanded(lake: Place) -> bool:
    return lake.holds(_DUE)


def due(lake: Place, number: int) -> bool:
    """Whether a sweep was demanded that the state after run `number` is good for.

    In a bucket another machine may have demanded it, and be about to publish.
    """
    if not demanded(lake):
        return False
    return not lake.shared or number >= int(lake.read(PurePosixPath(_DUE)) or 0)


def sweep_all(lake: Place, versions: dict[str, int]) -> None:
    """What was demanded: leave the published versions and nothing else, but for what another machine may be writing."""
    if not sweep(lake, versions, None):
        take_away(lake, PurePosixPath(_DUE))


def sweep(lake: Place, versions: dict[str, int], kept_for: timedelta | None) -> int:
    """Leave of each table its published version, and what was replaced within `kept_for` (None: nothing of that).

    `versions` have to be published: what they do not need is gone for good. In a bucket, files of the last hour that no
    version names stay too: another machine may be about to commit them. Returns how many stay for that.
    """
    now = _now(lake)
    since = None if kept_for is None else now - kept_for
    # No lock keeps writers of other machines out.
    unnamed_since = now - KEPT_FOR_READERS if lake.shared else None
    spared = 0
    needed: list[PurePosixPath] = []
    for table in TABLES:
        newest = delta.version(lake, table) if table is COMMITS else versions.get(table.name)
        if newest is not None:
            kept, left = _sweep_table(lake, table, newest, since, unnamed_since)
            needed += kept
            spared += left
    lake.keep_near(needed, read_lately=since is not None)
    return spared


def _now(lake: Place) -> datetime:
    """By the clock that tells when versions were committed. That of a bucket is read off the last commit, so it is not ahead."""
    if not lake.shared:
        return datetime.now(UTC)
    return max(version.committed_at for version in delta_log.versions(lake, COMMITS))


def _sweep_table(
    lake: Place, table: Table, published: int, since: datetime | None, unnamed_since: datetime | None
) -> tuple[list[PurePosixPath], int]:
    """Returns what of the table is left, and how many of that another machine may be about to commit."""
    told = delta_log.versions(lake, table)
    oldest = published
    if since is not None:
        # The version that a reader found who opened then; later ones are read still.
        found_then = [version.number for version in told if version.committed_at <= since]
        oldest = min(published, max(found_then, default=told[0].number))
    needed = {file.path for at in {oldest, published} for file in delta.files(lake, table, at)}
    needed.update(*(version.added for version in told if version.number > oldest))
    named = {path for version in told for path in version.added}
    kept, gone, spared = [], [], 0
    for found in data_files(lake, table):
        name = str(found.path.relative_to(table.name))
        coming = unnamed_since is not None and name not in named and found.modified_at > unnamed_since
        if name in needed or coming:
            kept.append(found.path)
            spared += name not in needed
        else:
            gone.append(found.path)
    lake.each(lambda path: take_away(lake, path), gone)
    log = delta_log.files(lake, table)
    outdated = [path for number, path in log if number < oldest]
    if outdated:
        delta.checkpoint(lake, table, oldest)
        for path in outdated:
            take_away(lake, path)
    checkpoints = [number for number, path in log if path.name.endswith(delta_log.CHECKPOINT)]
    if published - max(*checkpoints, oldest if outdated else 0, 0) > LONG_READ:
        delta.checkpoint(lake, table, published)
    lake.drop_empty_folders(table.name)
    return kept, spared


def data_files(lake: Place, table: Table) -> list[Stored]:
    """Every data file there is, of whatever version or dead run."""
    there = (found for found in lake.objects(table.name) if found.path.suffix == ".parquet")
    return [found for found in there if found.path.parts[1] != "_delta_log"]


def take_away(lake: Place, path: PurePosixPath) -> None:
    lake.take_away(path)
