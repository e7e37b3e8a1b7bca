"""A disk that is full or failing, in one sentence; and what has to be on the disk before work goes on."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from groovelog.errors import LakeError

# DuckDB and Delta wrap the system's words in paths of their own and in pictures of arrows.
_SYSTEM_WORDS = [
    os.strerror(code)
    for code in (
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EROFS,
        errno.EACCES,
        errno.EPERM,
        errno.EIO,
        errno.ENOENT,
    )
]


@contextmanager
def disk_faults(root: Path) -> Iterator[None]:
    """Raises LakeError, with the system's own words, for what Python, DuckDB and Delta raise when a write fails."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise LakeError(f"Writing to {root} failed, nothing was stored: {_why(error)}") from error


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(error)
    return next((words for words in _SYSTEM_WORDS if words in text), text.splitlines()[0])


def to_disk(path: Path) -> None:
    """Wait until a file and its name in the folder are on the disk: a commit may not outlive what it names."""
    for place in (path, path.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
