"""The marks of artists: their clock prints, drawn of the whole record, so that a name keeps its mark in every period."""

from collections.abc import Mapping, Sequence

from groovelog.dashboard import components
from groovelog.dashboard.asked import Asked
from groovelog.errors import NothingToTell

KNOWN = 100  # artists
PLAYS_OF_HOUR = 150  # an hour of fewer says nothing of who is played in it
LEAST_HOURS = 6  # rays, or it is no mark

Marks = Mapping[str, Sequence[float]]


def of_artists(asked: Asked) -> Marks:
    """By name for each hour the share that the artist has of its plays, of those whose hours tell enough."""
    try:
        rows = asked.ever("artist-hours", top=KNOWN).rows.to_pylist()
    except NothingToTell:
        return {}
    hours: dict[str, list[float]] = {}
    for row in rows:
        if row["plays_of_hour"] >= PLAYS_OF_HOUR:
            hours.setdefault(row["artist_name"], [0.0] * 24)[row["hour"]] = row["share_of_hour"]
    return {name: shares for name, shares in hours.items() if sum(1 for share in shares if share) >= LEAST_HOURS}


def mark(marks: Marks, name: str) -> str:
    """The print, else the first letter."""
    return components.print_disc(name, marks[name]) if name in marks else components.disc(name)
