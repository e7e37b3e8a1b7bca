"""Where things lie: the home folder, and in it the lake (unless that is in a bucket), the inbox and a scratch folder."""

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from groovelog.errors import LakeError, UsageError
from groovelog.lake.bucket import Bucket
from groovelog.lake.folder import Folder
from groovelog.lake.place import Place

# Delta decodes %41 to A and takes no control character, both Delta and DuckDB read [ ] * ? as patterns, and a folder
# named year=1999 above the lake would be read as the partition of every row in it.
_UNSAFE = re.compile(r"[%\[\]*?=\\\x00-\x1f\x7f\ud800-\udfff]")

# What a process left, by its id; a folder of another name is somebody else's.
_SCRATCH = re.compile(r"run-([0-9]{1,7})-[0-9a-f]{8}")


@dataclass(frozen=True)
class Home:
    """GROOVELOG_HOME, and the bucket that its lake is in, if it is in one.

    Raises UsageError for a path that the table format cannot hold.
    """

    root: Path
    bucket: Bucket | None = None

    def __post_init__(self) -> None:
        if _UNSAFE.search(self.root.absolute().as_posix()):
            raise UsageError(
                f"The home folder may not have % [ ] * ? = \\ or control characters in its path: {str(self.root)!r}"
            )

    @property
    def lake(self) -> Place:
        return self.bucket or Folder(self.root.absolute() / "lake")

    @property
    def inbox(self) -> Path:
        return self.root.absolute() / "inbox"

    @property
    def scratch(self) -> Path:
        return self.root.absolute() / "scratch"

    @property
    def downloads(self) -> Path:
        return self.root.absolute() / "downloads"

    @property
    def cache(self) -> Path:
        """What can be made anew, and deleted at any time."""
        return self.root.absolute() / "cache"

    @property
    def models(self) -> Path:
        """What was learnt from each listener's plays (see `recommend.stored`)."""
        return self.root.absolute() / "models"

    def make(self) -> None:
        """Make the folder, its owner's alone; one that is there stays as it is."""
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        except FileExistsError as error:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(self.root)) from error

    def new_scratch(self) -> Path:
        """A name in the scratch folder that tells whose it is; nothing is there yet."""
        return self.scratch / f"run-{os.getpid()}-{secrets.token_hex(4)}"

    @contextmanager
    def scratch_folder(self) -> Iterator[Path]:
        """A folder of this process's own, gone afterwards; takes away what killed processes left."""
        try:
            self.make()
            self.scratch.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise LakeError(f"The home folder {self.root} cannot be used: {error.strerror}") from error
        for left in self.scratch.iterdir():
            named = _SCRATCH.fullmatch(left.name)
            if named and not _alive(int(named[1])):
                shutil.rmtree(left, ignore_errors=True)
        folder = self.new_scratch()
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class LakeElsewhere(Home):
    """A lake that is not this home's, worked on with the scratch folder of this home."""

    at: Place = field(kw_only=True)

    @property
    def lake(self) -> Place:
        return self.at


def _alive(pid: int) -> bool:
    with suppress(PermissionError):  # somebody else's process, but a living one
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True
