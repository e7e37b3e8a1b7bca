"""Figures from plain values, one function each; they know Plotly and the theme, but neither Streamlit nor reports."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

import plotly.graph_objects as go

from groovelog.dashboard.texts import MONTHS, WEEKDAYS, duration, month
from groovelog.dashboard.theme import MARKER, SEQUENTIAL, TEXT_FONT, Scheme, colour

HOUR_MS = 3_600_000
MINUTE_MS = 60_000
MONTHS_HEIGHT = 280
ROW_HEIGHT = 38
WEEK_HEIGHT = 7 * ROW_HEIGHT + 36
MOST_TICKS = 6
QUIET_MONTHS = 2  # a stretch of so many months without a play is shown as such


def months(played: Mapping[date, int], chosen: frozenset[date], marked: date | None, scheme: Scheme) -> go.Figure:
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
    _lay_out(figure, scheme, MONTHS_HEIGHT)
    ticks = _month_ticks(every)
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
            xanchor=_anchor(place, len(every)), font={"size": 13, "color": colour("ink", scheme)},
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


def week(
    played: Mapping[tuple[int, int], int], weeks: float, marked: tuple[int, int] | None, scheme: Scheme
) -> go.Figure:
    """Heat map of minutes in a mean week: weekday by hour; an hour without a play is not the low end of the scale."""
    minutes = [[played.get((weekday, hour), 0) / MINUTE_MS / weeks for hour in range(24)] for weekday in range(7)]
    most = max(max(row) for row in minutes)
    scale = SEQUENTIAL[scheme]
    figure = go.Figure(
        [
            go.Heatmap(
                z=[[1] * 24 for _ in range(7)],
                colorscale=[[0, colour("sunk", scheme)], [1, colour("sunk", scheme)]],
                showscale=False, hoverinfo="skip", xgap=2, ygap=2,
            ),
            go.Heatmap(
                z=[[value or None for value in row] for row in minutes],
                customdata=[[[_hour_name(weekday, hour), _a_week(minutes[weekday][hour])] for hour in range(24)]
                            for weekday in range(7)],
                colorscale=[[number / (len(scale) - 1), shade] for number, shade in enumerate(scale)],
                zmin=0, zmax=most or 1, showscale=False, xgap=2, ygap=2,
                hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
            ),
        ]
    )  # fmt: skip
    _lay_out(figure, scheme, WEEK_HEIGHT)
    figure.update_xaxes(
        range=[-0.5, 23.5], tickvals=[0, 6, 12, 18, 23], ticktext=["00", "06", "12", "18", "23 h"], tickangle=0,
        showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        range=[6.5, -0.5], tickvals=list(range(7)), ticktext=[name[:3] for name in WEEKDAYS], showgrid=False
    )
    if marked is not None:
        weekday, hour = marked
        figure.add_shape(
            type="rect", x0=hour - 0.5, x1=hour + 0.5, y0=weekday - 0.5, y1=weekday + 0.5,
            line={"color": colour("ink", scheme), "width": 3},
        )  # fmt: skip
    return figure


def _lay_out(figure: go.Figure, scheme: Scheme, height: int) -> None:
    """What all figures share; axes are fixed, so that a thumb can scroll past."""
    ink2 = colour("ink2", scheme)
    figure.update_layout(
        template=None,
        height=height,
        margin={"l": 4, "r": 8, "t": 10, "b": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": TEXT_FONT, "size": 13, "color": ink2},
        showlegend=False,
        dragmode=False,
        hoverlabel={
            "bgcolor": colour("ink", scheme),
            "bordercolor": colour("ink", scheme),
            "font": {"family": TEXT_FONT, "size": 13, "color": colour("card", scheme)},
        },
    )
    figure.update_xaxes(
        fixedrange=True, automargin=True, zeroline=False, showline=False, ticks="", tickfont={"color": ink2}
    )
    figure.update_yaxes(
        fixedrange=True, automargin=True, zeroline=False, showline=False, ticks="", tickfont={"color": ink2}
    )


def _months_between(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _month_colour(start: date, chosen: frozenset[date], marked: date | None, scheme: Scheme) -> str:
    if start == marked:
        return MARKER
    return colour("series" if start in chosen else "rest", scheme)


def _month_ticks(every: Sequence[date]) -> dict[int, str]:
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


def _anchor(place: int, places: int) -> str:
    if place < places * 0.12:
        return "left"
    return "right" if place > places * 0.88 else "center"


def _hour_name(weekday: int, hour: int) -> str:
    return f"{WEEKDAYS[weekday]}, {hour:02d}:00 to {hour + 1:02d}:00"


def _a_week(minutes: float) -> str:
    return "no plays" if not minutes else f"{minutes:.0f} min a week" if minutes >= 1 else "under a minute a week"
