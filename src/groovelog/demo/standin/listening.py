"""Endpoints about what somebody plays: recently played, top tracks and artists."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import urlencode

from groovelog.demo.standin.accounts import Listed
from groovelog.demo.standin.asked import MOST, USUAL, Asked
from groovelog.demo.standin.music_shapes import Json, track_object, whole_artist
from groovelog.demo.standin.refusals import Refused
from groovelog.demo.standin.shapes import play_object
from groovelog.demo.standin.written import in_ms

# Spotify says "approximately last 4 weeks", "approximately last 6 months" and "~1 year".
RANGES: Mapping[str, timedelta] = MappingProxyType(
    {"short_term": timedelta(days=28), "medium_term": timedelta(days=182), "long_term": timedelta(days=365)}
)
TOP = 99  # rows; offsets of 50 and more were seen empty


def recently_played(asked: Asked) -> Json:
    """Of the last 50 plays those after or before a cursor, newest first."""
    limit = asked.number("limit", USUAL, 1, MOST)
    if {"after", "before"} <= asked.query.keys():
        raise Refused(400, "Only one of after and before may be given")
    plays = asked.standin.histories[asked.user_id].window(asked.as_of)
    if "after" in asked.query:
        cursor = cursor_of(asked, "after")
        plays = [play for play in plays if in_ms(play.stopped_at) > cursor]
    if "before" in asked.query:
        cursor = cursor_of(asked, "before")
        plays = [play for play in plays if in_ms(play.stopped_at) < cursor]
    return page_of(asked, plays[:limit], limit)


def page_of(asked: Asked, plays: list[Listed], limit: int) -> Json:
    """A page without rows has no cursors: Spotify's way to say that there is nothing more."""
    told = {"items": [play_object(asked.api, play) for play in plays], "limit": limit}
    href = f"{asked.url}?{urlencode(asked.query)}" if asked.query else asked.url
    if not plays:
        return {**told, "href": href, "next": None, "cursors": None}
    newest, oldest = (str(in_ms(play.stopped_at)) for play in (plays[0], plays[-1]))
    onward = {"after": newest} if "after" in asked.query else {"before": oldest}
    following = f"{asked.url}?{urlencode({**onward, 'limit': limit})}"
    return {
        **told,
        "href": href,
        "next": following if len(plays) == limit else None,
        "cursors": {"after": newest, "before": oldest},
    }


def cursor_of(asked: Asked, name: str) -> int:
    try:
        return int(asked.query[name])
    except ValueError as error:
        raise Refused(400, f"Invalid {name}") from error


def top_tracks(asked: Asked) -> Json:
    tracks = {play.track.uri: play.track for play in in_range(asked)}
    ranked = by_count(play.track.uri for play in in_range(asked))
    page = asked.page()
    return page.of([track_object(asked.api, tracks[uri]) for uri in ranked[page.rows]], len(ranked))


def top_artists(asked: Asked) -> Json:
    artists = {play.track.album.artist.name: play.track.album.artist for play in in_range(asked)}
    ranked = by_count(play.track.album.artist.name for play in in_range(asked))
    page = asked.page()
    return page.of([whole_artist(asked.api, artists[name]) for name in ranked[page.rows]], len(ranked))


def in_range(asked: Asked) -> list[Listed]:
    span = RANGES.get(asked.query.get("time_range", "medium_term"))
    if span is None:
        raise Refused(400, "Invalid time range")
    return asked.standin.histories[asked.user_id].during(span, asked.as_of)


def by_count(names: Iterable[str]) -> list[str]:
    """The most frequent first; of equally frequent ones in the order of the alphabet."""
    count = Counter(names)
    return sorted(count, key=lambda name: (-count[name], name))[:TOP]
