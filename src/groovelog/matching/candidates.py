"""Which names of the reference are worth a close look for each of the queries' names."""

from collections.abc import Sequence

import duckdb
import numpy as np

from groovelog.matching.grams import Grams, Ints, grams_of

# Of many songs of one title ("Home"), those whose artists are spelt most alike.
MOST_OF_A_TITLE = 8
# Of those that look alike; the right one is among the first three in 99 of 100 queries of the tuning set.
MOST_ALIKE = 8
LEAST_ALIKE = 0.4


def add_names(connection: duckdb.DuckDBPyConnection, rows: str, names: str, number: str) -> None:
    """Make the table `names` of the distinct (title, artist) in `rows`, numbered, with their keys.

    `core` and `base` are the title without versions, and without all tails; `who` the artists.
    """
    connection.execute(f"""
        CREATE TABLE {names} AS
        SELECT row_number() OVER (ORDER BY title, artist) - 1 AS {number}, title, artist, latin_title,
            core_key(latin_title) AS core, base_key(latin_title) AS base,
            or_all(squeezed(latin_artist), latin_artist) AS who
        FROM (SELECT title, artist, coalesce(t.latin, title[:300]) AS latin_title, coalesce(a.latin, artist[:300]) AS latin_artist
            FROM (SELECT DISTINCT title, artist FROM {rows}) n
            LEFT JOIN latin_{rows} t ON t.text = n.title LEFT JOIN latin_{rows} a ON a.text = n.artist)""")


def same_title(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Pairs (a, p) of a query's and a reference's names whose titles have a key in common."""
    pairs = " UNION ".join(
        f"SELECT a, p, asked.who, pair.who AS other FROM asked JOIN pair ON asked.{one} = pair.{other}"
        for one, other in (("base", "base"), ("core", "core"), ("core", "base"), ("base", "core"))
    )
    return connection.execute(f"""
        SELECT a, p FROM ({pairs})
        QUALIFY row_number() OVER (PARTITION BY a ORDER BY
            contains(who, other) OR contains(other, who) DESC, jaro_winkler_similarity(who, other) DESC, p)
            <= {MOST_OF_A_TITLE}
        ORDER BY a, p""").fetchall()


class LooksAlike:
    """Finds names that look or sound alike by the three-letter runs of title and artist together."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        pairs = connection.execute("SELECT core, who FROM pair ORDER BY p").fetchnumpy()
        self._title_of, titles = _numbered(pairs["core"].tolist())
        self._artist_of, artists = _numbered(pairs["who"].tolist())
        self._titles, self._artists = Grams(titles), Grams(artists)
        self._with_title = _Lists(self._title_of, self._titles.size)
        self._with_artist = _Lists(self._artist_of, self._artists.size)

    def find(self, titles: Sequence[str], artists: Sequence[str]) -> list[list[int]]:
        """For each query, the numbers of the names most alike, best first."""
        asked = zip(_by_text(titles), _by_text(artists), strict=True)
        return [self._best(title, artist) for title, artist in asked]

    def _best(self, title: Ints, artist: Ints) -> list[int]:
        by_title, by_artist = self._titles.cosine(title), self._artists.within(artist)
        # Where title and artist together reach twice the least likeness, one of them reaches it by itself.
        some = np.concatenate(
            [
                self._with_title.of(np.flatnonzero(by_title >= LEAST_ALIKE)),
                self._with_artist.of(np.flatnonzero(by_artist >= LEAST_ALIKE)),
            ]
        )
        alike = by_title[self._title_of[some]] + by_artist[self._artist_of[some]]
        some, alike = some[alike >= 2 * LEAST_ALIKE], alike[alike >= 2 * LEAST_ALIKE]
        best = some[np.lexsort((some, -alike))]
        return list(dict.fromkeys(best[: 2 * MOST_ALIKE].tolist()))[:MOST_ALIKE]


def _numbered(texts: Sequence[str]) -> tuple[Ints, list[str]]:
    """Each text's number among the distinct ones, and these."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int64), list(numbers)


class _Lists:
    """The numbers of the names that have each title, or each artist."""

    def __init__(self, owner: Ints, size: int) -> None:
        self._order = np.argsort(owner, kind="stable")
        self._start = np.searchsorted(owner[self._order], np.arange(size + 1))

    def of(self, owners: Ints) -> Ints:
        lists = [self._order[self._start[owner] : self._start[owner + 1]] for owner in owners.tolist()]
        return np.concatenate(lists) if lists else np.array([], np.int64)


def _by_text(texts: Sequence[str]) -> list[Ints]:
    gram, owner = grams_of(texts)
    order = np.argsort(owner, kind="stable")
    return np.split(gram[order], np.searchsorted(owner[order], np.arange(1, len(texts))))
