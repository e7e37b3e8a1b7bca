"""Candidates for the queries' names: found by keys, then by likeness, each looked at closely once."""

from collections import defaultdict
from collections.abc import Iterable

import duckdb
import numpy as np

from groovelog.matching.candidates import LooksAlike, same_title
from groovelog.matching.confidence import SURE, confidence
from groovelog.matching.evidence import Evidence, Names, Vocabulary, compare, names
from groovelog.matching.sql import column
from groovelog.matching.verdict import Candidate
from groovelog.names import compact

NO_SONG = ("", frozenset[str](), "")


def look_closely(connection: duckdb.DuckDBPyConnection) -> dict[int, list[Candidate]]:
    """For each of the names in `asked`, those in `pair` that were looked at, and what speaks against each."""
    asked = {a: names(title, artist) for a, title, artist in _all(connection, "SELECT a, title, artist FROM asked")}
    vocabulary = Vocabulary(_words(connection), _artists(connection))
    known: dict[int, Names] = {}
    found: dict[int, dict[int, Evidence]] = defaultdict(dict)

    def look(pairs: Iterable[tuple[int, int]]) -> None:
        new = [(a, p) for a, p in pairs if p not in found[a]]
        known.update(_names(connection, {p for _, p in new} - known.keys()))
        for a, p in new:
            found[a][p] = compare(asked[a], known[p], vocabulary)

    look(same_title(connection))
    unsure = [a for a in sorted(asked) if not any(map(_sure, found[a].values()))]
    look(_alike(connection, unsure))
    return {
        a: [Candidate(p, NO_SONG if evidence.refused else _song(known[p]), evidence) for p, evidence in some.items()]
        for a, some in found.items()
    }


def _sure(evidence: Evidence) -> bool:
    return not evidence.refused and confidence(evidence.penalties) >= SURE


def _song(named: Names) -> tuple[str, frozenset[str], str]:
    return (named.title.key, named.title.versions, compact(named.artists.first))


def _alike(connection: duckdb.DuckDBPyConnection, unsure: list[int]) -> list[tuple[int, int]]:
    if not unsure:
        return []
    connection.register("_unsure", {"a": np.array(unsure, np.int64)})
    told = connection.execute("SELECT a, core, who FROM asked JOIN _unsure USING (a) ORDER BY a").fetchall()
    connection.unregister("_unsure")
    numbers, cores, artists = zip(*told, strict=True)
    alike = LooksAlike(connection).find(cores, artists)
    return [(a, p) for a, some in zip(numbers, alike, strict=True) for p in some]


def _names(connection: duckdb.DuckDBPyConnection, numbers: set[int]) -> dict[int, Names]:
    connection.register("_wanted", {"p": np.array(sorted(numbers), np.int64)})
    rows = _all(connection, "SELECT p, title, artist FROM pair JOIN _wanted USING (p)")
    connection.unregister("_wanted")
    return {p: names(title, artist) for p, title, artist in rows}


def _words(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The words of the reference's titles that several titles have, in Latin letters."""
    split = "SELECT DISTINCT core, unnest(string_split_regex(lower(latin_title), '[^a-z0-9]+')) AS word FROM pair"
    return frozenset(column(connection, f"SELECT word FROM ({split}) GROUP BY word HAVING count(*) > 1"))


def _artists(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The artists of the reference, each by itself where its file has them so, as `compact` leaves their names."""
    told = "SELECT DISTINCT coalesce(latin, artist) AS told FROM pair LEFT JOIN latin_ref ON text = artist"
    split = f"SELECT DISTINCT unnest(string_split(told, ';')) AS name FROM ({told})"
    return frozenset(column(connection, f"SELECT DISTINCT squeezed(name) FROM ({split})"))


def _all(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[int, str, str]]:
    return connection.execute(query).fetchall()
