"""Silences as arcs over a time line: from the last play before to the return, as high as they were long."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out
from groovelog.dashboard.charts.times import lay_time_line, side
from groovelog.dashboard.texts.times import DAYS_IN_MONTH, span
from groovelog.dashboard.theme import MARKER, Scheme, colour

HEIGHT = 300
CORNERS = 61


@dataclass(frozen=True)
class Arc:
    name: str
    first: date
    back: date
    words: str

    @property
    def months(self) -> float:
        return (self.back - self.first).days / DAYS_IN_MONTH


def draw(arcs: Sequence[Arc], marked: Arc | None, scheme: Scheme) -> go.Figure:
    """The `marked` arc, which is one of them, lies on top and tells its length."""
    figure = go.Figure()
    # All others are one trace: Plotly takes its time by traces.
    others = [arc for arc in arcs if arc != marked]
    for some, is_marked in ((others, False), ([] if marked is None else [marked], True)):
        if some:
            _lines(figure, some, scheme, marked=is_marked)
            _returns(figure, some, scheme, marked=is_marked)
    lay_out(figure, scheme, HEIGHT)
    first, last = min(arc.first for arc in arcs), max(arc.back for arc in arcs)
    highest = max(arc.months for arc in arcs)
    lay_time_line(figure, first, last, (last - first) / 30)
    figure.update_yaxes(
        title_text="Months of silence", title_font_size=13, nticks=5, gridcolor=colour("line", scheme),
        range=[-0.06 * highest, 1.18 * highest],
    )  # fmt: skip
    if marked is not None:
        length = (marked.back - marked.first).days
        middle = marked.first + (marked.back - marked.first) / 2
        figure.add_annotation(
            x=middle.isoformat(), y=marked.months, yshift=12, text=f"<b>{span(length)}</b>", showarrow=False,
            xanchor=side(middle, first, last), font={"size": 13, "color": colour("ink", scheme)},
        )  # fmt: skip
    return figure


def _lines(figure: go.Figure, arcs: Sequence[Arc], scheme: Scheme, *, marked: bool) -> None:
    points: list[tuple[str | None, float | None]] = []
    for arc in arcs:
        points += [*_points(arc), (None, None)]
    shade = colour("marker-line" if marked else "rest", scheme)
    figure.add_scatter(
        x=[day for day, _ in points], y=[months for _, months in points], mode="lines",
        line={"color": shade, "width": 3.5 if marked else 2}, hoverinfo="skip",
    )  # fmt: skip


def _points(arc: Arc) -> list[tuple[str, float]]:
    length = (arc.back - arc.first).days
    turns = [math.pi * corner / (CORNERS - 1) for corner in range(CORNERS)]
    days = [arc.first + timedelta(days=round(length * (1 - math.cos(turn)) / 2)) for turn in turns]
    return [(day.isoformat(), arc.months * math.sin(turn)) for day, turn in zip(days, turns, strict=True)]


def _returns(figure: go.Figure, arcs: Sequence[Arc], scheme: Scheme, *, marked: bool) -> None:
    figure.add_scatter(
        x=[arc.back.isoformat() for arc in arcs], y=[0] * len(arcs), mode="markers", cliponaxis=False,
        marker={"size": 12, "color": MARKER if marked else colour("series", scheme), "opacity": 1,
                "line": {"color": colour("ink" if marked else "card", scheme), "width": 1.5}},
        customdata=[[escape(arc.words)] for arc in arcs], hovertemplate="%{customdata[0]}<extra></extra>",
    )  # fmt: skip
