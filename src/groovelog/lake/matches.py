"""`track_matches`: what became of each track in each reference; `match_decisions`: what a person decided.

A pair of track and reference is asked anew when the track's names, code or length, the reference, what a person decided
of the two, or the rules are others than when it was asked; else it stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING

from groovelog.lake import catalogue, delta
from groovelog.lake.snapshot import view
from groovelog.model import Match, Reference
from groovelog.tables import MATCH_DECISIONS, TRACK_MATCHES, Table

if TYPE_CHECKING:
    import duckdb

    from groovelog.lake.run import Run
    from groovelog.lake.snapshot import Snapshot

# Not astuple, which copies every value: a large listener has tens of thousands of matches.
_COLUMNS_OF = attrgetter(*(field.name for field in fields(Match)))
CONFIRM, REJECT = "confirm", "reject"

# The latest decision of each track and row, while both are there.
_DECIDED = """
    SELECT track_id, reference, ref_id, arg_max(decision, run_id) AS decision, max(run_id) AS decided_in
    FROM match_decisions GROUP BY ALL
"""


@dataclass(frozen=True)
class Sought:
    """A track to look for in a reference. `confirmed` is a person's row; `rejected` are those that it is not."""

    track_id: str
    track_name: str
    artist_name: str | None
    album_name: str | None
    isrc: str | None
    length_ms: int | None
    asked: int
    confirmed: str | None
    rejected: Sequence[str]


def find_asked(connection: "duckdb.DuckDBPyConnection", references: Sequence[Reference], rules: int) -> None:
    """Make `asking`: each track with each reference (one row of Sought, with the reference and its run).

    `fresh` tells whether it has to be asked; a track that came without a URI is left out where a URI has its very names.
    """
    connection.execute("CREATE OR REPLACE TABLE ordered (reference VARCHAR, place INTEGER)")
    if references:
        connection.executemany(
            "INSERT INTO ordered VALUES (?, ?)", [(found.name, place) for place, found in enumerate(references)]
        )
    connection.execute(f"""
        CREATE OR REPLACE TABLE asking AS
        WITH decided AS ({_DECIDED}), known AS (
            SELECT * FROM decided SEMI JOIN "references" AS known
            ON known.reference = decided.reference AND known.ref_id = decided.ref_id
        ), by_person AS (
            SELECT track_id, reference, arg_max(ref_id, decided_in) FILTER (decision = '{CONFIRM}') AS confirmed,
                list(ref_id ORDER BY ref_id) FILTER (decision = '{REJECT}') AS rejected, max(decided_in) AS decided_in
            FROM known GROUP BY ALL
        ), written AS (
            SELECT reference, max(run_id) AS reference_run FROM reference_receipts GROUP BY reference
        ), told AS (
            SELECT track_id, reference, place, reference_run, track_name, artist_name, album_name, isrc, length_ms,
                confirmed, coalesce(rejected, []) AS rejected, decided_in,
                (hash(track_name, artist_name, album_name, isrc, length_ms, decided_in) >> 1)::BIGINT AS asked
            FROM ({catalogue.NAMED_ONCE}) CROSS JOIN ordered JOIN written USING (reference)
                LEFT JOIN by_person USING (track_id, reference)
        )
        SELECT told.*, before.asked IS DISTINCT FROM told.asked OR before.reference_run <> told.reference_run
            OR before.rules <> {rules} AS fresh
        FROM told LEFT JOIN track_matches AS before USING (track_id, reference)
    """)


_ASKED = (
    "track_id, track_name, artist_name, album_name, isrc, length_ms, asked, confirmed, "
    "list_filter(rejected, lambda x: x IS DISTINCT FROM confirmed)"
)


def asked_of(connection: "duckdb.DuckDBPyConnection", reference: str) -> list[Sought]:
    """What has to be asked of a reference, after `find_asked`."""
    rows = connection.execute(
        f"SELECT {_ASKED} FROM asking WHERE fresh AND reference = ? ORDER BY track_id", [reference]
    ).fetchall()
    return [Sought(*row) for row in rows]


