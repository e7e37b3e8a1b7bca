"""Every query's verdict: matched, ambiguous or unmatched, how surely, and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from groovelog.matching.candidates import LooksAlike, add_names, same_title
from groovelog.matching.confidence import BY_ID, BY_ISRC, THRESHOLD, confidence
from groovelog.matching.evidence import Evidence, Names, Vocabulary, compare, names
from groovelog.matching.files import arrow
from groovelog.matching.keys import MACROS, add_latin

# Lengths of one recording in two catalogues differ by less; twice as much is another recording, most likely.
SAME_LENGTH_MS = 3_000
LENGTHS = {"length": SAME_LENGTH_MS, "near length": 10_000, "other length": 30_000}
SURE = 0.9  # names so sure need no look at what merely looks alike


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a query; `ref_id` only where matched."""

    ref_id: str | None
    confidence: float
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the reference, beside its names."""

    ref_id: str
    duration_ms: int | None
    album: str | None
    popularity: float


def match(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The verdicts on `qry` against `ref`: query_id, ref_id, confidence, verdict, reason, in the order of the queries."""
    by_number = _by_ids(connection)
    _add_all_names(connection)
    for number, verdict in _by_equal_names(connection).items():
        by_number.setdefault(number, verdict)
    by_number.update(_by_likeness(connection, by_number))
    asked = connection.execute("SELECT q, query_id FROM qry ORDER BY q").fetchall()
    verdicts = [by_number[q] for q, _ in asked]
    return pa.table(
        {
            "query_id": pa.array([query_id for _, query_id in asked], pa.string()),
            "ref_id": pa.array([v.ref_id for v in verdicts], pa.string()),
            "confidence": pa.array([round(v.confidence, 4) for v in verdicts], pa.float64()),
            "verdict": pa.array([v.verdict for v in verdicts], pa.string()),
            "reason": pa.array([v.reason for v in verdicts], pa.string()),
        }
    )


