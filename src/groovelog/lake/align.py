"""Which row belongs to which play, where several could: the best set of pairs in which no two cross.

Two sources see plays in one order, whatever their clocks say; so of several plays of one track and several rows that may
tell of them, the pairs chosen keep the order.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
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
# Names that say nothing, or something else: the clocks, their shift taken off, have to agree within 10 s.
AT_ONCE = WORTH - 10


@dataclass(frozen=True)
class Edge:
    """A play and a row that may be one.

    `play_at` and `other_at` order each side (ms, then row_key). `apart` is how much later the row has it than the play, in
    seconds; None where the lengths alone decide. `extra` is the cost of all else. `clocks` names the sources compared.
    """

    play: int
    other: int
    play_at: tuple[int, int]
    other_at: tuple[int, int]
    apart: float | None
    extra: float
    clocks: str
    how: str = ""


class Shifts:
    """How far apart clocks are, from the pairs that leave no choice: (clocks, ms, seconds apart)."""

    def __init__(self, sure: Iterable[tuple[str, int, float]]) -> None:
        self._sure = {
            clocks: [(at, apart) for _, at, apart in pairs]
            for clocks, pairs in groupby(sorted(sure), key=lambda pair: pair[0])
        }

    def at(self, clocks: str, moment: int) -> float | None:
        """Seconds to take off around this moment; None where too few pairs are near, or they do not agree."""
        sure = self._sure.get(clocks, [])
        first = bisect_left(sure, moment - NEARBY_MS, key=lambda pair: pair[0])
        last = bisect_right(sure, moment + NEARBY_MS, key=lambda pair: pair[0])
        near = [apart for _, apart in sure[first:last]]
        if len(near) < ENOUGH_NEARBY:
            return None
        middle = median(near)
        return middle if median(abs(apart - middle) for apart in near) <= MOST_SPREAD_S else None


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
        timed = any(edge.apart is None for edge in component)
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
    if edge.apart is None:
        return edge.extra
    shift = shifts.at(edge.clocks, edge.other_at[0])
    if shift is None and edge.extra >= AT_ONCE:
        return WORTH
    apart = abs(edge.apart - (shift or 0.0))
    return edge.extra + (apart if apart <= PLAIN_S else PLAIN_S + (apart - PLAIN_S) * PAUSED_RATE)


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
