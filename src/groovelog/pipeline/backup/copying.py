"""Copy files of a home into a place for backups; content that is there already is not put again."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import TypeVar

from groovelog.errors import LakeError
from groovelog.lake.folder import Folder
from groovelog.lake.place import Place
from groovelog.pipeline.backup.manifest import LAKE, OBJECTS, Entry, Manifest
from groovelog.pipeline.backup.store import Store, digest

Given = TypeVar("Given")


class Copying:
    """`copied`: what was new in the place, by name, with its bytes."""

    def __init__(self, store: Store, lake: Place, scratch: Path, before: Iterable[Manifest]) -> None:
        self._store, self._lake, self._scratch = store, lake, scratch
        self._objects = store.sizes(OBJECTS)
        self._known = {(entry.path, entry.size): entry for manifest in before for entry in manifest.files}
        self.copied: dict[str, int] = {}

    def data_files(self, files: dict[PurePosixPath, int]) -> list[Entry]:
        """Data files of the lake, by their path in it: one that an earlier backup has under that name is not read again."""
        known, new = [], []
        for path, size in files.items():
            entry = self._known.get((f"{LAKE}/{path}", size))
            if entry is not None and self._objects.get(entry.object) == size:
                known.append(entry)
            else:
                new.append(path)
        made = self.of_lake(new)
        self._known |= {(entry.path, entry.size): entry for entry in made}
        return known + made

    def of_lake(self, paths: Iterable[PurePosixPath]) -> list[Entry]:
        """Files by their path in the lake. Raises LakeError for one that cannot be read."""
        return _in_parallel(self._copy_of_lake, paths)

    def files(self, files: Iterable[tuple[str, Path]]) -> list[Entry]:
        """Each file by its path in the home, and where its content is now. Raises LakeError for one that cannot be read."""
        return _in_parallel(lambda file: self._copy(*file), files)

    def _copy_of_lake(self, path: PurePosixPath) -> Entry:
        if isinstance(self._lake, Folder):
            return self._copy(f"{LAKE}/{path}", self._lake.path / path)
        near = self._scratch / f"near-{token_hex(8)}"
        try:
            near.write_bytes(self._lake.read(path))
            return self._copy(f"{LAKE}/{path}", near)
        finally:
            near.unlink(missing_ok=True)

    def _copy(self, path: str, source: Path) -> Entry:
        try:
            entry = Entry(path, source.stat().st_size, digest(source))
        except OSError as error:
            raise LakeError(f"{source} cannot be read, so nothing was backed up: {error.strerror}.") from error
        if self._objects.get(entry.object) != entry.size:
            self._store.put(entry.object, source)
            self._objects[entry.object] = self.copied[entry.object] = entry.size
        return entry


def _in_parallel(work: Callable[[Given], Entry], given: Iterable[Given]) -> list[Entry]:
    pool = ThreadPoolExecutor(cpu_count())
    try:
        return list(pool.map(work, given))
    finally:
        pool.shutdown(cancel_futures=True)
