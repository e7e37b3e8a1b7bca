"""A first look at candidates, all at once: names that have hardly a letter in common need no close one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from groovelog.matching.grams import SOUNDS

# Shares of letters that the shorter text has in common with a stretch of the longer, in percent. Of 2,200 candidates of the
# tuning set that were the right one, none was below, except artists told by their initials; of the others, two in three.
LEAST_OF_ARTIST = 55
LEAST_OF_TITLE = 60
# Of the likeness of the artists most alike among a query's candidates.
LEAST_OF_THE_BEST = 0.62
NEAR_THE_BEST = 0.9
LONGEST_INITIALS = 5  # letters


@dataclass(frozen=True, slots=True)
class Letters:
    """Names as letters and digits alone: the title without its tails, the artists, and the title with guests and all.

    `lost`: an encoding took letters of the title away.
    """

    core: str
    who: str
    title: str
    lost: bool


def first_look(pairs: Sequence[tuple[Letters, Letters]], query: Sequence[int]) -> tuple[list[str], list[bool]]:
    """For each pair of a query and a row why it needs no close look, "" where it does; and whether the artists are as much
    alike as any of the query's, or nearly so. `query` numbers the queries."""
    alike = _alike([(one.who, other.who) for one, other in pairs])
    best = np.zeros(max(query, default=-1) + 1, np.float32)
    np.maximum.at(best, query, alike)
    artist = alike >= np.maximum(LEAST_OF_ARTIST, LEAST_OF_THE_BEST * best[query])
    short = [min(len(one.who), len(other.who)) <= LONGEST_INITIALS for one, other in pairs]
    artist |= np.array(short, bool)
    for at, told in ((0, 1), (1, 0)):  # an artist of one may be a guest in the other's title
        left = np.flatnonzero(~artist)
        artist[left] = _alike([(pairs[n][at].who, pairs[n][told].title) for n in left.tolist()]) >= LEAST_OF_ARTIST
    title = _alike([(one.core, other.core) for one, other in pairs]) >= LEAST_OF_TITLE
    title |= np.array([one.lost for one, _ in pairs], bool)
    why = np.where(artist, np.where(title, "", "other title"), "other artist")
    return why.tolist(), (alike >= NEAR_THE_BEST * best[query]).tolist()


def _alike(pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
    one, other = [left.translate(SOUNDS) for left, _ in pairs], [right.translate(SOUNDS) for _, right in pairs]
    alike: npt.NDArray[np.float32] = process.cpdist(one, other, scorer=fuzz.partial_ratio, dtype=np.float32, workers=-1)
    return alike
