"""Last.fm scrobbles as the lastfm-to-csv page saves them: artist, album, track and "22 Nov 2026 10:00", without a header.

The start of a play in UTC, rounded down to the minute, and names; no length.
"""

import re
from collections.abc import Iterator
from typing import IO

from groovelog.sources.flat import NOW_PLAYING, table_rows
from groovelog.sources.look import TABLE, Look
from groovelog.sources.source import FAULT, SCROBBLER_DRIFT_S, Row, Source, flattened

FIELDS = 4
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATE = re.compile(rf"\s*([0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}}),? ([0-9]{{2}}:[0-9]{{2}})\s*")


def seen(look: Look) -> bool:
    """Whether more than half of the first rows end with such a date, as the fourth field."""
    dated = [len(row) == FIELDS and DATE.fullmatch(row[-1]) is not None for row in look.lines]
    return look.form == TABLE and sum(dated) * 2 > len(dated)


def rows(stream: IO[bytes]) -> Iterator[Row]:
    return flattened(table_rows(stream), flat)


def flat(fields: list[str]) -> Row:
    if len(fields) != FIELDS:
        return {FAULT: f"{len(fields)} fields, where artist, album, track and date are expected"}
    artist, album, track, date = fields
    if not date.strip():
        return {FAULT: NOW_PLAYING}
    return {"date": instant(date), "track": track, "artist": artist, "album": album}


def instant(date: str) -> str:
    """The date in ISO 8601; one of another form stays as it is, and is told as no time."""
    match = DATE.fullmatch(date)
    if match is None:
        return date
    day, month, year, clock = match.groups()
    return f"{year}-{MONTHS.index(month) + 1:02}-{day:>02}T{clock}:00Z"


LASTFM_MINUTES = Source(
    name="lastfm_minutes",
    title="Last.fm scrobbles to the minute",
    trust=10,
    tells="start",
    seen=seen,
    rows=rows,
    time_key="date",
    texts={"track_name": "track", "artist_name": "artist", "album_name": "album"},
    earliest="2002-10-01",
    rounded_s=60,
    drift_s=SCROBBLER_DRIFT_S,
    forms_vary=True,
    may_differ=frozenset({"album_name"}),
)
