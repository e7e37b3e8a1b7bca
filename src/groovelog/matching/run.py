"""From files to a file: `groovelog match --queries CSV --reference CSV... --output CSV`."""

import csv
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from groovelog.matching.match import match
from groovelog.matching.queries import load_queries
from groovelog.matching.reference import Loaded, load_references

MEMORY_LIMIT = "2GB"


@dataclass(frozen=True)
class Matched:
    """The account of one run: rows of the references, and queries by verdict."""

    references: list[Loaded]
    queries: int
    verdicts: dict[str, int]


def match_files(queries: Path, references: Sequence[Path], output: Path, chosen: Mapping[str, str]) -> Matched:
    """Match a list of songs to references and write the verdicts. Raises `UsageError` for files that cannot be used."""
    with tempfile.TemporaryDirectory(prefix="groovelog-") as spill, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        connection.execute("SET temp_directory = ?", [spill])
        count = load_queries(connection, queries)
        loaded = load_references(connection, references, chosen)
        table = match(connection)
    _write(table, output)
    counts = pc.value_counts(table.column("verdict")).to_pylist()
    return Matched(loaded, count, {entry["values"]: entry["counts"] for entry in counts})


def _write(table: pa.Table, output: Path) -> None:
    """All of the file or none of it."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.column_names)
            writer.writerows(zip(*(column.to_pylist() for column in table.columns), strict=True))
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)
