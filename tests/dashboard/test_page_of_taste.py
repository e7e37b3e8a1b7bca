from datetime import date

import pytest

from groovelog.dashboard.cards.burst import MOST_RAYS, burst_print
from groovelog.dashboard.charts import arcs, course, ridges
from groovelog.dashboard.charts.arcs import Arc
from groovelog.dashboard.charts.course import Axis, Point
from groovelog.dashboard.charts.ridges import Ridge
from groovelog.dashboard.charts.times import time_ticks
from groovelog.dashboard.periods import ALL_TIME, MONTH, Period, period
from groovelog.dashboard.texts import taste, times
from groovelog.dashboard.texts.wording import NB
from groovelog.dashboard.theme import MARKER, colour

END = date(2024, 12, 31)


def artist(name: str, plays: int, last: date, half_life: int = 35) -> dict[str, object]:
    return {"name": name, "plays": plays, "last_played": last, "half_life_days": half_life}


def quarters(*values: float) -> dict[date, float]:
    return {date(2020 + at // 4, at % 4 * 3 + 1, 1): value for at, value in enumerate(values)}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (35, "5 weeks"),
        (70, "2 months"),
        (365, "12 months"),
        (731, "2 years"),
        (2_340, "6 years and 5 months"),
    ],
)
def test_how_long_something_took(days: int, words: str) -> None:
    assert times.span(days).replace(NB, " ") == words


def test_a_step_is_named_by_its_months() -> None:
    assert times.step(date(2018, 7, 1), "quarter").replace(NB, " ") == "July to September 2018"
    assert times.step(date(2018, 7, 1), "month") == f"July{NB}2018"
    assert times.step(date(2018, 1, 1), "year") == "2018"


@pytest.mark.parametrize(
    ("leaders", "plays", "words"),
    [
        (["Rookery", "Rookery", "Pollen Index"], 90, "From Rookery to Pollen Index."),
        (["Rookery", "Pollen Index", "Rookery"], 90, "Away from Rookery, and back."),
        (["Rookery", "Rookery"], 90, "Rookery all along."),
        (["Rookery"], 29, "Too few plays yet to speak of taste."),
        ([], 90, "Too few plays yet to speak of taste."),
    ],
)
def test_the_headline_tells_who_led_first_and_last(leaders: list[str], plays: int, words: str) -> None:
    assert str(taste.headline(leaders, plays)) == words


def test_the_lead_counts_leaders_and_names_the_longest_reign() -> None:
    lead = taste.lead(["A", "B", "B", "B", "A", "A"], "quarter")
    assert (
        lead.replace(NB, " ") == "2 artists have been the most played of a quarter. B did longest, 3 quarters in a row."
    )
    assert taste.lead(["A", "A"], "quarter") == ""
    assert taste.lead(["A", "B"], "month").endswith("of a month.")


def test_outlined_days_are_named_beside_the_time_that_is_shown() -> None:
    ever = Period(ALL_TIME)
    assert taste.kicker(ever, None) == "All time"
    assert taste.kicker(ever, period(MONTH, "2024-03")) == f"All time, March{NB}2024 outlined"


def test_a_favourite_that_fell_silent_is_the_finding_of_the_ridges() -> None:
    told = {"A": artist("A", 80, END), "B": artist("B", 40, date(2023, 6, 1)), "C": artist("C", 50, date(2023, 5, 1))}
    peak = ("A", 0.31, "2024")
    title = taste.ridges_title(["A", "B", "C"], told, peak, END)
    assert (str(title), title.marked) == (f"C: 50{NB}plays, and none since May{NB}2023", "C")
    # A year ago to the day is gone; a day less is not.
    assert taste.ridges_title(["B"], {"B": artist("B", 40, date(2024, 1, 1))}, peak, END).marked == "B"
    title = taste.ridges_title(["B"], {"B": artist("B", 40, date(2024, 1, 2))}, peak, END)
    assert str(title) == f"A had 31{NB}% of all plays in 2024"


def test_a_ridge_tells_its_half_life() -> None:
    assert taste.ridge_words(artist("A", 80, END), END) == f"half of 80{NB}plays in 5{NB}weeks"
    assert taste.ridge_words(artist("A", 80, date(2020, 7, 1)), END) == f"half in 5{NB}weeks, none since July{NB}2020"
    assert taste.ridge_words(None, END) == ""


def test_what_burned_out_and_what_did_not() -> None:
    brief = [artist("Teapot", 30, END, 35)]
    assert taste.burned_title(brief) == f"Teapot: half of its 30{NB}plays within 5{NB}weeks"
    assert taste.burned_title([artist("Teapot", 30, END, 70)]).startswith("Nothing burns out fast: half of Teapot took")
    assert taste.burned_title([]) == taste.slow_title([]) == "Nothing has been played long enough to have a half-life"


def test_lists_without_rows_have_a_neutral_title() -> None:
    assert str(taste.obsession_title([])) == "No obsession in this time"
    assert taste.favourites_title([]) == "No artist has been with you for a year yet"
    assert taste.forgotten_title([]) == "Nothing you loved has been forgotten"
    assert str(taste.comebacks_title([])) == "Nobody came back after half a year of silence"


