"""Write: one run at a time, published by one row in `commits`.

Delta has no transaction over several tables. So the versions named in the last row of `commits` are the state; a
table that is ahead of it belongs to a run that died, and the next run rolls it back before it writes.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from groovelog.errors import LakeBusyError
from groovelog.lake import delta
from groovelog.lake.delta import UNCUT, DataFile, Slice
from groovelog.lake.formats import FORMAT
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot
from groovelog.tables import COMMITS, TABLES, Table

LONGEST_WAIT_S = 3600


class Run:
    """A writer that holds the lock. `snapshot` is the state it started from; nothing counts before `publish`."""

    def __init__(self, lake: Path, snapshot: Snapshot, now: datetime) -> None:
        self.lake = lake
        self.snapshot = snapshot
        self.connection = snapshot.connection
        self.now = now
        # Ids sort as the runs happened, also where the clock went backwards; the tail keeps two lakes apart.
        self.run_id = f"{snapshot.number + 1:06}-{now.astimezone(UTC):%Y%m%d}-{secrets.token_hex(2)}"
        self._versions = dict(snapshot.versions)

    def write(
        self, table: Table, select: str, slices: list[Slice] | None = None, removed: list[DataFile] | None = None
    ) -> None:
        """Append the rows of a query, cut into slices where the table has partitions; `removed` files go in the same step."""
        added = delta.write(self.connection, self.lake, table, select, [UNCUT] if slices is None else slices)
        if added or removed:
            self._versions[table.name] = delta.commit(self.lake, table, added, removed or [])

    def drop(self, table: Table, removed: list[DataFile]) -> None:
        """Take files out of the table."""
        if removed:
            self._versions[table.name] = delta.commit(self.lake, table, [], removed)

    def publish(self, verb: str) -> None:
        """Make the run count: from here on readers see it."""
        versions = json.dumps(self._versions, sort_keys=True)
        row = (self.snapshot.number + 1, self.run_id, verb, self.now, versions, FORMAT)
        self.connection.execute("CREATE OR REPLACE TABLE commit_row AS SELECT * FROM commits LIMIT 0")
        self.connection.execute("INSERT INTO commit_row VALUES (?, ?, ?, ?, ?, ?)", row)
        added = delta.write(self.connection, self.lake, COMMITS, "SELECT * FROM commit_row", [UNCUT])
        delta.commit(self.lake, COMMITS, added, [])


@contextmanager
def writing(
    home: Home, connection: duckdb.DuckDBPyConnection, now: datetime, wait_s: float | None = None
) -> Iterator[Run]:
    """Wait for the writer lock, take back what a dead run left, and hand out a Run on the newest state.

    Raises LakeBusyError after `wait_s` seconds of waiting, an hour unless told.
    """
    home.lake.mkdir(parents=True, exist_ok=True, mode=0o700)
    longest_s = LONGEST_WAIT_S if wait_s is None else wait_s
    lock = FileLock(home.lake / ".writer.lock", timeout=longest_s, mode=0o600)
    try:
        held = lock.acquire(poll_interval=0.05)
    except Timeout as error:
        waited = f"{longest_s / 60:g} minutes"
        raise LakeBusyError(f"Another writer has held the lake at {home.lake} for {waited}. Is it stuck?") from error
    with held:
        yield Run(home.lake, _settled(home.lake, connection), now)


def _settled(lake: Path, connection: duckdb.DuckDBPyConnection) -> Snapshot:
    """The published state, with every table on disk brought to it. Nothing on disk is deleted."""
    snapshot = Snapshot(lake, connection)
    if delta.version(lake, COMMITS) is None:
        delta.create(lake, COMMITS)
    for table in TABLES:
        if table is COMMITS:
            continue
        if delta.version(lake, table) is None:
            delta.create(lake, table)
        # A table that no commit names is one of a first run that died: empty, as it was made.
        snapshot.versions[table.name] = delta.roll_back(lake, table, snapshot.versions.get(table.name, 0))
    return snapshot
