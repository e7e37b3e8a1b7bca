from datetime import date

import plotly.graph_objects as go

from groovelog.dashboard import frames
from groovelog.dashboard.charts import months, week
from groovelog.dashboard.theme import MARKER, colour

HOUR = 3_600_000


def record(*hours: float) -> dict[date, int]:
    """Months from November 2023 on, with their hours."""
    months = [date(2023 + number // 12, number % 12 + 1, 1) for number in range(10, 10 + len(hours))]
    return {month: int(value * HOUR) for month, value in zip(months, hours, strict=True)}


def ticks(axis):
    return dict(zip(axis.tickvals, axis.ticktext, strict=True))


def test_bars_are_hours_from_zero_and_the_finding_is_marked() -> None:
    played = record(2, 3, 9, 4)
    figure = months.bars(played, frozenset(played), date(2024, 1, 1), "light")
    (bars,) = figure.data
    assert list(bars.y) == [2, 3, 9, 4]
    assert list(bars.marker.color).count(MARKER) == 1
    assert bars.marker.color[2] == MARKER
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.yaxis.title.text == "Hours a month"
    assert [note.text for note in figure.layout.annotations] == ["<b>9\u00a0h</b>"]


def test_a_marked_month_that_is_not_the_tallest_bar_has_no_label_to_lie_on_others() -> None:
    played = record(2, 3, 9, 4)
    figure = months.bars(played, frozenset([date(2023, 12, 1)]), date(2023, 12, 1), "light")
    assert figure.data[0].marker.color[1] == MARKER
    assert not figure.layout.annotations


def test_months_outside_the_period_stand_back() -> None:
    played = record(2, 3, 9, 4)
    figure = months.bars(played, frozenset([date(2023, 11, 1)]), None, "dark")
    series, rest = colour("series", "dark"), colour("rest", "dark")
    assert list(figure.data[0].marker.color) == [series, rest, rest, rest]


def test_a_quiet_stretch_is_outlined_and_a_single_quiet_month_is_not() -> None:
    played = record(2, 0, 9, 0, 0, 4)
    assert months.quiet(played) == [(date(2024, 2, 1), date(2024, 3, 1))]
    figure = months.bars(played, frozenset(played), None, "light")
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(2.5, 4.5)]


def test_a_short_record_is_labelled_by_months_and_a_long_one_by_years() -> None:
    short = months.bars(record(*[1] * 4), frozenset(), None, "light")
    assert ticks(short.layout.xaxis) == {0: "Nov<br>2023", 1: "Dec", 2: "Jan<br>2024", 3: "Feb"}
    long = months.bars(record(*[1] * 100), frozenset(), None, "light")
    assert list(ticks(long.layout.xaxis).values()) == ["2024", "2026", "2028", "2030", "2032"]


def test_the_week_shows_minutes_of_a_mean_week_and_nothing_where_nothing_was_heard() -> None:
    figure = week.heat_map({(4, 23): 2 * HOUR}, 4, (4, 23), "light")
    ground, values, _ = figure.data
    assert values.z[4][23] == 30
    assert sum(cell is not None for row in values.z for cell in row) == 1
    assert ground.colorscale[0][1] == colour("sunk", "light")
    (outline,) = figure.layout.shapes
    assert (outline.x0, outline.x1, outline.y0, outline.y1) == (22.5, 23.5, 3.5, 4.5)


def test_monday_is_on_top() -> None:
    axis = week.heat_map({(0, 0): HOUR}, 1, None, "light").layout.yaxis
    assert ticks(axis)[0] == "Mon"
    assert axis.range[0] > axis.range[1]


def test_a_thumb_can_scroll_past_every_figure() -> None:
    played = record(1, 2)
    for figure in (months.bars(played, frozenset(), None, "light"), week.heat_map({(0, 0): 1}, 1, None, "light")):
        assert figure.layout.xaxis.fixedrange
        assert figure.layout.yaxis.fixedrange
        assert figure.layout.dragmode is False


def test_a_figure_is_built_once_for_equal_values() -> None:
    built = []

    def chart(hours: dict[date, int], scheme: str) -> go.Figure:
        built.append(scheme)
        return go.Figure()

    assert frames.once(chart, record(2, 3), "light") is frames.once(chart, record(2, 3), "light")
    frames.once(chart, record(2, 4), "light")
    frames.once(chart, record(2, 3), "dark")
    assert built == ["light", "light", "dark"]
