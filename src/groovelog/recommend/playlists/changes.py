"""What moves change of the cost of an order, all of them at all places: long lists move by move, short ones all at once."""

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from groovelog.recommend.playlists.costs import APART, Costs, Floats, Ints
from groovelog.recommend.playlists.moves import Move, moves

# Up to so many tracks numpy takes longer to be called than to add up: all moves are one sum.
AT_ONCE: Final = 100


class Saving(NamedTuple):
    """Moves that save something: the change of the cost, the first place of each, and its number among the moves."""

    change: Floats
    first: Ints
    number: Ints


def savings(costs: Costs, order: Ints, reach: int, least: float) -> Saving:
    """Every move of at most `reach` places that saves more than `least`."""
    if len(order) <= AT_ONCE:
        return _at_once(costs, order, reach, least)
    found: list[Saving] = []
    shifted = _Shifted(costs, order)
    for number, move in enumerate(moves(len(order), reach)):
        change = shifted.change(move)
        first = np.flatnonzero(change < -least)
        found.append(Saving(change[first], first, np.full(first.size, number)))
    return Saving(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _at_once(costs: Costs, order: Ints, reach: int, least: float) -> Saving:
    plan = _plan(len(order), reach)
    change = np.zeros(len(plan.first))
    tracks = order[plan.old]
    placed = costs.at(tracks, plan.new) - costs.at(tracks, plan.old)
    change += np.bincount(plan.moved, placed, len(change))
    for steps, (row, one, other, sign) in plan.pairs.items():
        before, after = order[one], order[other]
        cost = costs.between(before, after) if steps == 1 else costs.apart(steps, before, after)
        change += np.bincount(row, sign * cost, len(change))
    good = np.flatnonzero(change < -least)
    return Saving(change[good], plan.first[good], plan.number[good])


class Exchange(NamedTuple):
    """Pairs of places whose tracks change places: the change of the cost, and both places."""

    change: Floats
    one: Ints
    other: Ints


def exchanges(costs: Costs, order: Ints, reach: int, least: float) -> Exchange:
    """Exchanges that save more than `least`, over any distance, of places that ask for nearly the same energy.

    Such places are at most `reach` apart when all are sorted by their targets: the two sides of a peak, the waves of a flat list.
    """
    sorted_places = np.argsort(costs.targets, kind="stable")
    found: list[Exchange] = []
    for apart in range(1, min(reach, len(order) - 1) + 1):
        one, other = sorted_places[:-apart], sorted_places[apart:]
        far = np.abs(one - other) > 2 * APART  # nearer ones are moves, and have neighbours in common
        one, other = one[far], other[far]
        change = _replaced(costs, order, one, order[other]) + _replaced(costs, order, other, order[one])
        good = change < -least
        found.append(Exchange(change[good], one[good], other[good]))
    return Exchange(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _replaced(costs: Costs, order: Ints, places: Ints, tracks: Ints) -> Floats:
    """What it changes to have these tracks at these places, elementwise; their neighbours stay."""
    out = order[places]
    change = costs.at(tracks, places) - costs.at(out, places)
    for steps in range(1, APART + 1):
        for near in (places - steps, places + steps):
            inside = (near >= 0) & (near < len(order))
            neighbours = order[np.where(inside, near, 0)]
            if steps == 1:
                differs = costs.between(tracks, neighbours) - costs.between(out, neighbours)
            else:
                differs = costs.apart(steps, tracks, neighbours) - costs.apart(steps, out, neighbours)
            change = change + np.where(inside, differs, 0.0)
    return change


class _Plan(NamedTuple):
    """Every move at every place as rows: where it begins, which it is, which tracks it moves, which pairs it makes and breaks."""

    first: Ints
    number: Ints
    moved: Ints
    old: Ints
    new: Ints
    pairs: dict[int, tuple[Ints, Ints, Ints, Floats]]


@lru_cache(maxsize=8)
def _plan(places: int, reach: int) -> _Plan:
    firsts, numbers, moved, pairs = [], [], [], []
    rows = 0
    for number, move in enumerate(moves(places, reach)):
        first = np.arange(places - move.length + 1)
        row = rows + first
        rows += len(first)
        firsts.append(first)
        numbers.append(np.full(len(first), number))
        for into, out in enumerate(move.window):
            if into != out:
                moved.append(np.stack((row, first + out, first + into)))
        for sign, told in ((1, move.gained), (-1, move.lost)):
            for steps, one, other in told:
                inside = (first + min(one, other) >= 0) & (first + max(one, other) < places)
                pair = (row, first + one, first + other, np.full(len(row), sign), np.full(len(row), steps))
                pairs.append(np.stack(pair)[:, inside])
    of_moves = np.concatenate(moved, axis=1)
    of_pairs = np.concatenate(pairs, axis=1)
    by_steps = {}
    for steps in range(1, APART + 1):
        row, one, other, sign, _ = of_pairs[:, of_pairs[4] == steps]
        by_steps[steps] = row, one, other, sign.astype(np.float64)
    moving, old, new = of_moves
    return _Plan(np.concatenate(firsts), np.concatenate(numbers), moving, old, new, by_steps)


class _Shifted:
    """An order, and what moves change of its cost at all places at once."""

    def __init__(self, costs: Costs, order: Ints) -> None:
        self._costs = costs
        self._order = order
        self._length = len(order)
        # Tracks beyond both ends are nobody's: what is asked of them is left out.
        self._places = np.arange(self._length)
        self._at: dict[int, Floats] = {}
        self._pairs: dict[tuple[int, int], Floats] = {}

    def change(self, move: Move) -> Floats:
        """By how much the cost changes with the move at each place that it can begin at."""
        starts = self._length - move.length + 1
        change = self._placed(move, starts)
        for sign, pairs in ((1.0, move.gained), (-1.0, move.lost)):
            for steps, one, other in pairs:
                self._add(change, sign, steps, one, other)
        return change

    def _placed(self, move: Move, starts: int) -> Floats:
        """What the move changes of having tracks at places. Runs of tracks that move alike are sums of prefixes."""
        change = np.zeros(starts)
        for place, shift, run in _runs(move.window):
            sums = self._shift_sums(shift)
            first = place - shift  # the new place less the shift is where the tracks were
            change += sums[first + run : first + run + starts] - sums[first : first + starts]
        return change

    def _shift_sums(self, shift: int) -> Floats:
        """Prefix sums of what it changes that each track moves by `shift` places; 0 where that is beyond an end."""
        if shift not in self._at:
            inside = self._places[max(-shift, 0) : self._length - max(shift, 0)]
            tracks = self._order[inside]
            change = np.zeros(self._length)
            change[inside] = self._costs.at(tracks, inside + shift) - self._costs.at(tracks, inside)
            self._at[shift] = np.concatenate(([0.0], np.cumsum(change)))
        return self._at[shift]

    def _add(self, change: Floats, sign: float, steps: int, one: int, other: int) -> None:
        """Add what a pair of tracks costs, wherever both are in the playlist."""
        low, high = min(one, other), max(one, other)
        first, last = max(-low, 0), min(len(change), self._length - high)
        if first >= last:
            return
        before = self._order[low + first : low + last]
        after = self._order[high + first : high + last]
        cost = self._costs.between(before, after) if steps == 1 else self._costs.apart(steps, before, after)
        change[first:last] += sign * cost


def _runs(window: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Stretches of a window that move by the same: the new first place, by how many places, and how many tracks."""
    runs: list[tuple[int, int, int]] = []
    for place, old in enumerate(window):
        shift = place - old
        if not shift:
            continue
        if runs and runs[-1][1] == shift and runs[-1][0] + runs[-1][2] == place:
            runs[-1] = (runs[-1][0], shift, runs[-1][2] + 1)
        else:
            runs.append((place, shift, 1))
    return runs
