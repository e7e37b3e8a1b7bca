"""From a question to its answer: the report's expression, compiled, run on the snapshot's DuckDB connection."""

from collections.abc import Callable
from functools import lru_cache

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from groovelog.metrics import counting, lengths, period, rankings, rhythm, totals, works
from groovelog.metrics.rules import NEED_LENGTH
from groovelog.metrics.unbound import unbound
from groovelog.model import KINDS, Listener
from groovelog.reports.answer import INSTANT_UTC, Answer, Basis
from groovelog.reports.question import Question
from groovelog.reports.registry import Report
from groovelog.tables import PLAYS, TRACKS

Metric = Callable[[ir.Table, ir.Table, Question], ir.Table]

METRICS: dict[str, Metric] = {
    "overview": lambda plays, tracks, _: totals.overview(plays, tracks),
    "top-tracks": lambda plays, tracks, asked: rankings.top_tracks(plays, tracks, asked.top),
    "top-artists": lambda plays, tracks, asked: rankings.top_artists(plays, tracks, asked.top),
    "top-albums": lambda plays, tracks, asked: rankings.top_albums(plays, tracks, asked.top),
    "listening-by-month": lambda plays, _, __: rhythm.by_month(plays),
    "heatmap": lambda plays, _, __: rhythm.heatmap(plays),
}

REMEMBERED = 256  # compiled reports: a dashboard asks the same again and again, and compiling takes 10 to 50 ms

ARROW_TYPES = {
    "BIGINT": pa.int64(),
    "DATE": pa.date32(),
    "INTEGER": pa.int32(),
    "TIMESTAMPTZ": INSTANT_UTC,
    "VARCHAR": pa.string(),
}


def answered(connection: duckdb.DuckDBPyConnection, report: Report, person: Listener, asked: Question) -> Answer:
    """Run the report's two queries: its rows, and the basis they stand on."""
    basis_sql, rows_sql = compiled(report.name, person.listener_id, asked)
    kept = connection.execute(basis_sql).fetchall()
    rows = connection.sql(rows_sql).to_arrow_table()
    of_kind = [row for row in kept if asked.kind in ("all", row[0])]
    return Answer(
        report=report,
        listener=person.name,
        from_date=asked.from_date or min((row[5] for row in of_kind), default=None),
        to_date=asked.to_date or max((row[6] for row in of_kind), default=None),
        timezone=", ".join(sorted({row[1] for row in of_kind})) or asked.timezone or person.timezone,
        count=asked.count,
        kind=asked.kind,
        basis=Basis(
            plays=sum(row[2] for row in of_kind),
            counted_plays=sum(row[3] for row in of_kind),
            undecided_plays=sum(row[4] for row in of_kind),
            by_kind={kind: sum(row[2] for row in kept if row[0] == kind) for kind in KINDS},
        ),
        rows=rows.cast(pa.schema([(column.name, ARROW_TYPES[column.type]) for column in report.columns])),
    )


@lru_cache(maxsize=REMEMBERED)
def compiled(name: str, listener_id: str, asked: Question) -> tuple[str, str]:
    """The SQL of the basis and of the rows."""
    basis, rows = expressions(name, listener_id, asked)
    return _sql(basis), _sql(rows)


def _sql(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))


def expressions(name: str, listener_id: str, asked: Question) -> tuple[ir.Table, ir.Table]:
    """The basis and the rows, unexecuted: the listener's plays of the period, marked, then those of the kind."""
    every, tracks = unbound(PLAYS), unbound(TRACKS)
    plays = every.filter(every.listener_id == listener_id)
    if asked.timezone is not None:
        plays = period.localised(plays, asked.timezone)
    plays = period.within(plays, asked.from_date, asked.to_date)
    if asked.count in NEED_LENGTH:
        plays = lengths.with_length(plays, every, tracks, listener_id)
    plays = counting.marked(plays, asked.count)
    of_kind = plays if asked.kind == "all" else plays.filter(plays.kind == asked.kind)
    return totals.basis(plays), METRICS[name](works.named(of_kind, asked.kind), tracks, asked)
