"""Write: one run at a time, published by one row in `commits`.

In a folder a lock keeps others out. In a bucket, where machines have no lock in common, each commit is made on exactly the
version that the run knows, or fails, and so is the publishing: who comes too late begins again from the new state.

Delta has no transaction over several tables. So the versions named in the last row of `commits` are the state; a
table that is ahead of it belongs to a run that died, and the next run rolls it back before it writes.
"""

import json
import random
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import wraps
from pathlib import PurePosixPath
from typing import ParamSpec, TypeVar

import duckdb
from filelock import FileLock, Timeout

from groovelog.errors import LakeBusyError, LakeError, Overtaken
from groovelog.lake import delta, migrations, sweep
from groovelog.lake.delta import UNCUT, DataFile, Slice
from groovelog.lake.formats import FORMAT
from groovelog.lake.home import Home
from groovelog.lake.known import Known, remember
from groovelog.lake.place import Place
from groovelog.lake.snapshot import Snapshot, connect
from groovelog.tables import COMMITS, TABLES, Table

LONGEST_WAIT_S = 3600
# Before a run that was overtaken begins again, in the mean: long enough in the end for a large import elsewhere.
PAUSES_S = (0.2, 0.5, 1, 2, 5, 10, 20, 40)

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Run:
    """A writer that holds the lock. `snapshot` is the state it started from; nothing counts before `publish`.

    `versions` names what it has written so far, by table.
    """

    def __init__(self, lake: Place, snapshot: Snapshot, now: datetime) -> None:
        self.lake = lake
        self.snapshot = snapshot
        self.connection = snapshot.connection
        self.now = now
        # Ids sort as the runs happened, also where the clock went backwards; the tail keeps two lakes apart.
        self.number = snapshot.number + 1
        self.run_id = f"{self.number:06}-{now.astimezone(UTC):%Y%m%d}-{secrets.token_hex(2)}"
        self.versions = dict(snapshot.versions)
        # The version of `commits` that this run goes on from: whoever else published on it was faster.
        self.goes_on_from = snapshot.at or 0
        self.published = False
        self._files: dict[str, list[DataFile]] = {}
        self._written: list[PurePosixPath] = []

    def write(
        self, table: Table, select: str, slices: list[Slice] | None = None, removed: list[DataFile] | None = None
    ) -> None:
        """Append the rows of a query, cut into slices where the table has partitions; `removed` files go in the same step."""
        added = self.written(table, select, [UNCUT] if slices is None else slices)
        self.replace(table, added, removed or [])

    def written(self, table: Table, select: str, slices: list[Slice]) -> list[DataFile]:
        """The rows of a query as files, which nobody sees before they are put into the table."""
        added = delta.write(self.connection, self.lake, table, select, slices)
        self._written += [PurePosixPath(table.name, file.path) for file in added]
        return added

    def take_back(self) -> None:
        """Of a run that was overtaken: what it wrote is nobody's, and takes room."""
        with suppress(LakeError):  # a sweep finds what is left
            for path in self._written:
                self.lake.take_away(path)

    def drop(self, table: Table, removed: list[DataFile]) -> None:
        """Take files out of the table."""
        self.replace(table, [], removed)

    def replace(self, table: Table, added: list[DataFile], removed: list[DataFile]) -> None:
        """Put files that are written already into the table, and take others out of it."""
        if added or removed:
            self.versions[table.name] = delta.commit(self.lake, table, self.versions[table.name], added, removed)
            self._change(table, added, removed)

    def files(self, table: Table) -> list[DataFile]:
        """The data files of the table as the run has them now."""
        return self._files[table.name] if table.name in self._files else self.snapshot.files(table)

    def _change(self, table: Table, added: list[DataFile], removed: list[DataFile]) -> None:
        gone = {file.path for file in removed}
        self._files[table.name] = [file for file in self.files(table) if file.path not in gone] + added

    def add_columns(self, table: Table) -> None:
        """Bring the table's schema on disk up to tables.py."""
        if table is COMMITS:
            self.goes_on_from = delta.add_columns(self.lake, table, self.goes_on_from)
        else:
            self.versions[table.name] = delta.add_columns(self.lake, table, self.versions[table.name])

    def keep_no_tombstones(self, table: Table) -> None:
        """Let no checkpoint of the table tell what this run, or an earlier one, took out of it."""
        self.versions[table.name] = delta.keep_no_tombstones(self.lake, table, self.versions[table.name])

    def publish(self, verb: str, *, together: bool = False) -> None:
        """Make the run count: from here on readers see it. `together` writes all of `commits` into one file."""
        versions = json.dumps(self.versions, sort_keys=True)
        row = (self.number, self.run_id, verb, self.now, versions, FORMAT)
        self.connection.execute("CREATE OR REPLACE TABLE commit_row AS SELECT * FROM commits LIMIT 0")
        self.connection.execute("INSERT INTO commit_row VALUES (?, ?, ?, ?, ?, ?)", row)
        self._files[COMMITS.name] = self.snapshot.files(COMMITS)
        before = self._files[COMMITS.name] if together else []
        earlier = "SELECT * FROM commits UNION ALL " if together else ""
        rows = f"SELECT * FROM ({earlier}SELECT * FROM commit_row) ORDER BY number"
        added = self.written(COMMITS, rows, [UNCUT])
        self.goes_on_from = delta.commit(self.lake, COMMITS, self.goes_on_from, added, before)
        self.published = True
        self._change(COMMITS, added, before)
        if self.lake.shared:
            written = {table.name: self.files(table) for table in TABLES if self.versions.get(table.name)}
            remember(self.lake, Known(self.number, self.run_id, self.versions, written))


