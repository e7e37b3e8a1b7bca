"""Frozen records that travel between the layers."""

from dataclasses import dataclass
from datetime import date, datetime

KINDS = ("track", "episode", "audiobook", "unknown")


@dataclass(frozen=True)
class Listener:
    """A person in this Groovelog; `plays` counts what is kept.

    `zones` are those they have lived in (IANA names), each from a local date on, the first from the beginning (None).
    """

    listener_id: str
    name: str
    zones: tuple[tuple[date | None, str], ...]
    invented: bool
    plays: int = 0

    @property
    def timezone(self) -> str:
        """The latest zone."""
        return self.zones[-1][1]


@dataclass(frozen=True)
class Entry:
    """A track, episode or audiobook in a playlist or a library; of `kind` unknown where nothing is told of it."""

    kind: str
    uri: str | None = None
    name: str | None = None
    artist: str | None = None
    album: str | None = None
    added_at: datetime | None = None


@dataclass(frozen=True)
class Playlist:
    """A playlist at one time. `playlist_id` names it from one snapshot to the next."""

    playlist_id: str
    name: str
    description: str | None
    modified_on: date | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class FileNote:
    """A file that was not read, and why; `row` counts from 1 where one row is to blame."""

    file: str
    reason: str
    row: int | None = None


@dataclass(frozen=True)
class FileReceipt:
    """The account of one file that was read: rows = stored + duplicates + unreadable."""

    file_no: int
    file: str
    source: str
    rows: int
    stored: int
    duplicates: int
    unreadable: int


@dataclass(frozen=True)
class Receipt:
    """The account of one import, row by row; `run_id` names it in `groovelog receipts`.

    `seconds` is the time the import took; None where the receipt is read from the lake.
    """

    run_id: str
    listener: str
    timezone: str
    imported_at: datetime
    files: tuple[FileReceipt, ...]
    failed_files: tuple[FileNote, ...]
    ignored_files: tuple[FileNote, ...]
    by_kind: dict[str, int]
    seconds: float | None

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def stored(self) -> int:
        return sum(file.stored for file in self.files)

    @property
    def duplicates(self) -> int:
        return sum(file.duplicates for file in self.files)

    @property
    def unreadable(self) -> int:
        return sum(file.unreadable for file in self.files)


@dataclass(frozen=True)
class ReceiptRow:
    """One row that was not stored plainly."""

    file: str
    row: int
    outcome: str
    reason: str


@dataclass(frozen=True)
class Progress:
    """How far an import is: find, read, wait (for another writer), keep, join; counts so far, `files` in all."""

    step: str
    files_done: int
    files: int
    rows: int
