"""From files to a file: `groovelog match --queries CSV --reference CSV... --output CSV`."""

import csv
import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from groovelog.matching.match import Answer, match
from groovelog.matching.queries import load_queries
from groovelog.matching.reference import Loaded, load_references

MEMORY_LIMIT = "2GB"
WRITTEN = ("query_id", "ref_id", "confidence", "verdict", "reason")


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
        answers = match(connection)
    _write(answers, output)
    return Matched(loaded, count, dict(Counter(answer.verdict for answer in answers)))


def _write(answers: Sequence[Answer], output: Path) -> None:
    """All of the file or none of it."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(WRITTEN)
            writer.writerows(answer[: len(WRITTEN)] for answer in answers)
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)
