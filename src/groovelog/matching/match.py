"""Every query's verdict, by the best evidence that there is: id, ISRC, equal names, names that are alike."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import duckdb
import numpy as np

from groovelog.matching.candidates import add_names
from groovelog.matching.close_look import look_closely
from groovelog.matching.confidence import BY_ID, BY_ISRC, confidence
from groovelog.matching.index import Index
from groovelog.matching.keys import add_latin
from groovelog.matching.queries import Asked, ask
from groovelog.matching.verdict import SAME_LENGTH_MS, Row, Verdict, decide


class Answer(NamedTuple):
    """A line of the output."""

    query_id: str
    ref_id: str | None
    confidence: float
    verdict: str
    reason: str
    evidence: str | None


def match(index: Index) -> list[Answer]:
    """The verdicts on the table `qry` of the index's connection (see `queries`), in the order of the queries."""
    connection = index.connection
    _by_exact_evidence(connection)
    by_likeness = _by_likeness(index)
    asked = connection.execute(
        "SELECT q, query_id, ref_id, evidence FROM qry LEFT JOIN exact USING (q) ORDER BY q"
    ).fetchall()
    return [
        Answer(query_id, ref_id, *_EXACT[evidence]) if evidence is not None else _answer(query_id, by_likeness[q])
        for q, query_id, ref_id, evidence in asked
    ]


def match_songs(index: Index, songs: Sequence[Asked]) -> list[Answer]:
    """The verdict on each song, in order."""
    ask(index.connection, songs)
    return match(index)


def _answer(query_id: str, told: Verdict) -> Answer:
    return Answer(query_id, told.ref_id, round(told.confidence, 4), told.verdict, told.reason, told.evidence)


# How sure, and why, by the number of the evidence; the best comes first.
_EXACT = (
    (BY_ID, "matched", "the same Spotify id", "id"),
    (BY_ISRC, "matched", "the same ISRC", "isrc"),
    (round(confidence(()), 4), "matched", "the same names", "equal names"),
)


def _by_exact_evidence(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `exact` of the rows that an id, an ISRC, or names equal but for case decide.

    Of several rows of the same names the one on the same album is taken, the nearest in length, the most popular; a length
    that speaks against it leaves the query open.
    """
    connection.execute("CREATE OR REPLACE TABLE exact (q BIGINT, ref_id VARCHAR, evidence INTEGER)")
    for evidence, same in enumerate(("track_id", "isrc")):
        connection.execute(f"""
            INSERT INTO exact SELECT q, min_by(ref.ref_id, (-coalesce(popularity, 0), ref.ref_id)), {evidence}
            FROM qry JOIN ref USING ({same}) WHERE q NOT IN (SELECT q FROM exact) GROUP BY q""")
    connection.execute(f"""
        INSERT INTO exact SELECT q, min_by(ref.ref_id, (coalesce(lower(ref.album) = lower(qry.album), false)::INT * -1,
            abs(coalesce(ref.duration_ms - qry.duration_ms, 0)), -coalesce(popularity, 0), ref.ref_id)), 2
        FROM qry JOIN ref ON lower(qry.title) = lower(ref.title) AND lower(qry.artist) = lower(ref.artist)
        WHERE qry.artist <> '' AND coalesce(abs(ref.duration_ms - qry.duration_ms), 0) <= {SAME_LENGTH_MS}
            AND q NOT IN (SELECT q FROM exact) GROUP BY q""")


def _by_likeness(index: Index) -> dict[int, Verdict]:
    connection = index.connection
    connection.execute("CREATE OR REPLACE TABLE left_over AS SELECT * FROM qry WHERE q NOT IN (SELECT q FROM exact)")
    left = connection.execute("SELECT q, title, artist, album, duration_ms FROM left_over ORDER BY q").fetchall()
    if not left:
        return {}
    with index.helped(len(left)):
        index.name()
        add_latin(connection, "left_over", ("title", "artist"))
        add_names(connection, "left_over", "asked", "a")
        candidates = look_closely(index)
    numbers = {
        (title, artist): a for a, title, artist in connection.execute("SELECT a, title, artist FROM asked").fetchall()
    }
    open_ones = {c.number for found in candidates.values() for c in found if not c.evidence.refused}
    rows_of = _rows(connection, open_ones)
    return {
        q: decide(title, artist, album, duration, candidates.get(numbers[title, artist], []), rows_of)
        for q, title, artist, album, duration in left
    }


def _rows(connection: duckdb.DuckDBPyConnection, numbers: set[int]) -> dict[int, list[Row]]:
    connection.register("_wanted", {"p": np.array(sorted(numbers), np.int64)})
    found: dict[int, list[Row]] = defaultdict(list)
    for p, *row in connection.execute(
        "SELECT p, ref_id, duration_ms, album, coalesce(popularity, 0) "
        "FROM pair JOIN _wanted USING (p) JOIN ref USING (title, artist)"
    ).fetchall():
        found[p].append(Row(*row))
    connection.unregister("_wanted")
    return found
