"""Read: one published state of the lake, as DuckDB views with the tables' names."""

import json
import secrets
import threading
from contextlib import suppress
from copy import copy
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

import duckdb

from groovelog.errors import BucketError, LakeError
from groovelog.lake import delta
from groovelog.lake.formats import FORMAT, too_new
from groovelog.lake.home import Home
from groovelog.lake.known import Known, known_of, remember
from groovelog.lake.people import listeners
from groovelog.lake.place import Place
from groovelog.model import Listener
from groovelog.tables import COMMITS, TABLES, Table

MEMORY = "1GB"
# So many queries are known by what they said. Each takes some 10 KB, and of some every period asks another.
MOST_TOLD = 1_000
PEOPLE = "listeners"


class Snapshot:
    """The state of the lake after run number `number` (0: nothing yet). Closed by `with` or `close`.

    Raises LakeError when the folder holds something that is no lake of Groovelog, a damaged one, or one that a newer
    Groovelog wrote. One of an older `format` is read as it is: what it lacks is null or empty.
    `connection` is a DuckDB in memory, zone UTC, with a view for each table of tables.py.
    """

    def __init__(self, lake: Place, connection: duckdb.DuckDBPyConnection) -> None:
        self.lake = lake
        self.connection = connection
        # The version of `commits` that tells the state; None where there is none yet.
        self.at: int | None = None
        self.number = 0
        self.run_id: str | None = None
        self.versions: dict[str, int] = {}
        self.format = FORMAT
        self._commits: list[delta.DataFile] = []
        self._files: dict[tuple[str, int], list[delta.DataFile]] = {}
        self._told: dict[str, list[Any]] = {}
        self._made: dict[str, str] = {}
        self._cut: set[str] = set()
        self._cutting = threading.Lock()
        try:
            self._open()
        except BucketError:
            raise
        except (LakeError, duckdb.Error, OSError):
            # A writer may have swept away what was just being opened; what it published by then is there.
            self._open_again()

    def _open_again(self) -> None:
        try:
            self._open()
        except (duckdb.Error, OSError) as error:
            raise LakeError(f"The lake at {self.lake} cannot be read: {str(error).splitlines()[0]}") from error

    def _open(self) -> None:
        newest = delta.newest(self.lake, COMMITS)
        if newest is None:
            self._refuse_headless()
        else:
            self.at, self._commits = newest
            self._view(COMMITS, self._commits)
            last = self.connection.execute(
                "SELECT number, run_id, versions, coalesce(format, 1) FROM commits ORDER BY number DESC LIMIT 1"
            ).fetchall()
            if last:
                self.number, self.run_id, versions, self.format = last[0]
                if self.format > FORMAT:
                    raise LakeError(f"The lake at {self.lake} cannot be read: {too_new(self.format)}")
                self.versions = json.loads(versions)
        if self.lake.shared:
            self._bring_near()
        for table in TABLES:
            if table.name in self.versions:
                self._view(table, self.files(table))
            elif table is not COMMITS or not self.number:
                self._view(table, [])

    def _bring_near(self) -> None:
        """A bucket answers many questions at once faster than one after the other, and what was known needs none."""
        at = {table: self.versions[table.name] for table in TABLES if self.versions.get(table.name)}
        known = known_of(self)
        same = {table for table in at if known and known.versions.get(table.name) == at[table]}
        if known:
            self._files |= {(table.name, at[table]): known.files[table.name] for table in same}
        self.lake.each(self.files, at.keys() - same)
        self.stay_near()
        changed = known is None or known.run_id != self.run_id
        if self.run_id is not None and changed:
            of_tables = {table.name: self.files(table) for table in at}
            remember(self.lake, Known(self.number, self.run_id, self.versions, of_tables))
        if changed or self.lake.outdated:
            self.lake.keep_near(self._paths(), read_lately=True)

    def stay_near(self) -> None:
        """Whoever keeps a snapshot of a bucket open for long says so now and then: what nobody reads makes room."""
        self.lake.fetch(self._paths())

    def _paths(self) -> dict[PurePosixPath, int]:
        tables = [table for table in TABLES if table is COMMITS or self.versions.get(table.name)]
        return {path: size for table in tables for path, size in sizes(table, self.files(table)).items()}

    def _refuse_headless(self) -> None:
        """`commits` is the first table made. Others without it are a lake that lost its head, not a new one."""
        if self.lake.shared:
            known_of(self)
        others = [table.name for table in TABLES if table is not COMMITS and self.lake.holds(table.name)]
        if others:
            raise LakeError(
                f"The lake at {self.lake} has {others[0]} but no commits, the table that says what counts. "
                "Was it copied in part? Copy all of it again, or use another folder with --home."
            )
        if self.lake.shared and (theirs := self.lake.objects("")):
            raise LakeError(
                f"{self.lake} holds something that is no lake of Groovelog, as {theirs[0].path}. "
                "Name another bucket, or a prefix under which nothing is, in GROOVELOG_LAKE."
            )

    def files(self, table: Table) -> list[delta.DataFile]:
        """The data files of the table as published; none where it was never written."""
        if table is COMMITS:
            return self._commits
        at = self.versions.get(table.name)
        # Version 0 is a table as it was made. Not to open it saves most of the time of opening a small lake.
        if not at:
            return []
        if (table.name, at) not in self._files:
            self._files[table.name, at] = delta.files_at(self.lake, table, at)
        return self._files[table.name, at]

    def listeners(self) -> list[Listener]:
        """Everybody in this lake, by name, with the number of plays kept."""
        people = self._told.get(PEOPLE)
        if people is None:
            people = self._told[PEOPLE] = listeners(self.connection)
        return people

    def cut(self, table: Table, listener_id: str) -> str:
        """The name of a view of one listener's rows. Only their files are opened: a lake of many has many others."""
        name = table.of(listener_id)
        with self._cutting:
            if name in self._cut:
                return name
            own = [file for file in self.files(table) if file.partition["listener_id"] == listener_id]
            view(self.connection, self.lake, table, own, f'"{name}"')
            self._cut.add(name)
        return name

    def again(self) -> "Snapshot":
        """The same state on a connection of its own, for another thread; what was told once is known to both."""
        other = copy(self)
        other.connection = self.connection.cursor()
        return other

    def once(self, query: str) -> list[Any]:
        """The rows of a query, run once: a published state does not change, so neither does what it says."""
        told = self._told.get(query)
        if told is None:
            told = self.connection.execute(query).fetchall()
            if len(self._told) >= MOST_TOLD:
                self._told.clear()
            self._told[query] = told
        return told

    def made(self, query: str) -> str:
        """The name of a table in memory of a query's rows, run once as in `once`. For few rows, and few queries."""
        name = self._made.get(query)
        if name is None:
            # Two threads at once make two, alike: neither waits for the other.
            name = f"made_{secrets.token_hex(8)}"
            self.connection.execute(f'CREATE TABLE "{name}" AS {query}')
            self._made[query] = name
        return name

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _view(self, table: Table, files: list[delta.DataFile]) -> None:
        view(self.connection, self.lake, table, files, table.view)


