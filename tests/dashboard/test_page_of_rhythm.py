from datetime import date, timedelta

import pytest

from groovelog.dashboard import listed
from groovelog.dashboard.charts import calendar, outlines, week
from groovelog.dashboard.listed import Bar, Multiple
from groovelog.dashboard.periods import ALL_TIME, YEAR, Period, period
from groovelog.dashboard.texts import rhythm
from groovelog.dashboard.texts.wording import NB, Headline
from groovelog.dashboard.theme import INK_ON_SLEEVE, colour

MINUTE, HOUR = 60_000, 3_600_000
MONDAY = date(2024, 1, 1)
SUNDAY = date(2024, 1, 28)
EVER = Period(ALL_TIME)


def cells(**minutes: float) -> dict[tuple[int, int], int]:
    """All 168, empty but for `d4h23=30`: Friday at 23:00 has half an hour."""
    every = dict.fromkeys([(weekday, hour) for weekday in range(7) for hour in range(24)], 0)
    for name, value in minutes.items():
        weekday, hour = name[1:].split("h")
        every[int(weekday), int(hour)] = int(value * MINUTE)
    return every


def part(ms_per_day: int | None, plays: int = 20, days: int = 10) -> dict[str, object]:
    return {"ms_per_day": ms_per_day, "plays": plays, "ms_played": (ms_per_day or 0) * days, "calendar_days": days}


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Midnight"),
        (1, "One in the morning"),
        (11, "Eleven in the morning"),
        (12, "Noon"),
        (13, "One in the afternoon"),
        (18, "Six in the evening"),
        (23, "Eleven at night"),
    ],
)
def test_an_hour_in_words(hour: int, words: str) -> None:
    assert rhythm.hour_in_words(hour) == words


def test_the_headline_names_the_hour_and_the_day_that_stand_out() -> None:
    played = cells(d0h7=30, d1h7=30, d2h7=30, d3h7=30, d4h7=30, d4h23=50, d5h12=20, d6h12=20)
    assert rhythm.headline(played, MONDAY, SUNDAY, 100) == Headline(
        "Seven in the morning is yours. ", "Friday keeps the light on."
    )


def test_a_day_that_is_full_by_day_keeps_no_light_on() -> None:
    played = cells(d0h7=30, d1h7=30, d2h7=30, d3h7=30, d4h7=30, d5h15=90, d6h12=20)
    assert str(rhythm.headline(played, MONDAY, SUNDAY, 100)).endswith(" Saturday plays longest.")


def test_the_headline_makes_no_claim_of_level_hours_and_days() -> None:
    played = cells(**{f"d{weekday}h{hour}": 10 for weekday in range(7) for hour in (7, 8)})
    assert str(rhythm.headline(played, MONDAY, SUNDAY, 100)) == (
        "No hour is yours alone. Every day of the week sounds alike."
    )


def test_the_headline_makes_no_claim_of_a_few_plays_or_of_days_that_never_came() -> None:
    played = cells(d4h23=50)
    assert str(rhythm.headline(played, MONDAY, SUNDAY, 29)) == "Too few plays to hear a rhythm yet."
    assert "Every day" in str(rhythm.headline(played, MONDAY, MONDAY + timedelta(days=4), 100))


def test_a_fifth_friday_does_not_make_friday_the_fullest() -> None:
    # January 2024 has five Mondays to Wednesdays, four of the other days.
    assert rhythm.weekdays_between(MONDAY, date(2024, 1, 31)) == [5, 5, 5, 4, 4, 4, 4]
    played = cells(**{f"d{weekday}h7": minutes for weekday, minutes in enumerate((50, 50, 50, 40, 40, 40, 40))})
    assert rhythm.fullest_weekday(played, MONDAY, date(2024, 1, 31)) is None


def test_facts_have_what_makes_them_big_or_small() -> None:
    often = {"calendar_days": 20, "days_with_plays": 17, "longest_gap": 2}
    played = cells(d4h23=40, d0h7=10)
    assert rhythm.facts(played, 4, [part(30 * MINUTE, days=15), part(90 * MINUTE, days=5)], often) == [
        ("Busiest hour", "Fri 23:00", f"10{NB}min in a mean week"),
        ("A mean day", f"45{NB}min", f"over 20{NB}days"),
        ("Weekend share", f"50{NB}%", f"of the time, in 25{NB}% of the days"),
        ("Quiet days", "3", "of 20, at most 2 in a row"),
    ]


