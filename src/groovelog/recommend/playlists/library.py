"""What a listener's playlists, library and references have, as songs: read from a snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
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
    lists = saved.playlist_list(_own(snapshot, person, PLAYLISTS), _own(snapshot, person, PLAYLIST_TRACKS))
    return [
        Playlist(row["playlist_id"], row["playlist_name"] or "", row["entries"] or 0)
        for row in _rows(snapshot, lists.select("playlist_id", "playlist_name", "entries"))
    ]


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
    rows = _rows(
        snapshot,
        songs.of_playlist(
            playlist.playlist_id,
            history=history(snapshot, person),
            playlists=_own(snapshot, person, PLAYLISTS),
            playlist_tracks=_own(snapshot, person, PLAYLIST_TRACKS),
            tracks=unbound(TRACKS),
            audio=_audio(),
        ),
    )
    if not rows:
        raise NothingToTell(
            f"Nothing is known to be in the playlist {playlist.name!r}: there is nothing to put in order."
        )
    return [_song(row) for row in rows]


def library(snapshot: Snapshot, person: Listener, *, shown_to_others: bool = False) -> list[Song]:
    """What the listener heard or saved, where its sound is known; for others to see without plays of incognito."""
    plays = history(snapshot, person)
    if shown_to_others:
        plays = plays.filter(~plays.incognito.fill_null(False))
    own = _own(snapshot, person, SAVED_TRACKS)
    rows = _rows(snapshot, songs.of_library(plays, own, unbound(TRACKS), _audio()))
    return [_song(row) for row in rows]


def unheard(snapshot: Snapshot, person: Listener, near: Mapping[str, float], top: int) -> list[Song]:
    """What references have on Spotify that the listener never played: the `top` nearest to these audio features, 0 to 1."""
    plays = history(snapshot, person)
    told = songs.of_references(unbound(REFERENCES), unbound(TRACK_MATCHES), plays, unbound(TRACKS), near=near, top=top)
    return [_song(row) for row in _rows(snapshot, told)]


def history(snapshot: Snapshot, person: Listener) -> ir.Table:
    """The listener's plays of tracks, marked as counted."""
    plays = _own(snapshot, person, PLAYS)
    return counting.marked(works.named(plays.filter(plays.kind == "track"), "track"), COUNTED)


def _audio() -> ir.Table:
    return audio.of_entries(unbound(TRACK_MATCHES), unbound(REFERENCES))


def _own(snapshot: Snapshot, person: Listener, table: Table) -> ir.Table:
    snapshot.cut(table, person.listener_id)
    return unbound(table, person.listener_id)


def _rows(snapshot: Snapshot, expression: ir.Table) -> list[dict[str, Any]]:
    query = str(ibis.to_sql(expression, dialect="duckdb", pretty=False))
    rows: list[dict[str, Any]] = snapshot.connection.sql(query).to_arrow_table().to_pylist()
    return rows


def _song(row: dict[str, Any]) -> Song:
    known = {name: row[name] for name in Song.__dataclass_fields__ if name in row and name not in ("name", "artist")}
    return Song(name=row["name"] or "", artist=row["artist"] or "", **known)
