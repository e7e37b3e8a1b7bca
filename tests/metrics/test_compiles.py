"""Every metric compiles for DuckDB and for Spark, without data; a misspelt column does not."""

from collections.abc import Callable
from datetime import date

import ibis
import pytest
from histories import ME, marked
from ibis.config import Config

from groovelog.metrics import period, rankings, rhythm, totals
from groovelog.metrics.rules import RULES
from groovelog.metrics.unbound import unbound
from groovelog.reports import REPORTS, Question, find
from groovelog.reports.answering import expressions
from groovelog.tables import PLAYS, TABLES

METRICS: dict[str, Callable[[ibis.Table, ibis.Table], ibis.Table]] = {
    "basis": lambda plays, _: totals.basis(plays),
    "overview": totals.overview,
    "top_tracks": lambda plays, tracks: rankings.top_tracks(plays, tracks, 10),
    "top_artists": rankings.top_artists,
    "top_albums": rankings.top_albums,
    "by_month": lambda plays, _: rhythm.by_month(plays),
    "heatmap": lambda plays, _: rhythm.heatmap(plays),
}


class SparkOptions(Config):
    """What Ibis' Spark backend adds to its options when it is loaded; without it no column of floats compiles."""

    treat_nan_as_null: bool = False


@pytest.fixture(autouse=True)
def _as_with_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
def test_metric_compiles(name: str, dialect: str) -> None:
    assert "plays" in ibis.to_sql(METRICS[name](*marked()), dialect=dialect)


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
def test_report_compiles(name: str, dialect: str) -> None:
    asked = Question(from_date=date(2024, 1, 1), timezone="Asia/Tokyo") if find(name).takes("from") else Question()
    moved = ((None, "Europe/Lisbon"), (date(2024, 5, 1), "Asia/Tokyo"))
    basis, rows = expressions(name, ME.listener_id, moved, asked.settled(find(name)))
    assert "SELECT" in ibis.to_sql(basis, dialect=dialect)
    assert "SELECT" in ibis.to_sql(rows, dialect=dialect)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
def test_counting_rule_compiles(rule: str, dialect: str) -> None:
    plays, _ = marked(rule)
    assert "counted" in ibis.to_sql(plays, dialect=dialect)


def test_zone_compiles_to_what_each_engine_knows() -> None:
    local = period.localised(unbound(PLAYS), "Europe/Lisbon")
    assert "AT TIME ZONE 'Europe/Lisbon'" in ibis.to_sql(local, dialect="duckdb")
    assert "CONVERT_TIMEZONE('Europe/Lisbon'," in ibis.to_sql(local, dialect="pyspark")


def test_a_misspelt_column_fails_without_data() -> None:
    with pytest.raises(AttributeError):
        unbound(PLAYS).ms_plaid  # noqa: B018


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_of_the_lake_has_ibis_types(table) -> None:  # type: ignore[no-untyped-def]
    assert unbound(table).columns == table.names
