"""ListenBrainz listens: listens/YYYY/M.jsonl of its zip, one JSON list (USER_lb-DATE.json), or pages of its API.

A listen tells the start of a play and names; what the submitting program added, often the length, sometimes the time
listened and the address at Spotify. The user's name is not read.
"""

import re
from collections.abc import Iterator
from typing import IO, Any

from groovelog.sources.flat import NOW_PLAYING, artists, json_values, milliseconds
from groovelog.sources.look import Look
from groovelog.sources.source import FAULT, SCROBBLER_DRIFT_S, Row, Source, flattened

PLACES = ("", "item.", "payload.listens.item.", "item.payload.listens.item.")
SPOTIFY_TRACK = re.compile(r"(?:spotify\.com/(?:[a-z-]+/)?|spotify:)track[/:]([0-9A-Za-z]{22})(?![0-9A-Za-z])")


def seen(look: Look) -> bool:
    return look.shows("payload.listens") or any(
        look.shows(f"{place}listened_at", f"{place}track_metadata.{name}")
        for place in PLACES
        for name in ("track_name", "artist_name")
    )


def rows(stream: IO[bytes]) -> Iterator[Row]:
    for value in json_values(stream):
        yield from flattened(_listens(value), flat)


def _listens(value: Any) -> list[Any]:
    """The listens of an API page; any other value is a listen itself."""
    payload = value.get("payload") if isinstance(value, dict) else None
    listens = payload.get("listens") if isinstance(payload, dict) else None
    return listens if isinstance(listens, list) else [value]


def flat(listen: dict[str, Any]) -> Row:
    if listen.get("playing_now") is True and not listen.get("listened_at"):
        return {FAULT: NOW_PLAYING}
    told = listen["track_metadata"]
    added = told.get("additional_info") or {}
    length = added.get("duration_ms")
    return {
        "listened_at": listen.get("listened_at"),
        "duration_played": milliseconds(added.get("duration_played")),
        "duration": milliseconds(added.get("duration")) if length is None else length,
        "track_name": told.get("track_name"),
        "artist_name": told.get("artist_name"),
        "release_name": told.get("release_name"),
        "artists": "\n".join(_credited(told.get("mbid_mapping") or {}, added)),
        "track_uri": _track_uri(added),
        "isrc": _text(added.get("isrc")),
        "platform": next(
            filter(None, (_text(added.get(key)) for key in ("media_player", "music_service", "submission_client"))),
            None,
        ),
    }


def _credited(mapping: dict[str, Any], added: dict[str, Any]) -> list[str]:
    """The artists as MusicBrainz credits them, else as the submitting program lists them."""
    if mapped := mapping.get("artists"):
        return artists([artist.get("artist_credit_name") for artist in mapped])
    listed = added.get("artist_names")
    return artists(listed) if isinstance(listed, list) else []


def _track_uri(added: dict[str, Any]) -> str | None:
    for key in ("spotify_id", "origin_url"):
        if match := SPOTIFY_TRACK.search(_text(added.get(key)) or ""):
            return f"spotify:track:{match[1]}"
    return None


def _text(told: Any) -> str | None:
    # Programs may add what they like; that costs them this, and not the listen.
    return told if isinstance(told, str) else None


LISTENBRAINZ = Source(
    name="listenbrainz",
    title="ListenBrainz listens",
    trust=14,
    trust_with_length=44,
    tells="start",
    seen=seen,
    rows=rows,
    time_key="listened_at",
    epoch=True,
    length_key="duration_played",
    texts={
        "track_uri": "track_uri",
        "track_name": "track_name",
        "artist_name": "artist_name",
        "album_name": "release_name",
        "credited_artists": "artists",
        "isrc": "isrc",
        "platform": "platform",
    },
    numbers={"length_ms": "duration"},
    earliest="2002-09-30 18:30:00",  # what ListenBrainz itself takes: the first of October in India
    drift_s=SCROBBLER_DRIFT_S,
    forms_vary=True,
    may_differ=frozenset({"ms_played", "track_uri", "album_name", "credited_artists", "isrc", "platform", "length_ms"}),
)
