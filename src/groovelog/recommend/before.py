"""What was known before each row of a table in order of time, group by group: counts, sums, windows, the last one.

Rows that are not `real` are asked about and change nothing for the others. Sums are of whole numbers, so that they are exact:
a table cut short has the very same for the rows that are left.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from groovelog.recommend.songs import Floats, Ints

Bools = NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)


class Before:
    """Rows in order of `at` (µs, ascending), in the groups that `group` numbers; all arrays are one value per row."""

    def __init__(self, group: Ints, at: Ints, real: Bools) -> None:
        self._order = np.argsort(group, kind="stable")
        self._real = real[self._order]
        ordered = group[self._order]
        changes = np.diff(ordered, prepend=ordered[:1] - 1) != 0
        number = np.cumsum(changes) - 1
        self._opens = np.flatnonzero(changes)[number] if len(group) else number
        # (group, time) as one ascending number, to look up where a window begins.
        since = at[self._order] - (at[0] if len(at) else 0)
        self._span = int(since.max(initial=0)) + 1
        self._base = number * self._span
        self._since = since
        self._rows = np.arange(len(group))

    def sum(self, values: Ints, window_us: int | None = None) -> Ints:
        """The sum over the real rows before each row in its group; with a window, over those that began within it."""
        counted = np.where(self._real, values[self._order], 0)
        total = np.concatenate([[0], np.cumsum(counted)])
        first = self._opens
        if window_us is not None:
            earliest = self._base + np.maximum(self._since - window_us, 0)
            first = np.searchsorted(self._base + self._since, earliest)
        return self._back(total[self._rows] - total[first])

    def count(self, window_us: int | None = None) -> Ints:
        """The number of real rows before each row in its group."""
        return self.sum(np.ones(len(self._order), dtype=np.int64), window_us)

    def last(self, values: Floats) -> Floats:
        """The value of the last real row before each row in its group; NaN where there is none."""
        return self._at(self._last_real(), values)

    def first(self, values: Floats) -> Floats:
        """The value of the first real row of the group, where that lies before the row; NaN where it does not."""
        reached = self._last_real()
        # Of each group the first real row: the smallest place among its rows.
        places = np.where(self._real, self._rows, len(self._rows))
        firsts = np.minimum.reduceat(places, np.unique(self._opens)) if len(places) else places
        first = firsts[self._base // self._span] if len(places) else places
        return self._at(np.where(reached >= 0, first, -1), values)

    def _last_real(self) -> Ints:
        """The place, in the order of groups, of the last real row before each; -1 where its group has none."""
        places = np.maximum.accumulate(np.where(self._real, self._rows, -1))
        before = np.concatenate([[-1], places[:-1]]) if len(places) else places
        return np.where(before >= self._opens, before, -1)

    def _at(self, places: Ints, values: Floats) -> Floats:
        found = np.where(places >= 0, values[self._order][places], np.nan)
        back: Floats = self._back(found)
        return back

    def _back(self, values: NDArray[T]) -> NDArray[T]:
        back = np.empty_like(values)
        back[self._order] = values
        return back
