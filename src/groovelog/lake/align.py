"""Which row belongs to which play, where several could: the best set of pairs in which no two cross.

Two sources see plays in one order, whatever their clocks say; so of several plays of one track and several rows that may
tell of them, the pairs chosen keep the order.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from statistics import median

# What a pair is worth before its cost, in seconds: a pair that costs more is none, and two pairs beat a closer single one
# unless they cost so much more.
WORTH = 150.0
# Seconds apart cost one each up to the drift of a scrobbler; beyond it only a pause explains them, and any pause equally.
PLAIN_S, PAUSED_RATE = 92.0, 1 / 40
# Where the pairs nearby agree on how far two clocks are apart, that is taken off first.
NEARBY_MS = 30 * 60 * 1000
ENOUGH_NEARBY = 3
MOST_SPREAD_S = 15.0
# The Web API's instant is the end of a play, most often; with some players it is the start, as pairs nearby tell.
OTHER_END_S = 20
# Where nothing is asked of the names the clocks, their shift taken off, have to agree within 10 s and half of a rounding.
AT_ONCE = WORTH - 10


@dataclass(frozen=True)
class Edge:
    """A play and a row that may be one.

    `play_at` and `other_at` order each side (ms, then row_key). `apart` is how much later the row has it than the play, in
    seconds, and `end_apart` the same if the Web API's instant is the other end of the play; None where it cannot be, both
    where the lengths alone decide. `extra` is the cost of all else. `clocks` names the sources compared. `at_once`: nothing
    but the time speaks for it, so that the shift of the clocks has to be known.
    """

    play: int
    other: int
    play_at: tuple[int, int]
    other_at: tuple[int, int]
    apart: float | None
    end_apart: float | None
    extra: float
    clocks: str
    how: str = ""
    at_once: bool = False

    @property
    def timed(self) -> bool:
        return self.apart is None and self.end_apart is None


class Shifts:
    """What the pairs that leave no choice tell of the others: (clocks, ms, seconds apart, whether by the other end)."""

    def __init__(self, sure: Iterable[tuple[str, int, float, bool]]) -> None:
        self._sure = {clocks: list(pairs) for clocks, pairs in groupby(sorted(sure), key=itemgetter(0))}
        self._moments = {clocks: [moment for _, moment, *_ in pairs] for clocks, pairs in self._sure.items()}
        self._known: dict[tuple[str, int], Nearby] = {}

    def near(self, clocks: str, moment: int) -> "Nearby":
        if (clocks, moment) not in self._known:
            self._known[clocks, moment] = self._near(clocks, moment)
        return self._known[clocks, moment]

    def _near(self, clocks: str, moment: int) -> "Nearby":
        moments = self._moments.get(clocks, [])
        first, last = bisect_left(moments, moment - NEARBY_MS), bisect_right(moments, moment + NEARBY_MS)
        near = self._sure.get(clocks, [])[first:last]
        by_end = 2 * sum(by_end for *_, by_end in near) > len(near)
        if len(near) < ENOUGH_NEARBY:
            return Nearby(None, by_end)
        middle = median([apart for _, _, apart, _ in near])
        agree = median([abs(apart - middle) for _, _, apart, _ in near]) <= MOST_SPREAD_S
        return Nearby(middle if agree else None, by_end)


@dataclass(frozen=True)
class Nearby:
    """Seconds to take off around a moment, None where too few pairs are near or they do not agree; and whether most of
    them say that the Web API's instants are the other end there."""

    shift: float | None
    by_end: bool


@dataclass(frozen=True)
class _Chain:
    worth: float
    edge: Edge | None = None
    before: "_Chain | None" = None


def chosen(edges: Iterable[Edge], shifts: Shifts) -> list[Edge]:
    """The pairs to join, of all that are possible.

    Sources that tell how long a play ran are joined by that, always the closest pair left: rounded to the minute, they may
    put short plays out of order. Everything else keeps the order.
    """
    best: list[Edge] = []
    for component in components(edges):
        timed = any(edge.timed for edge in component)
        best += _closest_first(component, shifts) if timed else aligned(component, shifts)
    return best


