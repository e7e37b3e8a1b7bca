"""Timeline: what stands out of years, how sessions lie over days, and what is said of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from groovelog.dashboard.charts import blocks, plays_by_month, timeline
from groovelog.dashboard.charts.blocks import Block
from groovelog.dashboard.charts.timeline import Years
from groovelog.dashboard.periods import ALL_TIME, MONTH, Period, period
from groovelog.dashboard.texts import behind
from groovelog.dashboard.texts import timeline as texts
from groovelog.dashboard.texts.timeline import BINGE, ROUTINE, Stretch
from groovelog.dashboard.texts.wording import NB
from groovelog.dashboard.theme import MARKER, colour

HOUR = 3_600_000
MONDAY = date(2024, 1, 1)


def said(text: object) -> str:
    return str(text).replace(NB, " ")


def weeks(number: int) -> list[date]:
    return [MONDAY + timedelta(weeks=place) for place in range(number)]


def smoothed(values: list[int], window: int = 3) -> list[float | None]:
    silent = [False] * len(values)
    for first, last in timeline.silences(values):
        silent[first : last + 1] = [True] * (last + 1 - first)
    return texts.means(values, window, silent)


def test_a_mean_has_both_its_neighbours_and_no_silence_among_them() -> None:
    assert texts.means([3, 6, 9, 0], 3, [False] * 4) == [None, 6, 5, None]
    assert smoothed([3, 3, 0, 0, 0, 3, 3, 3]) == [None, None, None, None, None, None, 3, None]


def test_the_stretch_around_the_highest_mean_stands_out() -> None:
    values = [10] * 8 + [20, 20, 20] + [10] * 8
    found = texts.stands_out(values, smoothed(values))
    assert found is not None
    # Means are 10, 13.3, 16.7, 20, 16.7 ...: those from 15 on are nearer to 20 than to the usual 10.
    assert (found.first, found.last, found.mean) == (8, 10, 20)


def test_nothing_stands_out_of_an_even_or_a_short_record() -> None:
    assert texts.stands_out([10] * 20, smoothed([10] * 20)) is None
    short = [10] * 5 + [40] * 3
    assert texts.stands_out(short, smoothed(short)) is None


def test_titles_claim_only_what_was_found() -> None:
    values = [10 * HOUR] * 20
    span = (date(2024, 3, 4), date(2024, 3, 24))
    assert said(texts.years_title("week", values, None, None)) == "No stretch stands out: about 10 h a week"
    sparse = [HOUR, 0, 0, 0] * 5
    assert said(texts.years_title("day", sparse, None, None)) == "Music in 5 of 20 days, 5 h in all"
    assert texts.stands_out(sparse, smoothed(sparse)) is None
    assert said(texts.years_title("week", values[:3], None, None)) == "3 weeks, 30 h in all"
    assert said(texts.years_title("week", values, Stretch(1, 3, 20 * HOUR), span)) == (
        "4 March 2024 to 24 March 2024: 20 h a week, where 10 h is usual"
    )


def test_the_headline_speaks_of_the_record_or_of_its_part() -> None:
    ever = Period(ALL_TIME)
    assert (
        said(texts.headline(4675 * HOUR, date(2017, 9, 15), date(2026, 11, 26), ever, None))
        == "9 years, 4,675 h of music."
    )
    found = (date(2019, 12, 2), date(2020, 1, 5))
    told = texts.headline(HOUR, date(2019, 1, 1), date(2020, 3, 1), ever, found)
    assert said(told) == "14 months, 1 h of music. December 2019 to January 2020 stands out."
    told = texts.headline(HOUR, date(2019, 1, 1), date(2020, 3, 1), ever, (date(2019, 5, 23), date(2019, 5, 27)))
    assert said(told.marked) == "23 to 27 May 2019"
    may = period(MONTH, "2024-05")
    assert said(texts.headline(HOUR, date(2024, 5, 1), date(2024, 5, 31), may, None)) == "May 2024, 1 h of music."


def test_bars_are_hours_with_the_finding_marked_and_the_choice_framed() -> None:
    values = [10 * HOUR] * 8 + [20 * HOUR] * 3 + [10 * HOUR] * 8
    told = Years(weeks(19), values, smoothed(values), "week", Stretch(8, 10, 20 * HOUR), (17, 18))
    figure = timeline.bars(told, "light")
    bars, line = figure.data
    assert list(bars.y)[7:9] == [10, 20]
    assert [place for place, shade in enumerate(bars.marker.color) if shade == MARKER] == [8, 9, 10]
    assert bars.customdata[0][0] == "2024-01-01"
    assert (line.y[0], line.y[9]) == (None, 20)
    assert figure.layout.yaxis.title.text == "Hours a week"
    assert figure.layout.yaxis.range[0] == 0
    (frame,) = figure.layout.shapes
    assert (frame.x0, frame.x1) == (16.5, 18.5)
    assert [said(note.text) for note in figure.layout.annotations] == ["<b>20 h</b>"]


def test_a_long_silence_is_a_band_and_a_short_one_is_not() -> None:
    values = [HOUR, 0, 0, HOUR, 0, 0, 0, HOUR]
    assert timeline.silences(values) == [(4, 6)]
    figure = timeline.bars(Years(weeks(8), values, [None] * 8, "week"), "dark")
    assert [note.text for note in figure.layout.annotations] == ["no counted plays"]


@pytest.mark.parametrize(("number", "most"), [(1, 1), (5, 5), (30, 6), (60, 6), (500, 6)])
def test_ticks_are_few_whatever_the_length(number: int, most: int) -> None:
    axis = timeline.bars(Years(weeks(number), [HOUR] * number, [None] * number, "week"), "light").layout.xaxis
    assert 1 <= len(axis.ticktext) <= most
    assert axis.tickangle == 0


def block(name: str, day: int, start: float, hours: float, kind: str = "other") -> Block:
    return Block(name, MONDAY + timedelta(days=day), start, hours, kind, name)


def test_a_night_past_midnight_is_one_block_of_the_day_on_which_it_began() -> None:
    days = [MONDAY + timedelta(days=number) for number in range(14)]
    told = [block("night", 4, 23.0, 3.5, "late"), block("morning", 0, 7.5, 0.5, "routine"), block("short", 1, 12, 0.01)]
    figure = blocks.blocks(days, told, "short", "light")
    (bars,) = figure.data
    assert (list(bars.y), list(bars.base)) == ([4, 0, 1], [23.0, 7.5, 12])
    assert list(bars.x) == [3.5, 0.5, blocks.LEAST_HOURS]
    assert list(bars.marker.color) == [MARKER, colour("series", "light"), colour("rest", "light")]
    # Late nights and the open session are outlined, so that no colour stands alone.
    assert list(bars.marker.line.width) == [1.5, 0, 3]
    assert [data[0] for data in bars.customdata] == ["night", "morning", "short"]
    assert figure.layout.xaxis.range[1] >= 27
    assert figure.layout.yaxis.ticktext[:2] == ("Mon 1", "Tue 2")
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_the_hours_go_on_as_far_as_the_longest_night() -> None:
    assert blocks.blocks([MONDAY], [block("night", 0, 23.0, 7)], None, "dark").layout.xaxis.range[1] > 30


def sessions(late: int, mornings: int, others: int) -> tuple[list[dict[str, object]], dict[str, datetime]]:
    labels = [BINGE] * late + [ROUTINE] * mornings + [None] * others
    rows = [{"session_id": str(number), "label": label, "ms_played": HOUR} for number, label in enumerate(labels)]
    return rows, {str(number): datetime(2024, 1, 6, 2 + number, 5, tzinfo=UTC) for number in range(late)}


@pytest.mark.parametrize(
    ("late", "mornings", "others", "title"),
    [
        (1, 6, 3, "Mornings like clockwork, and one night that ran until 02:05"),
        (0, 6, 3, "Mornings like clockwork: 6 of 14 days began at their usual time"),
        (1, 4, 3, "One night that ran until 02:05"),
        (2, 0, 0, "2 late nights, the longest until 02:05"),
        (0, 0, 3, "3 sessions in 14 days, 3 h"),
    ],
)
def test_a_fortnight_is_told_by_what_is_in_it(late: int, mornings: int, others: int, title: str) -> None:
    assert said(texts.blocks_title(*sessions(late, mornings, others), 14)) == title


def test_a_session_is_named_by_its_local_times() -> None:
    begin, end = datetime(2024, 1, 5, 23, 6, tzinfo=UTC), datetime(2024, 1, 6, 2, 5, tzinfo=UTC)
    assert said(texts.session_name(begin, end)) == "Friday, 5 January 2024, 23:06 to 02:05"
    assert said(texts.session_option(begin, end, 1, BINGE)) == "Fri, 5 Jan, 23:06 to 02:05 · 1 play · late night"
    row = {"plays": 3, "ms_played": 9 * 60_000, "skips": 1}
    assert said(texts.session_sub(row, ["A", "A", "B"])) == "3 counted plays, 9 min of sound, 1 skipped. Mostly A."
    assert said(texts.session_sub({**row, "skips": 0}, ["A", "B"])) == "3 counted plays, 9 min of sound."


def test_behind_one_the_fullest_month_is_marked_only_if_it_is_ahead() -> None:
    months = {date(2024, month, 1): plays for month, plays in enumerate((4, 5, 9, 0, 4), 1)}
    finding = behind.months(months)
    assert (said(finding.title), finding.marked) == ("Most in March 2024: 9 plays", date(2024, 3, 1))
    assert behind.months(dict.fromkeys(months, 5)).marked is None
    assert said(behind.months({MONDAY: 3}).title) == "3 plays in 1 month"
    figure = plays_by_month.bars(months, finding.marked, "light")
    assert list(figure.data[0].y) == [4, 5, 9, 0, 4]
    assert list(figure.data[0].marker.color).index(MARKER) == 2
    assert figure.layout.yaxis.title.text == "Plays a month"
    assert figure.layout.yaxis.range[0] == 0


def test_behind_one_words_follow_the_numbers() -> None:
    end = date(2024, 12, 31)
    assert said(behind.lead(date(2020, 1, 2), date(2024, 12, 24), end)).endswith("and still there at the end.")
    assert said(behind.lead(date(2020, 1, 2), date(2024, 6, 24), end)).endswith(
        "190 days before the end of the period."
    )
    assert behind.skipped(0, 0) == ("unknown", "no source says")
    assert said(behind.skipped(1, 4)[0]) == "25 %"
    hours = [0] * 24
    assert behind.clock(hours) == "At no hour more than at any other"
    hours[23] = 20
    assert said(behind.clock(hours)) == "Most often from 23:00 to 00:00: 100 % of the plays"
    assert behind.told_by(["spotify_api+lastfm", "lastfm", None]) == "Told by Spotify's Web API and Last.fm"
    assert behind.told_by([None]) == ""
