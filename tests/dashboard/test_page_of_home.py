"""The first page: what is said of the last seven days, and which stories are told."""

from datetime import date, timedelta

import pytest

from groovelog.dashboard import components, prints
from groovelog.dashboard.periods import ALL_TIME, YEAR, Period, period
from groovelog.dashboard.texts import home, plays
from groovelog.dashboard.texts.wording import NB
from groovelog.dashboard.theme import INK_ON_SLEEVE, MARKER

MINUTE, HOUR = 60_000, 3_600_000
NOW = date(2024, 6, 30)  # a Sunday
BEGAN = NOW - timedelta(weeks=30)


def played(*, usual: int, now: dict[int, int], swing: int = 0) -> dict[date, int]:
    """`usual` minutes a day, every other week `swing` more; of the last seven days those `now` by days ago."""
    days = {NOW - timedelta(days=ago): (usual + swing * (ago // 7 % 2)) * MINUTE for ago in range(210)}
    return days | {NOW - timedelta(days=ago): minutes * MINUTE for ago, minutes in now.items()}


def said(text: str) -> str:
    return text.replace(NB, " ")


def test_more_than_usual_is_told_with_the_day_that_did_it() -> None:
    week = home.week(played(usual=60, now={1: 300}), NOW, BEGAN)
    assert said(str(week.headline)) == "11 h of music, 4 h more than usual."
    assert said(week.headline.marked) == "4 h more"
    assert said(week.why) == "Saturday, 29 June, did it: 5 h, where a usual Saturday has 1 h."
    assert (week.fullest, list(week.usual)) == (date(2024, 6, 29), [HOUR] * 7)


def test_less_than_usual_names_the_quiet_day() -> None:
    week = home.week(played(usual=60, now={0: 0, 1: 30}), NOW, BEGAN)
    assert said(str(week.headline)) == "5 h 30 min of music, 1 h 30 min less than usual."
    assert said(week.why) == "Sunday, 30 June, was the quiet one: no music, where a usual Sunday has 1 h."


def test_silence_is_told_without_a_zero() -> None:
    week = home.week(played(usual=60, now=dict.fromkeys(range(7), 0)), NOW, BEGAN)
    assert said(str(week.headline)) == "Not a minute of music, 7 h less than usual."


def test_within_the_middle_half_or_a_tenth_a_week_is_ordinary() -> None:
    # Weeks have 7 h or 14 h by turns: 13 h is between them, though a quarter more than the median.
    week = home.week(played(usual=60, now={0: 420}, swing=60), NOW, BEGAN)
    assert said(str(week.headline)) == "An ordinary week: 13 h of music."
    assert said(week.why) == "Half of the 26 weeks before had between 7 h and 14 h."
    assert str(home.week(played(usual=60, now={0: 90}), NOW, BEGAN).headline).startswith("An ordinary week")


def test_three_weeks_before_are_too_few_to_be_usual() -> None:
    week = home.week(played(usual=60, now={1: 300}), NOW, NOW - timedelta(days=27))
    assert said(str(week.headline)) == "11 h of music in seven days."
    assert week.usual == ()
    assert week.why.startswith("Music on 7 of 7 days.")
    assert home.week(played(usual=60, now={}), NOW, NOW - timedelta(days=34)).usual


def test_that_the_record_does_not_end_today_is_said() -> None:
    ever = Period(ALL_TIME)
    assert said(home.week_kicker(NOW, NOW, ever)) == "Seven days, 24 June 2024 to 30 June 2024"
    assert home.week_kicker(NOW, NOW + timedelta(days=1), ever).startswith("The last seven days of the record, ")
    assert home.week_kicker(NOW, NOW, period(YEAR, "2024")).startswith("The last seven days of 2024, ")


def test_what_the_bars_show_is_told_in_words() -> None:
    week = home.week(played(usual=60, now={0: 30}), NOW, BEGAN)
    told = said(home.week_alt(week))
    assert told.startswith("Bars of seven days: Monday 1 h, ")
    assert "Sunday 30 min. Usual: Monday 1 h," in told


def test_lines_have_the_colour_of_what_they_lie_on_not() -> None:
    drawn = prints.week_bars([100, 10], [50, 50])
    assert drawn.count("<rect") == 4
    assert (drawn.count(f'fill="{MARKER}"'), drawn.count(f'fill="{INK_ON_SLEEVE}"')) == (1, 3)
    assert prints.week_bars([0] * 7, ()).count("<rect") == 7


@pytest.mark.parametrize("usual", [(), (0.0,) * 7, (60.0,) * 7])
def test_the_tallest_day_has_its_value(usual: tuple[float, ...]) -> None:
    days = [(name, number * 10.0) for number, name in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))]
    drawn = components.day_bars(days, usual, alt="seven <days>", peak="1 h", legend="usual")
    assert 'style="left:92.9%;bottom:100.0%">1 h</b>' in drawn
    assert "seven &lt;days&gt;" in drawn
    assert ("figcaption" in drawn) is bool(usual)


def test_a_streak_is_measured_by_the_best() -> None:
    began, ended = date(2024, 6, 1), date(2019, 1, 11)
    assert said(home.streak_why(30, 49, ended, is_best=False, began=began)) == (
        "Since 1 June 2024. Your best was 49 days, ending 11 January 2019."
    )
    assert home.streak_why(30, 30, NOW, is_best=True, began=began).endswith("Longer than any before it in this record.")


def test_a_day_of_years_ago_is_led_only_by_who_is_ahead() -> None:
    then = date(2019, 11, 26)
    assert home.on_this_day_kicker(1) == "On this day, one year ago"
    assert home.on_this_day_kicker(13) == "On this day, 13 years ago"
    assert said(str(home.on_this_day_title(then, 2 * HOUR, "Rookery"))) == "A Tuesday of 2 h, and Rookery led it."
    assert said(str(home.on_this_day_title(then, 2 * HOUR, None))) == "A Tuesday of 2 h."
    assert "no artist ahead" in home.on_this_day_why(then, 9, None, 3)


def test_the_facts_are_of_the_period() -> None:
    assert home.facts_title(Period(ALL_TIME)) == "The whole record"
    assert home.facts_title(period(YEAR, "2024")) == "2024 in numbers"


@pytest.mark.parametrize(
    ("ms", "counted", "skipped", "words"),
    [
        (200_000, True, False, "3 min"),
        (200_000, True, None, "3 min"),
        (44_000, False, True, "skipped after 44 s"),
        (10_000, False, None, "10 s, not counted"),
        (10_000, None, None, "10 s"),
        (None, True, None, "length unknown"),
    ],
)
def test_a_play_says_what_came_of_it(ms: int | None, counted: bool | None, skipped: bool | None, words: str) -> None:
    assert said(plays.length(ms, counted=counted, skipped=skipped)) == words


def test_names_from_the_data_are_escaped() -> None:
    row = components.played(components.Played("<b>One</b>", "A & B", "09:05", "3 min"))
    assert "&lt;b&gt;One&lt;/b&gt;" in row
    assert "A &amp; B" in row
