"""A file to look at, wherever it lies: loose, in a zip, in a zip of a zip. Opening it may show that it is damaged."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

# What Python's readers raise on damaged zips; the last four come of nonsense in headers.
ZIP_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError,
    NotImplementedError, RuntimeError, ValueError, OverflowError, struct.error, IndexError,
)  # fmt: skip

_CHUNK = 1024 * 1024


class Unusable(Exception):
    """A file that cannot be read to its end: why, and at which row, counted from 1. Caught where the file is named."""

    def __init__(self, reason: str, row: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.row = row


@dataclass(frozen=True)
class Found:
    """A file to look at.

    `label` is what people see, `given` the label of the path it was found under.
    """

    label: str
    given: str
    size: int
    _open: Callable[[], IO[bytes]]

    def head(self, size: int) -> bytes:
        """The first bytes. Raises Unusable on damage."""
        with self.opened() as stream:
            return stream.read(size)

    def chunks(self) -> Iterator[bytes]:
        """All bytes. Raises Unusable on damage, and as soon as the file is not as long as it declares."""
        read = 0
        with self.opened() as stream:
            while chunk := stream.read(_CHUNK):
                read += len(chunk)
                if read > self.size:
                    raise Unusable(f"longer than it declares: {self.size:,} bytes")
                yield chunk
        if read < self.size:
            raise Unusable(f"ends early: {read:,} of {self.size:,} bytes")

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The file for reading. Raises Unusable on damage met inside the `with`."""
        try:
            with self._open() as stream:
                yield stream
        except ZIP_DAMAGE as error:
            raise Unusable(f"damaged inside the zip: {printable(str(error))}") from error
        except OSError as error:
            raise Unusable(error.strerror or str(error)) from error


def printable(name: str) -> str:
    """A file's name for a terminal or a page: no control characters, no lone surrogates."""
    return "".join(char if char.isprintable() else "�" for char in name.encode(errors="replace").decode())
