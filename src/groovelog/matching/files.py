"""Reading a CSV in any dress, or Parquet, as a DuckDB relation of texts."""

import codecs
import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from groovelog.errors import UsageError

_CHUNK = 1 << 20
_SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Source:
    """A file to read: `scan` is the DuckDB table function that reads it, `headings` its columns in order."""

    name: str
    scan: str
    headings: tuple[str, ...]


def open_source(connection: duckdb.DuckDBPyConnection, path: Path) -> Source:
    """Look at a file's first bytes and headings. Raises `UsageError` where it cannot be read as a table."""
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", file=str(path))
    if path.stat().st_size == 0:
        raise UsageError(f"{path} is empty.", file=str(path))
    scan = _parquet(path) if _is_parquet(path) else _csv(path)
    try:
        columns = connection.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
    except duckdb.Error as error:
        raise UsageError(f"{path} cannot be read as a table: {_first_line(error)}", file=str(path)) from error
    return Source(path.name, scan, tuple(name for name, *_ in columns))


def column(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """A query's only column, of texts. (Arrow would load pandas, which takes half a second.)"""
    (values,) = connection.execute(query).fetchnumpy().values()
    return list(values)


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _parquet(path: Path) -> str:
    return f"read_parquet({literal(str(path))})"


def _csv(path: Path) -> str:
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        heading = file.readline(_CHUNK)
    separator = max(_SEPARATORS, key=lambda sign: len(next(csv.reader([heading], delimiter=sign), [])))
    # DuckDB's own names; it strips a BOM of UTF-8 itself. Rows that are no rows are counted, not guessed at.
    duckdb_encoding = {"utf-8-sig": "utf-8", "utf-16": "utf-16"}.get(encoding, "latin-1")
    return (
        f"read_csv({literal(str(path))}, header=true, all_varchar=true, delim={literal(separator)}, quote='\"', "
        f"escape='\"', nullstr='', encoding='{duckdb_encoding}', ignore_errors=true, strict_mode=false, "
        "null_padding=false, auto_detect=true, sample_size=1000, max_line_size=16777216)"
    )


def _encoding(path: Path) -> str:
    """UTF-8 where all of the file is, UTF-16 by its mark, else Latin-1 (of Windows or not: see `mend`)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        start = file.read(2)
        if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8-sig"


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]