def test_the_longest_silence_is_the_comeback_of_the_title() -> None:
    rows = [
        {"name": "A", "back_on": date(2024, 3, 1), "days_silent": 200},
        {"name": "B", "back_on": date(2023, 9, 1), "days_silent": 335},
    ]
    assert str(taste.comebacks_title(rows)) == f"B came back in September{NB}2023 after 11{NB}months"


def test_drift_names_its_farthest_step_only_where_it_stands_out() -> None:
    assert taste.drift_title(quarters(0.3, 0.3, 0.5, 0.3), "quarter") == (
        f"Taste moved farthest in July to{NB}September{NB}2020: 0.50, usual 0.30",
        date(2020, 7, 1),
    )
    assert taste.drift_title(quarters(0.3, 0.31, 0.3, 0.32), "quarter")[1] is None
    assert taste.drift_title(quarters(0.3, 0.9, 0.3), "quarter") == ("Too short a time to say how taste moves", None)


def test_the_circle_grows_narrows_or_is_even() -> None:
    assert taste.diversity_title(quarters(10, 12, 20, 30, 28, 29), "quarter") == (
        "Your circle grew: from about 11 artists to 28", date(2020, 10, 1),
    )  # fmt: skip
    assert taste.diversity_title(quarters(30, 30, 20, 20, 10, 11), "quarter") == (
        "Your circle narrowed: from about 30 artists to 10", date(2021, 1, 1),
    )  # fmt: skip
    assert taste.diversity_title(quarters(10, 10, 11, 10), "quarter") == (
        "An even circle: about 10 artists a quarter",
        None,
    )


def test_a_line_breaks_where_nothing_is_told_and_marks_one_point() -> None:
    days = [date(2024, month, 16) for month in range(1, 5)]
    points = [Point(day, value, "") for day, value in zip(days, (2, None, 4, 3), strict=True)]
    figure = course.line(points, Axis("Effective artists"), "dark", marked=days[2], label="4", rule=(3, "usual"))
    line, mark = figure.data
    assert list(line.y) == [2, None, 4, 3]
    assert line.connectgaps is False
    assert list(line.marker.size) == [7, 5, 5, 5]  # the first stands alone
    assert (list(mark.y), mark.marker.color) == ([4], MARKER)
    assert figure.layout.yaxis.title.text == "Effective artists"
    assert figure.layout.yaxis.range[0] == 0
    assert [note.text for note in figure.layout.annotations] == ["usual", "<b>4</b>"]


def test_ridges_share_a_scale_and_one_is_marked() -> None:
    days = [date(2024, month, 16) for month in range(1, 5)]

    def ridge(name: str, *shares: float | None) -> Ridge:
        return Ridge(name, "", [(day, share, "") for day, share in zip(days, shares, strict=True)])

    figure = ridges.draw([ridge("A", 0.5, 0.25, 0, 0), ridge("<B>", 0, 0.1, None, 0.1)], "light", marked="A")
    filled = [trace for trace in figure.data if trace.fill == "tonexty"]
    assert [list(trace.y) for trace in filled] == [
        [1 + ridges.RISE, 1 + ridges.RISE / 2, 1],  # to the step after the last play
        [0, ridges.RISE / 5],
        [ridges.RISE / 5],  # behind a step without plays
    ]
    assert [trace.fillcolor for trace in filled] == [MARKER, colour("rest", "light"), colour("rest", "light")]
    assert [note.text for note in figure.layout.annotations] == ["<b>A</b>", f"<b>50{NB}%</b>", "<b>&lt;B&gt;</b>"]


def test_an_arc_is_as_high_as_the_silence_was_long() -> None:
    long, short, shorter = (
        Arc("A", date(2023, 1, 1), date(2024, 1, 1), ""),
        Arc("B", date(2023, 1, 1), date(2023, 8, 1), ""),
        Arc("C", date(2023, 2, 1), date(2023, 4, 1), ""),
    )
    figure = arcs.draw([long, short, shorter], long, "light")
    others, marked = (trace for trace in figure.data if trace.mode == "lines")
    lifted = others.y.index(None)
    heights = [max(others.y[:lifted]), max(others.y[lifted + 1 : -1]), max(marked.y[:-1])]
    assert heights == pytest.approx([short.months, shorter.months, long.months])
    returns = [list(trace.x) for trace in figure.data if trace.mode == "markers"]
    assert returns == [["2023-08-01", "2023-04-01"], ["2024-01-01"]]
    assert figure.layout.yaxis.title.text == "Months of silence"
    assert [note.text for note in figure.layout.annotations] == [f"<b>12{NB}months</b>"]


def test_a_time_line_names_years_or_months() -> None:
    assert list(time_ticks(date(2018, 3, 1), date(2021, 5, 1)).values()) == ["2019", "2020", "2021"]
    assert list(time_ticks(date(2023, 11, 10), date(2024, 1, 20)).values()) == ["Nov<br>2023", "Dec", "Jan<br>2024"]


def test_an_obsession_has_a_ray_for_each_play() -> None:
    assert burst_print(44).count("<path") == 44
    assert burst_print(1_000).count("<path") == MOST_RAYS