def test_an_hour_that_was_pressed_tells_its_place() -> None:
    played, plays = cells(d4h23=40, d0h7=10), {(0, 7): 1}
    assert rhythm.cell_words((0, 7), played, plays, 2) == (
        f"Monday, 07:00 to 08:00: 5{NB}min in a mean week, 1{NB}play in all. Number 2 of the 168 hours of the week."
    )
    assert rhythm.cell_words((1, 0), played, plays, 2) == "Tuesday, 00:00 to 01:00: no counted play."


def test_the_calendar_names_the_longest_day_unless_two_are_level() -> None:
    played = {MONDAY: HOUR, date(2024, 1, 2): 0, date(2024, 1, 3): 2 * HOUR}
    finding = rhythm.calendar_finding(played)
    assert finding == rhythm.DayFinding(f"The longest day was Wednesday, 3{NB}January: 2{NB}h", date(2024, 1, 3))
    level = rhythm.calendar_finding({**played, MONDAY: 2 * HOUR})
    assert level == rhythm.DayFinding(f"Music on 2 of 3{NB}days")
    assert rhythm.calendar_finding({MONDAY: 0}).title == "No music in these days"


def test_a_weekend_is_set_apart_only_beyond_a_tenth() -> None:
    more = rhythm.parts_finding([part(60 * MINUTE), part(67 * MINUTE)])
    assert more.title == f"A weekend day has more music than a workday: 1{NB}h{NB}7{NB}min against 1{NB}h"
    assert more.weekend_marked
    alike = rhythm.parts_finding([part(60 * MINUTE), part(65 * MINUTE)])
    assert alike.title.startswith("Weekend or not")
    assert not alike.weekend_marked
    assert rhythm.parts_finding([part(HOUR), part(None)]).title == "Workdays and weekend need a longer period"
    assert rhythm.parts_finding([part(HOUR, plays=9), part(2 * HOUR, plays=9)]).title.startswith("Too few plays")


def streak(first: date, days: int, *, current: bool = False) -> dict[str, object]:
    return {"from_date": first, "to_date": first + timedelta(days=days - 1), "days": days, "current": current}


def test_the_longest_streak_is_named() -> None:
    rows = [streak(MONDAY, 12, current=True), streak(date(2023, 5, 1), 9)]
    assert rhythm.streaks_title(rows, EVER) == (
        f"12 days in a row from 1{NB}January{NB}2024 is your longest, and it goes on"
    )
    assert "the longest of this time" in rhythm.streaks_title(rows, period(YEAR, "2024"))
    assert rhythm.streaks_title([streak(MONDAY, 9), *rows[1:]], EVER) == "9 days in a row, more than once"
    assert rhythm.streaks_title([streak(MONDAY, 1)], EVER) == "No two days in a row with music yet"
    assert rhythm.streaks_title([], EVER) == "No day with music yet"


@pytest.mark.parametrize(
    ("day", "later", "title"),
    [
        (0.01, 0.04, "The hours come as chance has it"),
        (0.14, 0.12, "The hours drift, with a little habit from day to day"),
        (0.1, 0.3, "One week is rather like another"),
        (0.5, 0.4, "One day repeats the other, almost by the clock"),
        (None, None, "Too little to tell how regular this is"),
    ],
)
def test_regularity_in_words(day: float | None, later: float | None, title: str) -> None:
    often = {"calendar_days": 100, "regularity_day": day, "regularity_week": later}
    assert rhythm.regularity_title(often) == title


def test_a_season_cut_by_the_period_is_not_called_quiet() -> None:
    row = {"starts_on": date(2023, 12, 1), "ms_played": 31 * HOUR}
    assert rhythm.per_day(row, date(2024, 1, 1), date(2024, 1, 31)) == (HOUR, 31)
    assert rhythm.per_day(row, date(2023, 1, 1), date(2024, 12, 31)) == (31 * HOUR / 91, 91)
    assert rhythm.per_day(row, date(2024, 6, 1), date(2024, 6, 30)) == (0.0, 0)


