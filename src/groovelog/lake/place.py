"""Where a lake is: a folder on this machine (folder.py), or a prefix of a bucket (bucket.py).

Paths here are of objects inside the lake, with / between folders: plays/listener_id=x/year=2020/part-1.parquet.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TypeVar

import duckdb

Item = TypeVar("Item")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Stored:
    """One object of a lake: its size in bytes, and when it was written by the clock of what keeps it (UTC)."""

    path: PurePosixPath
    size: int
    modified_at: datetime


class Place(ABC):
    """A lake's place. Hashable; `str` is what messages call it. What goes wrong outside is a LakeError in one sentence."""

    # Whether machines that have no lock in common may write here.
    shared: bool

    @property
    @abstractmethod
    def home(self) -> Path:
        """The home folder of whoever works on the lake: scratch and caches lie there, never in a bucket."""

    @property
    @abstractmethod
    def lock(self) -> Path:
        """The file that the writers of this machine lock; its folder is there."""

    @property
    @abstractmethod
    def options(self) -> dict[str, str] | None:
        """What delta-rs has to know to reach it."""

    @abstractmethod
    def uri(self, table: str) -> str:
        """Where delta-rs finds a table."""

    @abstractmethod
    def objects(self, folder: str) -> list[Stored]:
        """Every object under a folder of the lake ("": of the whole lake); none where there is no such folder."""

    @abstractmethod
    def log(self, table: str) -> list[str]:
        """The names of what is in the log of a table; nothing where there is no table."""

    @abstractmethod
    def log_stamp(self, table: str) -> tuple[int, ...]:
        """Differs when the log of the table may have been exchanged for another one's."""

    @abstractmethod
    def holds(self, name: str) -> bool:
        """Whether there is an object of that name, or one under a folder of that name."""

    @abstractmethod
    def each(self, ask: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
        """What is asked of each, in their order; at once where a place is far away."""

    @abstractmethod
    def read(self, path: PurePosixPath) -> bytes: ...

    @abstractmethod
    def mark(self, name: str, content: bytes) -> None:
        """A small object, there for good on return."""

    @abstractmethod
    def take_away(self, path: PurePosixPath) -> None:
        """One that is not there is no fault."""

    @abstractmethod
    def begin(self, table: str) -> None:
        """Make room for a table that is about to be made: its folder, without what a dead run left of a log."""

    @abstractmethod
    def draft(self, path: PurePosixPath) -> Path:
        """Where on this machine a new object is written; its folder is there."""

    @abstractmethod
    def keep(self, path: PurePosixPath) -> None:
        """What was drafted is in the lake for good on return."""

    @abstractmethod
    def settle(self, path: PurePosixPath) -> None:
        """What delta-rs wrote is there for good on return."""

    @abstractmethod
    def drop_empty_folders(self, table: str) -> None:
        """The folders of partitions in which nothing is left."""

    @abstractmethod
    def fetch(self, sizes: Mapping[PurePosixPath, int]) -> None:
        """Bring near what is going to be read together: objects with their sizes."""

    @abstractmethod
    def readable(self, connection: duckdb.DuckDBPyConnection, sizes: Mapping[PurePosixPath, int]) -> list[str]:
        """What `connection` reads each of the objects by, in their order; their sizes are as the log tells."""

    @abstractmethod
    def fault(self, error: Exception) -> Exception:
        """What to raise for what delta-rs raised: an OSError for a fault of the disk, a LakeError for one of the bucket."""

    @property
    @abstractmethod
    def note(self) -> Path | None:
        """The file in which is noted what is known of a lake that is far away; None where it is near."""

    @abstractmethod
    def note_down(self, known: bytes) -> None:
        """Keep what is known, whole or not at all."""

    @abstractmethod
    def keep_near(self, needed: Collection[PurePosixPath], *, read_lately: bool) -> None:
        """Of what was brought near keep what is needed; with `read_lately` also what somebody may be reading still."""

    @property
    @abstractmethod
    def outdated(self) -> bool:
        """Whether something was kept near for that alone."""
