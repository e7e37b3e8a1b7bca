"""The Delta tables of a lake, wherever it is; the only home of `deltalake`.

DuckDB writes the Parquet files, Delta's log makes them a table. Files are named by uuid and never changed.
"""

import json
import os
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import duckdb
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties
from deltalake import Schema as DeltaSchema
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.transaction import AddAction, RemoveAction

from groovelog.errors import LakeError, Overtaken
from groovelog.lake import delta_log
from groovelog.lake.place import Place
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

# In the log of every commit: by it a writer whose answer got lost knows its own.
_MARK = "groovelog_commit"


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


def create(lake: Place, table: Table) -> None:
    """An empty table. Raises LakeError where data lie without a log: no dead run leaves that, and nothing is taken away."""
    if any(found.path.suffix == ".parquet" for found in lake.objects(table.name)):
        raise LakeError(
            f"{lake.uri(table.name)} holds data, but not the log that makes them a table. Was the lake copied in part? "
            "Copy all of it again, or move the folder away."
        )
    lake.begin(table.name)
    with _committing(lake, table, -1) as properties:
        DeltaTable.create(
            lake.uri(table.name),
            schema(table),
            partition_by=list(table.partition_by) or None,
            storage_options=lake.options,
            commit_properties=properties,
        )


def version(lake: Place, table: Table) -> int | None:
    """The newest version there is, published or not; None where there is no table.

    Told by the names in the log: to open all tables would be most of what a small write takes.
    """
    return max((number for number, _ in delta_log.files(lake, table)), default=None)


def newest(lake: Place, table: Table) -> tuple[int, list[DataFile]] | None:
    """The newest version and its data files, read in one go; None where there is no table."""
    try:
        delta = _open(lake, table)
    except TableNotFoundError:
        return None
    return delta.version(), _files_of(delta, table)


def _log(table: Table, name: str) -> PurePosixPath:
    return PurePosixPath(table.name, "_delta_log", name)


def _open(lake: Place, table: Table, at: int | None = None) -> DeltaTable:
    try:
        return DeltaTable(lake.uri(table.name), version=at, storage_options=lake.options)
    except TableNotFoundError:
        raise
    except DeltaError as error:
        raise _unreadable(lake, table, error) from error
    except OSError as error:
        raise lake.fault(error) from error


def _unreadable(lake: Place, table: Table, error: DeltaError) -> LakeError:
    return LakeError(f"The table {table.name} of the lake at {lake} cannot be read: {str(error).splitlines()[0]}")


@contextmanager
def _committing(lake: Place, table: Table, on: int) -> Iterator[CommitProperties]:
    """A commit on the very version `on` that the writer knows, or none: nobody else's changes are taken along unseen.

    A full or failing disk is an OSError, also where Delta wraps it in errors of its own; so is a bucket's fault a LakeError.
    """
    mark = uuid.uuid4().hex
    try:
        yield CommitProperties(max_commit_retries=0, custom_metadata={_MARK: mark})
    except (DeltaError, OSError) as error:
        if lake.shared and _is_marked(lake, table, on + 1, mark):  # done; it was the answer that got lost
            return
        if lake.shared and isinstance(error, CommitFailedError):
            raise Overtaken(f"Another machine wrote into the lake at {lake} at the same time.") from error
        told = lake.fault(error)
        if told is error:
            raise
        raise told from error
    lake.settle(_log(table, f"{on + 1:020}.json"))


def _is_marked(lake: Place, table: Table, version: int, mark: str) -> bool:
    path = _log(table, f"{version:020}.json")
    return lake.holds(str(path)) and mark.encode() in lake.read(path)


def files(lake: Place, table: Table, at: int | None = None) -> list[DataFile]:
    """The data files of a version (the newest, unless told)."""
    try:
        return _files_of(_open(lake, table, at), table)
    except TableNotFoundError as error:
        raise _unreadable(lake, table, error) from error


def _files_of(delta: DeltaTable, table: Table) -> list[DataFile]:
    actions = delta.get_add_actions(flatten=True)
    names = ["path", "size_bytes", "num_records", *(f"partition.{name}" for name in table.partition_by)]
    # Column by column: to make it an Arrow table would load pandas.
    return [
        DataFile(unquote(path), size, rows, dict(zip(table.partition_by, map(str, values), strict=True)))
        for path, size, rows, *values in zip(*(actions.column(name).to_pylist() for name in names), strict=True)
    ]


def files_at(lake: Place, table: Table, at: int) -> list[DataFile]:
    """As `files`, but read once for as long as the table's log stays as it is.

    Whoever polls opens the lake again and again, in which one table of twenty has changed; to read the logs of all is
    most of what that takes.
    """
    return list(_files_of_log(lake, table, at, lake.log_stamp(table.name)))


