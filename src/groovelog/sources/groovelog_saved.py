"""Playlists and saved tracks of Groovelog's own export: playlists with playlist_tracks beside it, and saved_tracks.

Each snapshot comes back as it was captured, by whom and when. Its id is worked out anew, whatever the file says; those of
the Web API alone have ids that are not made of what they say.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import duckdb

from groovelog.model import KINDS, Entry, Playlist
from groovelog.sources.exported_file import load
from groovelog.sources.found import Unusable, printable
from groovelog.sources.groovelog_export import shows
from groovelog.sources.look import Look
from groovelog.sources.saved import Names, Saved, SavedSource, saved_track

NAME, TITLE = "groovelog_export", "Groovelog export"

CAPTURED = ("snapshot_id", "source", "captured_at")
PLAYLIST = ("playlist_id", *CAPTURED, "playlist_name", "description", "modified_on", "entries")
ENTRY = ("position", "track_uri", "track_name", "artist_name", "album_name", "added_at")
PLAYLIST_ENTRY = ("playlist_id", "snapshot_id", "kind", *ENTRY)
BESIDE = "playlist_tracks"
ASKED = "spotify_api"

Told = dict[str, str | None]


def exports_of(sources: tuple[SavedSource, ...]) -> tuple[SavedSource, ...]:
    """The readers of exports whose snapshots are of these sources."""
    names = frozenset((*(source.name for source in sources), ASKED))
    return (
        SavedSource(NAME, TITLE, _playlists_seen, partial(_read_playlists, names), BESIDE),
        SavedSource(NAME, TITLE, _library_seen, partial(_read_library, names)),
    )


def _playlists_seen(look: Look) -> bool:
    return shows(look, "playlist_id", "captured_at", "playlist_name")


def _library_seen(look: Look) -> bool:
    return shows(look, *CAPTURED, "position", "track_uri")


def _read_playlists(names: frozenset[str], path: Path, beside: Path | None) -> tuple[Saved, ...]:
    entries = _entries(beside) if beside is not None else {}
    told = []
    for number, row in _rows(path, PLAYLIST):
        own = _in_order(entries.pop((row["playlist_id"], row["snapshot_id"]), {}))
        if _whole(row["entries"]) != len(own):
            there = f"{BESIDE} beside it has {len(own)} of them" if beside else f"there is no {BESIDE} beside it"
            raise Unusable(f"the playlist in row {number} has {row['entries'] or 'no'} entries, and {there}", number)
        source = _source(names, number, row)
        playlist = Playlist(
            playlist_id=row["playlist_id"] or "",
            name=row["playlist_name"] or "",
            description=row["description"],
            modified_on=_day(number, row),
            entries=own,
            snapshot_id=row["snapshot_id"] if source == ASKED else None,
        )
        told.append(Saved(source, (playlist,), captured_at=_captured(number, row)))
    if entries:
        raise Unusable(f"{BESIDE} beside it has entries of {len(entries)} playlists that are not here")
    return tuple(told)


def _entries(path: Path) -> dict[tuple[str | None, str | None], dict[int, Entry]]:
    """By playlist and snapshot, the entries by their position."""
    told: dict[tuple[str | None, str | None], dict[int, Entry]] = defaultdict(dict)
    try:
        for number, row in _rows(path, PLAYLIST_ENTRY):
            kind = row["kind"]
            if kind not in KINDS:
                raise Unusable(f"kind in row {number} is none: {_shown(kind)}")
            added_at = _instant(number, row, "added_at")
            place = row["playlist_id"], row["snapshot_id"]
            told[place][_position(number, row)] = Entry(kind, *_names(row), added_at)
    except Unusable as error:
        raise Unusable(f"{BESIDE} beside it: {error.reason}") from error
    return told


def _read_library(names: frozenset[str], path: Path, _: Path | None) -> tuple[Saved, ...]:
    libraries: dict[str | None, dict[int, Entry]] = defaultdict(dict)
    captured = {}
    for number, row in _rows(path, ("snapshot_id", *CAPTURED, *ENTRY)):
        snapshot = row["snapshot_id"]
        captured[snapshot] = _source(names, number, row), _captured(number, row)
        entry = saved_track(_names(row), _instant(number, row, "added_at"))
        libraries[snapshot][_position(number, row)] = entry
    return tuple(
        Saved(
            source,
            library=_in_order(libraries[snapshot]),
            captured_at=captured_at,
            library_id=snapshot if source == ASKED else None,
        )
        for snapshot, (source, captured_at) in captured.items()
    )


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, Told]]:
    """The rows of the file, numbered from 1."""
    columns = tuple(dict.fromkeys(columns))
    # It may not spill: it would, into the current folder.
    with closing(duckdb.connect(config={"temp_directory": ""})) as connection:
        load(connection, path, columns)
        rows = connection.execute(f"SELECT {', '.join(columns)} FROM exported ORDER BY rowid").fetchall()
    for number, row in enumerate(rows, 1):
        yield number, dict(zip(columns, row, strict=True))


def _in_order(entries: dict[int, Entry]) -> tuple[Entry, ...]:
    """Raises Unusable where a position is missing."""
    if missing := set(range(1, len(entries) + 1)) - entries.keys():
        raise Unusable(f"cut or changed: nothing stands at position {min(missing)} of a snapshot")
    return tuple(entries[position] for position in sorted(entries))


def _names(row: Told) -> Names:
    return row["track_uri"], row["track_name"], row["artist_name"], row["album_name"]


def _source(names: frozenset[str], number: int, row: Told) -> str:
    source = row["source"]
    if source not in names:
        raise Unusable(f"source in row {number} is none that Groovelog knows: {_shown(source)}", number)
    return source


def _captured(number: int, row: Told) -> datetime:
    captured_at = _instant(number, row, "captured_at")
    if captured_at is None:
        raise Unusable(f"captured_at in row {number} is not a time: nothing", number)
    return captured_at


def _position(number: int, row: Told) -> int:
    position = _whole(row["position"])
    if not position:
        raise Unusable(f"position in row {number} is none: {_shown(row['position'])}", number)
    return position


def _whole(told: str | None) -> int | None:
    """A whole number from 0 on; programs may have put a point behind it."""
    return int(told.partition(".")[0]) if told and re.fullmatch(r"[0-9]{1,9}(\.0+)?", told) else None


def _instant(number: int, row: Told, column: str) -> datetime | None:
    """UTC, as a time without an offset is."""
    told = row[column]
    if told is None:
        return None
    try:
        instant = datetime.fromisoformat(told)
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise Unusable(f"{column} in row {number} is not a time: {_shown(told)}", number) from error


def _day(number: int, row: Told) -> date | None:
    try:
        return date.fromisoformat(row["modified_on"]) if row["modified_on"] else None
    except ValueError as error:
        raise Unusable(f"modified_on in row {number} is no date: {_shown(row['modified_on'])}", number) from error


def _shown(told: str | None) -> str:
    return "nothing" if told is None else f'"{printable(told[:40])}"'
