"""Every metric compiles for DuckDB and for Spark, without data; a misspelt column does not."""

from dataclasses import replace
from datetime import date

import ibis
import pytest
from histories import ME, marked
from ibis.config import Config

from groovelog.metrics import coverage, estimated, period, totals
from groovelog.metrics.rules import RULES
from groovelog.metrics.unbound import unbound
from groovelog.reports import REPORTS, Question, find
from groovelog.reports.asking import Asking
from groovelog.reports.compiled import compiled
from groovelog.reports.compiling import rows_of, sql
from groovelog.reports.supply import Supply
from groovelog.tables import PLAYS, TABLES, TRACK_MATCHES, TRACKS


class SparkOptions(Config):
    """What Ibis' Spark backend adds to its options when it is loaded; without it no column of floats compiles."""

    treat_nan_as_null: bool = False


@pytest.fixture(autouse=True)
def _as_with_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_report_compiles_for_spark(name: str) -> None:
    report = find(name)
    asked = Question(
        from_date=date(2024, 1, 1) if report.takes("from") else None,
        timezone="Asia/Tokyo" if report.takes("timezone") else None,
    )
    moved = replace(ME, zones=((None, "Europe/Lisbon"), (date(2024, 5, 1), "Asia/Tokyo")))
    supply = Supply(moved, asked.settled(report), others=(replace(ME, name="other", listener_id="b2"),))
    assert "SELECT" in ibis.to_sql(rows_of(report, supply), dialect="pyspark")


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_a_query_compiled_for_stand_ins_is_that_of_the_listener_and_dates(name: str) -> None:
    report = find(name)
    asked = Question(
        listener=ME.name,
        from_date=date(2024, 2, 29) if report.takes("from") else None,
        to_date=date(2024, 12, 1) if report.takes("to") else None,
        timezone="Asia/Tokyo" if report.takes("timezone") else None,
    )
    moved = replace(ME, zones=((None, "Europe/Lisbon"), (date(2024, 5, 1), "Asia/Tokyo")))
    others = (replace(ME, name="other", listener_id="b2"),) if report.shares else ()
    asking = Asking(moved, asked.settled(report), others)
    assert compiled("rows", name, asking) == sql(rows_of(report, Supply(moved, asking.asked, others)))


@pytest.mark.parametrize("text", ["L'Été \\' OR 1=1 --\n\x1f黒い海 '); DROP TABLE plays; --", "00000000-track"])
@pytest.mark.parametrize("name", [report.name for report in REPORTS if report.takes("artist")])
def test_the_artist_and_track_asked_for_are_text_whatever_they_spell(name: str, text: str) -> None:
    asked = Question(artist=text, track=text + text).settled(find(name))
    assert compiled("rows", name, Asking(ME, asked)) == sql(rows_of(find(name), Supply(ME, asked)))


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
def test_what_answers_stand_on_compiles(dialect: str) -> None:
    untimed = Supply(ME, Question(count="30s", kind="track"), told=frozenset())
    tables = untimed.plays, unbound(TRACKS), unbound(TRACK_MATCHES)
    days = totals.by_day(untimed.every_kind_ever), totals.basis(totals.DAYS)
    for expression in (*days, estimated.share(untimed.plays), coverage.share(*tables)):
        assert "SELECT" in ibis.to_sql(expression, dialect=dialect)


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
