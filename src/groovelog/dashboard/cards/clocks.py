"""The marks of artists: their clock prints, drawn of the whole record, so that a name keeps its mark in every period."""

from collections.abc import Mapping, Sequence

from groovelog.dashboard import components
from groovelog.dashboard.asked import Asked
from groovelog.errors import NothingToTell

KNOWN = 100  # artists
PLAYS_OF_HOUR = 150  # an hour of fewer says nothing of who is played in it
LEAST_HOURS = 6  # rays, or it is no mark

Clocks = Mapping[str, Sequence[float]]


def of_artists(asked: Asked) -> Clocks:
    """By name for each hour the share that the artist has of its plays, of those whose hours tell enough."""
    try:
        rows = asked.ever("artist-hours", top=KNOWN).rows
    except NothingToTell:
        return {}
    hours: dict[str, list[float]] = {}
    columns = (rows[column].to_pylist() for column in ("artist_name", "hour", "plays_of_hour", "share_of_hour"))
    for name, hour, plays, share in zip(*columns, strict=True):
        if plays >= PLAYS_OF_HOUR:
            hours.setdefault(name, [0.0] * 24)[hour] = share
    return {name: shares for name, shares in hours.items() if sum(1 for share in shares if share) >= LEAST_HOURS}


def mark(clocks: Clocks, name: str) -> str:
    """The print, else the first letter."""
    return components.print_disc(name, clocks[name]) if name in clocks else components.disc(name)


def of_artist(asked: Asked, name: str) -> Sequence[float]:
    """The hours of the artist's mark; of one who has none the plays by hour, as they are."""
    known = of_artists(asked)
    return known[name] if name in known else plays_by_hour(asked.ever("heatmap", artist=name).values())


def plays_by_hour(cells: Sequence[Mapping[str, int]]) -> list[int]:
    """Of the cells of the week."""
    return [sum(cell["plays"] for cell in cells if cell["hour"] == hour) for hour in range(24)]