def begins_again(write: Callable[Given, Made]) -> Callable[Given, Made]:
    """A writer of a whole run, which is called again, on the new state, where another machine was faster.

    Raises LakeBusyError where others were faster each time.
    """

    @wraps(write)
    def tried(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        for pause_s in PAUSES_S:
            try:
                return write(*args, **kwargs)
            except Overtaken:
                # By chance, so that two do not meet again and again.
                time.sleep(pause_s * random.uniform(0.5, 1.5))  # noqa: S311 (no secret)
        try:
            return write(*args, **kwargs)
        except Overtaken as error:
            raise LakeBusyError(
                f"{error.message} Each of {len(PAUSES_S) + 1} tries came too late: try again later."
            ) from error

    return tried


@contextmanager
def writing(
    home: Home, connection: duckdb.DuckDBPyConnection, now: datetime, wait_s: float | None = None
) -> Iterator[Run]:
    """Wait for the writer lock, take back what a dead run left, and hand out a Run on the newest state.

    Before that, what a dead run was to erase is erased, and a lake of an older format is brought to the newest as a run
    of its own. Raises LakeBusyError after `wait_s` seconds of waiting, an hour unless told.
    """
    with locked(home, wait_s):
        complete_sweep(home, connection)
        snapshot = _settled(home.lake, connection)
        if snapshot.format < FORMAT:
            _migrate(home, now)
            snapshot = _settled(home.lake, connection)
        run = Run(home.lake, snapshot, now)
        try:
            yield run
        except Overtaken:
            if not run.published:
                run.take_back()
            raise
        except (LakeError, OSError, duckdb.Error) as error:
            # Whoever was faster may have taken away what this run was reading.
            if home.lake.shared and not run.published and delta.version(home.lake, COMMITS) != run.goes_on_from:
                raise Overtaken(f"Another machine wrote into the lake at {home.lake} at the same time.") from error
            raise


@contextmanager
def locked(home: Home, wait_s: float | None = None) -> Iterator[None]:
    """Hold the lock of this machine's writers. Raises LakeBusyError after `wait_s` seconds of waiting, an hour unless told."""
    home.make()
    longest_s = LONGEST_WAIT_S if wait_s is None else wait_s
    lock = FileLock(home.lake.lock, timeout=longest_s, mode=0o600)
    try:
        held = lock.acquire(poll_interval=0.05)
    except Timeout as error:
        waited = f"{longest_s / 60:g} minutes"
        raise LakeBusyError(f"Another writer has held the lake at {home.lake} for {waited}. Is it stuck?") from error
    with held:
        yield


def complete_sweep(home: Home, connection: duckdb.DuckDBPyConnection) -> None:
    """Take off the disk what a run that died had taken out of the tables. Called under the lock."""
    if sweep.demanded(home.lake):
        before = Snapshot(home.lake, connection)
        if sweep.due(home.lake, before.number):
            sweep.sweep_all(home.lake, before.versions)


def _migrate(home: Home, now: datetime) -> None:
    """On a connection of its own: the caller's has staged rows, and tables named as those made here."""
    with home.scratch_folder() as scratch, closing(connect(spill=scratch)) as connection:
        run = Run(home.lake, _settled(home.lake, connection), now)
        migrations.migrate(run)
        run.publish("migrate")


def _settled(lake: Place, connection: duckdb.DuckDBPyConnection) -> Snapshot:
    """The published state, with every table on disk brought to it. Nothing on disk is deleted."""
    snapshot = Snapshot(lake, connection)
    if snapshot.at is None:
        delta.create(lake, COMMITS)
        snapshot.at = 0
    tables = [table for table in TABLES if table is not COMMITS]
    there = lake.each(lambda table: delta.version(lake, table), tables)
    for table, newest in zip(tables, there, strict=True):
        if newest is None:
            delta.create(lake, table)
        # A table that no commit names is one of a run that died: empty, as it was made.
        snapshot.versions[table.name] = delta.roll_back(lake, table, newest or 0, snapshot.versions.get(table.name, 0))
    if not snapshot.number:  # an older Groovelog may have made these tables, and died before it published
        for table in TABLES:
            if table is not COMMITS:
                snapshot.versions[table.name] = delta.add_columns(lake, table, snapshot.versions[table.name])
        snapshot.at = delta.add_columns(lake, COMMITS, snapshot.at)
    return snapshot
