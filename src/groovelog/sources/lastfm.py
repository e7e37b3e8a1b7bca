"""Last.fm scrobbles: pages of user.getRecentTracks, as saved or as recenttracks-USER-TIME.json, and the same as CSV.

A scrobble tells the start of a play, to the second, and names; no length. All forms give the same rows. A file of JSON
holds one page, a list of pages, or a page a line; a page may be the bare list of its rows, or the only row of one.
"""

from collections.abc import Iterator
from functools import partial
from typing import IO, Any

from groovelog.sources.flat import NOW_PLAYING, is_json, json_values, table_rows
from groovelog.sources.look import TABLE, Look
from groovelog.sources.source import FAULT, SCROBBLER_DRIFT_S, Row, Source, flattened

PLACES = tuple(
    f"{file}{page}{row}"
    for file in ("", "item.")
    for page in ("", "recenttracks.track.", "track.")
    for row in ("", "item.")
)
# Lists of loved tracks lack the album.
COLUMNS = ("uts", "artist", "album", "track")


def seen(look: Look) -> bool:
    if look.form == TABLE:
        return look.has_columns(*COLUMNS)
    return any(
        look.shows(f"{place}name", f"{place}artist.#text") or look.shows(f"{place}name", f"{place}album.#text")
        for place in PLACES
    ) or look.shows("recenttracks.track")


def rows(stream: IO[bytes]) -> Iterator[Row]:
    return _of_json(stream) if is_json(stream) else _of_table(stream)


def _of_json(stream: IO[bytes]) -> Iterator[Row]:
    for value in json_values(stream):
        page = value
        for inside in ("recenttracks", "track"):
            page = page.get(inside, page) if isinstance(page, dict) else page
        yield from flattened(page if isinstance(page, list) else [page], flat)


def flat(scrobble: dict[str, Any]) -> Row:
    """A row of a page. Its artist is an object with the name under "#text", or under "name" in extended pages."""
    uts = (scrobble.get("date") or {}).get("uts")
    if not uts and str((scrobble.get("@attr") or {}).get("nowplaying")).casefold() == "true":
        return {FAULT: NOW_PLAYING}
    return {
        "uts": uts,
        "track": scrobble.get("name"),
        "artist": _name(scrobble.get("artist")),
        "album": _name(scrobble.get("album")),
    }


def _name(told: Any) -> Any:
    return told.get("#text", told.get("name")) if isinstance(told, dict) else told


def _of_table(stream: IO[bytes]) -> Iterator[Row]:
    table = table_rows(stream)
    header = [name.strip().casefold() for name in next(table)]
    yield from flattened(table, partial(_of_fields, header))


def _of_fields(header: list[str], fields: list[str]) -> Row:
    if len(fields) != len(header):
        return {FAULT: f"{len(fields)} fields, where the table has {len(header)} columns"}
    told = dict(zip(header, fields, strict=True))
    return {column: told[column] for column in COLUMNS}


LASTFM = Source(
    name="lastfm",
    title="Last.fm scrobbles",
    trust=13,
    tells="start",
    seen=seen,
    rows=rows,
    time_key="uts",
    epoch=True,
    texts={"track_name": "track", "artist_name": "artist", "album_name": "album"},
    earliest="2002-10-01",
    drift_s=SCROBBLER_DRIFT_S,
    forms_vary=True,
    may_differ=frozenset({"album_name"}),
)
