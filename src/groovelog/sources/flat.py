"""From a file to the values in it, one in memory at a time; and the shapes that several scrobblers give their values."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from groovelog.sources.found import Unusable
from groovelog.sources.json_stream import events, items

NOW_PLAYING = "now playing: it has no date yet"


def is_json(stream: IO[bytes]) -> bool:
    """Whether the stream, which is left where it stands, goes on with a JSON list or object."""
    return _first(stream) in (b"[", b"{")


def json_values(stream: IO[bytes]) -> Iterator[Any]:
    """The elements of a JSON list; of anything else the JSON values that follow one another, a line each as a rule."""
    yield from items(stream, "item" if _first(stream) == b"[" else "")


def json_list(stream: IO[bytes], key: str) -> Iterator[Any]:
    """The elements of the list under a key of the object that is the stream. Raises Unusable where it is no list."""
    start = stream.tell()
    empty = True
    for item in items(stream, f"{key}.item"):
        empty = False
        yield item
    if empty:
        stream.seek(start)
        met = {event for path, event, _ in events(stream) if path == key}
        if not met <= {"start_array", "end_array", "null"}:
            raise Unusable(f"its {key} are not a list")


def table_rows(stream: IO[bytes]) -> Iterator[list[str]]:
    """The rows of a comma separated table. Raises csv.Error on a quote left open, UnicodeDecodeError on other damage."""
    # By lines, so that damage is met at its row.
    lines = (line.decode() for line in stream)
    return (row for row in csv.reader(lines, strict=True) if row)


def milliseconds(seconds: Any) -> int | None:
    """Seconds, a number or its text, as whole milliseconds; None where they are neither."""
    if not isinstance(seconds, int | float | str | Decimal):
        return None
    try:
        return round(float(seconds) * 1000)
    except (OverflowError, ValueError):
        return None


def artists(names: list[str]) -> list[str]:
    """The artists of a list that have a name, none with a line break in it. Raises TypeError for what is no list of names."""
    if not isinstance(names, list):
        raise TypeError("no list of artists")
    return [" ".join(str.splitlines(name)) for name in names if name]


def _first(stream: IO[bytes]) -> bytes:
    """The first byte that is no space; the stream is left where it stands."""
    start = stream.tell()
    while (byte := stream.read(1)).isspace():
        pass
    stream.seek(start)
    return byte
