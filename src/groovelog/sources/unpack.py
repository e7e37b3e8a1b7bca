"""Lay a history down as a UTF-8 file that DuckDB can read, a list of flat rows, and see that it is whole."""

import codecs
import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from groovelog.sources.found import Found, Unusable, printable
from groovelog.sources.json_stream import DamagedJson
from groovelog.sources.saved import SavedSource
from groovelog.sources.source import Row, Source

_CHUNK = 1024 * 1024
_BATCH = 1000
# Fractions come as Decimal.
_ENCODER = json.JSONEncoder(default=float)
_UTF8 = ("utf-8", "utf-8-sig")
# A backslash pair is consumed first, so that the text \\ud800 is not taken for an escape.
_ESCAPES = re.compile(
    rb"\\\\|(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


@dataclass(frozen=True)
class Readable:
    """A file recognised; `file_no` counts the files of the run. A list without rows has no source at all.

    `beside` is the file that has to be read with it.
    """

    file_no: int
    source: Source | None
    found: Found
    saved: SavedSource | None = None
    beside: Found | None = None


@dataclass(frozen=True)
class Unpacked:
    readable: Readable
    path: Path
    damage: Unusable | None
    beside: Path | None = None


def unpack(batch: list[Readable], scratch: Path) -> list[Unpacked]:
    return [_unpack_one(readable, scratch / f"{readable.file_no}.json") for readable in batch]


def _unpack_one(readable: Readable, path: Path) -> Unpacked:
    beside = path.with_suffix(".beside") if readable.beside is not None else None
    try:
        _lay_down(readable.found, path)
        if beside is not None and readable.beside is not None:
            _lay_down(readable.beside, beside)
        if readable.source is not None and readable.source.rows is not None:
            _flatten(path, readable.source)
        elif readable.saved is None and (readable.source is None or readable.source.insert is None):
            _check_ends(path)
    except Unusable as error:
        return Unpacked(readable, path, error, beside)
    return Unpacked(readable, path, None, beside)


def _lay_down(found: Found, path: Path) -> None:
    with path.open("wb") as target:
        target.writelines(found.chunks())
    _to_utf8(path)


def _to_utf8(path: Path) -> None:
    with path.open("rb") as stream:
        encoding = json.detect_encoding(stream.read(4))
    if encoding in _UTF8:
        return
    plain = path.with_suffix(".utf8")
    try:
        with (
            path.open(encoding=encoding, newline="") as source,
            plain.open("w", encoding="utf-8", newline="") as target,
        ):
            while chunk := source.read(_CHUNK):
                target.write(chunk)
    except UnicodeError as error:
        raise Unusable(f"not text in {encoding}: {error}") from error
    plain.replace(path)


def _flatten(path: Path, source: Source) -> None:
    """The file's rows as the source flattens them."""
    assert source.rows is not None, "only such sources are flattened"  # noqa: S101
    flat = path.with_suffix(".flat")
    count = 0
    batch: list[Row] = []
    try:
        with opened(path) as stream, flat.open("w", encoding="utf-8") as target:
            target.write("[")
            for row in source.rows(stream):
                batch.append(row)
                if len(batch) == _BATCH:
                    target.write(_listed(batch, first=not count))
                    count += len(batch)
                    batch.clear()
            if batch:
                target.write(_listed(batch, first=not count))
            target.write("\n]")
    except (DamagedJson, csv.Error, UnicodeDecodeError) as error:
        row_no = count + len(batch) + 1
        raise Unusable(f"damaged in row {row_no}: {_first_words(error)}", row_no) from error
    flat.replace(path)


def _listed(rows: list[Row], *, first: bool) -> str:
    """The rows as a part of a JSON list: together, for one by one takes twice the time."""
    return ("\n" if first else ",\n") + _ENCODER.encode(rows)[1:-1]


def _first_words(error: Exception) -> str:
    """What to say of it."""
    if isinstance(error, UnicodeDecodeError):
        return "not text in UTF-8; save it so"
    return printable(str(error))


def opened(path: Path) -> IO[bytes]:
    """The file for reading, past a byte order mark."""
    stream = path.open("rb")
    if stream.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        stream.seek(0)
    return stream


def _check_ends(path: Path) -> None:
    """DuckDB takes a list that stops after a comma for a whole one; so look at both ends."""
    with path.open("rb") as stream:
        head = stream.read(_CHUNK).removeprefix(codecs.BOM_UTF8).lstrip()
        stream.seek(max(0, path.stat().st_size - _CHUNK))
        tail = stream.read().rstrip()
    if not head.startswith(b"["):
        raise Unusable("not a JSON list")
    if not tail.endswith(b"]"):
        raise Unusable("cut short: the list of plays has no end")


def mend_surrogates(path: Path) -> None:
    """Half a surrogate pair is no character; the reader would refuse the file for it."""
    path.write_bytes(mended(path.read_bytes()))


def mended(text: bytes) -> bytes:
    """JSON in which U+FFFD stands where half a surrogate pair was told."""
    return _ESCAPES.sub(lambda match: rb"\ufffd" if match[2] else match[0], text)
