"""Pages of the Web API's recently played tracks: {"items": [{"track": …, "played_at": …, "context": …}], …}.

`played_at` is most often the end of the play and with some clients its start; ms_played is not told, and podcasts hardly
ever appear. A file holds one page, a list of pages, a page a line, or a list of the items alone. The context's type is the
word in its URI: spotify:playlist:…, spotify:album:…, spotify:user:…:collection.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import IO, Any

from groovelog.sources.flat import artists, json_values
from groovelog.sources.found import Unusable
from groovelog.sources.look import Look
from groovelog.sources.source import FAULT, SCROBBLER_DRIFT_S, Row, Source, flattened

MARKS = (
    ("items.item.played_at", "items.item.track.name"),
    ("item.items.item.played_at", "item.items.item.track.name"),
    ("item.played_at", "item.track.name"),
    ("items", "cursors", "limit"),
)
# Spotify's clock is right where the host's is not: what was just asked for is refused for absurd years alone.
EARLIEST, LATEST = datetime(2006, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
EPISODE, TRACKS = "spotify:episode:", ("spotify:track:", "spotify:local:")


def seen(look: Look) -> bool:
    return any(look.shows(*mark) for mark in MARKS)


def rows(stream: IO[bytes]) -> Iterator[Row]:
    """One row for each item of each page."""
    for page in json_values(stream):
        items = page.get("items") if isinstance(page, dict) else None
        yield from flattened(items if isinstance(items, list) else [page], flat)


def asked_rows(stream: IO[bytes]) -> Iterator[Row]:
    """One row for each of the items, which are the values of the stream, as far as they say what was played.

    One that does not is asked for again, and may do so then: kept as it is, it would be a play beside that one.
    """
    yield from flattened(json_values(stream), _telling)


def items_of(page: dict[str, Any]) -> list[Any]:
    """The items of a page as the API answers it; null is none. Raises Unusable for an answer that is no page."""
    items = page.get("items", page)
    if items is None:
        return []
    if not isinstance(items, list):
        raise Unusable("the answer is no page of items")
    return items


def heard(items: list[Any]) -> list[tuple[datetime, timedelta]]:
    """When the plays among the items were, in order, as far as that can be read, and how long the tracks are."""
    told = []
    for item in items:
        try:
            played_at = datetime.fromisoformat(item["played_at"]).astimezone(UTC)
            track = item.get("track") or item.get("item") or {}
            length = timedelta(milliseconds=track.get("duration_ms") or 0)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            continue
        if EARLIEST <= played_at < LATEST:
            told.append((played_at, length))
    return sorted(told)


def flat(item: dict[str, Any]) -> Row:
    """An item of a page; fields missing in development mode stay missing."""
    track = item.get("track") or item.get("item") or {}
    uri = track.get("uri") or (f"spotify:track:{track['id']}" if track.get("id") else None)
    told = {
        "played_at": item.get("played_at"),
        "track.external_ids.isrc": (track.get("external_ids") or {}).get("isrc"),
        "track.duration_ms": track.get("duration_ms"),
        "context.uri": _context(item.get("context") or {}),
    }
    if isinstance(uri, str) and uri.startswith(EPISODE):
        show = (track.get("show") or {}).get("name")
        return told | {"episode.uri": uri, "episode.name": track.get("name"), "episode.show.name": show}
    credited = artists([artist.get("name") for artist in track.get("artists") or []])
    return told | {
        "track.uri": uri,
        "track.name": track.get("name"),
        "track.artists": next(iter(credited), None),
        "track.artists.all": "\n".join(credited),
        "track.album.name": (track.get("album") or {}).get("name"),
    }


def _context(context: dict[str, Any]) -> Any:
    kind = context.get("type")
    return context.get("uri") or (f"spotify:{kind}" if isinstance(kind, str) and kind else None)


def _telling(item: dict[str, Any]) -> Row:
    row = flat(item)
    uri = row.get("track.uri")
    if not (row.get("episode.uri") or (isinstance(uri, str) and uri.startswith(TRACKS))):
        row[FAULT] = "does not say which track was played"
    return row


SPOTIFY_API = Source(
    name="spotify_api",
    title="Spotify Web API, recently played",
    trust=30,
    tells="played_at",
    seen=seen,
    rows=rows,
    time_key="played_at",
    texts={
        "track_uri": "track.uri",
        "track_name": "track.name",
        "artist_name": "track.artists",
        "credited_artists": "track.artists.all",
        "album_name": "track.album.name",
        "isrc": "track.external_ids.isrc",
        "context_uri": "context.uri",
        "episode_uri": "episode.uri",
        "episode_name": "episode.name",
        "show_name": "episode.show.name",
    },
    numbers={"length_ms": "track.duration_ms"},
    drift_s=SCROBBLER_DRIFT_S,
    forms_vary=True,
    may_differ=frozenset({"isrc", "context_uri", "album_name", "credited_artists", "length_ms"}),
)
# The items of pages that were just asked for, a list of them.
ASKED = replace(SPOTIFY_API, rows=asked_rows)
