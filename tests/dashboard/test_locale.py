"""Numbers and dates by region, worked out by hand from what is usual there."""

from collections.abc import Iterator
from datetime import date, datetime
from threading import Thread

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from groovelog.dashboard import frames
from groovelog.dashboard.charts import course, plays_by_month
from groovelog.dashboard.charts.course import Axis, Point
from groovelog.dashboard.texts import locale, recap, rhythm, timeline, wording
from groovelog.dashboard.texts.locale import NB
from groovelog.reports.words import cells
from groovelog.tables import Column

DAY = date(2026, 11, 27)
HOUR = 3_600_000
AT = "2026-11-27T23:06:00Z"


def said(words: str) -> str:
    return words.replace(NB, " ")


@pytest.fixture(autouse=True)
def no_browser() -> Iterator[None]:
    yield
    locale.use(None)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en-GB", "en_GB"),
        ("de-DE", "en_DE"),
        ("de", "en_DE"),
        ("fr-FR", "en_FR"),
        ("en", "en_US"),
        ("en-US@posix", "en_US"),
        ("zh-Hant-HK", "en_HK"),
        ("en-US-u-hc-h12", "en_US"),
        ("de-DE-1996", "en_DE"),
        ("pt-BR", "en_001"),
        ("el-GR", "en_001"),
        ("es-419", "en_001"),
        ("tlh", "en_001"),
        ("?", "en_001"),
        ("../../en_DE", "en_001"),
    ],
)
def test_the_english_of_a_region_is_taken_else_that_of_the_world(tag: str, name: str) -> None:
    assert locale.english(tag) == name


def test_without_a_browser_it_is_written_as_in_britain() -> None:
    locale.use("de-DE")
    locale.use(None)
    assert locale.name() == "en_GB"


def test_the_english_of_europe_is_that_of_the_world_in_all_that_is_used() -> None:
    assert locale.form_of("en_150") == locale.form_of("en_001")


@pytest.mark.parametrize(
    ("tag", "number", "large", "negative"),
    [
        ("en-GB", "24,640.5", "1,234,567", "-24,640"),
        ("en-US", "24,640.5", "1,234,567", "-24,640"),
        ("de-DE", "24.640,5", "1.234.567", "-24.640"),
        ("fr-FR", f"24{NB}640,5", f"1{NB}234{NB}567", f"-24{NB}640"),
        ("de-CH", "24'640.5", "1'234'567", "-24'640"),
        ("hi-IN", "24,640.5", "12,34,567", "-24,640"),
    ],
)
def test_a_number_has_the_signs_of_its_region(tag: str, number: str, large: str, negative: str) -> None:
    locale.use(tag)
    assert wording.rounded(24_640.5, 1) == number
    assert wording.count(1_234_567) == large
    assert wording.count(-24_640) == negative
    assert wording.count(999) == "999"


@given(st.integers(-(10**12), 10**12), st.sampled_from(["en_GB", "en_DE", "en_IN", "en_CH", "en_SE"]))
def test_without_its_groups_a_number_is_itself(number: int, name: str) -> None:
    form = locale.form_of(name)
    assert int(form.number(number).replace(form.group, "")) == number


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        (
            "en-GB",
            "27 November 2026 | 27 Nov 2026 | Fri, 27 Nov 2026 | Friday, 27 November 2026, 23:06 to 23:50 | "
            "3 to 27 November 2026 | 3 October to 27 November 2026 | Fri 27",
        ),
        (
            "en-US",
            "November 27, 2026 | Nov 27, 2026 | Fri, Nov 27, 2026 | Friday, November 27, 2026, 23:06 to 23:50 | "
            "November 3 to 27, 2026 | October 3 to November 27, 2026 | 27 Fri",
        ),
        (
            "de-DE",
            "27 November 2026 | 27 Nov 2026 | Fri, 27 Nov 2026 | Friday, 27 November 2026, 23:06 to 23:50 | "
            "3 to 27 November 2026 | 3 October to 27 November 2026 | Fri 27",
        ),
    ],
)
def test_a_date_has_the_order_of_its_region(tag: str, told: str) -> None:
    locale.use(tag)
    begin, end = (datetime(2026, 11, 27, 23, minute) for minute in (6, 50))  # noqa: DTZ001 - local as shown
    dates = (
        wording.day(DAY),
        wording.short_day(DAY),
        wording.short_weekday_and_day(DAY),
        timeline.session_name(begin, end),
        timeline.fortnight(date(2026, 11, 3), DAY),
        recap.span(date(2026, 10, 3), DAY),
        wording.short_weekday_and_number(DAY),
    )
    assert said(" | ".join(dates)) == told
    assert said(wording.month(DAY)) == "November 2026"
    assert wording.day(DAY).count(" ") == 0


