"""What an order costs: a sum of named penalties, so that a step can say what is wrong with it.

Each penalty is 0 for what nobody hears and 1 for the worst that there is; `WEIGHTS` says how much each matters. What is not
known of a track costs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from groovelog.recommend.playlists import camelot
from groovelog.recommend.playlists.songs import Song

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]

# arc     (energy - target of its place)²
# energy  (energy - energy of the track before)²
# tempo   (2 × octaves between the tempos, of the nearest of half, same and double time)²: 1 is the farthest, 1.41 × as fast
# key     ((Camelot steps - 1) / 6)²: one step is what DJs call harmonic, and costs nothing
# artist  of two tracks of one artist so many places apart: 1 for neighbours, down to 1/APART, and nothing beyond
WEIGHTS: Final = {"arc": 6.0, "energy": 3.0, "tempo": 1.0, "key": 0.4, "artist": 2.0}
APART: Final = 3
NEAR: Final = tuple((APART + 1 - steps) / APART for steps in range(1, APART + 1))
# Up to so many tracks all steps are kept as a matrix (8 bytes each); of more they are worked out when asked for.
DENSE: Final = 1_500

_PLACES = [(hour, ring) for ring in (camelot.MINOR, camelot.MAJOR) for hour in range(1, camelot.HOURS + 1)]
_UNTOLD = len(_PLACES)
_KEY_STEPS = np.zeros((_UNTOLD + 1, _UNTOLD + 1))
_KEY_STEPS[:_UNTOLD, :_UNTOLD] = [
    [(max(camelot.distance(one, other) - 1, 0) / (camelot.FARTHEST - 1)) ** 2 for other in _PLACES] for one in _PLACES
]


@dataclass(frozen=True)
class Costs:
    """The penalties of n tracks over n places: `energies`, `targets` (by place), `octaves` (log₂ of the tempo, NaN where it is
    not known), `keys` (places on the wheel), `artists` (equal numbers are one artist, -1 nobody).

    `kin` (the first artists, and a row of zeros, × places) is what a fixed track nearby costs a track of its artist there.
    """

    energies: Floats
    targets: Floats
    octaves: Floats
    keys: Ints
    artists: Ints
    kin: Singles | None = None

    def __len__(self) -> int:
        return len(self.energies)

    def at(self, tracks: Ints, places: Ints) -> Floats:
        """What it costs to have each of the tracks at each of the places, elementwise."""
        cost: Floats = WEIGHTS["arc"] * (self.energies[tracks] - self.targets[places]) ** 2
        if self.kin is None:
            return cost
        # Nobody is artist -1: that is the last row too, which is nothing.
        return cost + self.kin[np.minimum(self.artists[tracks], len(self.kin) - 1), places]

    def between(self, before: Ints, after: Ints) -> Floats:
        """What the steps cost, elementwise: energy, tempo and key, and two neighbours of one artist; the same both ways."""
        if len(self) <= DENSE:
            steps: Floats = self._steps[before, after]
            return steps
        return self._between(before, after)

    def apart(self, steps: int, before: Ints, after: Ints) -> Floats:
        """What it costs that tracks so many places apart, 2 to `APART`, are of one artist, elementwise."""
        near: Floats = WEIGHTS["artist"] * NEAR[steps - 1] * self._same(before, after)
        return near

    def of(self, order: Ints) -> float:
        """The whole cost of an order, shape (n,): which track is at each place."""
        return sum(self.named(order).values())

    def named(self, order: Ints) -> dict[str, float]:
        """The weighted penalties of an order by their names; their sum is its cost."""
        before, after = order[:-1], order[1:]
        arc = WEIGHTS["arc"] * (self.energies[order] - self.targets) ** 2
        near = self.at(order, np.arange(len(order))) - arc
        artist = float(near.sum()) + sum(
            WEIGHTS["artist"] * NEAR[steps - 1] * float(self._same(order[:-steps], order[steps:]).sum())
            for steps in range(1, min(APART, len(order) - 1) + 1)
        )
        parts = {name: float(values.sum()) for name, values in self._parts(before, after).items()}
        return {"arc": float(arc.sum()), **parts, "artist": artist}

    @cached_property
    def _steps(self) -> Floats:
        tracks = np.arange(len(self))
        return self._between(tracks[:, None], tracks[None, :])

    def _between(self, before: Ints, after: Ints) -> Floats:
        steps: Floats = WEIGHTS["artist"] * NEAR[0] * self._same(before, after)
        for values in self._parts(before, after).values():
            steps = steps + values
        return steps

    def _parts(self, before: Ints, after: Ints) -> dict[str, Floats]:
        octaves = self.octaves[after] - self.octaves[before]
        octaves = np.where(np.isnan(octaves), 0.0, octaves)
        return {
            "energy": WEIGHTS["energy"] * (self.energies[after] - self.energies[before]) ** 2,
            "tempo": WEIGHTS["tempo"] * (2 * (octaves - np.rint(octaves))) ** 2,
            "key": WEIGHTS["key"] * _KEY_STEPS[self.keys[before], self.keys[after]],
        }

    def _same(self, one: Ints, other: Ints) -> Floats:
        artists = self.artists[one]
        same: Floats = ((artists == self.artists[other]) & (artists >= 0)).astype(np.float64)
        return same


def costs_of(songs: Sequence[Song], places: Sequence[int], targets: Floats, fixed: Sequence[tuple[int, Song]]) -> Costs:
    """The penalties of songs whose energy is known over these places of a playlist, in which `fixed` ones keep theirs."""
    own = {song.artist.casefold() for song in songs if song.artist}
    # First those of whom a track is fixed: only they have rows in `kin`.
    numbers: dict[str, int] = {}
    kept = [(place, song.artist.casefold()) for place, song in fixed if song.artist.casefold() in own]
    near = [(place, numbers.setdefault(artist, len(numbers))) for place, artist in kept]
    kin = _kin(near, len(numbers), places) if near else None
    artists = [numbers.setdefault(song.artist.casefold(), len(numbers)) if song.artist else -1 for song in songs]
    return Costs(
        energies=np.array([song.energy for song in songs], dtype=np.float64),
        targets=targets,
        octaves=np.log2([song.tempo or np.nan for song in songs]),
        keys=np.array([_on_wheel(song) for song in songs], dtype=np.intp),
        artists=np.array(artists, dtype=np.intp),
        kin=kin,
    )


def _on_wheel(song: Song) -> int:
    at = camelot.place(song.key, song.mode)
    return _UNTOLD if at is None else _PLACES.index(at)


def _kin(near: Sequence[tuple[int, int]], artists: int, places: Sequence[int]) -> Singles:
    """What a fixed track, at a place and of an artist, costs others of its artist near it; the last row is nothing."""
    at = {place: number for number, place in enumerate(places)}
    kin = np.zeros((artists + 1, len(places)), dtype=np.float32)
    for place, artist in near:
        for steps in range(1, APART + 1):
            for other in (place - steps, place + steps):
                if other in at:
                    kin[artist, at[other]] += WEIGHTS["artist"] * NEAR[steps - 1]
    return kin
