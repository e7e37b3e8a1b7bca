"""From paths to files: walks folders and zips (also zips in zips), and never unpacks under a name from inside a zip."""

import os
import stat
import zipfile
from pathlib import Path

from groovelog.model import FileNote
from groovelog.sources.archives import Archives
from groovelog.sources.found import ZIP_DAMAGE, Found, Unusable, printable

# Guards against zip bombs; numbers and bytes count over all zips of a call.
# A real export of 17 years is 217 MB in 18 files at a ratio of 14.
MOST_MEMBERS = 10_000
MOST_BYTES = 40 * 1024**3
MOST_RATIO = 250
RATIO_MATTERS_FROM = 16 * 1024**2
DEEPEST_ZIP = 3

_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")


def find(paths: list[Path], scratch: Path, archives: Archives) -> tuple[list[Found], list[FileNote]]:
    """All files under the paths, each file once, in the order given and then by name; and what cannot be opened.

    Members of zips are read through `archives`; zips inside zips are unpacked to `scratch` under numbers.
    """
    walk = _Walk(scratch, archives)
    for path in paths:
        walk.given(path)
    return walk.found, walk.unusable


class _Walk:
    def __init__(self, scratch: Path, archives: Archives) -> None:
        self.scratch = scratch
        self.archives = archives
        self.found: list[Found] = []
        self.unusable: list[FileNote] = []
        self._seen: set[str] = set()
        self._given = ""
        self._met = 0
        self._inner = 0
        self._members = 0
        self._bytes = 0

    def given(self, path: Path) -> None:
        self._given = printable(str(path))
        met = self._met
        self._path(path)
        if self._met == met:
            self._refuse(self._given, "an empty folder")

    def _path(self, path: Path) -> None:
        label = printable(str(path))
        try:
            status = path.stat()
        except FileNotFoundError:
            self._refuse(label, "there is no such file")
        except OSError as error:
            self._refuse(label, _why(error))
        else:
            if stat.S_ISDIR(status.st_mode):
                self._folder(path)
            elif stat.S_ISREG(status.st_mode):
                self._file(path, label, status.st_size)
            else:
                self._refuse(label, "not a file or a folder (a pipe or a device)")

    def _folder(self, path: Path) -> None:
        def refuse(error: OSError) -> None:
            self._refuse(printable(str(error.filename)), _why(error))

        walked = {os.path.realpath(path)}
        for folder, folders, names in os.walk(path, onerror=refuse, followlinks=True):
            folders[:] = _not_walked(folder, folders, walked)
            for name in sorted(names):
                self._path(Path(folder, name))

    def _file(self, path: Path, label: str, size: int) -> None:
        self._met += 1
        real = os.path.realpath(path)
        if real in self._seen:
            return
        self._seen.add(real)
        found = Found(label, self._given, size, lambda: path.open("rb"))
        try:
            magic = found.head(4)
        except Unusable as error:
            self._refuse(label, error.reason)
            return
        if magic in _ZIP_MAGIC:
            self._zip(path, label, depth=0)
        elif path.suffix.lower() == ".zip":
            self._refuse(label, "named like a zip, but none" if magic else "empty, 0 bytes")
        else:
            self.found.append(found)

    def _zip(self, path: Path, label: str, depth: int) -> None:
        try:
            members = self.archives.members(path)
        except (*ZIP_DAMAGE, OSError) as error:
            self._refuse(label, f"not a whole zip, perhaps a download cut short: {printable(str(error))}")
            return
        self._members += len(members)
        self._bytes += sum(info.file_size for info in members)
        if not members:
            self._refuse(label, "a zip without files")
        elif self._members > MOST_MEMBERS:
            self._refuse(label, f"zips of more than {MOST_MEMBERS:,} files together: a zip bomb?")
        elif self._bytes > MOST_BYTES:
            self._refuse(label, f"zips that unpack to more than {MOST_BYTES // 1024**3} GB together: a zip bomb?")
        else:
            for info in members:
                self._member(path, info, f"{label}/{printable(info.filename)}", depth)

    def _member(self, path: Path, info: zipfile.ZipInfo, label: str, depth: int) -> None:
        if info.flag_bits & 0x1:
            self._refuse(label, "encrypted: unpack it with its password first")
            return
        if info.file_size > RATIO_MATTERS_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            self._refuse(label, f"unpacks to more than {MOST_RATIO} times its size: a zip bomb?")
            return
        found = Found(label, self._given, info.file_size, lambda: self.archives.member(path, info))
        try:
            if found.head(4) not in _ZIP_MAGIC:
                self.found.append(found)
            elif depth + 1 >= DEEPEST_ZIP:
                self._refuse(label, f"a zip more than {DEEPEST_ZIP} zips deep")
            else:
                self._zip(self._unpacked(found), label, depth + 1)
        except Unusable as error:
            self._refuse(label, error.reason)

    def _unpacked(self, found: Found) -> Path:
        self._inner += 1
        inner = self.scratch / f"inner-{self._inner}.zip"
        with inner.open("wb") as target:
            target.writelines(found.chunks())
        return inner

    def _refuse(self, label: str, reason: str) -> None:
        self._met += 1
        self.unusable.append(FileNote(label, reason))


def _not_walked(folder: str, names: list[str], walked: set[str]) -> list[str]:
    """The folders in it to walk next; notes them in `walked`, since links may lead in circles."""
    new = []
    for name in sorted(names):
        real = os.path.realpath(os.path.join(folder, name))
        if real not in walked:
            walked.add(real)
            new.append(name)
    return new


def _why(error: OSError) -> str:
    return error.strerror or str(error)
