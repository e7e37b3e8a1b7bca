"""Arcs: how loud each place of a playlist is to be.

An arc says which place is louder than which, not how loud: the targets are the playlist's own energies, dealt to the places by
the rank of the arc's shape. So every arc can be met exactly, and a quiet playlist stays a quiet one.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FLAT, WARM_UP, PEAK, COOL_DOWN = "flat", "warm-up", "peak", "cool-down"
# Where the loudest place of a peak lies: behind the middle, as in a DJ set that has time to come down again.
SUMMIT: Final = 2 / 3
# A list of small steps alone would run from its stillest track to its loudest. Flat is level: waves of so many tracks, so
# that each stretch of that length is as loud as any other, and steps stay small all the same.
WAVE: Final = 12


def _flat(at: Floats) -> Floats:
    waves = max(round(len(at) / WAVE), 1)
    return 1 - np.abs(2 * ((at * waves + 0.25) % 1) - 1)


def _peak(at: Floats) -> Floats:
    return np.where(at <= SUMMIT, at / SUMMIT, (1 - at) / (1 - SUMMIT))


ARCS: Final[dict[str, Callable[[Floats], Floats]]] = {
    FLAT: _flat,
    WARM_UP: lambda at: at,
    PEAK: _peak,
    COOL_DOWN: lambda at: -at,
}
NAMES: Final = tuple(ARCS)
MEANINGS: Final = {
    FLAT: f"level: every stretch of {WAVE} tracks is about as loud as any other",
    WARM_UP: "from the stillest to the loudest",
    PEAK: "up to the loudest after two thirds, then down",
    COOL_DOWN: "from the loudest to the stillest",
}


def targets(arc: str, energies: Floats) -> Floats:
    """The energy wished for at each place, shape (n,): a permutation of `energies`."""
    shape = ARCS[arc](np.linspace(0.0, 1.0, len(energies)))
    wished = np.empty(len(energies))
    wished[np.argsort(shape, kind="stable")] = np.sort(energies)
    return wished
