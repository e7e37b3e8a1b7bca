"""Somebody's file, whatever its encoding, separator and line ends: as a table for DuckDB, or as plain text."""

import codecs
import csv
import hashlib
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb

from groovelog.errors import UsageError
from groovelog.matching.sql import identifier, literal
from groovelog.model import RowsWhy

_CHUNK = 1 << 20
_SEPARATORS = (",", ";", "\t", "|")
_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF8: "utf-8"}
LONGEST_ROW = 1 << 24
_REJECTS = "rejected_rows"
_AS_WINDOWS = "as-windows-1252"


UNREADABLE = {
    "MISSING COLUMNS": "fewer columns than the heading",
    "TOO MANY COLUMNS": "more columns than the heading",
    "UNQUOTED VALUE": "quotes that do not match",
    "LINE SIZE OVER MAXIMUM": "longer than 16 MB",
    "INVALID ENCODING": "not in the encoding of the file",
}
# pathlib makes one slash of two.
_ADDRESS = re.compile(r"(s3[an]?|gs|https?):/+(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Opened:
    """A file that can be read as a table: `scan` is DuckDB's table function, `headings` its columns with their types."""

    path: Path
    scan: str
    headings: dict[str, str]

    def text(self, heading: str) -> str:
        """SQL: a column as text; a list of Parquet as JSON writes it."""
        name = identifier(heading)
        return f"to_json({name})::VARCHAR" if self.headings[heading].endswith("]") else f"{name}::VARCHAR"


def open_table(connection: duckdb.DuckDBPyConnection, path: Path, scratch: Path) -> Opened:
    """Look at the whole of a CSV once; a copy goes to the folder `scratch` where DuckDB cannot read it as it is.

    Lines that are no rows are told by `unreadable` after the scan ran to its end. Raises `UsageError` for what is no
    table: a folder, a zip, nothing, a picture ...
    """
    check_file(path)
    scan = f"read_parquet({literal(str(path))})" if is_parquet(path) else _csv_scan(_plain_copy(path, scratch), path)
    try:
        columns = connection.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
    except duckdb.Error as error:
        raise UsageError(f"{path} cannot be read as a table: {str(error).splitlines()[0]}", file=str(path)) from error
    return Opened(path, scan, {name: kind for name, kind, *_ in columns})


def unreadable(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[RowsWhy, ...]:
    """Lines of the CSV just scanned that are no rows; a line with several faults has the first of them.

    Raises `UsageError` for a quote that is never closed.
    """
    if not connection.execute(f"SELECT 1 FROM duckdb_tables() WHERE table_name = '{_REJECTS}'").fetchall():
        return ()
    swallowed = connection.execute(
        f"SELECT min(line) FROM {_REJECTS} WHERE error_type = 'UNQUOTED VALUE' AND contains(rtrim(csv_line, chr(10)), chr(10))"
    ).fetchall()[0][0]
    if swallowed is not None:
        raise UsageError(
            f"{path} opens a quote in line {swallowed} and does not close it, so that what follows is no rows any more. "
            "Mend that line.",
            file=str(path),
            row=swallowed,
        )
    found = connection.execute(
        f"SELECT fault, count(*), min(line) FROM (SELECT line, arg_min(error_type::VARCHAR, column_idx) AS fault "
        f"FROM {_REJECTS} GROUP BY line) GROUP BY fault ORDER BY fault"
    ).fetchall()
    connection.execute(f"DROP TABLE {_REJECTS}")
    connection.execute(f"DROP TABLE {_REJECTS}_scan")
    return tuple(RowsWhy("dropped", UNREADABLE.get(fault, fault.lower()), count, line) for fault, count, line in found)


def plain_text(path: Path) -> str:
    """All of a text, decoded, without its mark and without NULs; line ends stay."""
    look = _look(path)
    with path.open("rb") as file:
        file.seek(look.mark)
        return "".join(_texts(file, look.encoding)).replace("\0", "")


def separator_of(text: str) -> str:
    """The sign that cuts a text's heading into the most columns."""
    heading = text.partition("\n")[0].partition("\r")[0]
    return max(_SEPARATORS, key=lambda sign: len(next(csv.reader([heading], delimiter=sign), [])))


def checksum(path: Path) -> str:
    """SHA-256, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_file(path: Path) -> None:
    """Raises `UsageError`, in plain words, for what is no file with something in it, or is on another machine."""
    address = _ADDRESS.fullmatch(str(path))
    if address and is_address(path):
        where = "on S3" if address[1].lower().startswith("s3") else "on another machine"
        raise UsageError(
            f"{address[1]}://{address[2]} lies {where}, which is not read yet. Download the file and give its path.",
            file=str(path),
        )
    if path.is_dir():
        raise UsageError(f"{path} is a folder. Give the CSV or Parquet file in it.", file=str(path))
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", file=str(path))
    try:
        path.open("rb").close()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", file=str(path)) from error
    if path.stat().st_size == 0:
        raise UsageError(f"{path} is empty.", file=str(path))
    if not is_parquet(path) and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            inside = [name for name in archive.namelist() if name.lower().endswith((".csv", ".parquet", ".tsv"))]
        holds = f"It holds {', '.join(inside[:3])}. " if inside else "No CSV or Parquet file is in it. "
        raise UsageError(f"{path} is a zip. {holds}Unpack it and give the file.", file=str(path))


def is_address(path: Path) -> bool:
    """Whether it names something on another machine, as s3://bucket/file does."""
    return _ADDRESS.fullmatch(str(path)) is not None and not path.exists()


def is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


@dataclass(frozen=True)
class _Look:
    """`encoding` of the text after its mark of so many bytes; `plain` where DuckDB can read the file as it is."""

    encoding: str
    mark: int
    plain: bool


def _look(path: Path) -> _Look:
    """UTF-16 where a mark or the first letters say so, else UTF-8, whether or not all of the file is (see `_texts`)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    unicode, nul, lone, crlf = True, False, 0, 0
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        last = b""
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            nul = nul or b"\0" in chunk
            pairs = (last + chunk).count(b"\r\n")
            crlf += pairs
            lone += chunk.count(b"\n") - pairs
            last = chunk[-1:] if chunk.endswith(b"\r") else b""
            if unicode:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    unicode = False
    mark = next((mark for mark in _MARKS if start.startswith(mark)), b"")
    plain = unicode and not nul and not (lone and crlf)
    return _Look(_MARKS[mark] if mark else _unmarked(start), len(mark), plain)


def _unmarked(start: bytes) -> str:
    """A heading is of Latin letters, so that every other byte of UTF-16 is 0."""
    told = bytes(map(bool, start))
    return {b"\1\0\1\0": "utf-16-le", b"\0\1\0\1": "utf-16-be"}.get(told, "utf-8")


def _plain_copy(path: Path, scratch: Path) -> Path:
    look = _look(path)
    if look.plain:
        return path
    copy = scratch / "plain.csv"
    with path.open("rb") as file, copy.open("w", encoding="utf-8", newline="") as out:
        file.seek(look.mark)
        for text in _texts(file, look.encoding):
            out.write(text.replace("\r\n", "\n").replace("\0", ""))
    return copy


def _texts(file: IO[bytes], encoding: str) -> Iterator[str]:
    """The file's text, in pieces that do not end within a line end.

    What is no UTF-8 is Windows-1252, each letter for itself: one damaged name does not turn all others into something else.
    """
    codecs.register_error(_AS_WINDOWS, _as_windows)
    decoder = codecs.getincrementaldecoder(encoding)(_AS_WINDOWS if encoding == "utf-8" else "replace")
    held = ""
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        text = held + decoder.decode(chunk)
        held = "\r" if text.endswith("\r") else ""
        yield text.removesuffix(held) if held else text
    yield held + decoder.decode(b"", final=True)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 (it is the handler of a decoder)
    letters = error.object[error.start : error.end]
    try:
        return letters.decode("cp1252"), error.end
    except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252
        return letters.decode("latin-1"), error.end


def _csv_scan(plain: Path, given: Path) -> str:
    csv.field_size_limit(sys.maxsize)
    with plain.open(encoding="utf-8-sig", newline="") as file:
        heading = file.readline(LONGEST_ROW).rstrip("\r\n").partition("\r")[0]
    separator = separator_of(heading)
    headings = _each_once(next(csv.reader([heading], delimiter=separator), []))
    if not heading.isprintable() and not heading.replace("\t", "").isprintable():
        raise UsageError(f"{given} is no text: CSV and Parquet files can be read.", file=str(given))
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in headings)
    return (
        f"read_csv({literal(str(plain))}, columns={{{columns}}}, header=true, auto_detect=false, "
        f"delim={literal(separator)}, quote='\"', escape='\"', nullstr='', strict_mode=true, "
        f"max_line_size={LONGEST_ROW}, store_rejects=true, rejects_table='{_REJECTS}', "
        f"rejects_scan='{_REJECTS}_scan', rejects_limit=0)"
    )


def _each_once(headings: list[str]) -> list[str]:
    """Each heading once, none empty: an index column has none.

    >>> _each_once(["", "name", "name"])
    ['column1', 'name', 'name_2']
    """
    named: list[str] = []
    for number, heading in enumerate(headings, 1):
        name = heading.strip() or f"column{number}"
        again = 2
        while name.casefold() in {known.casefold() for known in named}:
            name = f"{heading.strip() or 'column'}_{again}"
            again += 1
        named.append(name)
    return named
