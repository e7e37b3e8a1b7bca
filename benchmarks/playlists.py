"""Orders of playlists against the two that are quickly had: sorted along the arc, and nearest neighbours; and against the bound.

    python -m benchmarks.playlists [TRACKS ...]

Songs are drawn at random: energy, tempo, key and artist have nothing to do with each other, which is harder than music is.
"""

import sys
import time
from typing import Any

import numpy as np

from benchmarks.measure import keep
from groovelog.recommend.playlists import arcs
from groovelog.recommend.playlists.bound import lower_bound
from groovelog.recommend.playlists.costs import Costs, Ints
from groovelog.recommend.playlists.ordering import ordered

SIZES = (30, 60, 100, 300, 1_000, 10_000)


def drawn(tracks: int, arc: str, seed: int = 1) -> Costs:
    dice = np.random.default_rng(seed)
    energies = dice.beta(2, 2, tracks)
    return Costs(
        energies, arcs.targets(arc, energies), np.log2(dice.uniform(60, 190, tracks)), dice.integers(0, 24, tracks),
        dice.integers(0, max(tracks // 4, 2), tracks),
    )  # fmt: skip


def by_arc(costs: Costs) -> Ints:
    order = np.empty(len(costs), dtype=np.intp)
    order[np.argsort(costs.targets)] = np.argsort(costs.energies)
    return order


def nearest_neighbours(costs: Costs) -> Ints:
    """Place by place the track that costs least behind the one before."""
    every = np.arange(len(costs))
    free = np.ones(len(costs), dtype=bool)
    order = []
    for place in every:
        cost = costs.at(every, np.full(len(costs), place))
        if order:
            cost = cost + costs.between(np.full(len(costs), order[-1]), every)
        order.append(int(np.where(free, cost, np.inf).argmin()))
        free[order[-1]] = False
    return np.array(order)


def measured(tracks: int, arc: str) -> dict[str, Any]:
    costs = drawn(tracks, arc)
    began = time.process_time()
    order = ordered(costs, np.arange(tracks))
    searched = time.process_time()
    cost = costs.of(order)
    bound = lower_bound(costs, cost)
    bounded = time.process_time()
    return {
        "tracks": tracks, "arc": arc, "cost": round(cost, 2), "bound": round(bound, 2),
        "by_arc": round(costs.of(by_arc(costs)) / cost, 2),
        "nearest_neighbours": round(costs.of(nearest_neighbours(costs)) / cost, 2),
        "search_cpu_s": round(searched - began, 2), "bound_cpu_s": round(bounded - searched, 2),
    }  # fmt: skip


def main(sizes: tuple[int, ...] = SIZES) -> None:
    rows = [measured(tracks, arc) for tracks in sizes for arc in arcs.NAMES]
    for row in rows:
        print(row)
    keep("playlists.json", "random songs", rows, what="cost; by_arc and nearest_neighbours as multiples of it")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
