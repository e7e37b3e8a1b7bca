"""The moves of a local search, each as a window of places whose tracks change places among themselves.

A move of length L at place i puts at place i + r the track that was at place i + `window[r]`. What it changes is known
without looking at all pairs: pairs of tracks that stay as far apart as they were cost what they did.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from groovelog.recommend.playlists.costs import APART

# A block of so many tracks is moved past others, as Or (1976) has it.
LONGEST_BLOCK = 3

# How many places apart, and both places, counted from the first place of the window.
Pair = tuple[int, int, int]


@dataclass(frozen=True)
class Move:
    """`gained` are pairs of old places whose tracks come so near by the move, `lost` those that no longer are."""

    window: tuple[int, ...]
    gained: tuple[Pair, ...]
    lost: tuple[Pair, ...]

    @property
    def length(self) -> int:
        return len(self.window)


@lru_cache(maxsize=8)
def moves(places: int, reach: int) -> tuple[Move, ...]:
    """All moves of at most `reach` places: exchanges of two tracks, reversals (2-opt), blocks moved (Or-opt)."""
    windows = dict.fromkeys(window for window in _windows(reach) if len(window) <= places)
    return tuple(_move(window) for window in windows)


def _windows(reach: int) -> Iterator[tuple[int, ...]]:
    for length in range(2, reach + 1):
        inside = tuple(range(1, length - 1))
        yield (length - 1, *inside, 0)
        yield tuple(reversed(range(length)))
        for block in range(1, min(LONGEST_BLOCK, length - 1) + 1):
            yield (*range(block, length), *range(block))
            yield (*range(length - block, length), *range(length - block))


def _move(window: tuple[int, ...]) -> Move:
    length = len(window)
    around = range(-APART, length + APART)
    now = {place: window[place] if 0 <= place < length else place for place in around}
    gained: list[Pair] = []
    lost: list[Pair] = []
    where = {track: place for place, track in now.items()}
    for place in around:
        for steps in range(1, APART + 1):
            other = place + steps
            if other not in now:
                continue
            if abs(now[other] - now[place]) != steps:
                gained.append((steps, now[place], now[other]))
            if abs(where[other] - where[place]) != steps:
                lost.append((steps, place, other))
    return Move(window, tuple(gained), tuple(lost))
