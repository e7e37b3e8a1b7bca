"""Write `plays`: whole files where plays change, an append where they are only added."""

from typing import TYPE_CHECKING

import duckdb

from groovelog.lake import delta
from groovelog.lake.reconcile import reconcile
from groovelog.lake.snapshot import scan, sizes
from groovelog.lake.touch import create_rows
from groovelog.model import Listener
from groovelog.tables import PLAYS, SAID, SOURCE_PLAYS

if TYPE_CHECKING:
    from groovelog.lake.run import Run


def add_rows(run: "Run", listener: Listener) -> None:
    """Store the kept staged rows and bring the plays of the pieces they touch up to date."""
    said = ", ".join(f"staged.{column.name}" for column in SAID)
    years_anew = create_rows(run.connection, listener.listener_id)
    plays = reconcile(run.connection, listener)
    run.write(
        SOURCE_PLAYS,
        f"""
        SELECT '{listener.listener_id}' AS listener_id, kept.year, staged.source, row_key,
            shown_together, counted, '{run.run_id}' AS run_id, staged.file_no,
            rid - file.first_rowid + 1 AS row_no, {said}
        FROM staged JOIN kept ON staged.rowid = kept.rid JOIN staged_files AS file ON file.file_no = staged.file_no
        """,
        delta.by_year(listener.listener_id, _years(run, "kept")),
    )
    _write(run, listener, plays, years_anew)


def rebuild(run: "Run", listener: Listener) -> None:
    """All plays of a listener anew from all stored rows, as after a change of zone."""
    plays = rebuilt(run.connection, listener)
    removed = [file for file in run.snapshot.files(PLAYS) if file.partition["listener_id"] == listener.listener_id]
    run.write(PLAYS, plays, delta.by_year(listener.listener_id, _years(run, "sessions")), removed)


def rebuilt(connection: duckdb.DuckDBPyConnection, listener: Listener) -> str:
    """The query of all plays of a listener, worked out from `source_plays` alone."""
    said = ", ".join(f"{c.name}::TIMESTAMP AS {c.name}" if c.type == "TIMESTAMPTZ" else c.name for c in SAID)
    own = f"FROM source_plays WHERE listener_id = '{listener.listener_id}'"
    # A row stored twice, the second time as shown together with others, counts as that. Hardly any lake holds one.
    together = f"SELECT row_key {own} AND shown_together"
    once = f"AND (shown_together OR row_key NOT IN ({together}))" if connection.execute(together).fetchone() else ""
    connection.execute(f"""
        CREATE OR REPLACE VIEW rows AS SELECT row_key AS rid, source, row_key, shown_together, {said} {own} {once}
    """)
    connection.execute("CREATE OR REPLACE VIEW wide AS SELECT * FROM rows")
    return reconcile(connection, listener)


def _write(run: "Run", listener: Listener, plays: str, years_anew: list[int]) -> None:
    removed = _holding_old_plays(run, listener, years_anew)
    if removed:
        columns = ", ".join(PLAYS.names)
        old = scan(run.connection, run.lake, PLAYS, removed)
        plays = f"""
            SELECT {columns} FROM ({plays})
            UNION ALL
            SELECT {columns} FROM {old} WHERE play_id NOT IN (SELECT row_key FROM touched)
        """
    years = sorted({*_years(run, "sessions"), *(int(file.partition["year"]) for file in removed)})
    run.write(PLAYS, plays, delta.by_year(listener.listener_id, years), removed)


def _holding_old_plays(run: "Run", listener: Listener, years: list[int]) -> list[delta.DataFile]:
    """The files with plays of the touched pieces. What came in last lies in small files, so that a scrobble writes little."""
    theirs = [
        file
        for file in run.snapshot.files(PLAYS)
        if file.partition["listener_id"] == listener.listener_id and int(file.partition["year"]) in years
    ]
    if not theirs:
        return []
    # A play carries the row_key of one of its rows, so the rows of the touched pieces name the plays to replace.
    old = scan(run.connection, run.lake, PLAYS, theirs)
    holding = run.connection.execute(f"""
        SELECT DISTINCT filename FROM {old} WHERE play_id IN (SELECT row_key FROM touched)
    """).fetchall()
    named = run.lake.readable(run.connection, sizes(PLAYS, theirs))
    return [file for file, name in zip(theirs, named, strict=True) if (name,) in holding]


def _years(run: "Run", table: str) -> list[int]:
    rows = run.connection.execute(f"SELECT DISTINCT year FROM {table} ORDER BY year").fetchall()
    return [year for (year,) in rows]
