"""Copy files of a home into a place for backups; content that is there already is not put again."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

from groovelog.errors import LakeError
from groovelog.lake.home import Home
from groovelog.pipeline.backup.manifest import LAKE, OBJECTS, Entry, Manifest
from groovelog.pipeline.backup.store import Store, digest


class Copying:
    """`copied`: what was new in the place, by name, with its bytes."""

    def __init__(self, store: Store, before: Iterable[Manifest]) -> None:
        self._store = store
        self._objects = store.sizes(OBJECTS)
        self._known = {(entry.path, entry.size): entry for manifest in before for entry in manifest.files}
        self.copied: dict[str, int] = {}

    def data_files(self, home: Home, files: dict[Path, int]) -> list[Entry]:
        """Data files of the lake, by their path in it: one that an earlier backup has under that name is not read again."""
        known, new = [], []
        for path, size in files.items():
            named = f"{LAKE}/{path.as_posix()}"
            entry = self._known.get((named, size))
            if entry is not None and self._objects.get(entry.object) == size:
                known.append(entry)
            else:
                new.append((named, home.lake / path))
        made = self.files(new)
        self._known |= {(entry.path, entry.size): entry for entry in made}
        return known + made

    def files(self, files: Iterable[tuple[str, Path]]) -> list[Entry]:
        """Each file by its path in the home, and where its content is now. Raises LakeError for one that cannot be read."""
        pool = ThreadPoolExecutor(cpu_count())
        try:
            return list(pool.map(self._copy, files))
        finally:
            pool.shutdown(cancel_futures=True)

    def _copy(self, file: tuple[str, Path]) -> Entry:
        path, source = file
        try:
            entry = Entry(path, source.stat().st_size, digest(source))
        except OSError as error:
            raise LakeError(f"{source} cannot be read, so nothing was backed up: {error.strerror}.") from error
        if self._objects.get(entry.object) != entry.size:
            self._store.put(entry.object, source)
            self._objects[entry.object] = self.copied[entry.object] = entry.size
        return entry