@lru_cache(maxsize=512)
def _files_of_log(lake: Place, table: Table, at: int, _stamp: tuple[int, ...]) -> tuple[DataFile, ...]:
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
    connection: duckdb.DuckDBPyConnection, lake: Place, table: Table, select: str, slices: list[Slice]
) -> list[DataFile]:
    """Write the rows of a query as Parquet, one file per slice; nobody sees them before `commit`.

    One COPY per slice, as many at a time as there are cores, costs half of what COPY's own PARTITION_BY costs, and
    less memory: a year's plays are hardly ever more than one row group, which one thread writes.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        written = pool.map(lambda part: _write_slice(connection.cursor(), lake, table, select, part), slices)
        return [file for file in written if file.rows]


def _write_slice(
    connection: duckdb.DuckDBPyConnection, lake: Place, table: Table, select: str, part: Slice
) -> DataFile:
    folder = "/".join(f"{column}={part.partition[column]}" for column in table.partition_by)
    path = PurePosixPath(folder, f"part-{uuid.uuid4()}.parquet")
    target = lake.draft(table.name / path)
    columns = ", ".join(f"{c.name}::{c.type} AS {c.name}" for c in table.columns if c.name not in table.partition_by)
    quoted = str(target).replace("'", "''")
    ((_, rows, size, *_),) = connection.execute(
        f"COPY (SELECT {columns} FROM ({select}) WHERE {part.where}) TO '{quoted}' "
        "(FORMAT parquet, COMPRESSION zstd, RETURN_STATS true)"
    ).fetchall()
    if rows:
        lake.keep(table.name / path)
    else:
        target.unlink()
    return DataFile(str(path), size, rows, part.partition)


def commit(lake: Place, table: Table, on: int, added: list[DataFile], removed: list[DataFile]) -> int:
    """One Delta transaction on exactly the version `on`; returns the new one.

    Raises CommitFailedError, in a bucket Overtaken, if another writer was faster.
    """
    now = int(time.time() * 1000)
    delta = _open(lake, table, on)
    adds = [
        AddAction(file.path, file.size, file.partition, now, True, json.dumps({"numRecords": file.rows}))
        for file in added
    ]
    removes = [RemoveAction(file.path, True, now, file.size, {**file.partition}) for file in removed]
    with _committing(lake, table, on) as properties:
        delta.create_write_transaction(
            [*adds, *removes],
            mode="append",
            schema=delta.schema(),
            partition_by=list(table.partition_by) or None,
            commit_properties=properties,
            post_commithook_properties=_NOTHING_BY_ITSELF,
        )
    return on + 1


def roll_back(lake: Place, table: Table, newest: int, to: int) -> int:
    """Take back what was committed after version `to`, up to the newest; returns the new version, equal in rows to `to`."""
    if newest == to:  # nearly always; a table that is not opened costs nothing
        return to
    delta = _open(lake, table, newest)
    with _committing(lake, table, newest) as properties:
        delta.restore(to, commit_properties=properties, post_commithook_properties=_NOTHING_BY_ITSELF)
    return newest + 1


def add_columns(lake: Place, table: Table, on: int) -> int:
    """Give the table at version `on`, its newest, the columns of tables.py that it lacks; returns the newest version."""
    delta = _open(lake, table, on)
    known = {field.name for field in delta.schema().fields}
    missing = [field for field in DeltaSchema.from_arrow(schema(table)).fields if field.name not in known]
    if not missing:
        return on
    with _committing(lake, table, on) as properties:
        delta.alter.add_columns(missing, commit_properties=properties, post_commithook_properties=_NOTHING_BY_ITSELF)
    return on + 1


def columns(lake: Place, table: Table) -> dict[str, str]:
    """Names and types of the columns on disk, the types in DuckDB's words."""
    words = {str(arrow): word for word, arrow in _ARROW.items()}
    stored: Any = pa.schema(_open(lake, table).schema().to_arrow())
    return {field.name: words.get(str(field.type), str(field.type)) for field in stored}


def checkpoint(lake: Place, table: Table, at: int) -> None:
    """Write the whole of a version into one file of the log, so that older ones are not needed to read it."""
    delta = _open(lake, table, at)
    try:
        delta.create_checkpoint()
    except (DeltaError, OSError) as error:
        raise lake.fault(error) from error
    lake.settle(_log(table, f"{at:020}.checkpoint.parquet"))
    lake.settle(_log(table, "_last_checkpoint"))


def keep_no_tombstones(lake: Place, table: Table, on: int) -> int:
    """From the version after `on` on, which it returns, checkpoints do not tell what was removed."""
    delta = _open(lake, table, on)
    with _committing(lake, table, on) as properties:
        delta.alter.set_table_properties(
            {"delta.deletedFileRetentionDuration": "interval 0 seconds"},
            commit_properties=properties,
            post_commithook_properties=_NOTHING_BY_ITSELF,
        )
    return on + 1
