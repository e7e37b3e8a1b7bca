"""Everything a listener has, as files that any program reads and that an import takes back."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from groovelog.errors import LakeError, UsageError
from groovelog.lake.disk import disk_faults
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener
from groovelog.tables import LISTENERS, TABLES, TRACKS, Column, Table

# Format, which is the files' ending, and DuckDB's options for it.
FORMATS = {"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER true", "jsonl": "FORMAT json"}

# 63 bits: in text as `receipts` and `plays explain` print them, for most readers of JSON lose what is over 2^53.
IDS = frozenset({"play_id", "session_id", "row_key"})
# By time, where a key would sort by chance.
ORDER = {"plays": ("started_at", "play_id"), "source_plays": ("started_at", "source", "row_key", "shown_together")}


@dataclass(frozen=True)
class ExportedTable:
    """One file of an export."""

    table: str
    file: str
    rows: int


def export_listener(snapshot: Snapshot, listener: Listener, form: str, folder: Path) -> list[ExportedTable]:
    """Write each table that has rows of the listener as TABLE.FORMAT into the folder, which is made where it is missing.

    The files appear all together, whole. Raises UsageError where the folder cannot be used or holds such a file, LakeError
    where the disk is full.
    """
    folder = folder.absolute()
    tables = [table for table in TABLES if table is TRACKS or ("listener_id" in table.names and table is not LISTENERS)]
    _check_folder(folder, [f"{table.name}.{form}" for table in tables])
    with disk_faults(folder), tempfile.TemporaryDirectory(prefix=".groovelog-export-", dir=folder) as name:
        partial = Path(name)
        snapshot.connection.execute("SET temp_directory = '" + _quoted(partial / "spill") + "'")
        written = [_write(snapshot, table, listener, form, partial) for table in tables]
        for one in written:
            if one.rows:
                (partial / one.file).replace(folder / one.file)
    return [one for one in written if one.rows]


def _check_folder(folder: Path, files: list[str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise UsageError(f"{folder} is a file. Give a folder with --output.") from None
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from None
    for file in files:
        if (folder / file).exists():
            raise UsageError(f"{folder / file} is there already. Give an empty folder with --output, or move it away.")


def _write(snapshot: Snapshot, table: Table, listener: Listener, form: str, folder: Path) -> ExportedTable:
    own = f"listener_id = '{listener.listener_id}'"
    where = f"track_id IN (SELECT track_uri FROM source_plays WHERE {own})" if table is TRACKS else own
    columns = [column for column in table.columns if column.name != "listener_id"]
    texts = ", ".join(f"{_value(column, form)} AS {column.name}" for column in columns)
    key = ORDER.get(table.name) or [name for name in table.key if name != "listener_id"]
    order = ", ".join(f"{table.name}.{name}" for name in key)
    file = f"{table.name}.{form}"
    query = f"SELECT {texts} FROM {table.name} WHERE {where} ORDER BY {order}"
    try:
        ((rows,),) = snapshot.connection.execute(
            f"COPY ({query}) TO '{_quoted(folder / file)}' ({FORMATS[form]})"
        ).fetchall()
    except duckdb.Error as error:
        if str(folder) in str(error) or isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise LakeError(f"The lake at {snapshot.lake} cannot be read: {str(error).splitlines()[0]}") from error
    return ExportedTable(table.name, file, rows)


def _value(column: Column, form: str) -> str:
    if form == "parquet":
        return column.name
    if column.name in IDS:
        return f"format('{{:016x}}', {column.name})"
    if column.type == "TIMESTAMPTZ":
        return f"strftime({column.name}, '%Y-%m-%dT%H:%M:%S.%fZ')"
    return column.name


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
