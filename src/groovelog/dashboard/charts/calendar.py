"""The days of a year, a column a week."""

from collections.abc import Mapping
from datetime import date, timedelta

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import HOUR_MS, MINUTE_MS, lay_out
from groovelog.dashboard.texts.wording import (
    MONTHS,
    WEEKDAYS,
    duration,
    short_weekday_and_day,
)
from groovelog.dashboard.theme import SEQUENTIAL, Scheme, colour

ROW_HEIGHT = 21
HEIGHT = 7 * ROW_HEIGHT + 30
OUTSIDE_OPACITY = 0.3
TOP_SHARE = 0.95  # days above this share of the others have the last colour, or one long night pales all the rest
STEP_MS = 30 * MINUTE_MS
LEAST_COLUMNS_APART = 3


def top_of_scale(played: Mapping[date, int]) -> int:
    """From how many ms on a day has the last colour: whole half hours."""
    some = sorted(ms for ms in played.values() if ms)
    most = some[int(TOP_SHARE * (len(some) - 1))] if some else HOUR_MS
    return max(-(-most // STEP_MS), 1) * STEP_MS


def days(
    played: Mapping[date, int],
    inside: tuple[date, date],
    marked: date | None,
    scheme: Scheme,
    chosen: date | None = None,
) -> go.Figure:
    """Heat map of the ms `played` on each day of the record; days outside of the period pale.

    What is pressed is the `customdata` of a point: the day.
    """
    start = min(played) - timedelta(days=min(played).weekday())
    scale = SEQUENTIAL[scheme]
    top = top_of_scale(played)
    within = {each for each in played if inside[0] <= each <= inside[1]}
    flat = [[0.0, colour("sunk", scheme)], [1.0, colour("sunk", scheme)]]
    shades = [[number / (len(scale) - 1), shade] for number, shade in enumerate(scale)]
    heard = {each: ms for each, ms in played.items() if ms}
    figure = go.Figure(
        [
            _layer(dict.fromkeys(played, 1), start, flat, 1.0, 1),
            _layer({each: ms for each, ms in heard.items() if each in within}, start, shades, 1.0, top),
            _layer({each: ms for each, ms in heard.items() if each not in within}, start, shades, OUTSIDE_OPACITY, top),
            _pressed(played, start),
        ]
    )  # fmt: skip
    lay_out(figure, scheme, HEIGHT)
    columns = _column(max(played), start) + 1
    ticks = _months(min(played), max(played), start)
    figure.update_xaxes(
        range=[-0.5, max(columns, 53) - 0.5], tickvals=list(ticks), ticktext=list(ticks.values()), tickangle=0, side="top",
        showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        range=[6.5, -0.5], tickvals=[0, 2, 4, 6], ticktext=[WEEKDAYS[row][:3] for row in (0, 2, 4, 6)], showgrid=False
    )
    for each, line in ((chosen, {"width": 2, "dash": "dot"}), (marked, {"width": 3})):
        if each is not None and each in played:
            figure.add_shape(_outline(each, start, {"color": colour("ink", scheme), **line}))
    return figure


def _layer(values: Mapping[date, int], start: date, scale: list[list[object]], opacity: float, most: int) -> go.Heatmap:
    return go.Heatmap(
        x=[_column(each, start) for each in values],
        y=[each.weekday() for each in values],
        z=list(values.values()),
        colorscale=scale, zmin=0, zmax=most, showscale=False, hoverinfo="skip", xgap=2, ygap=2, opacity=opacity,
    )  # fmt: skip


def _pressed(played: Mapping[date, int], start: date) -> go.Scatter:
    """What is pressed: an unseen point on each day."""
    unseen = {"marker": {"opacity": 0.01}}
    return go.Scatter(
        x=[_column(each, start) for each in played],
        y=[each.weekday() for each in played],
        mode="markers",
        marker={"symbol": "square", "size": 20, "opacity": 0.01},
        selected=unseen,
        unselected=unseen,
        customdata=[[each.isoformat(), _name(each), duration(ms) if ms else "no plays"] for each, ms in played.items()],
        hovertemplate="%{customdata[1]}: %{customdata[2]}<extra></extra>",
    )


def _outline(each: date, start: date, line: dict[str, object]) -> dict[str, object]:
    x, y = _column(each, start), each.weekday()
    return {"type": "rect", "x0": x - 0.5, "x1": x + 0.5, "y0": y - 0.5, "y1": y + 0.5, "line": line}


def _column(each: date, start: date) -> int:
    return (each - start).days // 7


def _name(each: date) -> str:
    return short_weekday_and_day(each)


def _months(first: date, last: date, start: date) -> dict[int, str]:
    """The short name of each month at the column of its first day; a first month that has hardly begun has none."""
    ticks: dict[int, str] = {0: MONTHS[first.month - 1][:3]}
    at = first.replace(day=1)
    while (at := (at + timedelta(days=32)).replace(day=1)) <= last:
        if _column(at, start) < LEAST_COLUMNS_APART:
            ticks.clear()
        ticks[_column(at, start)] = MONTHS[at.month - 1][:3]
    return ticks
