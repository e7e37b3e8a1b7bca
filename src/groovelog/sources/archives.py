"""Zips kept open between one member and the next: to open one is to read its whole list of members."""

import zipfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self

# So many at a time, however many zips a folder holds.
_MOST_OPEN = 8


class Archives:
    """The zips of one import; `with` closes them all."""

    def __init__(self) -> None:
        self._open: dict[Path, zipfile.ZipFile] = {}

    def members(self, path: Path) -> list[zipfile.ZipInfo]:
        """The files in a zip, by name."""
        inside = (info for info in self._archive(path).infolist() if not info.is_dir())
        return sorted(inside, key=lambda info: info.filename)

    def member(self, path: Path, info: zipfile.ZipInfo) -> IO[bytes]:
        """A member opened for reading; it stays readable when its zip is closed here."""
        return self._archive(path).open(info)

    def _archive(self, path: Path) -> zipfile.ZipFile:
        if path not in self._open:
            while len(self._open) >= _MOST_OPEN:
                self._open.pop(next(iter(self._open))).close()
            self._open[path] = zipfile.ZipFile(path)
        return self._open[path]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for archive in self._open.values():
            archive.close()
