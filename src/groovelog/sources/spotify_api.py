"""Pages of the Web API's recently played tracks, as saved: {"items": [{"track": …, "played_at": …, "context": …}], …}.

`played_at` is most often the end of the play and with some clients its start; ms_played is not told, and podcasts never
appear. A file holds one page, a list of pages, a page a line, or a list of the items alone.
"""

from collections.abc import Iterator
from typing import IO, Any

from groovelog.sources.flat import artists, json_values
from groovelog.sources.look import Look
from groovelog.sources.source import SCROBBLER_DRIFT_S, Row, Source, flattened

MARKS = (
    ("items.item.played_at", "items.item.track.name"),
    ("item.items.item.played_at", "item.items.item.track.name"),
    ("item.played_at", "item.track.name"),
    ("items", "cursors", "limit"),
)


def seen(look: Look) -> bool:
    return any(look.shows(*mark) for mark in MARKS)


def rows(stream: IO[bytes]) -> Iterator[Row]:
    """One row for each item of each page."""
    for page in json_values(stream):
        items = page.get("items") if isinstance(page, dict) else None
        yield from flattened(items if isinstance(items, list) else [page], flat)


def flat(item: dict[str, Any]) -> Row:
    """An item of a page; fields missing in development mode stay missing."""
    track = item.get("track") or {}
    credited = artists([artist.get("name") for artist in track.get("artists") or []])
    return {
        "played_at": item.get("played_at"),
        "track.uri": track.get("uri"),
        "track.name": track.get("name"),
        "track.artists": next(iter(credited), None),
        "track.artists.all": "\n".join(credited),
        "track.album.name": (track.get("album") or {}).get("name"),
        "track.external_ids.isrc": (track.get("external_ids") or {}).get("isrc"),
        "track.duration_ms": track.get("duration_ms"),
        "context.uri": (item.get("context") or {}).get("uri"),
    }


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
    },
    numbers={"length_ms": "track.duration_ms"},
    drift_s=SCROBBLER_DRIFT_S,
    forms_vary=True,
    may_differ=frozenset({"isrc", "context_uri", "album_name", "credited_artists", "length_ms"}),
)
