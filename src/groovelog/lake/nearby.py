"""What of a bucket lies on this machine: data files, which never change, as long as there is room for them.

One that was not read for longest goes first. What was read within the hour stays: somebody may be reading it still.
"""

import os
import secrets
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from groovelog.errors import LakeError

READ_STILL_S = 3600
# So old a note of when a file was read last is renewed: to do so each time would be a write for each read.
NOTED_S = 600
_PART = ".part"
_OUTDATED = "outdated"

Download = Callable[[Mapping[PurePosixPath, Path]], None]


@dataclass(frozen=True)
class Nearby:
    """The files under `folder`, `room` bytes at most; the time of a file is when it was read last."""

    folder: Path
    room: int

    def at(self, path: PurePosixPath) -> Path:
        return self.folder / "data" / path

    def place(self, path: PurePosixPath) -> Path:
        """Where a file is written; its folder is there."""
        target = self.at(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def fetch(self, sizes: Mapping[PurePosixPath, int], download: Download) -> set[PurePosixPath]:
        """Which of the files are here, whole, after those were brought for which there is room."""
        there = {path for path, size in sizes.items() if self._has(path, size)}
        missing = {path: size for path, size in sizes.items() if path not in there}
        if not missing:
            return there
        try:
            return there | self._brought(missing, download)
        except OSError:  # a disk that is full, or may not be written: what is not here is read in the bucket
            return there

    def _brought(self, sizes: Mapping[PurePosixPath, int], download: Download) -> set[PurePosixPath]:
        chosen = self._fitting(sizes)
        parts = {path: self.place(path).with_name(f".{secrets.token_hex(8)}{_PART}") for path in chosen}
        try:
            if parts:
                download(parts)
            for path, part in parts.items():
                if (found := part.stat().st_size) != sizes[path]:
                    raise LakeError(
                        f"{path} of the lake has {found:,} bytes, and should have {sizes[path]:,}: "
                        "it was damaged, or cut short on the way. Try again, or restore it from a backup."
                    )
                part.replace(self.at(path))
        finally:
            for part in parts.values():
                part.unlink(missing_ok=True)
        return chosen

    def note_down(self, name: str, content: bytes) -> None:
        part = self.folder / f".{secrets.token_hex(8)}{_PART}"
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            part.replace(self.folder / name)
        finally:
            part.unlink(missing_ok=True)

    def drop(self, path: PurePosixPath) -> None:
        self.at(path).unlink(missing_ok=True)

    def keep_only(self, needed: Collection[PurePosixPath], *, read_lately: bool) -> None:
        """Take away what is not needed; with `read_lately` not what somebody may be reading still."""
        wanted = {self.at(path) for path in needed}
        before = time.time() - READ_STILL_S
        spared = False
        for path, found in self._all():
            if path in wanted:
                continue
            if read_lately and found.st_mtime > before:
                spared = True
            else:
                path.unlink(missing_ok=True)
        with suppress(OSError):
            if spared:
                (self.folder / _OUTDATED).touch()
            else:
                (self.folder / _OUTDATED).unlink(missing_ok=True)
        self._make_room(0)

    @property
    def outdated(self) -> bool:
        """Whether something that is not needed was left for who may be reading it still."""
        return (self.folder / _OUTDATED).exists()

    def _has(self, path: PurePosixPath, size: int) -> bool:
        try:
            found = self.at(path).stat()
        except OSError:
            return False
        if found.st_size != size:
            return False
        if time.time() - found.st_mtime > NOTED_S:
            with suppress(OSError):
                os.utime(self.at(path))
        return True

    def _fitting(self, missing: Mapping[PurePosixPath, int]) -> set[PurePosixPath]:
        """Those for which there is room, or is made; the smallest first."""
        free = self._make_room(sum(missing.values()))
        chosen = set()
        for path, size in sorted(missing.items(), key=lambda file: file[1]):
            if size <= free:
                chosen.add(path)
                free -= size
        return chosen

    def _make_room(self, bytes_: int) -> int:
        """How many bytes are free, once as many as are asked for were made free where that is possible."""
        known = sorted(self._all(), key=lambda file: file[1].st_mtime)
        free = self.room - sum(found.st_size for _, found in known)
        before = time.time() - READ_STILL_S
        for path, found in known:
            if free >= bytes_ or found.st_mtime > before:
                break
            path.unlink(missing_ok=True)
            free += found.st_size
        return free

    def _all(self) -> list[tuple[Path, os.stat_result]]:
        found = []
        for path in (self.folder / "data").rglob("*"):
            with suppress(FileNotFoundError):  # another process has just made room
                if path.is_file():
                    found.append((path, path.stat()))
        return found
