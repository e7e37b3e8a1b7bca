"""The order of a playlist: from a good first one by moves to a local optimum, and from there on by kicks.

The first order gives every place the track whose energy it asks for: of the arc alone that is the best assignment, since in
one dimension the sorted matches the sorted. Moves are exchanges, reversals (2-opt, Croes 1958) and blocks moved past others
(Or-opt, Or 1976), all of them tried at every place at once; those that save most and do not touch each other are made together.
In long lists they reach a few dozen places, and exchanges also go to places far away that ask for the same energy.
Kicks and searching again are iterated local search (Lourenço, Martin and Stützle 2003). What ends it is counted in rounds,
never by the clock: the same playlist gets the same order on every machine.
"""

from dataclasses import dataclass
from itertools import permutations
from typing import Final

import numpy as np

from groovelog.recommend.playlists.bound import lower_bound
from groovelog.recommend.playlists.changes import AT_ONCE, exchanges, savings
from groovelog.recommend.playlists.costs import APART, Costs, Ints
from groovelog.recommend.playlists.moves import moves

SEED: Final = 20_240_229
LEAST: Final = 1e-9  # what saves less is a difference in the last digits
# How far a move reaches, in places, and how many rounds at most, by the number of tracks: a round is n × moves.
REACH: Final = ((AT_ONCE, AT_ONCE), (300, 32), (2_000, 24), (10**9, 12))
ROUNDS: Final = 400
KICKS: Final = ((40, 60), (70, 30), (100, 10), (10**9, 0))
STRETCH: Final = 8  # tracks that a kick takes with it: far from its place a track is no better
EXACT: Final = 7  # up to so many tracks every order is looked at: 5,040


def ordered(costs: Costs, given: Ints | None = None, seed: int = SEED) -> Ints:
    """Which track is to be at each place, shape (n,); `given` is an order that is not to be made worse."""
    tracks = len(costs)
    if tracks < 2:
        return np.arange(tracks)
    if tracks <= EXACT:
        return _best_of_all(costs)
    best = searched(costs, _by_energy(costs))
    least = costs.of(best)
    if given is not None and (tracks <= AT_ONCE or costs.of(given) < least):
        best = min(best, searched(costs, given), key=costs.of)
        least = costs.of(best)
    random = np.random.default_rng(seed)
    for _ in range(_by_size(KICKS, tracks)):
        found = searched(costs, _kicked(best, random))
        if (cost := costs.of(found)) < least - LEAST:
            best, least = found, cost
    return best


def _by_size(table: tuple[tuple[int, int], ...], tracks: int) -> int:
    return next(value for most, value in table if tracks <= most)


def _by_energy(costs: Costs) -> Ints:
    order = np.empty(len(costs), dtype=np.intp)
    order[np.argsort(costs.targets, kind="stable")] = np.argsort(costs.energies, kind="stable")
    return order


def _best_of_all(costs: Costs) -> Ints:
    every = (np.array(order) for order in permutations(range(len(costs))))
    return min(every, key=costs.of)


def _kicked(order: Ints, random: np.random.Generator) -> Ints:
    """Two neighbouring stretches changed about (a double bridge), which no single move can take back."""
    one = int(random.integers(len(order) - 1))
    two = one + 1 + int(random.integers(min(STRETCH, len(order) - one - 1)))
    three = two + 1 + int(random.integers(min(STRETCH, len(order) - two))) if two < len(order) else two
    return np.concatenate((order[:one], order[two:three], order[one:two], order[three:]))


def searched(costs: Costs, order: Ints) -> Ints:
    """The local optimum that is reached from an order."""
    reach = _by_size(REACH, len(order))
    for _ in range(ROUNDS):
        better = _round(costs, order, reach)
        if better is None and len(order) > AT_ONCE:
            better = _exchanged(costs, order, reach)
        if better is None:
            break
        order = better
    return order


def _round(costs: Costs, order: Ints, reach: int) -> Ints | None:
    """The order after the moves that save most and do not touch each other; None where none saves anything."""
    found = savings(costs, order, reach, LEAST)
    if not found.first.size:
        return None
    tried = moves(len(order), reach)
    after = order.copy()
    touched = np.zeros(len(order) + 2 * APART, dtype=bool)
    for chosen in np.lexsort((found.number, found.first, found.change)):
        start, move = found.first[chosen], tried[found.number[chosen]]
        # With a margin: pairs of tracks across two windows would otherwise be counted by both.
        if touched[start : start + move.length + 2 * APART].any():
            continue
        touched[start + APART : start + APART + move.length] = True
        after[start : start + move.length] = order[start + np.array(move.window)]
    return after


def _exchanged(costs: Costs, order: Ints, reach: int) -> Ints | None:
    """The order after the exchanges over a distance that save most and do not touch each other; None where none saves."""
    found = exchanges(costs, order, reach, LEAST)
    if not found.one.size:
        return None
    after = order.copy()
    touched = np.zeros(len(order) + 2 * APART, dtype=bool)
    for chosen in np.lexsort((found.other, found.one, found.change)):
        pair = (int(found.one[chosen]), int(found.other[chosen]))
        if any(touched[place : place + 2 * APART + 1].any() for place in pair):
            continue
        for place in pair:
            touched[place + APART] = True
        after[list(pair)] = order[list(reversed(pair))]
    return after


@dataclass(frozen=True)
class Found:
    """An order, what it costs, and that no order costs less than `bound`."""

    order: Ints
    cost: float
    bound: float

    @property
    def gap(self) -> float | None:
        """By what share the cost may be above the least possible; None where the bound is 0."""
        return (self.cost - self.bound) / self.bound if self.bound > LEAST else None


def best_order(costs: Costs, given: Ints) -> Found:
    """The best order that is found from a given one, and how far it can be from the best there is."""
    order = ordered(costs, given)
    cost = costs.of(order)
    return Found(order, cost, cost if len(costs) <= EXACT else lower_bound(costs, cost))