def test_days_of_south_africa_have_two_digits() -> None:
    locale.use("en-ZA")
    assert said(wording.day(date(2026, 3, 9))) == "09 March 2026"


def test_every_english_of_a_region_can_be_written() -> None:
    """A pattern with a field that is not known would raise."""
    names = {locale.english(name.replace("_", "-")) for name in locale_identifiers()}
    assert len(names) > 100
    for name in names:
        assert locale.form_of(name).date.format(weekday="Friday", day=27, month="November", year=2026)


def test_hours_alone_are_told_apart_from_their_unit_where_a_space_groups_them() -> None:
    locale.use("sv-SE")
    assert wording.duration(HOUR * 4589.4) == f"4{NB}589{NB}h"
    assert recap.hours_of(round(HOUR * 4589.4)) == (f"4{NB}589", "hours ")
    assert recap.hours_of(HOUR * 2 + 300_000) == (f"2{NB}h{NB}5{NB}min", "")


def test_a_whole_mean_has_no_decimals() -> None:
    locale.use("de-DE")
    often = {"days_with_plays": 2, "calendar_days": 1_000, "plays_per_day_median": 5.0, "sessions_per_day": 1.0}
    told = said(rhythm.lead(often))
    assert told == "Music on 2 of 1.000 days. On such a day usually 5 plays, in 1 session on average."
    assert "in 1,5 sessions" in said(rhythm.lead({**often, "sessions_per_day": 1.5}))


def test_a_figure_is_kept_apart_by_region() -> None:
    told = [Point(DAY, 0.5, "half")], Axis("Drift, 0 to 1"), "light"
    locale.use("de-DE")
    german = frames.once(course.line, *told)
    assert german.layout.separators == ",."
    assert frames.once(course.line, *told) is german
    locale.use("en-US")
    assert frames.once(course.line, *told).layout.separators == ".,"


def test_plotly_groups_the_plays_on_an_axis_as_the_region_does() -> None:
    locale.use("de-DE")
    layout = plays_by_month.bars({date(2026, 11, 1): 1_200}, None, "light").layout
    assert (layout.separators, layout.yaxis.tickformat) == (",.", ",d")


def test_a_thread_writes_for_its_own_browser() -> None:
    locale.use("de-DE")
    seen: list[str] = []

    def other() -> None:
        seen.append(locale.name())
        locale.use("en-US")
        seen.append(wording.count(1_000))

    thread = Thread(target=other)
    thread.start()
    thread.join()
    assert seen == ["en_GB", "1,000"]
    assert wording.count(1_000) == "1.000"


def test_what_is_written_later_is_written_for_who_asked() -> None:
    locale.use("en-US")
    with locale.written_in("en_DE"):
        assert wording.count(1_000) == "1.000"
    assert wording.count(1_000) == "1,000"


def test_a_table_of_answers_is_written_for_the_region() -> None:
    locale.use("de-DE")
    columns = (
        Column("plays", "BIGINT", ""),
        Column("drift", "DOUBLE", ""),
        Column("part", "DOUBLE", "", unit="share"),
        Column("time", "BIGINT", "", unit="ms"),
        Column("day", "DATE", ""),
        Column("at", "TIMESTAMPTZ", ""),
    )
    row = {"plays": 24_640, "drift": 0.25, "part": 0.1234, "time": 4_589 * HOUR, "day": "2026-11-27", "at": AT}
    told = [said(cell) for cell in cells(columns, row, wording.rounded, wording.short_day)]
    assert told == ["24.640", "0,25", "12,3 %", "4.589 h", "27 Nov 2026", "27 Nov 2026 23:06 UTC"]
    locale.use("en-US")
    assert said(cells(columns, row, wording.rounded, wording.short_day)[-1]) == "Nov 27, 2026 23:06 UTC"
    assert cells(columns, row) == ["24,640", "0.25", "12.3 %", "4,589 h", "2026-11-27", "2026-11-27 23:06 UTC"]
