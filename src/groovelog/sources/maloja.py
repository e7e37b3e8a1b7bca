"""Maloja's export, maloja_export_TIME.json: {"maloja": {"export_time": …}, "scrobbles": [{"time": …, "track": …}, …]}.

`time` is the start of a play in seconds, `duration` the time listened, `length` that of the track. Exports before 3.2.3
lack the head, those before 3.2 the album; rows of version 2 have title, artists and album beside the time.
"""

from collections.abc import Iterator
from typing import IO, Any

from groovelog.sources.flat import artists, json_list, milliseconds
from groovelog.sources.look import OBJECT, Look
from groovelog.sources.source import SCROBBLER_DRIFT_S, Row, Source, flattened

MARKS = (
    ("maloja.export_time", "scrobbles"),
    ("scrobbles.item.time", "scrobbles.item.track.title"),
    ("scrobbles.item.time", "scrobbles.item.track.artists"),
    ("scrobbles.item.time", "scrobbles.item.title", "scrobbles.item.artists"),
)


def seen(look: Look) -> bool:
    return look.form == OBJECT and (look.paths == {"scrobbles"} or any(look.shows(*mark) for mark in MARKS))


def rows(stream: IO[bytes]) -> Iterator[Row]:
    return flattened(json_list(stream, "scrobbles"), flat)


def flat(scrobble: dict[str, Any]) -> Row:
    track = scrobble.get("track", scrobble)
    told = track.get("artists") or []
    listed = artists([told] if isinstance(told, str) else told)
    return {
        "time": scrobble.get("time"),
        "duration": milliseconds(scrobble.get("duration")),
        "length": milliseconds(track.get("length")),
        "title": track.get("title"),
        "artist": ", ".join(listed),
        "artists": "\n".join(listed),
        "album": _title(track.get("album")),
    }


def _title(album: Any) -> Any:
    """Of an album its title, which was its name in some versions; an album told as text is its title."""
    return album.get("albumtitle", album.get("name")) if isinstance(album, dict) else album


MALOJA = Source(
    name="maloja",
    title="Maloja scrobbles",
    trust=12,
    trust_with_length=42,
    tells="start",
    seen=seen,
    rows=rows,
    time_key="time",
    epoch=True,
    length_key="duration",
    texts={"track_name": "title", "artist_name": "artist", "credited_artists": "artists", "album_name": "album"},
    numbers={"length_ms": "length"},
    earliest="2002-10-01",
    drift_s=SCROBBLER_DRIFT_S,
    forms_vary=True,
    may_differ=frozenset({"ms_played", "credited_artists", "album_name", "length_ms"}),
)
