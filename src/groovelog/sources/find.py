"""From paths to files: walks folders and zips (also zips in zips), and never unpacks under a name from inside a zip."""

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from groovelog.model import FileNote

# Guards against zip bombs. A real export of 17 years is 217 MB in 18 files at a ratio of 14.
MOST_MEMBERS = 10_000
MOST_BYTES = 40 * 1024**3
MOST_RATIO = 250
RATIO_MATTERS_FROM = 16 * 1024**2
DEEPEST_ZIP = 3

_ZIP_MAGIC = b"PK\x03\x04"
_EMPTY_ZIP_MAGIC = b"PK\x05\x06"
_CHUNK = 1024 * 1024


class Unusable(Exception):
    """A file that cannot be read to its end; the text says why. Caught where the file is named."""


@dataclass(frozen=True)
class Found:
    """A file to look at: `label` is what people see, `export` tells which files belong to one export."""

    label: str
    export: str
    size: int
    _open: Callable[[], IO[bytes]]

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The file's bytes. Raises Unusable on damage of the zip around it."""
        try:
            with self._open() as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise Unusable(f"damaged inside the zip: {error}") from error
        except OSError as error:
            raise Unusable(error.strerror or str(error)) from error

    def copy_to(self, target: IO[bytes], limit: int = MOST_BYTES) -> int:
        """Copy the bytes; raises Unusable as soon as more arrive than `limit` or than the zip declared."""
        copied = 0
        with self.open() as stream:
            while chunk := stream.read(_CHUNK):
                copied += len(chunk)
                if copied > min(limit, self.size):
                    raise Unusable("unpacks to more than it declares: a zip bomb")
                target.write(chunk)
        if copied < self.size:
            raise Unusable(f"ends early: {copied:,} of {self.size:,} bytes")
        return copied


def find(paths: list[Path], scratch: Path) -> tuple[list[Found], list[FileNote]]:
    """All files under the paths, each path once, in the order given and then by name; and what cannot be opened.

    Zips inside zips are unpacked to `scratch` under numbers.
    """
    walk = _Walk(scratch)
    seen: set[Path] = set()
    for path in paths:
        real = path.resolve()
        if real not in seen:
            seen.add(real)
            walk.path(path)
    return walk.found, walk.unusable


def printable(name: str) -> str:
    """A file's name for a terminal or a page: no control characters, no lone surrogates."""
    return "".join(char if char.isprintable() else "�" for char in name.encode(errors="replace").decode())


class _Walk:
    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.found: list[Found] = []
        self.unusable: list[FileNote] = []
        self._inner = 0
        self._members = 0

    def path(self, path: Path) -> None:
        label = printable(str(path))
        try:
            mode = path.stat().st_mode
            if stat.S_ISDIR(mode):
                for folder, folders, names in os.walk(path):
                    folders.sort()
                    for name in sorted(names):
                        self.path(Path(folder, name))
            elif stat.S_ISREG(mode):
                self._file(path, label, str(path.parent.resolve()))
            else:
                self._refuse(label, "not a file or a folder (a pipe or a device)")
        except FileNotFoundError:
            self._refuse(label, "there is no such file")
        except OSError as error:
            self._refuse(label, error.strerror or str(error))

    def _file(self, path: Path, label: str, export: str, depth: int = 0) -> None:
        with path.open("rb") as stream:
            magic = stream.read(4)
        if magic not in (_ZIP_MAGIC, _EMPTY_ZIP_MAGIC):
            self.found.append(Found(label, export, path.stat().st_size, lambda: path.open("rb")))
        elif depth >= DEEPEST_ZIP:
            self._refuse(label, f"a zip more than {DEEPEST_ZIP} zips deep")
        else:
            self._zip(path, label, depth)

    def _zip(self, path: Path, label: str, depth: int) -> None:
        try:
            with zipfile.ZipFile(path) as archive:
                members = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda i: i.filename)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            self._refuse(label, f"not a whole zip, perhaps a download cut short: {error}")
            return
        self._members += len(members)
        if self._members > MOST_MEMBERS:
            self._refuse(label, f"holds more than {MOST_MEMBERS:,} files: a zip bomb?")
            return
        if sum(info.file_size for info in members) > MOST_BYTES:
            self._refuse(label, f"unpacks to more than {MOST_BYTES // 1024**3} GB: a zip bomb?")
            return
        for info in members:
            self._member(path, info, f"{label}/{printable(info.filename)}", depth)

    def _member(self, path: Path, info: zipfile.ZipInfo, label: str, depth: int) -> None:
        if info.flag_bits & 0x1:
            self._refuse(label, "encrypted: unpack it with its password first")
            return
        if info.file_size > RATIO_MATTERS_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            self._refuse(label, f"unpacks to more than {MOST_RATIO} times its size: a zip bomb?")
            return
        found = Found(label, f"{path.resolve()}", info.file_size, lambda: _open_member(path, info))
        try:
            with found.open() as stream:
                inner_zip = stream.read(4) in (_ZIP_MAGIC, _EMPTY_ZIP_MAGIC)
            if inner_zip:
                self._inner += 1
                inner = self.scratch / f"inner-{self._inner}.zip"
                with inner.open("wb") as target:
                    found.copy_to(target)
                self._file(inner, label, label, depth + 1)
            else:
                self.found.append(found)
        except Unusable as error:
            self._refuse(label, str(error))

    def _refuse(self, label: str, reason: str) -> None:
        self.unusable.append(FileNote(label, reason))


def _open_member(path: Path, info: zipfile.ZipInfo) -> IO[bytes]:
    # A ZipFile of its own per member: two threads may read at once, and closing the member closes it.
    archive = zipfile.ZipFile(path)
    try:
        member = archive.open(info)
    finally:
        archive.close()  # the member keeps the shared file handle open
    return member
