"""Clock prints of artists: which of the day's hours are theirs."""

from collections.abc import Sequence
from typing import Any

from groovelog.dashboard.asked import Asked

HOURS = range(24)
ENOUGH_PLAYS = 150  # in an hour of the day, to speak of somebody's share of it


def of_artist(asked: Asked, artist: str) -> list[float]:
    """The artist's share of the counted plays of each hour; raw plays where no hour has enough of them.

    Raw plays of all artists look alike, because they copy the listener's own day.
    """
    every, own = (
        plays_by_hour(asked.ever("heatmap").rows.to_pylist()),
        plays_by_hour(asked.ever("heatmap", artist=artist).rows.to_pylist()),
    )
    shares = [mine / all_of if all_of >= ENOUGH_PLAYS else 0.0 for mine, all_of in zip(own, every, strict=True)]
    return shares if any(shares) else [float(mine) for mine in own]


def plays_by_hour(cells: Sequence[dict[str, Any]]) -> list[int]:
    return [sum(cell["plays"] for cell in cells if cell["hour"] == hour) for hour in HOURS]
