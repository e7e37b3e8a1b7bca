"""Songs that sound alike: exact nearest neighbours by standardised audio features.

The distance is Euclidean over nine audio features, each less its mean and over its standard deviation in what is searched.
All are searched: 120,000 rows are one product of a matrix and a vector (|x - q|² = |x|² - 2 x·q + |q|²) and a partition.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groovelog.recommend.songs import AUDIO, Floats, Ints

# Those that say how a song sounds; key, mode, bars and length say little of that, and a key is no quantity.
SOUND = (
    "danceability", "energy", "loudness", "speechiness", "acousticness", "instrumentalness", "liveness", "valence", "tempo",
)  # fmt: skip
COLUMNS = [AUDIO.index(name) for name in SOUND]
Singles = NDArray[np.float32]


@dataclass(frozen=True)
class Sound:
    """A searchable set: `points` (rows × 9, float32, standardised) and `squares`, |x|² of each.

    `rows` are the places of the points among what was given: rows of which a feature is not known are left out.
    """

    rows: Ints
    points: Singles
    squares: Singles
    middle: Floats
    spread: Floats

    def place(self, audio: Floats) -> Singles:
        """Rows of AUDIO (n × 13) as points of this space (n × 9); what is not known is NaN."""
        placed: Singles = ((audio[:, COLUMNS] - self.middle) / self.spread).astype(np.float32)
        return placed


def sound(audio: Floats) -> Sound:
    """The set of the rows of AUDIO (n × 13, Spotify's units) of which all nine features are known."""
    nine = audio[:, COLUMNS]
    rows = np.flatnonzero(~np.isnan(nine).any(axis=1))
    known = nine[rows]
    middle = known.mean(axis=0) if len(rows) else np.zeros(len(SOUND))
    spread = known.std(axis=0) if len(rows) else np.ones(len(SOUND))
    spread = np.where(spread > 0, spread, 1.0)
    points = np.ascontiguousarray((known - middle) / spread, dtype=np.float32)
    return Sound(rows, points, np.einsum("ij,ij->i", points, points), middle, spread)


def nearest(space: Sound, point: Singles, count: int) -> tuple[Ints, Floats]:
    """The `count` nearest rows to a point (9), nearest first, and their distances; of equal ones the first row. Exact."""
    if not len(space.rows):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    # |q|² is the same for all: it is added to those that are returned alone.
    apart = space.squares - 2 * (space.points @ point)
    count = min(count, len(apart))
    # All that tie with the last one are candidates, so that which of them is taken depends on their order alone.
    cut = np.partition(apart, count - 1)[count - 1]
    near = np.flatnonzero(apart <= cut)
    distances = np.linalg.norm(space.points[near].astype(np.float64) - point, axis=1)
    order = np.lexsort((space.rows[near], distances))[:count]
    return space.rows[near][order], distances[order]


GROUPS = 24
ROUNDS = 20


def groups(space: Sound, rows: int, count: int = GROUPS, seed: int = 0) -> Ints:
    """Of `rows` songs the number of the group of those that sound alike; `count` for songs whose sound is not known.

    Lloyd's k-means (1982) from rows drawn without replacement; the same for a seed.
    """
    found = np.full(rows, count, dtype=np.int64)
    if not len(space.rows):
        return found
    drawn = np.random.default_rng(seed).choice(len(space.rows), min(count, len(space.rows)), replace=False)
    centres = space.points[drawn]
    for _ in range(ROUNDS):
        nearest_one = np.argmin((centres**2).sum(axis=1) - 2 * (space.points @ centres.T), axis=1)
        sizes = np.bincount(nearest_one, minlength=len(centres))
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest_one, space.points)
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres).astype(np.float32)
    found[space.rows] = nearest_one
    return found
