"""The Delta tables on disk; the only home of `deltalake`.

DuckDB writes the Parquet files, Delta's log makes them a table. Files are named by uuid and never changed.
"""

import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties
from deltalake import Schema as DeltaSchema
from deltalake.exceptions import DeltaError
from deltalake.transaction import AddAction, RemoveAction

from groovelog.errors import LakeError
from groovelog.lake import delta_log
from groovelog.lake.disk import to_disk
from groovelog.tables import Table

_ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMPTZ": pa.timestamp("us", "UTC"),
}

Partition = dict[str, str]

# By itself delta-rs would make a checkpoint every 100 versions, and take away logs of 30 days that the published
# version may still need.
_NOTHING_BY_ITSELF = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)


@dataclass(frozen=True)
class DataFile:
    """One Parquet file of a table version; `path` is relative to the table's folder."""

    path: str
    size: int
    rows: int
    partition: Partition


def schema(table: Table) -> pa.Schema:
    """The table's columns as Arrow, in the order of tables.py."""
    return pa.schema([pa.field(column.name, _ARROW[column.type]) for column in table.columns])


def create(lake: Path, table: Table) -> None:
    """An empty table. Raises LakeError where data lie without a log: no dead run leaves that, and nothing is taken away."""
    folder = lake / table.name
    if next(folder.rglob("*.parquet"), None):
        raise LakeError(
            f"{folder} holds data, but not the log that makes them a table. Was the lake copied in part? "
            "Copy all of it again, or move the folder away."
        )
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "_delta_log"
    if log.exists() and not next(log.glob("*.json"), None):
        shutil.rmtree(log)  # a run killed while it made the table leaves an empty log, on which `create` would hang
    with _disk_told():
        DeltaTable.create(folder, schema(table), partition_by=list(table.partition_by) or None)
    to_disk(log / f"{0:020}.json")


def version(lake: Path, table: Table) -> int | None:
    """The newest version on disk, published or not; None where there is no table.

    Told by the names in the log: to open all tables would be most of what a small write takes.
    """
    try:
        return max((number for number, _ in delta_log.files(lake, table)), default=None)
    except OSError:
        return None


def _open(lake: Path, table: Table, at: int | None = None) -> DeltaTable:
    try:
        return DeltaTable(lake / table.name, version=at)
    except DeltaError as error:
        raise _unreadable(lake, table, error) from error


def _unreadable(lake: Path, table: Table, error: DeltaError) -> LakeError:
    return LakeError(f"The table {table.name} of the lake at {lake} cannot be read: {str(error).splitlines()[0]}")


def files(lake: Path, table: Table, at: int | None = None) -> list[DataFile]:
    """The data files of a version (the newest, unless told)."""
    actions = _open(lake, table, at).get_add_actions(flatten=True)
    names = ["path", "size_bytes", "num_records", *(f"partition.{name}" for name in table.partition_by)]
    # Column by column: to make it an Arrow table would load pandas.
    return [
        DataFile(unquote(path), size, rows, dict(zip(table.partition_by, map(str, values), strict=True)))
        for path, size, rows, *values in zip(*(actions.column(name).to_pylist() for name in names), strict=True)
    ]


def files_at(lake: Path, table: Table, at: int) -> list[DataFile]:
    """As `files`, but read once for as long as the table's log stays as it is.

    Whoever polls opens the lake again and again, in which one table of twenty has changed; to read the logs of all is
    most of what that takes.
    """
    log = (lake / table.name / "_delta_log").stat()
    return list(_files_of_log(lake, table, at, (log.st_ino, log.st_mtime_ns)))


@lru_cache(maxsize=512)
def _files_of_log(lake: Path, table: Table, at: int, _log: tuple[int, int]) -> tuple[DataFile, ...]:
    return tuple(files(lake, table, at))


@dataclass(frozen=True)
class Slice:
    """The part of a query's rows that goes into one partition: its values, and the condition that picks them."""

    partition: Partition
    where: str = "true"


UNCUT = Slice({})


def by_year(listener_id: str, years: list[int]) -> list[Slice]:
    """Slices of a table cut by listener and year. The range of started_at lets DuckDB skip the other rows unread."""
    return [
        Slice(
            {"listener_id": listener_id, "year": str(year)},
            f"year = {year} AND started_at >= TIMESTAMP '{year}-01-01' AND started_at < TIMESTAMP '{year + 1}-01-01'",
        )
        for year in years
    ]


