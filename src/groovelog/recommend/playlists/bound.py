"""What no order of a playlist can cost less than: the other half of an optimisation that says how good it is.

Of not too many tracks it is the cheapest walk over the places that may meet a track several times, or never (the state-space
relaxation of Picard and Queyranne 1978, and Christofides, Mingozzi and Toth 1981), with a price for each track that is raised
where it is met too often: Lagrangian relaxation by subgradient steps (Held and Karp 1971). It knows arc and steps at once.

Of more it is the least spanning tree, with prices in the same way (the 1-tree of Held and Karp 1970): every order is a tree.
It knows the steps and not the arc. A second one knows arc and energy, and nothing else: the cheapest curve, of whatever
energies. The better of both is told. Tracks of one artist with others between them are left out everywhere, which can only make
a bound smaller.
"""

from typing import Final

import numpy as np

from groovelog.recommend.playlists.costs import WEIGHTS, Costs, Floats, Ints

# Up to so many tracks the walk is looked for: a round of it takes n³ steps, one of the tree n².
WALKED: Final = 300
WALK_STEPS, TREE_STEPS = 800_000_000, 100_000_000
MOST_ROUNDS, LEAST_ROUNDS = 600, 2
# A subgradient step reaches for the best order known; after so many rounds without a better bound it is halved.
PATIENCE: Final = 10


def lower_bound(costs: Costs, best: float, walked_to: int = WALKED) -> float:
    """What no order costs less than; `best` is the cost of one that is known, which no bound exceeds.

    Of more than `walked_to` tracks it is that of the tree.
    """
    tracks = len(costs)
    if tracks < 2:
        return best
    walked = tracks <= walked_to
    steps = WALK_STEPS // tracks**3 if walked else TREE_STEPS // tracks**2
    rounds = min(max(steps, LEAST_ROUNDS), MOST_ROUNDS)
    found = _raised(_walk(costs) if walked else _Tree(costs), tracks, best, rounds)
    return min(max(found, _smooth(costs.targets), 0.0), best)


def _smooth(targets: Floats) -> float:
    """The least cost of arc and energy steps of any curve x: arc Σ(x - target)² + energy Σ(step of x)².

    Where its derivative is 0 stands a tridiagonal system, solved by elimination; the cost there is arc Σ target (target - x).
    """
    arc, step = WEIGHTS["arc"], WEIGHTS["energy"]
    places = len(targets)
    above, right = [0.0] * places, [0.0] * places
    for place in range(places):
        neighbours = (place > 0) + (place < places - 1)
        pivot = arc + step * neighbours + (step * above[place - 1] if place else 0.0)
        above[place] = -step / pivot
        right[place] = (arc * targets[place] + (step * right[place - 1] if place else 0.0)) / pivot
    curve = np.empty(places)
    curve[-1] = right[-1]
    for place in range(places - 2, -1, -1):
        curve[place] = right[place] - above[place] * curve[place + 1]
    return float(arc * (targets @ (targets - curve)))


def _raised(relaxed: "_Walk | _Tree", tracks: int, best: float, rounds: int) -> float:
    """The best bound of so many rounds: prices go up for tracks met too often, down for those met too rarely."""
    prices = np.zeros(tracks)
    highest, reach, waited = -np.inf, 1.0, 0
    for _ in range(rounds):
        bound, excess = relaxed.solved(prices)
        if bound > highest:
            highest, waited = bound, 0
        else:
            waited += 1
            if waited >= PATIENCE:
                reach, waited = reach / 2, 0
        length = float(excess @ excess)
        if not length:  # an order: nothing is better
            break
        prices += reach * max(best - bound, 1e-6) / length * excess
    return float(highest)


class _Walk:
    """The cheapest walk over all places, at the prices of the tracks that it meets."""

    def __init__(self, placed: Floats, steps: Floats) -> None:
        self._placed = placed  # tracks × places
        self._steps = steps

    def solved(self, prices: Floats) -> tuple[float, Floats]:
        """The bound at these prices, and for each track how much more often than once it is met.

        Walks that go back where they came from are left out (Houck, Picard, Queyranne and Vemuganti 1980): so each track is
        reached in its two cheapest ways, from different tracks.
        """
        tracks, places = self._placed.shape
        every = np.arange(tracks)
        cost = np.stack((self._placed[:, 0] + prices, np.full(tracks, np.inf)))
        came = np.full((places, 2, tracks), -1, dtype=np.intp)
        for place in range(1, places):
            through = cost[0][:, None] + self._steps
            back = came[place - 1, 0]
            if place > 1:
                through[every, back] = cost[1] + self._steps[every, back]
            here = self._placed[:, place] + prices
            for way in range(2):
                came[place, way] = through.argmin(axis=0)
                cost[way] = through[came[place, way], every] + here
                through[came[place, way], every] = np.inf
        return float(cost[0].min() - prices.sum()), self._met(came, int(cost[0].argmin()))

    @staticmethod
    def _met(came: Ints, at: int) -> Floats:
        """How much more often than once each track is met by the cheapest walk, which ends `at` one."""
        places, _, tracks = came.shape
        excess = np.full(tracks, -1.0)
        way = 0
        for place in range(places - 1, -1, -1):
            excess[at] += 1
            before = int(came[place, way, at])
            # A track that was itself reached from here was reached in its second way.
            way, at = int(place > 1 and came[place - 1, 0, before] == at), before
        return excess


def _walk(costs: Costs) -> _Walk:
    tracks = np.arange(len(costs))
    steps = costs.between(tracks[:, None], tracks[None, :]).copy()
    np.fill_diagonal(steps, np.inf)
    return _Walk(costs.at(tracks[:, None], tracks[None, :]), steps)


class _Tree:
    """The least spanning tree of the tracks, with a beginning and end that costs nothing but the prices."""

    def __init__(self, costs: Costs) -> None:
        self._costs = costs

    def solved(self, prices: Floats) -> tuple[float, Floats]:
        """The bound at these prices, and for each track how many more neighbours than two it has."""
        tracks = len(prices)
        degree = np.zeros(tracks)
        near = np.full(tracks, np.inf)
        came = np.zeros(tracks, dtype=np.intp)
        outside = np.ones(tracks, dtype=bool)
        every: Ints = np.arange(tracks)
        at, total = 0, 0.0
        for _ in range(tracks - 1):
            outside[at] = False
            step = self._costs.between(np.full(tracks, at), every) + prices[at] + prices
            better = outside & (step < near)
            near[better], came[better] = step[better], at
            at = int(np.where(outside, near, np.inf).argmin())
            total += near[at]
            degree[at] += 1
            degree[came[at]] += 1
        ends = np.argpartition(prices, 1)[:2]
        degree[ends] += 1
        return float(total + prices[ends].sum() - 2 * prices.sum()), degree - 2
