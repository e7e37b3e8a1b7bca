"""A lake in a bucket of S3, R2 or MinIO.

Data files never change, so what was written or read once is kept near (nearby.py), and DuckDB reads it there. What does
not fit is read through s3fs, range by range.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

import duckdb

from groovelog.errors import GroovelogError, LakeError
from groovelog.lake import s3
from groovelog.lake.nearby import Nearby
from groovelog.lake.place import Answer, Item, Place, Stored

GIB = 1024**3
DEFAULT_CACHE_GB = 4.0
# Requests on their way at the same time.
AT_ONCE = 16


@dataclass(frozen=True)
class Bucket(Place):
    """The objects under `prefix` ("": all) of the bucket `name`; `root` is the home folder of whoever works on them."""

    name: str
    prefix: str
    access: s3.Access
    root: Path
    cache_gb: float = DEFAULT_CACHE_GB
    shared = True

    def __str__(self) -> str:
        return f"s3://{self._at}"

    @property
    def home(self) -> Path:
        return self.root.absolute()

    @property
    def lock(self) -> Path:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.home / ".bucket-writer.lock"

    @property
    def options(self) -> dict[str, str] | None:
        return self.access.options

    @property
    def near(self) -> Nearby:
        """What of this lake lies on this machine."""
        which = sha256(f"{self.access.endpoint} {self}".encode()).hexdigest()[:16]
        return Nearby(self.home / "cache" / "buckets" / which, int(self.cache_gb * GIB))

    def uri(self, table: str) -> str:
        return f"{self}/{table}"

    def objects(self, folder: str) -> list[Stored]:
        at = self._path(PurePosixPath(folder)).removesuffix("/.")
        with self._asked("read"):
            found = s3.client(self.access).find(at, detail=True)
        skipped = len(self._at) + 1
        return [
            Stored(PurePosixPath(name[skipped:]), told["size"], told["LastModified"]) for name, told in found.items()
        ]

    def log(self, table: str) -> list[str]:
        return [found.path.name for found in self.objects(f"{table}/_delta_log")]

    def log_stamp(self, table: str) -> tuple[int, ...]:
        return ()

    def holds(self, name: str) -> bool:
        return bool(self.objects(name))

    def each(self, ask: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(ask, items))

    def read(self, path: PurePosixPath) -> bytes:
        with self._asked("read"):
            content: bytes = s3.client(self.access).cat_file(self._path(path))
        return content

    def mark(self, name: str, content: bytes) -> None:
        with self._asked("write"):
            s3.client(self.access).pipe_file(self._path(PurePosixPath(name)), content)

    def take_away(self, path: PurePosixPath) -> None:
        with self._asked("delete"):
            s3.client(self.access).rm_file(self._path(path))
        self.near.drop(path)

    def begin(self, table: str) -> None:
        pass

    def draft(self, path: PurePosixPath) -> Path:
        return self.near.place(path)

    def keep(self, path: PurePosixPath) -> None:
        with self._asked("write"):
            s3.client(self.access).put_file(str(self.near.place(path)), self._path(path))

    def settle(self, path: PurePosixPath) -> None:
        pass

    def drop_empty_folders(self, table: str) -> None:
        pass

    def fetch(self, sizes: Mapping[PurePosixPath, int]) -> None:
        self.near.fetch(sizes, self._download)

    def readable(self, connection: duckdb.DuckDBPyConnection, sizes: Mapping[PurePosixPath, int]) -> list[str]:
        there = self.near.fetch(sizes, self._download)
        if len(there) < len(sizes) and "s3" not in connection.list_filesystems():
            connection.register_filesystem(s3.client(self.access))
        return [str(self.near.at(path)) if path in there else f"s3://{self._path(path)}" for path in sizes]

    @property
    def note(self) -> Path | None:
        return self.near.folder / "known.json"

    def note_down(self, known: bytes) -> None:
        self.near.note_down("known.json", known)

    def keep_near(self, needed: Collection[PurePosixPath], *, read_lately: bool) -> None:
        self.near.keep_only(needed, read_lately=read_lately)

    @property
    def outdated(self) -> bool:
        return self.near.outdated

    def fault(self, error: Exception) -> Exception:
        return error if isinstance(error, GroovelogError) else s3.fault(self.access, self.name, error, "write")

    def _download(self, wanted: Mapping[PurePosixPath, Path]) -> None:
        with self._asked("read"):
            s3.client(self.access).get(
                [self._path(path) for path in wanted], [str(target) for target in wanted.values()]
            )

    @contextmanager
    def _asked(self, what: str) -> Iterator[None]:
        try:
            with s3.asked(self.access, self.name, what):
                yield
        except FileNotFoundError as error:  # swept away by a writer meanwhile, or by somebody
            raise LakeError(f"The lake at {self} lacks an object that it should have: {error}") from error

    @property
    def _at(self) -> str:
        return f"{self.name}/{self.prefix}" if self.prefix else self.name

    def _path(self, path: PurePosixPath) -> str:
        return f"{self._at}/{path}"
