"""Koito's export, koito_export_TIME.json: {"version": …, "user": …, "listens": [{"listened_at": …, "track": …}, …]}.

A listen tells the start of a play, and of track, album and each artist the aliases, one of which is primary. The user's
name is not read.
"""

from collections.abc import Iterator
from typing import IO, Any

from groovelog.sources.flat import artists, json_list, milliseconds
from groovelog.sources.look import OBJECT, Look
from groovelog.sources.source import SCROBBLER_DRIFT_S, Row, Source, flattened

MARKS = ("exported_at", "listens"), ("listens.item.listened_at", "listens.item.track.aliases")


def seen(look: Look) -> bool:
    return look.form == OBJECT and any(look.shows(*mark) for mark in MARKS)


def rows(stream: IO[bytes]) -> Iterator[Row]:
    return flattened(json_list(stream, "listens"), flat)


def flat(listen: dict[str, Any]) -> Row:
    track = listen["track"]
    told = sorted(listen.get("artists") or [], key=lambda artist: artist.get("is_primary") is not True)
    listed = artists([name(artist) for artist in told])
    return {
        "listened_at": listen.get("listened_at"),
        "duration": milliseconds(track.get("duration")),
        "track": name(track),
        "artist": ", ".join(listed),
        "artists": "\n".join(listed),
        "album": name(listen.get("album") or {}),
        "client": listen.get("client"),
    }


def name(thing: dict[str, Any]) -> Any:
    """The primary alias, else the first; None where there is none."""
    aliases = sorted(thing.get("aliases") or [], key=lambda alias: alias.get("is_primary") is not True)
    return aliases[0].get("alias") if aliases else None


KOITO = Source(
    name="koito",
    title="Koito listens",
    trust=11,
    tells="start",
    seen=seen,
    rows=rows,
    time_key="listened_at",
    texts={
        "track_name": "track",
        "artist_name": "artist",
        "credited_artists": "artists",
        "album_name": "album",
        "platform": "client",
    },
    numbers={"length_ms": "duration"},
    earliest="2002-10-01",
    drift_s=SCROBBLER_DRIFT_S,
    forms_vary=True,
    may_differ=frozenset({"credited_artists", "album_name", "platform", "length_ms"}),
)
