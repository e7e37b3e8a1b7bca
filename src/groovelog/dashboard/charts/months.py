"""Bars of hours a month."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import HOUR_MS, MOST_TICKS, anchor, lay_out
from groovelog.dashboard.texts.wording import MONTHS, duration, month
from groovelog.dashboard.theme import MARKER, Scheme, colour

HEIGHT = 280
QUIET_MONTHS = 2  # a stretch of so many months without a play is shown as such


def bars(played: Mapping[date, int], chosen: frozenset[date], marked: date | None, scheme: Scheme) -> go.Figure:
    """Bars of hours a month; `chosen` months in the series colour, the `marked` one as the finding."""
    every = _months_between(min(played), max(played))
    hours = [played.get(start, 0) / HOUR_MS for start in every]
    figure = go.Figure(
        go.Bar(
            x=list(range(len(every))),
            y=hours,
            marker={"color": [_month_colour(start, chosen, marked, scheme) for start in every], "cornerradius": 3},
            customdata=[[start.isoformat(), month(start), duration(played.get(start, 0))] for start in every],
            hovertemplate="%{customdata[1]}: %{customdata[2]}<extra></extra>",
        )
    )
    lay_out(figure, scheme, HEIGHT)
    ticks = month_ticks(every)
    figure.update_xaxes(
        range=[-0.7, len(every) - 0.3],
        tickvals=list(ticks),
        ticktext=list(ticks.values()),
        tickangle=0,
        showgrid=False,
    )
    figure.update_yaxes(
        title_text="Hours a month",
        title_font_size=13,
        rangemode="tozero",
        range=[0, max([*hours, 0.1]) * 1.16],
        nticks=5,
        gridcolor=colour("line", scheme),
    )
    figure.update_layout(bargap=0.18 if len(every) < 40 else 0.08)
    for first, last in quiet(played):
        figure.add_vrect(
            x0=every.index(first) - 0.5, x1=every.index(last) + 0.5, fillcolor="rgba(0,0,0,0)", layer="below",
            line={"color": colour("control", scheme), "width": 1, "dash": "dot"},
        )  # fmt: skip
    if marked is not None and played[marked] == max(played.values()):  # a lower bar's label would lie on its neighbours
        place = every.index(marked)
        figure.add_annotation(
            x=place, y=hours[place], text=f"<b>{duration(played[marked])}</b>", showarrow=False, yshift=11,
            xanchor=anchor(place, len(every)), font={"size": 13, "color": colour("ink", scheme)},
        )  # fmt: skip
    return figure


def quiet(played: Mapping[date, int]) -> list[tuple[date, date]]:
    """First and last month of each stretch of months without a counted play."""
    stretches = []
    for silent, run in groupby(_months_between(min(played), max(played)), key=lambda start: not played.get(start)):
        starts = list(run)
        if silent and len(starts) >= QUIET_MONTHS:
            stretches.append((starts[0], starts[-1]))
    return stretches


def _months_between(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _month_colour(start: date, chosen: frozenset[date], marked: date | None, scheme: Scheme) -> str:
    if start == marked:
        return MARKER
    return colour("series" if start in chosen else "rest", scheme)


def month_ticks(every: Sequence[date]) -> dict[int, str]:
    """Years at their January where there are several, else months with the year below the first of each."""
    januaries = [place for place, start in enumerate(every) if start.month == 1]
    if len(januaries) > 2:
        step = math.ceil(len(januaries) / MOST_TICKS)
        return {
            place: str(every[place].year) for place in januaries if (every[place].year - every[-1].year) % step == 0
        }
    ticks: dict[int, str] = {}
    years: set[int] = set()
    for place in range(0, len(every), math.ceil(len(every) / MOST_TICKS)):
        start = every[place]
        ticks[place] = MONTHS[start.month - 1][:3] + ("" if start.year in years else f"<br>{start.year}")
        years.add(start.year)
    return ticks
