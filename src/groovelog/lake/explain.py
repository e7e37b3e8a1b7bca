"""Explain: which rows told of a play, and why they were taken for one. Worked out anew, by the code that joined them."""

from typing import Any

import duckdb

from groovelog.errors import NotFoundError
from groovelog.lake.forms import FORMS
from groovelog.lake.reconcile import decide_plays
from groovelog.lake.snapshot import Snapshot
from groovelog.lake.touch import create_piece
from groovelog.model import Explained, TellingRow
from groovelog.tables import SAID

LEADS = "the most trusted row, whose words the play has"
ANOTHER_FORM = "the same row in the words of another export"


def explain(snapshot: Snapshot, play_id: str) -> list[Explained]:
    """The plays of this id (16 hex digits), one for each listener who has it. Raises NotFoundError where nobody has."""
    try:
        key = int(play_id, 16)
    except ValueError:
        key = -1
    people = {person.listener_id: person for person in snapshot.listeners()}
    plays = _rows(
        snapshot.connection,
        f"SELECT listener_id, year, {_naive()}, sources, local_date, local_hour, timezone FROM plays WHERE play_id = ?",
        [key],
    )
    if not plays:
        raise NotFoundError(
            f"There is no play {play_id}. A play's id is the 16 hex digits of play_id, as `groovelog export` writes it."
        )
    return [
        Explained(play_id, people[play["listener_id"]].name, play, tuple(_telling(snapshot, play, key)))
        for play in plays
        if play["listener_id"] in people
    ]


def _telling(snapshot: Snapshot, play: dict[str, Any], key: int) -> list[TellingRow]:
    connection = snapshot.connection
    create_piece(connection, play["listener_id"], key, play["year"])
    decide_plays(connection)
    _find_forms(connection)
    rows = _rows(
        connection,
        f"""
        WITH telling AS (
            SELECT rid, 0 AS level, '{LEADS}' AS how, NULL AS apart FROM told WHERE row_key = $key
            UNION ALL
            SELECT joined.other, level, how, apart FROM joined JOIN told USING (rid) WHERE told.row_key = $key
        ), all_telling AS (
            SELECT rid, level, how, apart FROM telling
            UNION ALL
            SELECT other_forms.rid, level, '{ANOTHER_FORM}', NULL FROM other_forms JOIN telling ON telling.rid = leader
        )
        SELECT how, apart, receipts.file, kept.row_no, kept.source, {_naive("kept.")}
        FROM all_telling JOIN rows USING (rid) JOIN source_plays AS kept
            ON kept.row_key = rows.row_key AND kept.source = rows.source AND kept.listener_id = $listener
            LEFT JOIN receipts ON receipts.run_id = kept.run_id AND receipts.file_no = kept.file_no
        ORDER BY level, how = '{ANOTHER_FORM}', kept.run_id, kept.file_no, kept.row_no
        """,
        {"key": key, "listener": play["listener_id"]},
    )
    return [
        TellingRow(
            source=row["source"],
            file=row["file"],
            row=row["row_no"],
            how=row["how"],
            seconds_apart=row["apart"],
            said={column.name: row[column.name] for column in SAID if row[column.name] is not None},
        )
        for row in rows
    ]


def _find_forms(connection: duckdb.DuckDBPyConnection) -> None:
    """`other_forms`: (rid, leader), the rows that tell a play in the words of another export."""
    connection.execute("CREATE OR REPLACE TABLE other_forms (rid BIGINT, leader BIGINT)")
    for forms in FORMS:
        of_source = f"r.source = '{forms.source.name}'"
        alike = f"{forms.instant} AS instant, {forms.length} AS length, {forms.track} AS track, {forms.form} AS form"
        connection.execute(f"""
            INSERT INTO other_forms
            SELECT dropped.rid, kept.rid FROM
                (SELECT rid, {alike} FROM rows AS r WHERE {of_source} AND rid NOT IN (SELECT rid FROM members)) AS dropped
                JOIN (SELECT rid, {alike} FROM rows AS r WHERE {of_source} AND rid IN (SELECT rid FROM members)) AS kept
                USING (instant, length, track, form)
        """)


def _naive(of: str = "") -> str:
    """What can be said, instants as UTC without saying so: to make others, DuckDB needs another library."""
    return ", ".join(
        f"{of}{column.name}::TIMESTAMP AS {column.name}" if column.type == "TIMESTAMPTZ" else f"{of}{column.name}"
        for column in SAID
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str, values: Any) -> list[dict[str, Any]]:
    result = connection.execute(query, values)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
