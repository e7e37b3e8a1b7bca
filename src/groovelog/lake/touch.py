"""Which stored rows new ones touch. A listener's timeline is cut where it is silent for 30 minutes and no interval
with its uncertainty crosses; the plays and sessions of a piece depend on the rows of that piece alone, so an import
recomputes the pieces it falls into and no others.
"""

from datetime import datetime, timedelta

import duckdb

from groovelog.lake.intervals import bounds
from groovelog.lake.reconcile import SESSION_SILENCE
from groovelog.sources.source import LONGEST_MS
from groovelog.tables import SAID

_FIRST_MARGIN = timedelta(days=1)
_FEW_ROWS = 10_000


def create_rows(connection: duckdb.DuckDBPyConnection, listener_id: str) -> list[int]:
    """Make the views `rows` and `wide` of the kept staged rows and the stored rows they touch (`old_rows`).

    Returns the years of the touched stored rows, whose partitions of plays have to be written anew.
    """
    run = connection.execute
    lo, hi = bounds("staged")
    run(f"CREATE TABLE fresh AS SELECT {lo} AS lo, {hi} AS hi FROM staged JOIN kept ON staged.rowid = kept.rid")
    _find_touched(connection, listener_id)
    # Few rows are read once. Many stay a view, read where needed: a year of somebody who always listens is a million
    # wide rows.
    years = _touched_years(connection)
    ((many,),) = run(f"SELECT count(*) > {_FEW_ROWS} FROM touched").fetchall()
    run(f"CREATE {'VIEW' if many else 'TABLE'} old_rows AS {_old_rows_sql(listener_id, years)}")
    said = ", ".join(c.name for c in SAID)
    run(f"""
        CREATE VIEW rows AS
        SELECT kept.rid, source, row_key, shown_together, {said} FROM staged JOIN kept ON staged.rowid = kept.rid
        UNION ALL SELECT rid, source, row_key, shown_together, {said} FROM old_rows
    """)
    # Once the plays are decided their rids name the rows; another join with `kept` would only cost.
    run(f"""
        CREATE VIEW wide AS
        SELECT rowid AS rid, source, row_key, {said} FROM staged UNION ALL SELECT rid, source, row_key, {said} FROM old_rows
    """)
    return years


def create_piece(connection: duckdb.DuckDBPyConnection, listener_id: str, play_id: int, year: int) -> None:
    """Make the views `rows` and `wide` of the stored rows in the piece of the timeline that holds a play."""
    create_pieces(connection, listener_id, f"year = {year} AND row_key = {play_id}")


def create_pieces(connection: duckdb.DuckDBPyConnection, listener_id: str, where: str) -> None:
    """The same of all pieces of the timeline that hold a stored row for which the condition holds."""
    run = connection.execute
    lo, hi = bounds("r")
    run(
        f"""
        CREATE OR REPLACE TABLE fresh AS
        SELECT {lo} AS lo, {hi} AS hi FROM (
            SELECT source, length_ms, started_at::TIMESTAMP AS started_at, stopped_at::TIMESTAMP AS stopped_at
            FROM source_plays WHERE listener_id = $listener AND ({where})
        ) AS r
        """,
        {"listener": listener_id},
    )
    _find_touched(connection, listener_id)
    run(f"CREATE OR REPLACE VIEW old_rows AS {_old_rows_sql(listener_id, _touched_years(connection))}")
    run("CREATE OR REPLACE VIEW rows AS SELECT * FROM old_rows")
    run("CREATE OR REPLACE VIEW wide AS SELECT * FROM old_rows")


def _touched_years(connection: duckdb.DuckDBPyConnection) -> list[int]:
    return [year for (year,) in connection.execute("SELECT DISTINCT year FROM touched ORDER BY year").fetchall()]


