"""Which names of the reference look or sound like a query's, by the three-letter runs of title and artist together."""

from collections.abc import Sequence

import numpy as np

from groovelog.matching.grams import Grams, Ints, grams_of

# Of those that look alike; the right one is among the first three in 99 of 100 queries of the tuning set.
MOST_ALIKE = 8
LEAST_ALIKE = 0.4
# Of the best one's likeness; one of 700 right ones is below, and two of five of the others.
NEAR_THE_BEST = 0.75


class LooksAlike:
    """The names of a reference, each a title and an artist (`core` and `who` of `candidates.add_names`)."""

    def __init__(self, titles: Sequence[str], artists: Sequence[str]) -> None:
        self._title_of, distinct_titles = _numbered(titles)
        self._artist_of, distinct_artists = _numbered(artists)
        self._titles, self._artists = Grams(distinct_titles), Grams(distinct_artists)
        self._with_title = _Lists(self._title_of, self._titles.size)
        self._with_artist = _Lists(self._artist_of, self._artists.size)

    def find(self, titles: Sequence[str], artists: Sequence[str]) -> list[list[int]]:
        """For each query, the places of the names most alike, best first."""
        asked = zip(_by_text(titles), _by_text(artists), strict=True)
        return [self._best(title, artist) for title, artist in asked]

    def _best(self, title: Ints, artist: Ints) -> list[int]:
        by_title, by_artist = self._titles.cosine(title), self._artists.within(artist)
        some = self._with_title.of(np.flatnonzero(by_title >= LEAST_ALIKE))
        best = float((by_title[self._title_of[some]] + by_artist[self._artist_of[some]]).max(initial=0))
        enough = max(2 * LEAST_ALIKE, NEAR_THE_BEST * best)
        # All others have less of the title, and have to have the more of the artist.
        others = self._with_artist.of(np.flatnonzero(by_artist >= enough - LEAST_ALIKE))
        some = np.concatenate([some, others])
        alike = by_title[self._title_of[some]] + by_artist[self._artist_of[some]]
        kept = alike >= max(enough, NEAR_THE_BEST * alike.max(initial=0))
        some, alike = some[kept], alike[kept]
        order = some[np.lexsort((some, -alike))]
        return list(dict.fromkeys(order[: 2 * MOST_ALIKE].tolist()))[:MOST_ALIKE]


def _numbered(texts: Sequence[str]) -> tuple[Ints, list[str]]:
    """Each text's number among the distinct ones, and these."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int64), list(numbers)


class _Lists:
    """The places of the names that have each title, or each artist."""

    def __init__(self, owner: Ints, size: int) -> None:
        self._order = np.argsort(owner, kind="stable")
        self._start = np.searchsorted(owner[self._order], np.arange(size + 1))

    def of(self, owners: Ints) -> Ints:
        start, size = self._start[owners], self._start[owners + 1] - self._start[owners]
        first = np.cumsum(size) - size  # where each list begins in the answer
        places: Ints = self._order[np.arange(int(size.sum())) + np.repeat(start - first, size)]
        return places


def _by_text(texts: Sequence[str]) -> list[Ints]:
    gram, owner = grams_of(texts)
    order = np.argsort(owner, kind="stable")
    return np.split(gram[order], np.searchsorted(owner[order], np.arange(1, len(texts))))
