"""Bring rows into a lake through real files, and read what is kept."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from export_rows import Row, write_export

from groovelog.lake.check import check
from groovelog.lake.home import Home
from groovelog.lake.plays import rebuilt
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.model import Receipt
from groovelog.pipeline import import_exports
from groovelog.tables import PLAYS, SOURCE_PLAYS, TABLES, Table

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ZONE = "Europe/Berlin"

Kept = list[dict[str, Any]]


def bring(home: Home, *rows: Row, listener: str = "me", timezone: str = ZONE) -> Receipt:
    """Import one export that holds these rows, those of extended history in one file and those of account data in one."""
    files = [[row for row in rows if ("endTime" in row) is of_account] for of_account in (False, True)]
    return bring_exports(home, [[file for file in files if file]], listener=listener, timezone=timezone)


def bring_exports(
    home: Home, exports: Sequence[Sequence[Sequence[Row]]], *, listener: str = "me", timezone: str = ZONE
) -> Receipt:
    """Import, in one call, exports of files of rows."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [
            path
            for number, files in enumerate(exports)
            for path in write_export(Path(folder, f"export-{number}"), files)
        ]
        return import_exports(home, paths, listener=listener, timezone=timezone, now=NOW)


def plays(home: Home, listener: str = "me") -> Kept:
    """Every column but the listener's id, by play_id."""
    with open_snapshot(home.lake) as snapshot:
        return _read(snapshot, PLAYS, f"SELECT * FROM plays WHERE listener_id = '{_id(snapshot, listener)}'", "play_id")


def source_plays(home: Home, listener: str = "me") -> Kept:
    """Every column but the listener's id, by row_key."""
    with open_snapshot(home.lake) as snapshot:
        own = f"SELECT * FROM source_plays WHERE listener_id = '{_id(snapshot, listener)}'"
        return _read(snapshot, SOURCE_PLAYS, own, "row_key, shown_together")


def plays_anew(home: Home, listener: str = "me") -> Kept:
    """The plays worked out again from source_plays alone."""
    with open_snapshot(home.lake) as snapshot:
        (person,) = [person for person in snapshot.listeners() if person.name == listener]
        return _read(snapshot, PLAYS, rebuilt(snapshot.connection, person), "play_id")


def everything(home: Home) -> dict[str, Kept]:
    """Every table of the published state."""
    with open_snapshot(home.lake) as snapshot:
        return {of.name: _read(snapshot, of, f"SELECT * FROM {of.view}", ", ".join(of.key)) for of in TABLES}


def sound(home: Home) -> bool:
    with open_snapshot(home.lake) as snapshot:
        return not [finding for finding in check(snapshot) if finding.problem]


def data_files(home: Home, of: Table) -> set[str]:
    """The Parquet files of the published version, relative to the table's folder."""
    with open_snapshot(home.lake) as snapshot:
        return {file.path for file in snapshot.files(of)}


def _id(snapshot: Snapshot, listener: str) -> str:
    return next((person.listener_id for person in snapshot.listeners() if person.name == listener), "nobody")


def _read(snapshot: Snapshot, of: Table, query: str, order: str) -> Kept:
    """Instants as naive UTC: fetching a TIMESTAMPTZ would need pytz."""
    columns = ", ".join(
        f"{column.name}::TIMESTAMP AS {column.name}" if column.type == "TIMESTAMPTZ" else column.name
        for column in of.columns
        if column.name != "listener_id"
    )
    result = snapshot.connection.execute(f"SELECT {columns} FROM ({query}) ORDER BY {order}")
    names = [name for name, *_ in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def text_of(path: Path) -> str:
    """The bytes as they are, and a Parquet file's values too, which are compressed."""
    told = path.read_bytes().decode("utf-8", "replace")
    if path.suffix == ".parquet":
        quoted = str(path).replace("'", "''")
        rows = duckdb.execute(
            f"SELECT to_json(t)::VARCHAR FROM read_parquet('{quoted}', hive_partitioning = false) AS t"
        )
        told += "\n".join(row for (row,) in rows.fetchall())
    return told
