"""JSON one value at a time, through ijson, which is kept from what it cannot take. Raises DamagedJson alone."""

from collections.abc import Iterator
from decimal import DecimalException
from io import BytesIO
from typing import IO, Any

import ijson

# ijson's parser in C crashes the process on whole numbers of more digits than Python turns into one (4,300).
_STRIDE = 1000


class DamagedJson(Exception):
    """What is wrong, in the parser's words."""


class _Guarded:
    """A stream without such numbers."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        # So many digits fill at least one stride, also where the end of the chunk cuts them in two.
        if any(chunk[place : place + _STRIDE].isdigit() for place in range(0, len(chunk) - _STRIDE + 1, _STRIDE)):
            raise DamagedJson("a number of more than a thousand digits")
        return chunk


def items(stream: IO[bytes], path: str) -> Iterator[Any]:
    """The values under the path, as `recenttracks.item`, of each JSON value in the stream; fractions as Decimal."""
    # As floats they would be damage of the whole file where they are too large for one.
    yield from _guarded(ijson.items(_Guarded(stream), path, multiple_values=True))


def events(stream: IO[bytes]) -> Iterator[tuple[str, str, Any]]:
    """Path, event and value of each JSON value in the stream, as far as it is one."""
    yield from _guarded(ijson.parse(_Guarded(stream), multiple_values=True))


def basic_events(text: str) -> Iterator[tuple[str, Any]]:
    """Event and value."""
    stream = BytesIO(text.encode("utf-8", errors="replace"))
    # Small pieces, so that all before the damage is told.
    yield from _guarded(ijson.basic_parse(_Guarded(stream), multiple_values=True, buf_size=_STRIDE))


def _guarded(parsed: Iterator[Any]) -> Iterator[Any]:
    try:
        yield from parsed
    except ijson.JSONError as error:
        raise DamagedJson(_words(error)) from error
    except DecimalException as error:
        raise DamagedJson("a number that is too large") from error


def _words(error: ijson.JSONError) -> str:
    """Of ijson's drawing of the place the words before it; they are bytes where the place is no text."""
    (told, *_) = error.args
    if isinstance(told, bytes):
        return "not text in UTF-8; save it so"
    return str(told).strip().splitlines()[0].strip()
