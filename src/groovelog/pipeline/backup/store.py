"""Where backups lie: a folder, or a bucket. Names are relative, with `/`."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from groovelog.errors import BackupError
from groovelog.lake.disk import to_disk
from groovelog.lake.s3 import shown

CHUNK = 1 << 20
# A file that is being written; whoever died over it leaves it, and nothing reads it.
_DRAFT = ".new-"


class Store(Protocol):
    """What a backup asks of a place. All raise OSError where it cannot be used, FileNotFoundError for a name not there."""

    @property
    def title(self) -> str:
        """As the user wrote it, in full."""

    def sizes(self, folder: str) -> dict[str, int]:
        """Every file below the folder ("" for all), by name, with its bytes; none where there is no such folder."""

    def read(self, name: str) -> bytes: ...

    def fetch(self, name: str, to: Path) -> str:
        """Copy it into a new local file; returns the sha256 of what was read."""

    def put(self, name: str, path: Path) -> None:
        """Copy a local file. It is there whole, and survives a crash, or it is not there."""

    def write(self, name: str, content: bytes) -> None:
        """As `put`; takes the place of what has the name."""

    def delete(self, name: str) -> None:
        """Nothing where it is not there."""

    def tidy(self) -> None:
        """Take away what dead writers left half-written."""


class FolderStore:
    """A folder on this machine, or mounted on it."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().absolute()

    @property
    def title(self) -> str:
        return str(self.root)

    def sizes(self, folder: str) -> dict[str, int]:
        if not self.root.is_dir() and self.root.exists():
            raise NotADirectoryError(f"{self.root} is no folder")
        return {
            path.relative_to(self.root).as_posix(): path.stat().st_size
            for path in (self.root / folder).rglob("*")
            if path.is_file() and not path.name.startswith(_DRAFT)
        }

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def fetch(self, name: str, to: Path) -> str:
        with (self.root / name).open("rb") as source, to.open("xb") as target:
            seen = hashlib.sha256()
            while chunk := source.read(CHUNK):
                seen.update(chunk)
                target.write(chunk)
        return seen.hexdigest()

    def put(self, name: str, path: Path) -> None:
        with self._draft(name) as draft:
            shutil.copyfile(path, draft)  # in the kernel, where the system has it

    def write(self, name: str, content: bytes) -> None:
        with self._draft(name) as draft:
            draft.write_bytes(content)

    def delete(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def tidy(self) -> None:
        for draft in self.root.rglob(f"{_DRAFT}*"):
            draft.unlink(missing_ok=True)

    @contextmanager
    def _draft(self, name: str) -> Iterator[Path]:
        """A file, its owner's alone, that takes its name when it is whole."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{_DRAFT}{secrets.token_hex(8)}")
        try:
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            yield draft
            to_disk(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        to_disk(path)


def digest(path: Path) -> str:
    """The sha256 of a file's content."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


StoreOf = Callable[[str], Store]


def folder_at(told: str) -> Store:
    """The folder that a user names."""
    if "://" in told:
        raise BackupError(f"{shown(told)} is neither a folder nor s3://BUCKET/PREFIX. Backups go into one of these.")
    return FolderStore(Path(told))
