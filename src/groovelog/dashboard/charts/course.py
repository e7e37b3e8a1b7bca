"""One value over time, as a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out
from groovelog.dashboard.charts.times import band, lay_time_line, side
from groovelog.dashboard.theme import MARKER, Scheme, colour

HEIGHT = 260
HEADROOM = 1.18
MOST_DOTS = 45


@dataclass(frozen=True)
class Point:
    """A value on its day, None where there is none, with its words for who points at it."""

    day: date
    value: float | None
    words: str


@dataclass(frozen=True)
class Axis:
    """The title with the unit, and where the line may run; `top` None is a little over the highest value."""

    title: str
    top: float | None = None
    suffix: str = ""


def line(
    points: Sequence[Point],
    axis: Axis,
    scheme: Scheme,
    *,
    marked: date | None = None,
    label: str = "",
    chosen: tuple[date, date] | None = None,
    rule: tuple[float, str] | None = None,
) -> go.Figure:
    """A line that breaks where a step has no value. The `marked` point is the finding, `rule` a value to hold it against."""
    values = [point.value for point in points if point.value is not None]
    alone = _alone(points)
    dot = 5 if len(points) <= MOST_DOTS else 0
    figure = go.Figure(
        go.Scatter(
            x=[point.day.isoformat() for point in points],
            y=[point.value for point in points],
            mode="lines+markers",
            line={"color": colour("series", scheme), "width": 2.5},
            marker={
                "size": [7 if single else dot for single in alone],
                "color": colour("series", scheme),
                "opacity": 1,
            },
            customdata=[[point.words] for point in points],
            hovertemplate="%{customdata[0]}<extra></extra>",
            connectgaps=False,
        )
    )
    lay_out(figure, scheme, HEIGHT)
    first, last = points[0].day, points[-1].day
    if first == last:
        lay_time_line(figure, date(first.year, 1, 1), date(first.year, 12, 31))
    else:
        lay_time_line(figure, first, last, (last - first) / 40)
    top = axis.top if axis.top is not None else max([*values, 0.001]) * HEADROOM
    figure.update_yaxes(
        title_text=axis.title, title_font_size=13, range=[0, top], nticks=5, gridcolor=colour("line", scheme),
        ticksuffix=axis.suffix,
    )  # fmt: skip
    band(figure, chosen, scheme)
    if rule is not None:
        _rule(figure, *rule, scheme)
    if marked is not None:
        _mark(figure, points, marked, label, scheme)
    return figure


def _alone(points: Sequence[Point]) -> list[bool]:
    """Points without a neighbour on either side, which no line shows."""
    known = [False, *(point.value is not None for point in points), False]
    return [known[at] and not known[at - 1] and not known[at + 1] for at in range(1, len(points) + 1)]


def _rule(figure: go.Figure, value: float, words: str, scheme: Scheme) -> None:
    figure.add_hline(y=value, line={"color": colour("control", scheme), "width": 1.5, "dash": "dash"})
    figure.add_annotation(
        x=0, xref="paper", y=value, yshift=10, xanchor="left", text=words, showarrow=False,
        font={"color": colour("ink2", scheme), "size": 13},
    )  # fmt: skip


def _mark(figure: go.Figure, points: Sequence[Point], marked: date, label: str, scheme: Scheme) -> None:
    (point,) = (point for point in points if point.day == marked)
    figure.add_scatter(
        x=[marked.isoformat()], y=[point.value], mode="markers", hoverinfo="skip",
        marker={"size": 14, "color": MARKER, "opacity": 1, "line": {"color": colour("ink", scheme), "width": 2}},
    )  # fmt: skip
    figure.add_annotation(
        x=marked.isoformat(), y=point.value, yshift=18, text=f"<b>{label}</b>", showarrow=False,
        xanchor=side(marked, points[0].day, points[-1].day), font={"color": colour("ink", scheme), "size": 13},
    )  # fmt: skip
