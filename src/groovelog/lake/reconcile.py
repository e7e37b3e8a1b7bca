"""Reconcile: from the rows of all sources to plays, each once. A pure function of the rows, whatever their order.

Input is a view `rows` (rid, source, row_key, shown_together, and what was said, instants as TIMESTAMP in UTC), and
`wide`, the same but that it may hold more rows.
Steps, each on narrow tables so that only the last touches the wide rows:

1. forms: rows of one source that tell one play twice become one (see `keep`);
2. joins: source by source in order of trust, rows are joined one to one to the plays so far, where the tracks are the
   same and the intervals agree; what finds no play becomes one;
3. sessions: plays with no silence over 30 minutes between them.
"""

import duckdb

from groovelog.lake.keep import form_text, names_told, track_text
from groovelog.names import plain
from groovelog.sources import SOURCES
from groovelog.sources.source import Source
from groovelog.tables import SAID

SESSION_SILENCE = "INTERVAL 30 MINUTE"
# Two sources measure the same play: their lengths differ by rounding, or by the slack of a source told to the minute.
CLOCK_SLACK_S = 2
# What account data say where they have no name; it names nothing.
NAMELESS = {"track_name": "Unknown Track", "artist_name": "Unknown Artist"}


def reconcile(connection: duckdb.DuckDBPyConnection, listener_id: str, zone: str) -> str:
    """Work through `rows`; returns the query of the plays, with the columns of PLAYS."""
    run = connection.execute
    run("CREATE OR REPLACE TABLE members AS SELECT rid, source, row_key, started_at, stopped_at, ms_played FROM rows")
    for source in SOURCES:
        if source.forms_vary:
            _drop_other_forms(connection, source)
    run(
        "CREATE OR REPLACE TABLE told (rid BIGINT, row_key BIGINT, started_at TIMESTAMP, stopped_at TIMESTAMP, ms_played BIGINT)"
    )
    run("CREATE OR REPLACE TABLE joined (rid BIGINT, other BIGINT, source VARCHAR)")
    for source in sorted(SOURCES, key=lambda source: -source.trust):
        _join(connection, source)
    _sessions(connection)
    return _plays_sql(connection, listener_id, zone)


