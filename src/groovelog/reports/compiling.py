"""Compile: the SQL that DuckDB runs, from the metric's expression."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from groovelog.metrics import counting, coverage, coverage_words, estimated, period, totals, works
from groovelog.metrics.unbound import unbound
from groovelog.reports.asking import Asking
from groovelog.reports.registry import find
from groovelog.reports.report import Report
from groovelog.reports.supply import Supply, metric_of
from groovelog.tables import PLAYS, SOURCE_PLAYS, TRACK_MATCHES, TRACKS


def query(part: str, report: str, asking: Asking) -> str:
    """One of `PARTS` of the answer."""
    supply = Supply(asking.person, asking.asked, asking.others, asking.told)
    return sql(PARTS[part](find(report), supply))


def covered() -> str:
    """For each reference the share of everybody's counted plays of tracks that it gives audio features to."""
    plays = counting.marked(unbound(PLAYS).filter(ibis._.kind == "track"), "30s")
    rows = coverage.coverage(works.named(plays, "track"), unbound(TRACKS), unbound(TRACK_MATCHES), 1)
    return sql(rows.filter(rows.part == coverage_words.BY_REFERENCE).select("reference", "share_of_plays"))


def rows_of(report: Report, supply: Supply) -> ir.Table:
    """The rows of the report, unexecuted."""
    metric = metric_of(report)
    return metric(**supply.to(metric))


def sql(expression: ir.Table) -> str:
    """As DuckDB takes it."""
    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))


def _days(_report: Report, supply: Supply) -> ir.Table:
    """Of every kind and of all time."""
    return totals.by_day(supply.every_kind_ever)


def _basis(_report: Report, supply: Supply) -> ir.Table:
    """Of the days of `_days`, under a name that stands for them."""
    return totals.basis(period.within(totals.DAYS, supply.first, supply.last))


def _share(_report: Report, supply: Supply) -> ir.Table:
    return coverage.share(supply.counted_on, unbound(TRACKS), unbound(TRACK_MATCHES))


def _estimate(_report: Report, supply: Supply) -> ir.Table:
    return estimated.share(supply.counted_on)


def _held(report: Report, supply: Supply) -> ir.Table:
    rows = supply.source_plays if report.of is SOURCE_PLAYS else supply.named(report.of.name)
    return totals.held(rows, dated=report.takes("from"))


PARTS: dict[str, Callable[[Report, Supply], ir.Table]] = {
    "rows": rows_of, "days": _days, "basis": _basis, "share": _share, "estimate": _estimate, "held": _held,
}  # fmt: skip
