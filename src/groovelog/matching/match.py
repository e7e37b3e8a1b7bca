"""Every query's verdict, by the best evidence that there is: id, ISRC, equal names, names that are alike."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import duckdb
import numpy as np

from groovelog.matching.candidates import add_names
from groovelog.matching.close_look import look_closely
from groovelog.matching.confidence import BY_ID, BY_ISRC, confidence
from groovelog.matching.evidence import names
from groovelog.matching.keys import MACROS, add_latin
from groovelog.matching.verdict import SAME_LENGTH_MS, Row, Verdict, decide


class Answer(NamedTuple):
    """A line of the output."""

    query_id: str
    ref_id: str | None
    confidence: float
    verdict: str
    reason: str
    evidence: str | None


def match(connection: duckdb.DuckDBPyConnection) -> list[Answer]:
    """The verdicts on `qry` against `ref`, in the order of the queries."""
    by_number = _by_ids(connection)
    for number, verdict in _by_equal_names(connection).items():
        by_number.setdefault(number, verdict)
    _leave_over(connection, by_number)
    by_number.update(_by_likeness(connection))
    asked = connection.execute("SELECT q, query_id FROM qry ORDER BY q").fetchall()
    return [_answer(query_id, by_number[q]) for q, query_id in asked]


def _answer(query_id: str, told: Verdict) -> Answer:
    return Answer(query_id, told.ref_id, round(told.confidence, 4), told.verdict, told.reason, told.evidence)


def _by_ids(connection: duckdb.DuckDBPyConnection) -> dict[int, Verdict]:
    found: dict[int, Verdict] = {}
    for column, sure, why, evidence in (
        ("track_id", BY_ID, "the same Spotify id", "id"),
        ("isrc", BY_ISRC, "the same ISRC", "isrc"),
    ):
        rows = connection.execute(
            f"SELECT q, min_by(ref.ref_id, (-coalesce(popularity, 0), ref.ref_id)) FROM qry JOIN ref USING ({column}) GROUP BY q"
        ).fetchall()
        for q, ref_id in rows:
            found.setdefault(q, Verdict(ref_id, sure, "matched", why, evidence))
    return found


def _by_equal_names(connection: duckdb.DuckDBPyConnection) -> dict[int, Verdict]:
    """Names that are equal but for case, and a length that does not speak against it."""
    rows = connection.execute(f"""
        SELECT q, min_by(ref.ref_id, (coalesce(lower(ref.album) = lower(qry.album), false)::INT * -1,
            abs(coalesce(ref.duration_ms - qry.duration_ms, 0)), -coalesce(popularity, 0), ref.ref_id))
        FROM qry JOIN ref ON lower(qry.title) = lower(ref.title) AND lower(qry.artist) = lower(ref.artist)
        WHERE qry.artist <> '' AND coalesce(abs(ref.duration_ms - qry.duration_ms), 0) <= {SAME_LENGTH_MS}
        GROUP BY q""").fetchall()
    sure = confidence(())
    return {q: Verdict(ref_id, sure, "matched", "the same names", "equal names") for q, ref_id in rows}


def _leave_over(connection: duckdb.DuckDBPyConnection, decided: Iterable[int]) -> None:
    """Make the table `left_over` of the queries that no exact evidence decided."""
    connection.register("_decided", {"q": np.array(list(decided), np.int64)})
    connection.execute("CREATE OR REPLACE TABLE left_over AS SELECT * FROM qry WHERE q NOT IN (SELECT q FROM _decided)")
    connection.unregister("_decided")


def _by_likeness(connection: duckdb.DuckDBPyConnection) -> dict[int, Verdict]:
    left = connection.execute("SELECT q, title, artist, album, duration_ms FROM left_over ORDER BY q").fetchall()
    if not left:
        return {}
    connection.execute(MACROS)
    for table, rows, number in (("pair", "ref", "p"), ("asked", "left_over", "a")):
        add_latin(connection, rows, ("title", "artist"))
        add_names(connection, rows, table, number)
    numbers = {
        (title, artist): a for a, title, artist in connection.execute("SELECT a, title, artist FROM asked").fetchall()
    }
    candidates = look_closely(connection)
    open_ones = {c.number for found in candidates.values() for c in found if not c.evidence.refused}
    rows_of = _rows(connection, open_ones)
    return {
        q: decide(names(title, artist), album, duration, candidates.get(numbers[title, artist], []), rows_of)
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
