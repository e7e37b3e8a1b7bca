"""From a question to its answer: the report's expression, compiled, run on the snapshot's DuckDB connection."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from groovelog.metrics import counting, coverage, lengths, period, quality, rankings, rhythm, saved, totals, works
from groovelog.metrics.rules import NEED_LENGTH
from groovelog.metrics.unbound import unbound
from groovelog.model import KINDS, Listener
from groovelog.reports.answer import INSTANT_UTC, Answer, Basis, Held
from groovelog.reports.of_matches import LISTED
from groovelog.reports.question import Question
from groovelog.reports.registry import find
from groovelog.reports.report import Report
from groovelog.tables import COMMITS, PLAYS, REFERENCES, SAID, SOURCE_PLAYS, TRACK_MATCHES, TRACKS

Tables = dict[str, ir.Table]
Metric = Callable[[Tables, Question], ir.Table]

# From the tables that a report reads, by their names and cut to what was asked, to its rows.
METRICS: dict[str, Metric] = {
    "overview": lambda of, _: totals.overview(of["plays"], of["tracks"]),
    "top-tracks": lambda of, asked: rankings.top_tracks(of["plays"], of["tracks"], asked.top),
    "top-artists": lambda of, asked: rankings.top_artists(of["plays"], of["tracks"], asked.top),
    "top-albums": lambda of, asked: rankings.top_albums(of["plays"], of["tracks"], asked.top),
    "listening-by-month": lambda of, _: rhythm.by_month(of["plays"]),
    "heatmap": lambda of, _: rhythm.heatmap(of["plays"]),
    "coverage": lambda of, asked: coverage.coverage(
        of["plays"], of["tracks"], of["track_matches"], asked.top or LISTED
    ),
    "sources": lambda of, _: quality.sources(of["source_plays"], of["plays"]),
    "sources-by-month": lambda of, _: quality.by_month(of["source_plays"]),
    "sources-by-run": lambda of, _: quality.by_run(of["source_plays"], of["receipts"], of["commits"]),
    "missing-values": lambda of, _: quality.missing_values(of["source_plays"], tuple(c.name for c in SAID)),
    "data-quality": lambda of, _: quality.checks(of["source_plays"], of["plays"], of["receipts"], of["receipt_rows"]),
    "playlist-list": lambda of, asked: saved.playlist_list(of["playlists"], of["playlist_tracks"], asked.top),
    "playlist-tracks": lambda of, asked: saved.playlist_tracks(of["playlist_tracks"], of["playlists"], asked.top),
    "library": lambda of, asked: saved.library(of["saved_tracks"], asked.top),
}

REMEMBERED = 256  # compiled reports: a dashboard asks the same again and again, and compiling takes 10 to 50 ms

ARROW_TYPES = {
    "BIGINT": pa.int64(),
    "DATE": pa.date32(),
    "DOUBLE": pa.float64(),
    "INTEGER": pa.int32(),
    "TIMESTAMPTZ": INSTANT_UTC,
    "VARCHAR": pa.string(),
}


def answered(connection: duckdb.DuckDBPyConnection, report: Report, person: Listener, asked: Question) -> Answer:
    """Run the report's two queries: its rows, and what they stand on."""
    basis_sql, rows_sql = compiled(report.name, person.listener_id, person.zones, asked)
    kept = connection.execute(basis_sql).fetchall()
    rows = connection.sql(rows_sql).to_arrow_table()
    basis_of = _of_plays if report.of is PLAYS else _of_others
    return Answer(
        report=report,
        listener=person.name,
        count=asked.count,
        kind=asked.kind,
        rows=rows.cast(pa.schema([(column.name, ARROW_TYPES[column.type]) for column in report.columns])),
        coverage=_coverage(connection, report, person, asked),
        **basis_of(report, person, asked, kept),
    )


def _coverage(connection: duckdb.DuckDBPyConnection, report: Report, person: Listener, asked: Question) -> float | None:
    """The share of the counted plays with audio features; None where nothing was matched yet, or no track is asked for."""
    if report.of is not PLAYS or asked.kind not in ("track", "all"):
        return None
    if not connection.execute("SELECT 1 FROM track_matches LIMIT 1").fetchall():
        return None
    ((plays, with_features),) = connection.execute(share_sql(person.listener_id, asked)).fetchall()
    return int(with_features) / plays if plays else None


@lru_cache(maxsize=REMEMBERED)
def share_sql(listener_id: str, asked: Question) -> str:
    """The SQL of `coverage.share`."""
    plays, _ = _counted(own(unbound(PLAYS), listener_id), listener_id, asked)
    return _sql(coverage.share(plays, unbound(TRACKS), unbound(TRACK_MATCHES)))


