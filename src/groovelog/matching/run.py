"""From files to a file: `groovelog match --queries CSV --reference CSV... --output CSV`."""

import csv
import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from groovelog.errors import UsageError
from groovelog.matching.files import is_address
from groovelog.matching.index import Index
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
    _check_output(output, (queries, *references))
    with tempfile.TemporaryDirectory(prefix="groovelog-") as spill, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        connection.execute("SET temp_directory = ?", [spill])
        count = load_queries(connection, queries)
        loaded = load_references(connection, references, chosen, Path(spill))
        answers = match(Index(connection, may_start=True))
    _write(answers, output)
    return Matched(loaded, count, dict(Counter(answer.verdict for answer in answers)))


def _check_output(output: Path, inputs: Sequence[Path]) -> None:
    """Before hours of work, not after."""
    if is_address(output):
        raise UsageError(f"--output {output}: the verdicts are written to a file on this machine.")
    if output.is_dir() or (output.exists() and not output.is_file()):
        raise UsageError(f"--output {output}: that is no file.")
    if not output.parent.is_dir():
        raise UsageError(f"--output {output}: there is no folder {output.parent}.")
    if not os.access(output.parent, os.W_OK):
        raise UsageError(f"--output {output}: {output.parent} may not be written to.")
    if output.exists() and any(path.exists() and path.samefile(output) for path in inputs):
        raise UsageError(f"--output {output}: that is one of the files to read.")


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