def write(
    connection: duckdb.DuckDBPyConnection, lake: Path, table: Table, select: str, slices: list[Slice]
) -> list[DataFile]:
    """Write the rows of a query as Parquet, one file per slice; nobody sees them before `commit`.

    One COPY per slice, as many at a time as there are cores, costs half of what COPY's own PARTITION_BY costs, and
    less memory: a year's plays are hardly ever more than one row group, which one thread writes.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        written = pool.map(lambda part: _write_slice(connection.cursor(), lake, table, select, part), slices)
        return [file for file in written if file.rows]


def _write_slice(connection: duckdb.DuckDBPyConnection, lake: Path, table: Table, select: str, part: Slice) -> DataFile:
    folder = "/".join(f"{column}={part.partition[column]}" for column in table.partition_by)
    path = Path(folder, f"part-{uuid.uuid4()}.parquet")
    target = lake / table.name / path
    target.parent.mkdir(parents=True, exist_ok=True)
    columns = ", ".join(f"{c.name}::{c.type} AS {c.name}" for c in table.columns if c.name not in table.partition_by)
    quoted = str(target).replace("'", "''")
    ((_, rows, size, *_),) = connection.execute(
        f"COPY (SELECT {columns} FROM ({select}) WHERE {part.where}) TO '{quoted}' "
        "(FORMAT parquet, COMPRESSION zstd, RETURN_STATS true)"
    ).fetchall()
    if rows:
        to_disk(target)
    else:
        target.unlink()
    return DataFile(str(path), size, rows, part.partition)


def commit(lake: Path, table: Table, added: list[DataFile], removed: list[DataFile]) -> int:
    """One Delta transaction; returns the new version. Raises CommitFailedError if another writer was faster."""
    now = int(time.time() * 1000)
    delta = _open(lake, table)
    adds = [
        AddAction(file.path, file.size, file.partition, now, True, json.dumps({"numRecords": file.rows}))
        for file in added
    ]
    removes = [RemoveAction(file.path, True, now, file.size, {**file.partition}) for file in removed]
    with _disk_told():
        delta.create_write_transaction(
            [*adds, *removes],
            mode="append",
            schema=delta.schema(),
            partition_by=list(table.partition_by) or None,
            commit_properties=CommitProperties(max_commit_retries=0),
            post_commithook_properties=_NOTHING_BY_ITSELF,
        )
    made = delta.version() + 1  # no retries: it is the next one, or the commit has failed
    to_disk(lake / table.name / "_delta_log" / f"{made:020}.json")
    return made


@contextmanager
def _disk_told() -> Iterator[None]:
    """A full or failing disk is an OSError, also where Delta wraps it in errors of its own."""
    try:
        yield
    except DeltaError as error:
        if "os error" in str(error):
            raise OSError(str(error)) from error
        raise


def roll_back(lake: Path, table: Table, newest: int, to: int) -> int:
    """Take back what was committed after version `to`, up to the newest; returns the new version, equal in rows to `to`."""
    if newest == to:  # nearly always; a table that is not opened costs nothing
        return to
    delta = _open(lake, table)
    with _disk_told():
        delta.restore(to, post_commithook_properties=_NOTHING_BY_ITSELF)
    delta.update_incremental()
    return delta.version()


def add_columns(lake: Path, table: Table) -> int:
    """Give the table on disk the columns of tables.py that it lacks; returns the newest version."""
    delta = _open(lake, table)
    known = {field.name for field in delta.schema().fields}
    missing = [field for field in DeltaSchema.from_arrow(schema(table)).fields if field.name not in known]
    if missing:
        with _disk_told():
            delta.alter.add_columns(missing, post_commithook_properties=_NOTHING_BY_ITSELF)
        delta.update_incremental()
        to_disk(lake / table.name / "_delta_log" / f"{delta.version():020}.json")
    return delta.version()


def columns(lake: Path, table: Table) -> dict[str, str]:
    """Names and types of the columns on disk, the types in DuckDB's words."""
    words = {str(arrow): word for word, arrow in _ARROW.items()}
    stored: Any = pa.schema(_open(lake, table).schema().to_arrow())
    return {field.name: words.get(str(field.type), str(field.type)) for field in stored}


def checkpoint(lake: Path, table: Table, at: int) -> None:
    """Write the whole of a version into one file of the log, so that older ones are not needed to read it."""
    with _disk_told():
        _open(lake, table, at).create_checkpoint()
    to_disk(lake / table.name / "_delta_log" / f"{at:020}.checkpoint.parquet")
    to_disk(lake / table.name / "_delta_log" / "_last_checkpoint")


def keep_no_tombstones(lake: Path, table: Table) -> int:
    """From the new version on, which it returns, checkpoints do not tell what was removed."""
    delta = _open(lake, table)
    with _disk_told():
        delta.alter.set_table_properties(
            {"delta.deletedFileRetentionDuration": "interval 0 seconds"}, post_commithook_properties=_NOTHING_BY_ITSELF
        )
    delta.update_incremental()
    to_disk(lake / table.name / "_delta_log" / f"{delta.version():020}.json")
    return delta.version()
