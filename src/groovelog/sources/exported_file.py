"""A table as `groovelog export` writes it, in any of its formats, laid into DuckDB as texts."""

import csv
import re
from pathlib import Path

import duckdb
import pyarrow as pa

from groovelog.sources.found import Found, Unusable, printable
from groovelog.sources.look import PARQUET_MAGIC
from groovelog.sources.row_sql import LONGEST_ROW

_CHUNK = 1024 * 1024


def parquet_columns(found: Found) -> tuple[str, ...]:
    """The names of the columns, which stand at the end of the file. Raises Unusable where it is cut or damaged."""
    from pyarrow.parquet import read_schema  # noqa: PLC0415 - hardly any import meets a Parquet file

    with found.opened() as stream:
        try:
            return tuple(read_schema(stream).names)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise Unusable(f"damaged Parquet: {printable(str(error).splitlines()[0])}") from error


def load(connection: duckdb.DuckDBPyConnection, path: Path, columns: tuple[str, ...]) -> None:
    """Make the table `exported` of the file's rows, in order: json (the row of a JSONL file, else an empty object), and the
    columns as texts, "" as null. Raises Unusable where a column is missing or the file is not whole.
    """
    with path.open("rb") as stream:
        head = stream.read(len(PARQUET_MAGIC) + 1).lstrip()
    form = "Parquet" if head.startswith(PARQUET_MAGIC) else "JSON lines" if head.startswith(b"{") else "CSV"
    try:
        query = {"Parquet": _parquet, "JSON lines": _json_lines, "CSV": _csv}[form](connection, path, columns)
        connection.execute(f"CREATE OR REPLACE TABLE exported AS {query}", {"path": str(path)})
    except duckdb.Error as error:
        if isinstance(error, duckdb.OperationalError) and str(path) not in str(error):
            raise  # of the machine: no memory, a full disk
        raise Unusable(f"damaged {form}{_where(error)}") from error


def _parquet(connection: duckdb.DuckDBPyConnection, path: Path, columns: tuple[str, ...]) -> str:
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)}).fetchall()
    _check({name for name, *_ in described}, columns)
    texts = ", ".join(f"nullif({name}::VARCHAR, '') AS {name}" for name in columns)
    return f"SELECT '{{}}'::JSON AS json, {texts} FROM read_parquet($path)"


def _csv(_: duckdb.DuckDBPyConnection, path: Path, columns: tuple[str, ...]) -> str:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        header = next(csv.reader(stream), [])
    _check(set(header), columns)
    _check_csv_ends(path)
    types = ", ".join(f"'{_quoted(name)}': 'VARCHAR'" for name in header)
    texts = ", ".join(f"nullif({name}, '') AS {name}" for name in columns)
    # One thread: several guess where a row with line breaks in it begins.
    return f"""
        SELECT '{{}}'::JSON AS json, {texts} FROM read_csv($path, auto_detect = false, header = true, columns = {{{types}}},
            delim = ',', quote = '"', escape = '"', max_line_size = {LONGEST_ROW}, parallel = false)
    """


def _json_lines(connection: duckdb.DuckDBPyConnection, path: Path, columns: tuple[str, ...]) -> str:
    # A line that is no JSON becomes null, and with that a row that is not readable.
    lines = f"""read_json_objects($path, format = 'newline_delimited', ignore_errors = true,
        maximum_object_size = {LONGEST_ROW})"""
    first = f"SELECT json_keys(json) FROM {lines} WHERE json_type(json) = 'OBJECT' LIMIT 1"
    for (names,) in connection.execute(first, {"path": str(path)}).fetchall():
        _check(set(names), columns)
    shape = ", ".join(f'"{name}": "VARCHAR"' for name in columns)
    texts = ", ".join(f"nullif(said.{name}, '') AS {name}" for name in columns)
    return f"SELECT json, {texts} FROM (SELECT json, json_transform(json, '{{{shape}}}') AS said FROM {lines})"


def _check(names: set[str], columns: tuple[str, ...]) -> None:
    missing = [name for name in columns if name not in names]
    if missing:
        raise Unusable(f"without the column {', '.join(missing[:5])}, which `groovelog export` writes")


def _check_csv_ends(path: Path) -> None:
    """DuckDB passes over a last row whose quotes do not close, and takes a row cut in its last field for a whole one."""
    quotes, last = 0, b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            quotes += chunk.count(b'"')
            last = chunk[-1:]
    if quotes % 2 or last not in (b"\n", b"\r"):
        raise Unusable("cut short: the last row has no end")


def _quoted(name: str) -> str:
    return name.replace("'", "''")


def _where(error: duckdb.Error) -> str:
    """Of DuckDB's many lines, the place and what was met there."""
    lines = str(error).removeprefix("Invalid Input Error: ").splitlines()
    place = re.fullmatch(r"CSV Error on Line: (\d+)", lines[0])
    if place is None:
        return ": " + re.sub(r" ?(in|of|at end of)? file ['\"][^'\"]*['\"]", "", lines[0]).strip(". ")
    told = next((line for line in lines[1:] if line and not line.startswith("Original Line")), "not a row")
    return f" in line {place[1]}: {printable(told).strip('. ')}"