def every_asked(snapshot: "Snapshot", track_id: str) -> list[tuple[str, Sought]]:
    """A track with each reference, by priority, after `find_asked`."""
    rows = snapshot.connection.execute(
        f"SELECT reference, {_ASKED} FROM asking WHERE track_id = ? ORDER BY place", [track_id]
    ).fetchall()
    return [(row[0], Sought(*row[1:])) for row in rows]


def keep_matches(run: "Run", found: Sequence[Match], rules: int) -> bool:
    """Write what was found beside what stays, and mark for each track the match that counts; False where nothing changes.

    That is a person's (of several the latest decision's), else that of the first reference, by priority, that has one.
    """
    connection = run.connection
    connection.execute(
        "CREATE OR REPLACE TABLE found (reference VARCHAR, track_id VARCHAR, ref_id VARCHAR, verdict VARCHAR, "
        "confidence DOUBLE, evidence VARCHAR, reason VARCHAR, asked BIGINT)"
    )
    if found:
        columns = list(zip(*map(_COLUMNS_OF, found), strict=True))
        connection.execute(
            f"INSERT INTO found SELECT {', '.join(f'unnest(${at})' for at in range(1, 9))}",
            [list(column) for column in columns],
        )
    connection.execute(f"""
        CREATE OR REPLACE TABLE matches AS
        WITH now AS (
            SELECT f.reference, f.track_id, '{run.run_id}' AS run_id, f.ref_id, f.verdict, f.confidence, f.evidence, f.reason,
                f.asked, a.reference_run, {rules} AS rules, a.place, a.decided_in
            FROM found AS f JOIN asking AS a USING (reference, track_id)
            UNION ALL
            SELECT m.reference, m.track_id, m.run_id, m.ref_id, m.verdict, m.confidence, m.evidence, m.reason, m.asked,
                m.reference_run, m.rules, a.place, a.decided_in
            FROM track_matches AS m JOIN asking AS a USING (reference, track_id) WHERE NOT a.fresh
        )
        SELECT * EXCLUDE (place, decided_in), verdict = 'matched' AND row_number() OVER (PARTITION BY track_id ORDER BY
            verdict <> 'matched', evidence IS DISTINCT FROM 'person',
            CASE WHEN evidence = 'person' THEN decided_in END DESC, place) = 1 AS chosen
        FROM now
    """)
    every = ", ".join(TRACK_MATCHES.names)
    changed = connection.execute(f"""
        SELECT 1 FROM (SELECT {every} FROM matches EXCEPT SELECT {every} FROM track_matches) UNION ALL
        SELECT 1 FROM (SELECT {every} FROM track_matches EXCEPT SELECT {every} FROM matches) LIMIT 1
    """).fetchall()
    if changed:
        run.write(TRACK_MATCHES, "SELECT * FROM matches", removed=run.snapshot.files(TRACK_MATCHES))
    return bool(changed)


def keep_decision(run: "Run", track_id: str, reference: str, ref_id: str, decision: str) -> None:
    """Add what a person decided, and tell the recordings by it."""
    run.connection.execute("CREATE OR REPLACE TABLE new_row AS SELECT * FROM match_decisions LIMIT 0")
    run.connection.execute(
        "INSERT INTO new_row VALUES (?, ?, ?, ?, ?, ?)", [track_id, reference, ref_id, run.run_id, decision, run.now]
    )
    run.write(MATCH_DECISIONS, "SELECT * FROM new_row")
    files = delta.files(run.lake, MATCH_DECISIONS, run.versions[MATCH_DECISIONS.name])
    view(run.connection, run.lake, MATCH_DECISIONS, files, MATCH_DECISIONS.name)
    catalogue.regroup(run)  # what was confirmed to be one row of a reference is one recording


def drop_lost(run: "Run", table: Table) -> None:
    """After the catalogue was told anew without somebody: take out of TRACK_MATCHES or MATCH_DECISIONS what is of no track."""
    lost = f"FROM {table.name} WHERE track_id NOT IN (SELECT track_id FROM catalogue)"
    if run.connection.execute(f"SELECT 1 {lost} LIMIT 1").fetchall():
        rows = f"SELECT * FROM {table.name} WHERE track_id IN (SELECT track_id FROM catalogue)"
        run.write(table, rows, removed=run.snapshot.files(table))
