"""Write: one run at a time, published by one row in `commits`.

Delta has no transaction over several tables. So the versions named in the last row of `commits` are the state; a
table that is ahead of it belongs to a run that died, and the next run rolls it back before it writes.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from groovelog.errors import LakeBusyError
from groovelog.lake import delta, migrations, sweep
from groovelog.lake.delta import UNCUT, DataFile, Slice
from groovelog.lake.formats import FORMAT
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot, connect
from groovelog.tables import COMMITS, TABLES, Table

LONGEST_WAIT_S = 3600


class Run:
    """A writer that holds the lock. `snapshot` is the state it started from; nothing counts before `publish`.

    `versions` names what it has written so far, by table.
    """

    def __init__(self, lake: Path, snapshot: Snapshot, now: datetime) -> None:
        self.lake = lake
        self.snapshot = snapshot
        self.connection = snapshot.connection
        self.now = now
        # Ids sort as the runs happened, also where the clock went backwards; the tail keeps two lakes apart.
        self.run_id = f"{snapshot.number + 1:06}-{now.astimezone(UTC):%Y%m%d}-{secrets.token_hex(2)}"
        self.versions = dict(snapshot.versions)
        self._files: dict[str, list[DataFile]] = {}

    def write(
        self, table: Table, select: str, slices: list[Slice] | None = None, removed: list[DataFile] | None = None
    ) -> None:
        """Append the rows of a query, cut into slices where the table has partitions; `removed` files go in the same step."""
        added = delta.write(self.connection, self.lake, table, select, [UNCUT] if slices is None else slices)
        self.replace(table, added, removed or [])

    def drop(self, table: Table, removed: list[DataFile]) -> None:
        """Take files out of the table."""
        self.replace(table, [], removed)

    def replace(self, table: Table, added: list[DataFile], removed: list[DataFile]) -> None:
        """Put files that are written already into the table, and take others out of it."""
        if added or removed:
            self.versions[table.name] = delta.commit(self.lake, table, added, removed)
            self._change(table, added, removed)

    def files(self, table: Table) -> list[DataFile]:
        """The data files of the table as the run has them now."""
        return self._files[table.name] if table.name in self._files else self.snapshot.files(table)

    def _change(self, table: Table, added: list[DataFile], removed: list[DataFile]) -> None:
        gone = {file.path for file in removed}
        self._files[table.name] = [file for file in self.files(table) if file.path not in gone] + added

    def add_columns(self, table: Table) -> None:
        """Bring the table's schema on disk up to tables.py."""
        newest = delta.add_columns(self.lake, table)
        if table is not COMMITS:
            self.versions[table.name] = newest

    def keep_no_tombstones(self, table: Table) -> None:
        """Let no checkpoint of the table tell what this run, or an earlier one, took out of it."""
        self.versions[table.name] = delta.keep_no_tombstones(self.lake, table)

    def publish(self, verb: str, *, together: bool = False) -> None:
        """Make the run count: from here on readers see it. `together` writes all of `commits` into one file."""
        versions = json.dumps(self.versions, sort_keys=True)
        row = (self.snapshot.number + 1, self.run_id, verb, self.now, versions, FORMAT)
        self.connection.execute("CREATE OR REPLACE TABLE commit_row AS SELECT * FROM commits LIMIT 0")
        self.connection.execute("INSERT INTO commit_row VALUES (?, ?, ?, ?, ?, ?)", row)
        self._files[COMMITS.name] = self.snapshot.files(COMMITS)
        before = self._files[COMMITS.name] if together else []
        earlier = "SELECT * FROM commits UNION ALL " if together else ""
        rows = f"SELECT * FROM ({earlier}SELECT * FROM commit_row) ORDER BY number"
        added = delta.write(self.connection, self.lake, COMMITS, rows, [UNCUT])
        delta.commit(self.lake, COMMITS, added, before)
        self._change(COMMITS, added, before)


@contextmanager
def writing(
    home: Home, connection: duckdb.DuckDBPyConnection, now: datetime, wait_s: float | None = None
) -> Iterator[Run]:
    """Wait for the writer lock, take back what a dead run left, and hand out a Run on the newest state.

    Before that, what a dead run was to erase is erased, and a lake of an older format is brought to the newest as a run
    of its own. Raises LakeBusyError after `wait_s` seconds of waiting, an hour unless told.
    """
    with locked(home, wait_s):
        if sweep.demanded(home.lake):
            sweep.sweep_all(home.lake, Snapshot(home.lake, connection).versions)
        snapshot = _settled(home.lake, connection)
        if snapshot.format < FORMAT:
            _migrate(home, now)
            snapshot = _settled(home.lake, connection)
        yield Run(home.lake, snapshot, now)


@contextmanager
def locked(home: Home, wait_s: float | None = None) -> Iterator[None]:
    """Hold the writer lock. Raises LakeBusyError after `wait_s` seconds of waiting, an hour unless told."""
    home.make()
    home.lake.mkdir(exist_ok=True, mode=0o700)
    longest_s = LONGEST_WAIT_S if wait_s is None else wait_s
    lock = FileLock(home.lake / ".writer.lock", timeout=longest_s, mode=0o600)
    try:
        held = lock.acquire(poll_interval=0.05)
    except Timeout as error:
        waited = f"{longest_s / 60:g} minutes"
        raise LakeBusyError(f"Another writer has held the lake at {home.lake} for {waited}. Is it stuck?") from error
    with held:
        yield


def _migrate(home: Home, now: datetime) -> None:
    """On a connection of its own: the caller's has staged rows, and tables named as those made here."""
    with home.scratch_folder() as scratch, closing(connect(spill=scratch)) as connection:
        run = Run(home.lake, _settled(home.lake, connection), now)
        migrations.migrate(run)
        run.publish("migrate")


def _settled(lake: Path, connection: duckdb.DuckDBPyConnection) -> Snapshot:
    """The published state, with every table on disk brought to it. Nothing on disk is deleted."""
    snapshot = Snapshot(lake, connection)
    if delta.version(lake, COMMITS) is None:
        delta.create(lake, COMMITS)
    for table in TABLES:
        if table is COMMITS:
            continue
        newest = delta.version(lake, table)
        if newest is None:
            delta.create(lake, table)
        # A table that no commit names is one of a run that died: empty, as it was made.
        snapshot.versions[table.name] = delta.roll_back(lake, table, newest or 0, snapshot.versions.get(table.name, 0))
    if not snapshot.number:  # an older Groovelog may have made these tables, and died before it published
        snapshot.versions |= {table.name: delta.add_columns(lake, table) for table in TABLES if table is not COMMITS}
        delta.add_columns(lake, COMMITS)
    return snapshot
