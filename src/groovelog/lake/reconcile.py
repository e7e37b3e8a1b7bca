"""Reconcile: from the rows of all sources to plays, each once. A pure function of the rows, whatever their order.

Input is a view `rows` (rid, source, row_key, shown_together, and what was said, instants as TIMESTAMP in UTC), and
`wide`, the same but that it may hold more rows.
Steps, each on narrow tables so that only the last touches the wide rows:

1. forms: rows of one source that tell one play twice become one (see `lake.forms`);
2. joining: rows of several sources that tell one play become one (see `lake.joining`);
3. sessions: plays with no silence over 30 minutes between them.
"""

import duckdb

from groovelog.lake.forms import FORMS, INSTANT, Forms
from groovelog.lake.joining import join
from groovelog.lake.spelling import NAMELESS
from groovelog.lake.zones import zone_at
from groovelog.model import Listener
from groovelog.sources import BY_NAME
from groovelog.tables import SAID

SESSION_SILENCE = "INTERVAL 30 MINUTE"
# A play whose stop nobody tells lasts its length, where that is known.
STOP = "coalesce(stopped_at, started_at + to_milliseconds(coalesce(length_ms, 0)))"

# The leading row alone tells these.
LEADING = ("kind", "started_at")


def reconcile(connection: duckdb.DuckDBPyConnection, person: Listener) -> str:
    """Work through `rows`; returns the query of the plays, with the columns of PLAYS."""
    decide_plays(connection)
    _sessions(connection)
    return _plays_sql(connection, person)


def decide_plays(connection: duckdb.DuckDBPyConnection) -> None:
    """From `rows` make `members`, one row of each source for each play, and `told` and `joined` (see `joining.join`)."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE members AS SELECT rid, source, row_key, started_at, {STOP} AS stopped_at FROM rows
    """)
    present = connection.execute("SELECT DISTINCT source FROM members").fetchall()
    for forms in FORMS:
        if (forms.source.name,) in present:
            _drop_other_forms(connection, forms)
    join(connection)


def _drop_other_forms(connection: duckdb.DuckDBPyConnection, forms: Forms) -> None:
    run = connection.execute
    of_source = f"r.source = '{forms.source.name}'"
    run(f"""
        CREATE OR REPLACE TABLE crowded AS SELECT {forms.instant} AS instant, {forms.length} AS length
        FROM rows AS r WHERE {of_source} GROUP BY ALL HAVING count(*) > 1
    """)
    if not run("SELECT 1 FROM crowded LIMIT 1").fetchall():
        return
    run(f"""
        DELETE FROM members WHERE rid IN (
            WITH alike AS (
                SELECT r.*, bool_or(r.shown_together) OVER (PARTITION BY instant, length, {forms.track}) AS together,
                    instant, length, {forms.track} AS track, {forms.form} AS form
                FROM rows AS r JOIN crowded ON {forms.instant} = instant AND {forms.length} = length WHERE {of_source}
            )
            SELECT rid FROM alike AS r
            -- Of the forms of one play the one that tells most leads; the identity decides between equals.
            QUALIFY row_number() OVER (
                PARTITION BY instant, length, track, CASE WHEN together THEN row_key::VARCHAR ELSE form END
                ORDER BY {forms.order}, rid) > 1
        )
    """)


def _sessions(connection: duckdb.DuckDBPyConnection) -> None:
    """`sessions`: (rid, year of the start, session_id) for every play told."""
    # The play that opened a session is the last of those that opened one.
    connection.execute(f"""
        CREATE OR REPLACE TABLE sessions AS
        SELECT rid, year(started_at) AS year, last_value(opener IGNORE NULLS) OVER (
            ORDER BY started_at, row_key ROWS UNBOUNDED PRECEDING) AS session_id
        FROM (
            SELECT rid, row_key, started_at, CASE WHEN coalesce(started_at > max(stopped_at) OVER (
                ORDER BY started_at, row_key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + {SESSION_SILENCE},
                true) THEN row_key END AS opener
            FROM told
        )
    """)


def _plays_sql(connection: duckdb.DuckDBPyConnection, person: Listener) -> str:
    beside = _say_beside(connection)
    said = ", ".join(f"{_first_told(column.name, beside)} AS {column.name}" for column in SAID)
    sources = "concat_ws('+', r.source, beside.sources)" if beside else "r.source"
    # Plays are written year by year; with the year in the condition, each year looks its own rows up and no others.
    others = "LEFT JOIN beside ON beside.rid = r.rid AND beside.year = sessions.year" if beside else ""
    return f"""
        SELECT '{person.listener_id}' AS listener_id, *, local::DATE AS local_date, hour(local) AS local_hour
        FROM (
            SELECT *, timezone(timezone, started_at::TIMESTAMPTZ) AS local FROM (
                SELECT r.row_key AS play_id, sessions.year, session_id, {sources} AS sources, {said},
                    {zone_at(person, "r.started_at")} AS timezone
                FROM wide AS r JOIN sessions USING (rid) {others}
            )
        )
    """


def _say_beside(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """`beside`: (rid and year of a play, sources, columns), what its rows but the leading one say; returns the columns.

    Of each column it has what the most trusted of these rows says that says anything. In one table, and not in a join for
    each source: eight joins of wide rows at a time do not fit into the memory of a run.
    """
    run = connection.execute
    others = run("SELECT DISTINCT source FROM joined JOIN members ON members.rid = other").fetchall()
    told = {column for (source,) in others for column in (*INSTANT.values(), *BY_NAME[source].told)}
    columns = [column.name for column in SAID if column.name in told and column.name not in LEADING]
    if not columns:
        return []
    one = ", ".join(f"{_named('o', column)} AS {column}" for column in columns)
    first = ", ".join(f"arg_min({_named('o', column)}, level) AS {column}" for column in columns)
    ((levels,),) = run("SELECT max(level) FROM joined").fetchall()
    sources = ", ".join(f"max(CASE level WHEN {level} THEN o.source END)" for level in range(1, levels + 1))
    of_others = "FROM joined JOIN sessions USING (rid) JOIN wide AS o ON o.rid = joined.other WHERE joined.rid"
    several = "(SELECT rid FROM joined WHERE level > 1)"
    run(f"""
        CREATE OR REPLACE TABLE beside AS
        SELECT joined.rid, year, o.source AS sources, {one} {of_others} NOT IN {several}
        UNION ALL
        SELECT joined.rid, any_value(year), concat_ws('+', {sources}), {first} {of_others} IN {several} GROUP BY joined.rid
    """)
    return columns


def _first_told(column: str, beside: list[str]) -> str:
    """What the most trusted row says that says anything."""
    if column not in beside:
        return f"r.{column}"
    placeholder = f", r.{column}" if column in NAMELESS else ""
    return f"coalesce({_named('r', column)}, beside.{column}{placeholder})"


def _named(row: str, column: str) -> str:
    """A name that stands for none gives way to one."""
    return f"nullif({row}.{column}, '{NAMELESS[column]}')" if column in NAMELESS else f"{row}.{column}"
