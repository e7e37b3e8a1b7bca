"""What an order looks like: its curve, and how smooth it is, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import mean

from groovelog.recommend.playlists import aims, camelot
from groovelog.recommend.playlists.costs import APART
from groovelog.recommend.playlists.songs import Song


@dataclass(frozen=True)
class Point:
    """One place of a playlist, from 1; what is not known of its song is None. `wanted` is the energy of the arc there."""

    place: int
    name: str
    artist: str
    energy: float | None
    tempo: float | None
    camelot: str | None
    wanted: float | None = None


@dataclass(frozen=True)
class Smoothness:
    """Means over the steps from each song whose sound is known to the next such.

    `energy_step` 0 to 1, `tempo_step` in octaves of the nearest of half, same and double time (0 to 0.5), `harmonic` steps of
    at most one on the Camelot wheel, among `keyed`, the steps that tell it; None where no step tells it. `crowded` are pairs
    of songs of one artist at most three places apart.
    """

    energy_step: float | None
    tempo_step: float | None
    harmonic: int
    keyed: int
    crowded: int


def curve(songs: Sequence[Song], wanted: Sequence[float | None] = ()) -> list[Point]:
    """The points of a playlist in its order."""
    told = wanted or [None] * len(songs)
    return [
        Point(place, song.name, song.artist, song.energy, song.tempo, song.camelot, target)
        for place, (song, target) in enumerate(zip(songs, told, strict=True), 1)
    ]


def smoothness(songs: Sequence[Song]) -> Smoothness:
    """How smooth an order is."""
    steps = list(pairwise(song for song in songs if song.energy is not None))
    energy = [abs((one.energy or 0.0) - (other.energy or 0.0)) for one, other in steps]
    tempo = [aims.octaves(one.tempo, other.tempo) for one, other in steps if one.tempo and other.tempo]
    places = [(camelot.place(one.key, one.mode), camelot.place(other.key, other.mode)) for one, other in steps]
    keyed = [camelot.distance(one, other) for one, other in places if one and other]
    near = (pair for first in range(len(songs)) for pair in combinations(songs[first : first + APART + 1], 2))
    crowded = {
        (id(one), id(other)) for one, other in near if one.artist and one.artist.casefold() == other.artist.casefold()
    }
    return Smoothness(
        mean(energy) if energy else None,
        mean(tempo) if tempo else None,
        sum(steps_apart <= 1 for steps_apart in keyed),
        len(keyed),
        len(crowded),
    )
