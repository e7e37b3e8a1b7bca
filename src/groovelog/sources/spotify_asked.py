"""What else the Web API answers about a listener: playlists, saved tracks, top lists.

Development Mode calls an entry `item` and what a playlist holds `items`; older apps are told `track` and `tracks`. Any
field may be missing.
"""

from datetime import UTC, datetime
from typing import Any

from groovelog.model import Entry, Playlist, TopList
from groovelog.sources.saved import saved_track, text
from groovelog.sources.spotify_api import EPISODE

NAME = "spotify_api"

Told = dict[str, Any]


def playlist(told: Told, rows: list[Any]) -> Playlist:
    """A playlist as /me/playlists lists it, with the rows of its pages. Raises KeyError where it has no id."""
    playlist_id = text(told["id"])
    if playlist_id is None:
        raise KeyError("id")
    return Playlist(
        playlist_id=playlist_id,
        name=text(told.get("name")) or "",
        description=text(told.get("description")),
        modified_on=None,
        entries=tuple(map(_entry, rows)),
        snapshot_id=version(told),
    )


def version(told: Told) -> str | None:
    """Spotify's word for the state that the playlist is in."""
    return text(told.get("snapshot_id"))


def shows_items(told: Told) -> bool:
    """Whether the listener may see what the playlist holds: their own, and those they collaborate on."""
    return bool(told.get("items") or told.get("tracks"))


def library(rows: list[Any]) -> tuple[Entry, ...]:
    """The saved tracks in the order of /me/tracks, the latest first."""
    return tuple(map(_saved, rows))


def top_list(time_range: str, item_type: str, items: list[Any]) -> TopList:
    return TopList(time_range, item_type, tuple(_top(item) for item in items if isinstance(item, dict)))


def _entry(row: Any) -> Entry:
    row = _object(row)
    item = _object(row.get("item") or row.get("track"))
    added_at = _instant(row.get("added_at"))
    uri, name = text(item.get("uri")), text(item.get("name"))
    if not (uri or name):
        return Entry("unknown", added_at=added_at)
    if (uri or "").startswith(EPISODE):
        return Entry("episode", uri, name, text(_object(item.get("show")).get("name")), None, added_at)
    return Entry("track", uri, name, _artist(item), text(_object(item.get("album")).get("name")), added_at)


def _saved(row: Any) -> Entry:
    row = _object(row)
    track = _object(row.get("track") or row.get("item"))
    names = (
        text(track.get("uri")),
        text(track.get("name")),
        _artist(track),
        text(_object(track.get("album")).get("name")),
    )
    return saved_track(names, _instant(row.get("added_at")))


def _top(item: Told) -> tuple[str | None, str | None, str | None]:
    return text(item.get("uri")), text(item.get("name")), _artist(item)


def _artist(track: Told) -> str | None:
    """The first of the artists who has a name, as in plays."""
    artists = track.get("artists")
    names = (text(_object(artist).get("name")) for artist in (artists if isinstance(artists, list) else []))
    return next(filter(None, names), None)


def _object(told: Any) -> Told:
    return told if isinstance(told, dict) else {}


def _instant(told: Any) -> datetime | None:
    """UTC; None where it is none."""
    try:
        instant = datetime.fromisoformat(told)
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return None
