"""A reference as it is asked: its rows, its distinct names with their keys, and what is made of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

import duckdb

from groovelog.matching.candidates import add_names
from groovelog.matching.evidence import Vocabulary, frequent_words
from groovelog.matching.keys import MACROS, add_latin
from groovelog.matching.likeness import LooksAlike
from groovelog.matching.second import Looked, Pair, Second, look, second
from groovelog.matching.sql import column

# So many names are held in memory to find those that look alike; 500,000 take 300 MB.
AT_ONCE = 500_000


class Index:
    """The table `ref` of a connection (see `reference.load_references`), with what it takes to find names in it.

    Nothing is made before it is asked for: ids and equal names need only `ref`. `left_out` are the numbers of names that
    have no row any more.
    """

    left_out: tuple[int, ...] = ()

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, may_start: bool = False) -> None:
        """`may_start` allows a second process that takes half of the close looks."""
        self.connection = connection
        self._may_start = may_start
        self._other: Second | None = None
        connection.execute(MACROS)

    @contextmanager
    def helped(self, queries: int) -> Iterator[None]:
        """With a second process while so many queries are looked at; it starts while their candidates are found."""
        with second(queries if self._may_start else 0) as self._other:
            yield
        self._other = None

    def look(self, pairs: Sequence[Pair]) -> list[Looked]:
        """What speaks against each pair of names, and which song the row is."""
        return self._other.look(pairs, self.vocabulary) if self._other else look(pairs, self.vocabulary)

    def name(self) -> None:
        """Make the table `pair` of the distinct names, numbered by `p` from 0."""
        if not self.connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'pair'").fetchall():
            add_latin(self.connection, "ref", ("title", "artist"))
            add_names(self.connection, "ref", "pair", "p")

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(self.connection, WORDS, ARTISTS)

    def pieces(self) -> Iterator[tuple[int, LooksAlike]]:
        """The names, so many at a time, and the number of the first."""
        for first in range(0, self.names, AT_ONCE):
            told = self.connection.execute(
                f"SELECT core, who FROM pair WHERE p BETWEEN {first} AND {first + AT_ONCE - 1} ORDER BY p"
            ).fetchnumpy()
            yield first, LooksAlike.of(told["core"].tolist(), told["who"].tolist())

    @property
    def names(self) -> int:
        """How many distinct names there are, with those left out."""
        ((names,),) = self.connection.execute("SELECT coalesce(max(p) + 1, 0) FROM pair").fetchall()
        return int(names)


def vocabulary(connection: duckdb.DuckDBPyConnection, words: str, artists: str) -> Vocabulary:
    """What two queries tell, `words` with the titles that have each, and what any reference is taken to know."""
    told = dict(connection.execute(words).fetchall())
    return Vocabulary(dict(Counter(frequent_words()) + Counter(told)), frozenset(column(connection, artists)))


# The words of the titles that several titles have, in Latin letters, and how many have them.
WORDS = """
    SELECT word, count(*) AS titles FROM (
        SELECT DISTINCT core, unnest(string_split_regex(lower(latin_title), '[^a-z0-9]+')) AS word FROM pair
    ) GROUP BY word HAVING count(*) > 1"""
# The artists, each by itself where its file has them so, as `names.compact` leaves their names.
ARTISTS = """
    SELECT DISTINCT squeezed(name) AS name FROM (
        SELECT DISTINCT unnest(string_split(latin_artist, ';')) AS name FROM pair
    )"""
