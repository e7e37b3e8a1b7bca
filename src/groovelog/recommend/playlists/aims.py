"""What a playlist is to sound like: its own middle, or what is asked for instead; and how far a song is from it."""

import math
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Final

from groovelog.recommend.playlists.songs import Song

ENERGY, MOOD, ACOUSTIC = "energy", "valence", "acousticness"
SOUND: Final = (ENERGY, MOOD, ACOUSTIC, "danceability")
# How much each tells of whether a song fits: what is asked for first of all.
ASKED_WEIGHT: Final = 6.0
UNTOLD: Final = 0.5  # as far as half the scale, where a reference does not tell it

Aim = Mapping[str, float]


def middle(songs: Iterable[Song]) -> dict[str, float]:
    """The median of each audio feature, over the songs that tell it; what none tells is left out."""
    told = {name: [value for song in songs if (value := getattr(song, name)) is not None] for name in (*SOUND, "tempo")}
    return {name: median(values) for name, values in told.items() if values}


def octaves(one: float, other: float) -> float:
    """How far two tempos are apart, 0 to 0.5 octaves: half and double time are none.

    >>> octaves(70, 140), round(octaves(100, 150), 3)
    (0.0, 0.415)
    """
    steps = math.log2(one / other)
    return abs(steps - round(steps))


def distance(song: Song, aim: Aim, asked: Iterable[str] = ()) -> float:
    """The root of the weighted mean of squared differences, 0 to 1; `asked` features weigh `ASKED_WEIGHT`."""
    squares = weights = 0.0
    for name, value in aim.items():
        told = getattr(song, name)
        if told is None:
            apart = UNTOLD
        elif name == "tempo":
            apart = 2 * octaves(told, value)
        else:
            apart = told - value
        weight = ASKED_WEIGHT if name in asked else 1.0
        squares += weight * apart**2
        weights += weight
    return math.sqrt(squares / weights) if weights else 0.0