def _drop_other_forms(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    run = connection.execute
    run(f"""
        CREATE OR REPLACE TABLE crowded AS SELECT stopped_at, ms_played FROM members
        WHERE source = '{source.name}' GROUP BY ALL HAVING count(*) > 1
    """)
    if not run("SELECT 1 FROM crowded LIMIT 1").fetchall():
        return
    run(f"""
        DELETE FROM members WHERE rid IN (
            WITH alike AS (
                SELECT rid, row_key, {names_told("r")} AS names, skipped IS NULL AS no_skip, offline_at IS NULL AS no_clock,
                    bool_or(shown_together) OVER (PARTITION BY r.stopped_at, r.ms_played, {track_text("r")}) AS together,
                    r.stopped_at, r.ms_played, {track_text("r")} AS track, {form_text("r", source)} AS form
                FROM rows AS r JOIN crowded USING (stopped_at, ms_played) WHERE source = '{source.name}'
            )
            SELECT rid FROM alike
            -- Of the forms of one play the one that tells most leads; the identity decides between equals.
            QUALIFY row_number() OVER (
                PARTITION BY stopped_at, ms_played, track, CASE WHEN together THEN row_key::VARCHAR ELSE form END
                ORDER BY names DESC, no_skip, no_clock, row_key, rid) > 1
        )
    """)


def _join(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Add a source's rows to the plays `told` so far: joined to one of them, or a play of their own."""
    run = connection.execute
    if run("SELECT 1 FROM told LIMIT 1").fetchall():
        _candidates(connection, source)
        while run("SELECT 1 FROM candidates LIMIT 1").fetchall():
            # Pairs that are each other's best; the total order makes one at least, so this ends.
            run("""
                CREATE OR REPLACE TABLE best AS SELECT rid, other FROM candidates
                QUALIFY row_number() OVER (PARTITION BY rid ORDER BY cost, play_key, other_key) = 1
                    AND row_number() OVER (PARTITION BY other ORDER BY cost, play_key, other_key) = 1
            """)
            run(f"INSERT INTO joined SELECT rid, other, '{source.name}' FROM best")
            run("DELETE FROM candidates WHERE rid IN (SELECT rid FROM best) OR other IN (SELECT other FROM best)")
    run(f"""
        INSERT INTO told SELECT rid, row_key, started_at, stopped_at, ms_played FROM members
        WHERE source = '{source.name}' AND rid NOT IN (SELECT other FROM joined)
    """)


def _candidates(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """`candidates`: pairs of a play and a row of the source whose intervals agree and whose tracks are the same.

    The stop lies between the told one and `stop_slack_s` later; the start may be off by as much.
    """
    run = connection.execute
    slack = source.late_s + CLOCK_SLACK_S
    run(f"""
        CREATE OR REPLACE TABLE candidates AS
        SELECT play.rid, play.row_key AS play_key, other.rid AS other, other.row_key AS other_key,
            abs(play.ms_played - other.ms_played) AS cost, other.ms_played
        FROM (
            -- An equal minute makes the join a hash join; the row stands under its own and the neighbouring minutes.
            SELECT *, date_trunc('minute', stopped_at) + to_minutes(shift) AS minute
            FROM members, (SELECT unnest([-1, 0, 1]) AS shift) WHERE source = '{source.name}'
        ) AS other JOIN told AS play ON date_trunc('minute', play.stopped_at) = other.minute
        WHERE play.stopped_at BETWEEN other.stopped_at - INTERVAL {CLOCK_SLACK_S} SECOND
                AND other.stopped_at + INTERVAL {slack} SECOND
            AND play.started_at BETWEEN other.started_at - INTERVAL {CLOCK_SLACK_S} SECOND
                AND other.started_at + INTERVAL {slack} SECOND
    """)
    run(f"""
        CREATE OR REPLACE TABLE spellings AS
        SELECT rid, coalesce(track_name, episode_name, audiobook_title, '{NAMELESS["track_name"]}') AS title,
            coalesce(
                artist_name, show_name, CASE WHEN audiobook_title IS NULL THEN '{NAMELESS["artist_name"]}' ELSE '' END
            ) AS creator
        FROM rows WHERE rid IN (SELECT rid FROM candidates UNION ALL SELECT other FROM candidates)
    """)
    nameless = f"{plain(NAMELESS['track_name'])}\n{plain(NAMELESS['artist_name'])}"
    spelt = run("SELECT DISTINCT title, creator FROM spellings").fetchall()
    run("CREATE OR REPLACE TABLE normal (title VARCHAR, creator VARCHAR, name VARCHAR)")
    if spelt:
        run(
            "INSERT INTO normal SELECT unnest($titles), unnest($creators), unnest($names)",
            {
                "titles": [title for title, _ in spelt],
                "creators": [creator for _, creator in spelt],
                "names": [f"{plain(title)}\n{plain(creator)}" for title, creator in spelt],
            },
        )
    run("""
        CREATE OR REPLACE TABLE named AS SELECT rid, name FROM spellings JOIN normal USING (title, creator)
    """)
    # A row that names nothing (a withdrawn track) is the same play only where the length agrees to the millisecond.
    run(f"""
        DELETE FROM candidates USING named AS a, named AS b
        WHERE a.rid = candidates.rid AND b.rid = candidates.other AND a.name <> b.name
            AND NOT ((a.name = '{nameless}' OR b.name = '{nameless}') AND cost = 0 AND ms_played > 0)
    """)
    run(
        "UPDATE candidates SET cost = cost + 1 FROM named AS a, named AS b "
        "WHERE a.rid = candidates.rid AND b.rid = candidates.other AND a.name <> b.name"
    )


def _sessions(connection: duckdb.DuckDBPyConnection) -> None:
    """`sessions`: (rid, year of the start, session_id) for every play told."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE sessions AS
        SELECT rid, year(started_at) AS year,
            first_value(row_key) OVER (PARTITION BY session ORDER BY started_at, row_key) AS session_id
        FROM (
            SELECT rid, row_key, started_at, sum(opens) OVER (ORDER BY started_at, row_key ROWS UNBOUNDED PRECEDING) AS session
            FROM (
                SELECT rid, row_key, started_at, coalesce(started_at > max(stopped_at) OVER (
                    ORDER BY started_at, row_key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + {SESSION_SILENCE},
                    true)::INTEGER AS opens
                FROM told
            )
        )
    """)


def _plays_sql(connection: duckdb.DuckDBPyConnection, listener_id: str, zone: str) -> str:
    single = not connection.execute("SELECT 1 FROM joined LIMIT 1").fetchall()
    if single:
        said, others, sources = ", ".join(f"r.{column.name}" for column in SAID), "", "r.source"
    else:
        # The leading row is of the most trusted source; the others fill in what it does not say.
        first = ("kind", "started_at", "stopped_at", "ms_played")
        said = ", ".join(
            f"r.{column.name}"
            if column.name in first
            else f"coalesce(r.{column.name}, {_filling(column.name)}) AS {column.name}"
            for column in SAID
        )
        others = "LEFT JOIN joined ON joined.rid = r.rid LEFT JOIN wide AS o ON o.rid = joined.other"
        sources = "concat_ws('+', r.source, joined.source)"
    return f"""
        SELECT '{listener_id}' AS listener_id, *,
            local::DATE AS local_date, hour(local) AS local_hour, '{zone}' AS timezone
        FROM (
            SELECT r.row_key AS play_id, sessions.year, session_id, {sources} AS sources, {said},
                timezone('{zone}', r.started_at::TIMESTAMPTZ) AS local
            FROM wide AS r JOIN sessions USING (rid) {others}
        )
    """


def _filling(column: str) -> str:
    """What the row joined to a play says of the column, where it says anything."""
    return f"nullif(o.{column}, '{NAMELESS[column]}')" if column in NAMELESS else f"o.{column}"
