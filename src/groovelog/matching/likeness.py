"""Which names of the reference look or sound like a query's, by the three-letter runs of title and artist together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from groovelog.matching.grams import Grams, Ints, grams_of

Int32s = npt.NDArray[np.int32]

# Of those that look alike; the right one is among the first three in 99 of 100 queries of the tuning set.
MOST_ALIKE = 8
LEAST_ALIKE = 0.4
# Of the best one's likeness; one of 700 right ones is below, and two of five of the others.
NEAR_THE_BEST = 0.75


Alike = list[tuple[float, int]]


@dataclass(frozen=True)
class Lists:
    """The places of the names that have each title, or each artist, one list after the other in `order`."""

    order: Int32s
    start: Int32s

    @classmethod
    def of(cls, owner: Int32s, size: int) -> "Lists":
        order = np.argsort(owner, kind="stable")
        return cls(order.astype(np.int32), np.searchsorted(owner[order], np.arange(size + 1)).astype(np.int32))

    def places(self, owners: Ints) -> Int32s:
        start, size = self.start[owners], self.start[owners + 1] - self.start[owners]
        first = np.cumsum(size) - size  # where each list begins in the answer
        places: Int32s = self.order[np.arange(int(size.sum())) + np.repeat(start - first, size)]
        return places


@dataclass(frozen=True)
class LooksAlike:
    """Some names of a reference; each has a title and an artist, which are numbered and known by their grams."""

    titles: Grams
    artists: Grams
    title_of: Int32s
    artist_of: Int32s
    with_title: Lists
    with_artist: Lists

    @classmethod
    def of(cls, titles: Sequence[str], artists: Sequence[str]) -> "LooksAlike":
        """Of each name its `core` and `who` (see `candidates.add_names`)."""
        title_of, distinct_titles = _numbered(titles)
        artist_of, distinct_artists = _numbered(artists)
        return cls(
            Grams.of(distinct_titles), Grams.of(distinct_artists), title_of, artist_of,
            Lists.of(title_of, len(distinct_titles)), Lists.of(artist_of, len(distinct_artists)),
        )  # fmt: skip

    def find(self, titles: Sequence[str], artists: Sequence[str]) -> list[Alike]:
        """For each query the names most alike, best first: how much (at most 2), and which by its place."""
        asked = zip(_by_text(titles), _by_text(artists), strict=True)
        return [self._find(title, artist) for title, artist in asked]

    def _find(self, title: Ints, artist: Ints) -> Alike:
        by_title, by_artist = self.titles.cosine(title), self.artists.within(artist)
        some = self.with_title.places(np.flatnonzero(by_title >= LEAST_ALIKE))
        best = float((by_title[self.title_of[some]] + by_artist[self.artist_of[some]]).max(initial=0))
        enough = max(2 * LEAST_ALIKE, NEAR_THE_BEST * best)
        # All others have less of the title, and have to have the more of the artist.
        others = self.with_artist.places(np.flatnonzero(by_artist >= enough - LEAST_ALIKE))
        some = np.concatenate([some, others])
        alike = by_title[self.title_of[some]] + by_artist[self.artist_of[some]]
        some, alike = some[alike >= enough], alike[alike >= enough]
        order = np.lexsort((some, -alike))[: 2 * MOST_ALIKE]  # one may be there twice, by its title and by its artist
        return most_alike(list(dict.fromkeys(zip(alike[order].tolist(), some[order].tolist(), strict=True))))


def most_alike(found: Alike) -> Alike:
    """The best of them, best first, without those far below the best."""
    best = sorted(found, key=lambda one: (-one[0], one[1]))[:MOST_ALIKE]
    return [one for one in best if one[0] >= NEAR_THE_BEST * best[0][0]]


def _numbered(texts: Sequence[str]) -> tuple[Int32s, list[str]]:
    """Each text's number among the distinct ones, and these."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int32), list(numbers)


def _by_text(texts: Sequence[str]) -> list[Ints]:
    gram, owner = grams_of(texts)
    order = np.argsort(owner, kind="stable")
    return np.split(gram[order], np.searchsorted(owner[order], np.arange(1, len(texts))))
