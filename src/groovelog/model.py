"""Frozen records that travel between the layers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

KINDS = ("track", "episode", "audiobook", "unknown")


@dataclass(frozen=True)
class Listener:
    """A person in this Groovelog; `plays` counts what is kept.

    `zones` are those they have lived in (IANA names), each from a local date on, the first from the beginning (None).
    `origin` is group for a member whose shared part came from a group's lake, None for a listener of this Groovelog.
    """

    listener_id: str
    name: str
    zones: tuple[tuple[date | None, str], ...]
    invented: bool
    plays: int = 0
    origin: str | None = None

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
    """A playlist at one time. `playlist_id` names it from one snapshot to the next.

    `snapshot_id` is what its source calls this state of it; None where it has no word for it.
    """

    playlist_id: str
    name: str
    description: str | None
    modified_on: date | None
    entries: tuple[Entry, ...]
    snapshot_id: str | None = None


@dataclass(frozen=True)
class TopList:
    """A listener's top tracks or artists (`item_type`) of one `time_range`; items are URI, name and artist, the first first."""

    time_range: str
    item_type: str
    items: tuple[tuple[str | None, str | None, str | None], ...]


@dataclass(frozen=True)
class Poll:
    """One asking for what a listener played last (UTC); `outcome` is read, reauth_required, blocked or unreachable."""

    asked_at: datetime
    outcome: str
    calls: int = 0
    stored: int = 0
    duplicates: int = 0
    unreadable: int = 0


@dataclass(frozen=True)
class Gap:
    """A stretch in which plays were likely missed (UTC).

    `ended_at` is None while it lasts; `closed_at`, when an export that covers it came in, None as long as none did.
    `cause` is full_window, reauth_required, stopped_host, blocked or unreachable.
    """

    listener_id: str
    began_at: datetime
    ended_at: datetime | None
    cause: str
    expected_plays: float
    closed_at: datetime | None = None


@dataclass(frozen=True)
class FileNote:
    """A file that was not read, and why; `row` counts from 1 where one row is to blame."""

    file: str
    reason: str
    row: int | None = None


@dataclass(frozen=True)
class FileReceipt:
    """The account of one file that was read: rows = stored + duplicates + unreadable.

    Rows are plays. Of playlists and libraries the new snapshots are counted, with their entries.
    """

    file_no: int
    file: str
    source: str
    rows: int
    stored: int
    duplicates: int
    unreadable: int
    playlists: int = 0
    playlist_tracks: int = 0
    saved_tracks: int = 0


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

    @property
    def saved(self) -> dict[str, int]:
        """What was stored beside plays."""
        return {
            "playlists": sum(file.playlists for file in self.files),
            "playlist_tracks": sum(file.playlist_tracks for file in self.files),
            "saved_tracks": sum(file.saved_tracks for file in self.files),
        }


@dataclass(frozen=True)
class RowsWhy:
    """Rows of a reference that were merged or dropped (`outcome`), why, and the first of them, from 1, where known."""

    outcome: str
    reason: str
    rows: int
    first_row: int | None


@dataclass(frozen=True)
class ValuesWhy:
    """Values of an audio feature that a file has, and that are not known all the same."""

    feature: str
    reason: str
    values: int


@dataclass(frozen=True)
class Reference:
    """A dataset with audio features in the lake. `rows` are recordings; of several references the lowest `priority` counts.

    `reading` is how its file was read, as JSON. `coverage` is the share of counted plays that it gives audio features to;
    None as long as nothing is matched.
    """

    name: str
    title: str
    rows: int
    licence: str
    home: str | None
    priority: int
    file: str
    sha256: str
    reading: str
    added_at: datetime
    coverage: float | None = None


@dataclass(frozen=True)
class Match:
    """What became of a track in a reference. `evidence` and `ref_id` are None unless the verdict is matched.

    `asked` is the hash of what was asked (see `lake.matches`).
    """

    reference: str
    track_id: str
    ref_id: str | None
    verdict: str
    confidence: float
    evidence: str | None
    reason: str
    asked: int


@dataclass(frozen=True)
class MatchCounts:
    """Tracks of the catalogue by what became of them in one reference; `new` of them were asked just now."""

    reference: str
    matched: int
    ambiguous: int
    unmatched: int
    new: int


@dataclass(frozen=True)
class ReferenceReceipt:
    """The account of one file read into a reference: rows = kept + merged + dropped, each with its reason.

    `outcome` is added, replaced, or unchanged (the same file, read the same way, is there already: nothing was written).
    `columns` has the file's column for each field, `percent` the features told in percent.
    """

    run_id: str | None
    reference: Reference
    outcome: str
    rows: int
    kept: int
    merged: int
    dropped: int
    reasons: tuple[RowsWhy, ...]
    unknown: tuple[ValuesWhy, ...]
    columns: dict[str, str]
    percent: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class ReceiptRow:
    """One row that was not stored plainly."""

    file: str
    row: int
    outcome: str
    reason: str


@dataclass(frozen=True)
class TellingRow:
    """A row that told of a play: where it stands, what it said, and what it has in common with the leading row.

    `seconds_apart` is how much later its source has the play; None where both tell how long it ran. Instants in `said`
    are UTC without a zone.
    """

    source: str
    file: str | None
    row: int
    how: str
    seconds_apart: float | None
    said: dict[str, Any]


@dataclass(frozen=True)
class Explained:
    """A play, and the rows that told of it, the most trusted first."""

    play_id: str
    listener: str
    play: dict[str, Any]
    rows: tuple[TellingRow, ...]


@dataclass(frozen=True)
class CollectedOf:
    """What a collection brought of one listener. Rows are plays; `calls` are all requests that were sent for them.

    `fault` says why the last plays could not be read, None where they were; `until` (UTC), when one may ask again.
    `notes` say what else could not be read. `cause` is the error that `fault` tells of.
    """

    name: str
    stored: int = 0
    duplicates: int = 0
    unreadable: int = 0
    calls: int = 0
    gaps: int = 0
    fault: str | None = None
    until: datetime | None = None
    notes: tuple[str, ...] = ()
    cause: Exception | None = None


@dataclass(frozen=True)
class Progress:
    """How far an import is: find, read, wait (for another writer), keep, join, match; counts so far, `files` in all."""

    step: str
    files_done: int
    files: int
    rows: int