def _old_rows_sql(listener_id: str, years: list[int]) -> str:
    """The touched rows. One stored twice, the second time as shown together with others, counts as that."""
    said = ", ".join(f"{c.name}::TIMESTAMP AS {c.name}" if c.type == "TIMESTAMPTZ" else c.name for c in SAID)
    return f"""
        SELECT -1 - row_key AS rid, source, row_key, shown_together, {said} FROM source_plays
        WHERE listener_id = '{listener_id}' AND year IN ({", ".join(map(str, years)) or "NULL"})
            AND row_key IN (SELECT row_key FROM touched)
            AND (shown_together OR row_key NOT IN (SELECT row_key FROM touched WHERE shown_together))
    """


def _find_touched(connection: duckdb.DuckDBPyConnection, listener_id: str) -> None:
    """`touched`: (row_key, shown_together, year) of the stored rows in pieces that hold a fresh row.

    Only a window of the timeline around the fresh rows is read, and widened while a piece reaches its edge.
    """
    run = connection.execute
    run("CREATE OR REPLACE TABLE touched (row_key BIGINT, shown_together BOOLEAN, year INTEGER)")
    ((first, last),) = run("SELECT min(lo), max(hi) FROM fresh").fetchall()
    if first is None or not run(f"SELECT 1 FROM source_plays WHERE listener_id = '{listener_id}' LIMIT 1").fetchall():
        return
    margin = _FIRST_MARGIN
    while _pieces_reach_edge(connection, listener_id, _shifted(first, -margin), _shifted(last, margin)):
        margin *= 4


def _shifted(instant: datetime, by: timedelta) -> datetime:
    try:
        return instant + by
    except OverflowError:
        return datetime.max if by > timedelta(0) else datetime.min  # noqa: DTZ901 (naive UTC, as in staging)


def _pieces_reach_edge(connection: duckdb.DuckDBPyConnection, listener_id: str, lo: datetime, hi: datetime) -> bool:
    run = connection.execute
    stored_lo, stored_hi = bounds("stored")
    run(
        f"""
        CREATE OR REPLACE TABLE pieces AS
        -- RANGE: rows equal in both lie in one piece, in whatever order the two windows have them.
        SELECT *, sum(opens) OVER (ORDER BY lo, hi RANGE UNBOUNDED PRECEDING) AS piece
        FROM (
            SELECT *, coalesce(lo > max(hi) OVER (
                ORDER BY lo, hi ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + {SESSION_SILENCE}, true)::INTEGER AS opens
            FROM (
                SELECT NULL AS row_key, NULL AS shown_together, NULL AS year, lo, hi FROM fresh
                UNION ALL
                SELECT row_key, shown_together, year, {stored_lo} AS lo, {stored_hi} AS hi
                FROM (
                    SELECT source, row_key, shown_together, year, length_ms,
                        started_at::TIMESTAMP AS started_at, stopped_at::TIMESTAMP AS stopped_at
                    FROM source_plays
                    WHERE listener_id = '{listener_id}' AND year BETWEEN year($lo) - 1 AND year($hi)
                        AND started_at <= $hi::TIMESTAMP::TIMESTAMPTZ
                        AND started_at >= $lo::TIMESTAMP::TIMESTAMPTZ - INTERVAL 1 MILLISECOND * {LONGEST_MS}
                ) AS stored
                WHERE hi >= $lo::TIMESTAMP
            )
        )
        """,
        {"lo": lo, "hi": hi},
    )
    run("""
        CREATE OR REPLACE TABLE touched_pieces AS
        SELECT piece, min(lo) AS lo, max(hi) AS hi FROM pieces
        GROUP BY ALL HAVING bool_or(row_key IS NULL) AND bool_or(row_key IS NOT NULL)
    """)
    run("""
        CREATE OR REPLACE TABLE touched AS
        SELECT row_key, shown_together, year FROM pieces JOIN touched_pieces USING (piece)
        WHERE row_key IS NOT NULL
    """)
    ((reaches,),) = run(
        f"SELECT count(*) FROM touched_pieces WHERE lo <= $lo + {SESSION_SILENCE} OR hi >= $hi - {SESSION_SILENCE}",
        {"lo": lo, "hi": hi},
    ).fetchall()
    return bool(reaches)