def view(
    connection: duckdb.DuckDBPyConnection, lake: Place, table: Table, files: list[delta.DataFile], name: str
) -> None:
    """Make a view of these files with all columns of the table; one that no file has is null."""
    head = f"CREATE OR REPLACE VIEW {name} AS SELECT"
    nulls = {column.name: f"NULL::{column.type} AS {column.name}" for column in table.columns}
    if not files:
        connection.execute(f"{head} {', '.join(nulls.values())} WHERE false")
        return
    source = scan(connection, lake, table, files)
    try:
        connection.execute(f"{head} {', '.join(table.names)} FROM {source}")
    except duckdb.BinderException:  # a column younger than every file
        stored = {column for column, *_ in connection.execute(f"DESCRIBE FROM {source}").fetchall()}
        columns = ", ".join(column if column in stored else null for column, null in nulls.items())
        connection.execute(f"{head} {columns} FROM {source}")


def scan(connection: duckdb.DuckDBPyConnection, lake: Place, table: Table, files: list[delta.DataFile]) -> str:
    """The SQL that reads these files; partitions come from the folders' names."""
    readable = lake.readable(connection, sizes(table, files))
    paths = ", ".join("'" + path.replace("'", "''") + "'" for path in readable)
    hive = ", ".join(f"'{column.name}': {column.type}" for column in table.columns if column.name in table.partition_by)
    partitioned = f", hive_partitioning = true, hive_types = {{{hive}}}" if hive else ""
    return f"read_parquet([{paths}], union_by_name = true{partitioned})"


def sizes(table: Table, files: list[delta.DataFile]) -> dict[PurePosixPath, int]:
    """Where in the lake these files of a table are, and their bytes."""
    return {PurePosixPath(table.name, file.path): file.size for file in files}


def connect(spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory for one reader or one run: zone UTC, bounded memory, spilling to the folder `spill`.

    DuckDB makes that folder when it needs it. Without one it cannot spill: by itself it would, into the current folder.
    """
    connection = duckdb.connect(
        config={
            "memory_limit": MEMORY,
            # Every query would read the footers of its files again.
            "parquet_metadata_cache": True,
            "autoinstall_known_extensions": False,
            "temp_directory": "" if spill is None else str(spill),
        }
    )
    # DuckDB's own bar, on stdout. In Jupyter it is off already, and to say so fails where ipywidgets is not there.
    if connection.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(True,)]:
        connection.execute("SET enable_progress_bar = false")
    # GLOBAL, for the cursors of parallel writers too: they would take the machine's zone.
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    return connection


def open_snapshot(lake: Place) -> Snapshot:
    """The last published state, on a connection of its own, which spills into the scratch folder of the lake's home."""
    home = Home(lake.home)
    if lake.shared or lake.holds(""):
        with suppress(OSError):  # a home that may only be read is read without spilling
            home.scratch.mkdir(mode=0o700, exist_ok=True)
    connection = connect(spill=home.new_scratch())
    try:
        return Snapshot(lake, connection)
    except LakeError:
        connection.close()
        raise