def covered(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """For each reference the share of everybody's counted plays of tracks that it gives audio features to."""
    plays = counting.marked(unbound(PLAYS).filter(ibis._.kind == "track"), "30s")
    rows = coverage.coverage(works.named(plays, "track"), unbound(TRACKS), unbound(TRACK_MATCHES), 1)
    asked = _sql(rows.filter(rows.part == coverage.BY_REFERENCE).select("reference", "share_of_plays"))
    return dict(connection.execute(asked).fetchall())


def _of_plays(_: Report, person: Listener, asked: Question, kept: list[Any]) -> dict[str, Any]:
    """What is said with an answer of plays, from the rows of `totals.basis`."""
    of_kind = [row for row in kept if asked.kind in ("all", row[0])]
    return {
        "from_date": asked.from_date or min((row[5] for row in of_kind), default=None),
        "to_date": asked.to_date or max((row[6] for row in of_kind), default=None),
        "timezone": ", ".join(sorted({row[1] for row in of_kind})) or asked.timezone or person.timezone,
        "stands_on": Basis(
            plays=sum(row[2] for row in of_kind),
            counted_plays=sum(row[3] for row in of_kind),
            undecided_plays=sum(row[4] for row in of_kind),
            by_kind={kind: sum(row[2] for row in kept if row[0] == kind) for kind in KINDS},
        ),
    }


def _of_others(report: Report, person: Listener, asked: Question, kept: list[Any]) -> dict[str, Any]:
    """What is said with any other answer, from the one row of `totals.held`."""
    ((rows, first, last),) = kept
    dated = report.takes("from")
    zones = ", ".join(sorted({zone for _, zone in person.zones}))
    return {
        "from_date": (asked.from_date or first) if dated else None,
        "to_date": (asked.to_date or last) if dated else None,
        "timezone": (asked.timezone or zones) if report.takes("timezone") else None,
        "stands_on": Held(rows),
    }


@lru_cache(maxsize=REMEMBERED)
def compiled(name: str, listener_id: str, zones: period.Zones, asked: Question) -> tuple[str, str]:
    """The SQL of the basis and of the rows."""
    basis, rows = expressions(name, listener_id, zones, asked)
    return _sql(basis), _sql(rows)


def _sql(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))


def expressions(name: str, listener_id: str, zones: period.Zones, asked: Question) -> tuple[ir.Table, ir.Table]:
    """The basis and the rows, unexecuted, of the tables that the report reads."""
    report = find(name)
    of = {table.name: own(unbound(table), listener_id) for table in (report.of, *report.beside)}
    if report.of is PLAYS:
        of[PLAYS.name], basis = _counted(of[PLAYS.name], listener_id, asked)
        return basis, METRICS[name](of, asked)
    if report.of is SOURCE_PLAYS:
        of = {table: _cut(rows, table, of, zones, asked) for table, rows in of.items()}
    main = of[report.of.name]
    return totals.held(main, dated=report.takes("from")), METRICS[name](of, asked)


def own(table: ir.Table, listener_id: str) -> ir.Table:
    """The listener's rows; a table that is nobody's stays whole."""
    return table.filter(table.listener_id == listener_id) if "listener_id" in table.columns else table


def _counted(plays: ir.Table, listener_id: str, asked: Question) -> tuple[ir.Table, ir.Table]:
    """The listener's plays of the period and kind, marked as counted or not; and the basis, of every kind."""
    if asked.timezone is not None:
        plays = period.localised(plays, asked.timezone)
    plays = period.within(plays, asked.from_date, asked.to_date)
    if asked.count in NEED_LENGTH:
        matched = lengths.of_references(unbound(TRACK_MATCHES), unbound(REFERENCES))
        plays = lengths.with_length(plays, unbound(PLAYS), unbound(TRACKS), matched, listener_id)
    plays = counting.marked(plays, asked.count or "all")
    return works.named(_of_kind(plays, asked), asked.kind or "all"), totals.basis(plays)


def _cut(rows: ir.Table, table: str, of: Tables, zones: period.Zones, asked: Question) -> ir.Table:
    """Source rows and plays of the period and kind; other tables as they are.

    Source rows are flagged before they are cut, and those that receipts do not count as stored are left out.
    """
    if table not in (SOURCE_PLAYS.name, PLAYS.name):
        return rows
    if table == SOURCE_PLAYS.name:
        rows = rows.filter(rows.counted)
        rows = quality.flagged(rows, of[COMMITS.name]) if COMMITS.name in of else rows
    if asked.timezone is not None or table == SOURCE_PLAYS.name:
        chosen: Sequence[Any] = zones if asked.timezone is None else ((None, asked.timezone),)
        rows = rows.mutate(local_date=period.local_date(rows.started_at, chosen))
    rows = period.within(rows, asked.from_date, asked.to_date)
    return _of_kind(rows, asked)


def _of_kind(rows: ir.Table, asked: Question) -> ir.Table:
    return rows if asked.kind in (None, "all") else rows.filter(rows.kind == asked.kind)
