"""Keep what files say that is no play: snapshots of playlists and of the library, each once."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from groovelog.lake.delta import Slice
from groovelog.lake.run import Run
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Entry, Playlist
from groovelog.sources.saved import Saved, saved_track
from groovelog.tables import PLAYLIST_TRACKS, PLAYLISTS, SAVED_TRACKS, Table

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class SavedCounts:
    """What of a file was stored; what equals a snapshot kept before is not."""

    playlists: int = 0
    playlist_tracks: int = 0
    saved_tracks: int = 0


def keep_saved(run: Run, listener_id: str, files: Mapping[int, Sequence[Saved]]) -> dict[int, SavedCounts]:
    """Store the snapshots that are new to the listener; by file number, what was stored."""
    if not files:
        return {}
    known = _known(run, listener_id)
    playlists: Rows = []
    entries: Rows = []
    library: Rows = []
    counts = {}
    for file_no, told in sorted(files.items()):
        before = len(playlists), len(entries), len(library)
        for saved in told:
            captured_at = saved.captured_at or run.now
            captured = {"run_id": run.run_id, "source": saved.source, "captured_at": captured_at}
            for playlist in saved.playlists:
                snapshot = playlist.snapshot_id or snapshot_id(playlist)
                if (playlist.playlist_id, snapshot) not in known:
                    known.add((playlist.playlist_id, snapshot))
                    playlists.append(_playlist_row(playlist, snapshot) | captured)
                    entries += _entry_rows(playlist, snapshot)
            if saved.library is not None:
                snapshot = saved.library_id or snapshot_id(saved.library)
                if ("", snapshot) not in known:
                    known.add(("", snapshot))
                    library += [row | captured | {"snapshot_id": snapshot} for row in _rows(saved.library, kind=False)]
        after = len(playlists), len(entries), len(library)
        counts[file_no] = SavedCounts(*(late - early for early, late in zip(before, after, strict=True)))
    for table, rows in ((PLAYLISTS, playlists), (PLAYLIST_TRACKS, entries), (SAVED_TRACKS, library)):
        _write(run, table, listener_id, rows)
    return counts


def _known(run: Run, listener_id: str) -> set[tuple[str, str]]:
    """Snapshots kept before, (playlist_id, snapshot_id); "" stands for the library."""
    return set(
        run.connection.execute(
            "SELECT playlist_id, snapshot_id FROM playlists WHERE listener_id = $listener "
            "UNION SELECT '', snapshot_id FROM saved_tracks WHERE listener_id = $listener",
            {"listener": listener_id},
        ).fetchall()
    )


def known_playlists(snapshot: Snapshot, listener_id: str) -> set[tuple[str, str]]:
    """The states of playlists that are kept: playlist_id and snapshot_id."""
    own = snapshot.cut(PLAYLISTS, listener_id)
    return set(snapshot.connection.execute(f"SELECT playlist_id, snapshot_id FROM {own}").fetchall())


def latest_library(snapshot: Snapshot, listener_id: str, source: str) -> tuple[Entry, ...]:
    """The saved tracks as a source told them last."""
    own = snapshot.cut(SAVED_TRACKS, listener_id)
    of_source = f"SELECT * FROM {own} WHERE source = $source"
    rows = snapshot.connection.execute(
        f"""
        SELECT track_uri, track_name, artist_name, album_name, added_at::TIMESTAMP FROM ({of_source})
        WHERE snapshot_id = (SELECT snapshot_id FROM ({of_source}) ORDER BY captured_at DESC, run_id DESC LIMIT 1)
        ORDER BY position
        """,
        {"source": source},
    ).fetchall()
    return tuple(saved_track(tuple(names), added_at and added_at.replace(tzinfo=UTC)) for *names, added_at in rows)


def snapshot_id(*told: Playlist | tuple[Entry, ...] | datetime) -> str:
    """A hash of all that is told."""
    text = json.dumps(told[0] if len(told) == 1 else told, default=_as_json, sort_keys=True)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def _as_json(value: object) -> object:
    if not hasattr(value, "__dict__"):
        return str(value)
    return {name: said for name, said in vars(value).items() if name != "snapshot_id"}


def _playlist_row(playlist: Playlist, snapshot: str) -> dict[str, Any]:
    return {
        "playlist_id": playlist.playlist_id,
        "snapshot_id": snapshot,
        "playlist_name": playlist.name,
        "description": playlist.description,
        "modified_on": playlist.modified_on,
        "entries": len(playlist.entries),
    }


def _entry_rows(playlist: Playlist, snapshot: str) -> Rows:
    keys = {"playlist_id": playlist.playlist_id, "snapshot_id": snapshot}
    return [keys | row for row in _rows(playlist.entries, kind=True)]


def _rows(entries: Iterable[Entry], *, kind: bool) -> Rows:
    return [
        {
            "position": position,
            **({"kind": entry.kind} if kind else {}),
            "track_uri": entry.uri,
            "track_name": entry.name,
            "artist_name": entry.artist,
            "album_name": entry.album,
            "added_at": entry.added_at,
        }
        for position, entry in enumerate(entries, 1)
    ]


def _write(run: Run, table: Table, listener_id: str, rows: Rows) -> None:
    if not rows:
        return
    columns = [name for name in table.names if name != "listener_id"]
    told = pa.table({name: [row[name] for row in rows] for name in columns})
    # A table, for the writer's own cursor does not see what is registered.
    run.connection.register("told_rows", told)
    run.connection.execute("CREATE OR REPLACE TABLE new_rows AS SELECT * FROM told_rows")
    run.connection.unregister("told_rows")
    run.write(
        table,
        f"SELECT '{listener_id}' AS listener_id, {', '.join(columns)} FROM new_rows",
        [Slice({"listener_id": listener_id})],
    )