def seasons(*minutes: float, days: int = 90) -> dict[str, tuple[float, int]]:
    return {name: (value * MINUTE, days) for name, value in zip(rhythm.SEASONS, minutes, strict=False)}


def test_the_season_that_stands_out_is_named() -> None:
    assert rhythm.seasons_finding(seasons(60, 40, 30, 50)) == rhythm.SeasonFinding(
        f"Dec to Feb has most music, 1{NB}h a day; Jun to Aug least, 30{NB}min", "Dec-Feb"
    )
    assert rhythm.seasons_finding(seasons(50, 50, 30, 50)) == rhythm.SeasonFinding(
        f"Jun to Aug is the quiet season: 30{NB}min a day, the others have 50{NB}min", "Jun-Aug"
    )
    assert (
        rhythm.seasons_finding(seasons(50, 49, 41, 40)).title
        == f"From 40{NB}min a day in Sep to Nov to 50{NB}min in Dec to Feb"
    )
    assert rhythm.seasons_finding(seasons(50, 49, 48, 47)).title.startswith("The year is even")
    assert rhythm.seasons_finding(seasons(60, 10, days=20)).title == "Seasons need more of a year"


def test_the_peak_has_its_minutes_and_every_cell_can_be_pressed() -> None:
    figure = week.heat_map(cells(d4h23=92), 4, (4, 23), "dark", (0, 7))
    (peak,) = figure.layout.annotations
    assert (peak.x, peak.y, peak.text, peak.font.color) == (23, 4, "<b>23</b>", INK_ON_SLEEVE)
    assert [shape.line.dash for shape in figure.layout.shapes] == ["dot", None]
    points = figure.data[2]
    assert len(points.customdata) == 168
    assert list(points.customdata[4 * 24 + 23]) == [4, 23, "Friday, 23:00 to 24:00", "23 min a week"]


def test_the_calendar_has_a_column_a_week_and_zero_is_not_the_low_end() -> None:
    played = {MONDAY + timedelta(days=number): 0 for number in range(366)}
    played[date(2024, 1, 10)] = HOUR
    figure = calendar.days(played, (MONDAY, date(2024, 12, 31)), date(2024, 1, 10), "light")
    ground, inside, outside, points = figure.data
    assert ground.colorscale[0][1] == colour("sunk", "light")
    assert (list(inside.x), list(inside.y), list(inside.z)) == ([1], [2], [HOUR])
    assert not outside.x
    assert list(points.customdata[9]) == ["2024-01-10", f"Wed, 10{NB}Jan{NB}2024", f"1{NB}h"]
    assert list(figure.layout.xaxis.ticktext)[:3] == ["Jan", "Feb", "Mar"]
    assert figure.layout.yaxis.range == (6.5, -0.5)


def test_days_outside_of_the_period_are_pale() -> None:
    played = {MONDAY: HOUR, date(2024, 2, 1): HOUR}
    _, inside, outside, _ = calendar.days(played, (MONDAY, date(2024, 1, 31)), None, "light").data
    assert (len(inside.x), len(outside.x)) == (1, 1)
    assert outside.opacity < inside.opacity


def test_the_scale_ends_at_whole_half_hours() -> None:
    assert calendar.top_of_scale({MONDAY: 31 * MINUTE}) == HOUR
    assert calendar.top_of_scale({MONDAY: 0}) == HOUR


def test_two_days_are_minutes_an_hour_to_the_end_of_the_last() -> None:
    figure = outlines.two_days([MINUTE] * 24, [2 * MINUTE] * 24, ("Monday", "Sunday"), True, "light")
    workday, weekend = figure.data
    assert list(workday.x) == list(range(25))
    assert set(weekend.y) == {2}
    assert weekend.line.color == colour("marker-line", "light")
    assert figure.layout.yaxis.title.text == "Minutes an hour"


def test_lists_escape_what_the_data_says() -> None:
    html = listed.bars([Bar("<b>May</b>", "9 days", "1 play", 1)], first_marked=True)
    html += listed.multiples([Multiple("Dec", "1 h", "<i>Rookery</i>", (("’24", 1.0, "2024: 1 h"),), marked=True)])
    assert "<b>May" not in html
    assert "<i>Rookery" not in html