def _add_all_names(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(MACROS)
    for rows, table, number in (("ref", "pair", "p"), ("qry", "asked", "a")):
        add_latin(connection, rows, ("title", "artist"))
        add_names(connection, rows, table, number)


def _by_ids(connection: duckdb.DuckDBPyConnection) -> dict[int, Verdict]:
    found: dict[int, Verdict] = {}
    for column, sure, why in (("track_id", BY_ID, "the same Spotify id"), ("isrc", BY_ISRC, "the same ISRC")):
        rows = connection.execute(
            f"SELECT q, min_by(ref.ref_id, (-coalesce(popularity, 0), ref.ref_id)) FROM qry JOIN ref USING ({column}) GROUP BY q"
        ).fetchall()
        for q, ref_id in rows:
            found.setdefault(q, Verdict(ref_id, sure, "matched", why))
    return found


def _by_equal_names(connection: duckdb.DuckDBPyConnection) -> dict[int, Verdict]:
    """Names that are equal but for case, and a length that does not speak against it."""
    rows = connection.execute(f"""
        SELECT q, min_by(ref.ref_id, (abs(coalesce(ref.duration_ms - qry.duration_ms, 0)),
            coalesce(lower(ref.album) = lower(qry.album), false)::INT * -1, -coalesce(popularity, 0), ref.ref_id))
        FROM qry JOIN ref ON lower(qry.title) = lower(ref.title) AND lower(qry.artist) = lower(ref.artist)
        WHERE qry.artist <> '' AND coalesce(abs(ref.duration_ms - qry.duration_ms), 0) <= {SAME_LENGTH_MS}
        GROUP BY q""").fetchall()
    sure = confidence(())
    return {q: Verdict(ref_id, sure, "matched", "the same names") for q, ref_id in rows}


def _by_likeness(connection: duckdb.DuckDBPyConnection, decided: Iterable[int]) -> dict[int, Verdict]:
    connection.register("_decided", pa.table({"q": pa.array(list(decided), pa.int64())}))
    connection.execute("CREATE TABLE left_over AS SELECT * FROM qry WHERE q NOT IN (SELECT q FROM _decided)")
    connection.unregister("_decided")
    connection.execute(
        "DELETE FROM asked WHERE (title, artist) NOT IN (SELECT DISTINCT (title, artist) FROM left_over)"
    )
    left = connection.execute(
        "SELECT q, a, title, artist, album, duration_ms FROM left_over JOIN asked USING (title, artist) ORDER BY q"
    ).fetchall()
    candidates = _candidates(connection)
    rows = _rows(connection, {p for found in candidates.values() for p, _ in found})
    return {
        q: _verdict(names(title, artist), album, duration, candidates.get(a, []), rows)
        for q, a, title, artist, album, duration in left
    }


Candidates = list[tuple[int, Evidence]]


def _candidates(connection: duckdb.DuckDBPyConnection) -> dict[int, Candidates]:
    """For each of the queries' names, those of the reference that were looked at, and what speaks against each."""
    asked = {
        a: names(title, artist)
        for a, title, artist in connection.execute("SELECT a, title, artist FROM asked").fetchall()
    }
    vocabulary = Vocabulary(_words(connection), _known_artists(connection))
    found: dict[int, dict[int, Evidence]] = defaultdict(dict)
    by_title = same_title(connection)
    known: dict[int, Names] = {}

    def look(pairs: list[tuple[int, int]]) -> None:
        _learn(connection, {p for _, p in pairs} - known.keys(), known)
        for a, p in pairs:
            if p not in found[a]:
                found[a][p] = compare(asked[a], known[p], vocabulary)

    look(list(zip(by_title.column("a").to_pylist(), by_title.column("p").to_pylist(), strict=True)))
    unsure = [a for a in sorted(asked) if not any(_sure(evidence) for evidence in found[a].values())]
    connection.register("_unsure", pa.table({"a": pa.array(unsure, pa.int64())}))
    told = arrow(connection, "SELECT a, core, who FROM asked JOIN _unsure USING (a) ORDER BY a")
    connection.unregister("_unsure")
    if unsure:
        alike = LooksAlike(connection).find(told.column("core").to_pylist(), told.column("who").to_pylist())
        look([(a, p) for a, some in zip(told.column("a").to_pylist(), alike, strict=True) for p in some])
    return {a: list(pairs.items()) for a, pairs in found.items()}


def _sure(evidence: Evidence) -> bool:
    return not evidence.refused and confidence(evidence.penalties) >= SURE


def _learn(connection: duckdb.DuckDBPyConnection, numbers: set[int], known: dict[int, Names]) -> None:
    connection.register("_asked_for", pa.table({"p": pa.array(sorted(numbers), pa.int64())}))
    for p, title, artist in connection.execute(
        "SELECT p, title, artist FROM pair JOIN _asked_for USING (p)"
    ).fetchall():
        known[p] = names(title, artist)
    connection.unregister("_asked_for")


def _words(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The words of the reference's titles that several titles have, in Latin letters."""
    rows = arrow(
        connection,
        """
        SELECT word FROM (SELECT DISTINCT core, unnest(string_split_regex(lower(latin_title), '[^a-z0-9]+')) AS word FROM pair)
        GROUP BY word HAVING count(*) > 1""",
    )
    return frozenset(rows.column(0).to_pylist())


def _known_artists(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The artists of the reference, each by itself where its file has them so, as `compact` leaves them."""
    rows = arrow(
        connection,
        """
        SELECT DISTINCT squeezed(unnest(string_split(coalesce(latin, artist), ';'))) FROM pair
        LEFT JOIN latin_ref ON text = artist""",
    )
    return frozenset(rows.column(0).to_pylist())


def _rows(connection: duckdb.DuckDBPyConnection, numbers: set[int]) -> dict[int, list[Row]]:
    connection.register("_asked_for", pa.table({"p": pa.array(sorted(numbers), pa.int64())}))
    found: dict[int, list[Row]] = defaultdict(list)
    for p, *row in connection.execute(
        "SELECT p, ref_id, duration_ms, album, coalesce(popularity, 0) "
        "FROM pair JOIN _asked_for USING (p) JOIN ref USING (title, artist)"
    ).fetchall():
        found[p].append(Row(*row))
    connection.unregister("_asked_for")
    return found


@dataclass(frozen=True, slots=True)
class _Choice:
    sure: float
    gap_ms: int
    row: Row
    reasons: tuple[str, ...]

    @property
    def order(self) -> tuple[float, int, float, str]:
        return (-self.sure, self.gap_ms, -self.row.popularity, self.row.ref_id)


def _verdict(
    asked: Names, album: str | None, duration_ms: int | None, candidates: Candidates, rows: dict[int, list[Row]]
) -> Verdict:
    if not asked.title_text:
        return Verdict(None, 0.0, "unmatched", "the query has no title")
    if not asked.artist_text:
        return Verdict(None, 0.0, "unmatched", "the query has no artist")
    choices = [
        _choice(evidence.penalties, album, duration_ms, row)
        for p, evidence in candidates
        if not evidence.refused
        for row in rows[p]
    ]
    if not choices:
        refusals = sorted({evidence.refused for _, evidence in candidates})
        return Verdict(None, 0.0, "unmatched", f"nothing alike: {', '.join(refusals)}" if refusals else "nothing alike")
    best = min(choices, key=lambda choice: choice.order)
    reason = ", ".join(best.reasons) or "the same names"
    if best.sure < THRESHOLD:
        return Verdict(None, best.sure, "ambiguous", f"not sure: {reason}")
    return Verdict(best.row.ref_id, best.sure, "matched", reason)


def _choice(penalties: tuple[str, ...], album: str | None, duration_ms: int | None, row: Row) -> _Choice:
    support: list[str] = []
    gap = 0
    if duration_ms is not None and row.duration_ms is not None:
        gap = abs(duration_ms - row.duration_ms)
        told_by_length = next((name for name, most in LENGTHS.items() if gap <= most), "far other length")
        if told_by_length == "length":
            support.append("length")
        else:
            penalties = (*penalties, told_by_length)
    if album and row.album and album.casefold() == row.album.casefold():
        support.append("album")
    told = (*penalties, *(f"same {name}" for name in support))
    return _Choice(confidence(penalties, support), gap, row, told)
