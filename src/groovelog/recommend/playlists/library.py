"""What a listener's playlists, library and references have, as songs: read from a snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

import ibis
import ibis.expr.types as ir

from groovelog.errors import NotFoundError, NothingToTell, UsageError
from groovelog.lake.snapshot import Snapshot
from groovelog.metrics import audio, counting, saved, songs, works
from groovelog.metrics.unbound import unbound
from groovelog.model import Listener
from groovelog.recommend.playlists.songs import Song
from groovelog.tables import PLAYLIST_TRACKS, PLAYLISTS, PLAYS, REFERENCES, SAVED_TRACKS, TRACK_MATCHES, TRACKS, Table

# What compiled queries are about, until they are asked: nobody has this id, and no playlist that one.
SOMEBODY, SOME_PLAYLIST = "00000000-somebody", "00000000-playlist"
COUNTED = "30s"  # the rule of the plays that are told of songs


@dataclass(frozen=True)
class Playlist:
    """One playlist as last seen; `entries` of any kind. The id is Spotify's, or begins with "export:"."""

    playlist_id: str
    name: str
    entries: int

    @property
    def on_spotify(self) -> bool:
        return not self.playlist_id.startswith(saved.FROM_EXPORT)


def playlists(snapshot: Snapshot, person: Listener) -> list[Playlist]:
    """The listener's playlists by name."""
    rows = _rows(snapshot, person, _lists_sql())
    return [Playlist(row["playlist_id"], row["playlist_name"] or "", row["entries"] or 0) for row in rows]


def find(known: Sequence[Playlist], wanted: str) -> Playlist:
    """The playlist of that name or id; names are told apart by capitals only where they must be.

    Raises NotFoundError, with the nearest name, and UsageError where several are so called.
    """
    if not known:
        raise NotFoundError("There is no playlist yet. Import Spotify's account data, or connect: groovelog login.")
    found = (
        [one for one in known if one.playlist_id == wanted]
        or [one for one in known if one.name == wanted]
        or [one for one in known if one.name.casefold() == wanted.casefold()]
    )
    if len(found) > 1:
        ids = ", ".join(f"{one.playlist_id} ({one.entries:,} entries)" for one in found)
        raise UsageError(f"{len(found)} playlists are called {wanted!r}. Give one by its id: {ids}.")
    if not found:
        near = get_close_matches(wanted.casefold(), [one.name.casefold() for one in known], n=1, cutoff=0.5)
        meant = next((one.name for one in known if near and one.name.casefold() == near[0]), None)
        hint = f"Did you mean {meant!r}? " if meant else ""
        raise NotFoundError(f"There is no playlist {wanted!r}. {hint}groovelog report playlist-list lists them.")
    return found[0]


def entries(snapshot: Snapshot, person: Listener, playlist: Playlist) -> list[Song]:
    """The playlist's entries in their order. Raises NothingToTell where Spotify does not show them, or there is none."""
    query = _entries_sql().replace(_text(SOME_PLAYLIST), _text(playlist.playlist_id))
    rows = _rows(snapshot, person, query)
    if not rows:
        raise NothingToTell(
            f"Nothing is known to be in the playlist {playlist.name!r}: there is nothing to put in order."
        )
    return [_song(row) for row in rows]


def library(snapshot: Snapshot, person: Listener, *, shown_to_others: bool = False) -> list[Song]:
    """What the listener heard or saved, where its sound is known; for others to see without plays of incognito."""
    return [_song(row) for row in _rows(snapshot, person, _library_sql(shown_to_others))]


def unheard(snapshot: Snapshot, person: Listener, near: Mapping[str, float], top: int) -> list[Song]:
    """What references have on Spotify that the listener never played: the `top` nearest to these audio features, 0 to 1."""
    told = songs.of_references(
        unbound(REFERENCES), unbound(TRACK_MATCHES), _history(), unbound(TRACKS), near=near, top=top
    )
    return [_song(row) for row in _rows(snapshot, person, _sql(told))]


# Compiled once for all listeners and playlists: that takes Ibis up to half a second.


@cache
def _lists_sql() -> str:
    lists = saved.playlist_list(_own(PLAYLISTS), _own(PLAYLIST_TRACKS))
    return _sql(lists.select("playlist_id", "playlist_name", "entries"))


@cache
def _entries_sql() -> str:
    return _sql(
        songs.of_playlist(
            SOME_PLAYLIST,
            history=_history(),
            playlists=_own(PLAYLISTS),
            playlist_tracks=_own(PLAYLIST_TRACKS),
            tracks=unbound(TRACKS),
            audio=_audio(),
            references=unbound(REFERENCES),
        )
    )


@cache
def _library_sql(shown_to_others: bool) -> str:
    plays = _history()
    if shown_to_others:
        plays = plays.filter(~plays.incognito.fill_null(False))
    return _sql(songs.of_library(plays, _own(SAVED_TRACKS), unbound(TRACKS), _audio()))


def _history() -> ir.Table:
    """The listener's plays of tracks, marked as counted."""
    plays = _own(PLAYS)
    return counting.marked(works.named(plays.filter(plays.kind == "track"), "track"), COUNTED)


def _audio() -> ir.Table:
    return audio.of_entries(unbound(TRACK_MATCHES), unbound(REFERENCES))


def _own(table: Table) -> ir.Table:
    return unbound(table, SOMEBODY)


def _sql(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))


def _text(text: str) -> str:
    """A text as Ibis writes it for DuckDB."""
    return "'" + text.replace("'", "''") + "'"


def _rows(snapshot: Snapshot, person: Listener, query: str) -> list[dict[str, Any]]:
    """The rows of a query about `SOMEBODY`, asked of this listener."""
    for table in (PLAYLISTS, PLAYLIST_TRACKS, PLAYS, SAVED_TRACKS):
        if table.of(SOMEBODY) in query:
            snapshot.cut(table, person.listener_id)
    own = query.replace(SOMEBODY, person.listener_id)
    rows: list[dict[str, Any]] = snapshot.connection.sql(own).to_arrow_table().to_pylist()
    return rows


def _song(row: dict[str, Any]) -> Song:
    known = {name: row[name] for name in Song.__dataclass_fields__ if name in row and name not in ("name", "artist")}
    return Song(name=row["name"] or "", artist=row["artist"] or "", **known)
