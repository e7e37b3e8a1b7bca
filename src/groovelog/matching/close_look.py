"""Candidates for the queries' names: found by keys, then by likeness, each looked at closely once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import numpy as np

from groovelog.matching.candidates import same_title
from groovelog.matching.confidence import SURE, confidence
from groovelog.matching.evidence import Evidence
from groovelog.matching.first_look import Letters, first_look
from groovelog.matching.index import Index
from groovelog.matching.likeness import Alike, most_alike
from groovelog.matching.verdict import NO_SONG, Candidate, Identity


@dataclass(frozen=True, slots=True)
class _Told:
    """Names as they are told, and their letters."""

    title: str
    artist: str
    letters: Letters


def look_closely(index: Index) -> dict[int, list[Candidate]]:
    """For each of the names in `asked`, those in `pair` that were looked at, and what speaks against each."""
    connection = index.connection
    asked = _told(
        connection, "SELECT a, title, artist, core, who, squeezed(latin_title), contains(title, '\ufffd') FROM asked"
    )
    known: dict[int, _Told] = {}
    found: dict[int, dict[int, Evidence]] = defaultdict(dict)
    songs: dict[int, Identity] = {}
    sure: set[int] = set()

    def look(pairs: Iterable[tuple[int, int]]) -> None:
        new = [(a, p) for a, p in pairs if p not in found[a]]
        known.update(_known(connection, {p for _, p in new} - known.keys()))
        refused, near = first_look([(asked[a].letters, known[p].letters) for a, p in new], [a for a, _ in new])
        for (a, p), why in zip(new, refused, strict=True):
            if why:
                found[a][p] = Evidence(refused=why)
        left = [pair for pair, why in zip(zip(new, near, strict=True), refused, strict=True) if not why]
        # Where the nearest are sure, the others cannot come near them.
        for now in (True, False):
            some = [pair for pair, is_near in left if is_near is now and (now or pair[0] not in sure)]
            texts = [(asked[a].title, asked[a].artist, known[p].title, known[p].artist) for a, p in some]
            for (a, p), looked in zip(some, index.look(texts), strict=True):
                found[a][p], songs[p] = looked
                if _sure(found[a][p]):
                    sure.add(a)

    look(same_title(connection))
    look(_alike(index, [a for a in sorted(asked) if a not in sure]))
    return {
        a: [Candidate(p, NO_SONG if evidence.refused else songs[p], evidence) for p, evidence in some.items()]
        for a, some in found.items()
    }


def _sure(evidence: Evidence) -> bool:
    return not evidence.refused and confidence(evidence.penalties) >= SURE


def _alike(index: Index, unsure: list[int]) -> list[tuple[int, int]]:
    if not unsure:
        return []
    index.connection.register("_unsure", {"a": np.array(unsure, np.int64)})
    told = index.connection.execute("SELECT a, core, who FROM asked JOIN _unsure USING (a) ORDER BY a").fetchall()
    index.connection.unregister("_unsure")
    numbers, cores, artists = zip(*told, strict=True)
    found: dict[int, Alike] = {a: [] for a in numbers}
    for first, names_of_piece in index.pieces():
        without = [p - first for p in index.left_out]
        for a, alike in zip(numbers, names_of_piece.find(cores, artists, without), strict=True):
            found[a] += [(much, first + place) for much, place in alike]
    return [(a, p) for a, alike in found.items() for _, p in most_alike(alike)]


def _known(connection: duckdb.DuckDBPyConnection, numbers: set[int]) -> dict[int, _Told]:
    connection.register("_wanted", {"p": np.array(sorted(numbers), np.int64)})
    told = _told(
        connection, "SELECT p, title, artist, core, who, squeezed(latin_title), false FROM pair JOIN _wanted USING (p)"
    )
    connection.unregister("_wanted")
    return told


def _told(connection: duckdb.DuckDBPyConnection, query: str) -> dict[int, _Told]:
    rows = connection.execute(query).fetchall()
    return {number: _Told(title, artist, Letters(*letters)) for number, title, artist, *letters in rows}