def _closest_first(edges: Sequence[Edge], shifts: Shifts) -> list[Edge]:
    taken: set[tuple[str, int]] = set()
    best = []
    for edge in sorted(edges, key=lambda edge: (cost(edge, shifts), edge.play_at[1], edge.other_at[1])):
        sides = {("play", edge.play), ("other", edge.other)}
        if cost(edge, shifts) < WORTH and not sides & taken:
            taken |= sides
            best.append(edge)
    return best


def aligned(edges: Sequence[Edge], shifts: Shifts) -> list[Edge]:
    """Of the sets of pairs that do not cross and share nothing, the one worth most."""
    plays = {edge.play: edge.play_at for edge in edges}
    others = {edge.other: edge.other_at for edge in edges}
    play_no = {play: number for number, play in enumerate(sorted(plays, key=plays.__getitem__))}
    other_no = {other: number for number, other in enumerate(sorted(others, key=others.__getitem__))}
    cells = sorted(
        ((play_no[edge.play], other_no[edge.other], edge) for edge in edges), key=lambda cell: (cell[0], cell[1])
    )
    # A Fenwick tree of the heaviest chain that ends among the first rows: n log n where a track was on repeat all night.
    tree = [_Chain(0.0)] * (len(others) + 1)
    for _, group in groupby(cells, key=lambda cell: cell[0]):
        grown = []
        for _, column, edge in group:
            worth = WORTH - cost(edge, shifts)
            if worth > 0:
                before = _heaviest(tree, column)
                grown.append((column, _Chain(before.worth + worth, edge, before)))
        for column, chain in grown:
            _put(tree, column + 1, chain)
    return _unwound(_heaviest(tree, len(others)))


def cost(edge: Edge, shifts: Shifts) -> float:
    """Seconds by which the row does not look like the play."""
    if edge.timed:
        return edge.extra
    near = shifts.near(edge.clocks, edge.other_at[0])
    if edge.at_once and near.shift is None:
        return WORTH
    return edge.extra + min(cost for cost, _ in _ways(edge, near))


def seconds_apart(edge: Edge, shifts: Shifts) -> float | None:
    """How much later the row has the play, in the way that costs less; None where the lengths alone decide."""
    ways = _ways(edge, shifts.near(edge.clocks, edge.other_at[0]))
    return min(ways)[1] if ways else None


def _ways(edge: Edge, near: Nearby) -> list[tuple[float, float]]:
    """Cost and seconds apart, for each way in which the instants may be meant."""
    shift = near.shift or 0.0
    ways = ((edge.apart, near.by_end), (edge.end_apart, not near.by_end))
    return [(_seconds_cost(abs(apart - shift)) + OTHER_END_S * odd, apart) for apart, odd in ways if apart is not None]


def _seconds_cost(apart: float) -> float:
    return apart if apart <= PLAIN_S else PLAIN_S + (apart - PLAIN_S) * PAUSED_RATE


def components(edges: Iterable[Edge]) -> list[list[Edge]]:
    """The edges in groups that share no play and no row."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        path = []
        while (up := root.setdefault(node, node)) != node:
            path.append(node)
            node = up
        for passed in path:
            root[passed] = node
        return node

    edges = list(edges)
    for edge in edges:
        root[find(("play", edge.play))] = find(("other", edge.other))
    groups: dict[tuple[str, int], list[Edge]] = {}
    for edge in edges:
        groups.setdefault(find(("play", edge.play)), []).append(edge)
    return list(groups.values())


def _heaviest(tree: list[_Chain], width: int) -> _Chain:
    best = tree[0]
    while width > 0:
        if tree[width].worth > best.worth:
            best = tree[width]
        width -= width & -width
    return best


def _put(tree: list[_Chain], column: int, chain: _Chain) -> None:
    while column < len(tree):
        if chain.worth > tree[column].worth:
            tree[column] = chain
        column += column & -column


def _unwound(chain: _Chain | None) -> list[Edge]:
    edges = []
    while chain is not None and chain.edge is not None:
        edges.append(chain.edge)
        chain = chain.before
    return edges
