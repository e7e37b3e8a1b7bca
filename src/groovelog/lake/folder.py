"""A lake in a folder of this machine."""

import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import duckdb

from groovelog.lake.disk import to_disk
from groovelog.lake.place import Answer, Item, Place, Stored


@dataclass(frozen=True)
class Folder(Place):
    """The folder `path`, in the home above it."""

    path: Path
    shared = False

    def __str__(self) -> str:
        return str(self.path)

    @property
    def home(self) -> Path:
        return self.path.parent

    @property
    def lock(self) -> Path:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.path / ".writer.lock"

    @property
    def options(self) -> dict[str, str] | None:
        return None

    def uri(self, table: str) -> str:
        return str(self.path / table)

    def objects(self, folder: str) -> list[Stored]:
        return [self._stored(path) for path in (self.path / folder).rglob("*") if path.is_file()]

    def log(self, table: str) -> list[str]:
        try:
            return [path.name for path in (self.path / table / "_delta_log").iterdir()]
        except OSError:
            return []

    def log_stamp(self, table: str) -> tuple[int, ...]:
        log = (self.path / table / "_delta_log").stat()
        return log.st_ino, log.st_mtime_ns

    def holds(self, name: str) -> bool:
        return (self.path / name).exists()

    def each(self, ask: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
        return [ask(item) for item in items]

    def read(self, path: PurePosixPath) -> bytes:
        return (self.path / path).read_bytes()

    def mark(self, name: str, content: bytes) -> None:
        (self.path / name).write_bytes(content)
        to_disk(self.path / name)

    def take_away(self, path: PurePosixPath) -> None:
        (self.path / path).unlink(missing_ok=True)

    def begin(self, table: str) -> None:
        log = self.path / table / "_delta_log"
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and not next(log.glob("*.json"), None):
            shutil.rmtree(log)  # a run killed while it made the table leaves an empty log, on which `create` would hang

    def draft(self, path: PurePosixPath) -> Path:
        target = self.path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def keep(self, path: PurePosixPath) -> None:
        to_disk(self.path / path)

    def settle(self, path: PurePosixPath) -> None:
        to_disk(self.path / path)

    def drop_empty_folders(self, table: str) -> None:
        for path in sorted((self.path / table).rglob("*=*"), reverse=True):  # a folder after those in it
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()

    def fetch(self, sizes: Mapping[PurePosixPath, int]) -> None:
        pass

    def readable(self, connection: duckdb.DuckDBPyConnection, sizes: Mapping[PurePosixPath, int]) -> list[str]:
        return [str(self.path / path) for path in sizes]

    @property
    def note(self) -> Path | None:
        return None

    def note_down(self, known: bytes) -> None:
        pass

    def keep_near(self, needed: Collection[PurePosixPath], *, read_lately: bool) -> None:
        pass

    @property
    def outdated(self) -> bool:
        return False

    def fault(self, error: Exception) -> Exception:
        return OSError(str(error)) if "os error" in str(error) and not isinstance(error, OSError) else error

    def _stored(self, path: Path) -> Stored:
        found = path.stat()
        return Stored(
            PurePosixPath(path.relative_to(self.path)), found.st_size, datetime.fromtimestamp(found.st_mtime, UTC)
        )
