"""A file as DuckDB reads it: Parquet as it is; CSV in UTF-8, one kind of line end, no NUL bytes."""

import codecs
import csv
import hashlib
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb

from groovelog.errors import UsageError
from groovelog.matching.files import literal

_CHUNK = 1 << 20
_SEPARATORS = (",", ";", "\t", "|")
_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF8: "utf-8"}
LONGEST_ROW = 1 << 24
REJECTS = "rejected_rows"
_AS_WINDOWS = "as-windows-1252"


@dataclass(frozen=True)
class Opened:
    """A file that can be read as a table: `scan` is DuckDB's table function, `headings` its columns with their types."""

    path: Path
    scan: str
    headings: dict[str, str]
    sha256: str


def open_plain(connection: duckdb.DuckDBPyConnection, path: Path, scratch: Path) -> Opened:
    """Look at the whole of a file once. Lines that are no rows go to the tables of `REJECTS` when the scan runs.

    Raises `UsageError` for what is no table: a folder, a zip, nothing, a picture ...
    """
    _check(path)
    with path.open("rb") as file:
        start = file.read(4)
    looked = _look(path)
    parquet = f"read_parquet({literal(str(path))})"
    scan = parquet if start == b"PAR1" else _csv_scan(_plain_copy(path, looked, scratch), path)
    try:
        columns = connection.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
    except duckdb.Error as error:
        raise UsageError(f"{path} cannot be read as a table: {str(error).splitlines()[0]}", file=str(path)) from error
    return Opened(path, scan, {name: kind for name, kind, *_ in columns}, looked.sha256)


def _check(path: Path) -> None:
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
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            inside = [name for name in archive.namelist() if name.lower().endswith((".csv", ".parquet", ".tsv"))]
        holds = f"It holds {', '.join(inside[:3])}. " if inside else "No CSV or Parquet file is in it. "
        raise UsageError(f"{path} is a zip. {holds}Unpack it and give the file.", file=str(path))


@dataclass(frozen=True)
class _Looked:
    """`encoding` of the text after its mark; `plain` where DuckDB can read the file as it is."""

    encoding: str
    mark: int
    plain: bool
    sha256: str


def _look(path: Path) -> _Looked:
    """UTF-16 where a mark says so, else UTF-8, whether or not all of the file is (see `_texts`)."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    unicode, nul, lone, crlf = True, False, 0, 0
    with path.open("rb") as file:
        start = file.read(3)
        file.seek(0)
        last = b""
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            digest.update(chunk)
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
    return _Looked(_MARKS.get(mark, "utf-8"), len(mark), plain, digest.hexdigest())


def _plain_copy(path: Path, looked: _Looked, scratch: Path) -> Path:
    if looked.plain:
        return path
    copy = scratch / "plain.csv"
    with path.open("rb") as file, copy.open("w", encoding="utf-8", newline="") as out:
        file.seek(looked.mark)
        for text in _texts(file, looked.encoding):
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
    separator = max(_SEPARATORS, key=lambda sign: len(next(csv.reader([heading], delimiter=sign), [])))
    headings = _each_once(next(csv.reader([heading], delimiter=separator), []))
    if not heading.isprintable() and not heading.replace("\t", "").isprintable():
        raise UsageError(f"{given} is no text: CSV and Parquet files can be read.", file=str(given))
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in headings)
    return (
        f"read_csv({literal(str(plain))}, columns={{{columns}}}, header=true, auto_detect=false, "
        f"delim={literal(separator)}, quote='\"', escape='\"', nullstr='', strict_mode=true, "
        f"max_line_size={LONGEST_ROW}, store_rejects=true, rejects_table='{REJECTS}', "
        f"rejects_scan='{REJECTS}_scan', rejects_limit=0)"
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
