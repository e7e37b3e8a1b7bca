"""Bars of hours a week or a day, with the mean line, the stretch that stands out, and where one looks closer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import HOUR_MS, MOST_TICKS, lay_out
from groovelog.dashboard.texts.timeline import EMPTY, Stretch, step_name
from groovelog.dashboard.texts.wording import (
    MONTHS,
    duration,
    short_day_in_year,
)
from groovelog.dashboard.theme import MARKER, Scheme, colour

HEIGHT = 300
LONG_SILENCE = 3  # steps without a counted play that are shown as a gap
WIDE_ENOUGH = 0.07  # of the axis, to write into a gap


@dataclass(frozen=True)
class Years:
    """Steps by their first days, with their ms and their means; `per` is what a step is.

    `found` stands out; `chosen` are the first and the last place of the steps looked at more closely.
    """

    starts: Sequence[date]
    values: Sequence[int]
    smooth: Sequence[float | None]
    per: str
    found: Stretch | None = None
    chosen: tuple[int, int] | None = None


def bars(told: Years, scheme: Scheme) -> go.Figure:
    """The figure of these steps."""
    starts, values, smooth, found, chosen, per = (
        told.starts, told.values, told.smooth, told.found, told.chosen, told.per,
    )  # fmt: skip
    places = list(range(len(starts)))
    hours = [value / HOUR_MS for value in values]
    marked = range(found.first, found.last + 1) if found else range(0)
    rest = colour("rest", scheme)
    figure = go.Figure(
        [
            go.Bar(
                x=places, y=hours, marker={"color": [MARKER if place in marked else rest for place in places]},
                unselected={"marker": {"opacity": 1}},
                customdata=[[start.isoformat(), step_name(per, start), duration(value)]
                            for start, value in zip(starts, values, strict=True)],
                hovertemplate="%{customdata[1]}: %{customdata[2]}<extra></extra>",
            ),
            go.Scatter(
                x=places, y=[None if mean is None else mean / HOUR_MS for mean in smooth], mode="lines",
                line={"color": colour("series", scheme), "width": 2.5}, hoverinfo="skip", connectgaps=False,
            ),
        ]
    )  # fmt: skip
    lay_out(figure, scheme, HEIGHT)
    most = max([*hours, 0.1])
    ticks = _ticks(starts)
    figure.update_layout(bargap=0.1 if len(starts) < 120 else 0, hovermode="x")
    figure.update_xaxes(
        range=[-0.7, len(starts) - 0.3],
        tickvals=list(ticks),
        ticktext=list(ticks.values()),
        tickangle=0,
        showgrid=False,
    )
    figure.update_yaxes(
        title_text=f"Hours a {per}",
        title_font_size=13,
        range=[0, most * 1.16],
        nticks=5,
        gridcolor=colour("line", scheme),
    )
    for first, last in silences(values):
        _silence(figure, first, last, len(starts), scheme)
    if found is not None:
        _peak(figure, hours, found, scheme)
    if chosen is not None:
        ink = colour("ink", scheme)
        figure.add_vrect(
            x0=chosen[0] - 0.5, x1=chosen[1] + 0.5, fillcolor="rgba(0,0,0,0)", line={"color": ink, "width": 2}
        )
    return figure


def silences(values: Sequence[int]) -> list[tuple[int, int]]:
    """First and last place of each long stretch without a counted play."""
    found = []
    for silent, run in groupby(range(len(values)), key=lambda place: not values[place]):
        places = list(run)
        if silent and len(places) >= LONG_SILENCE:
            found.append((places[0], places[-1]))
    return found


def _silence(figure: go.Figure, first: int, last: int, steps: int, scheme: Scheme) -> None:
    figure.add_vrect(
        x0=first - 0.5, x1=last + 0.5, fillcolor=colour("sunk", scheme), opacity=0.6, layer="below",
        line={"color": colour("control", scheme), "width": 1, "dash": "dot"},
    )  # fmt: skip
    wide = (last - first + 1) / steps >= WIDE_ENOUGH
    figure.add_annotation(
        x=(first + last) / 2, y=0.5, yref="paper", text=EMPTY, showarrow=False, textangle=0 if wide and steps < 60 else -90,
        font={"size": 12, "color": colour("ink2", scheme)},
    )  # fmt: skip


def _peak(figure: go.Figure, hours: Sequence[float], found: Stretch, scheme: Scheme) -> None:
    place = max(range(found.first, found.last + 1), key=lambda near: hours[near])
    right = place > len(hours) / 2
    figure.add_annotation(
        x=place, y=hours[place], text=f"<b>{duration(hours[place] * HOUR_MS)}</b>", showarrow=False, yshift=10,
        xanchor="right" if right else "left", font={"size": 13, "color": colour("ink", scheme)},
    )  # fmt: skip


def _ticks(starts: Sequence[date]) -> dict[int, str]:
    """Years where there are several, else months, else days."""
    years = _changes([start.year for start in starts])
    if len(years) > 2:
        return _some({place: str(starts[place].year) for place in years})
    months = _changes([start.month for start in starts])
    if len(months) > 2:
        named = {}
        for place in months:
            start = starts[place]
            with_year = place == months[0] or start.month == 1
            named[place] = MONTHS[start.month - 1][:3] + (f"<br>{start.year}" if with_year else "")
        return _some(named)
    days = range(0, len(starts), max(1, -(-len(starts) // MOST_TICKS)))
    return {place: short_day_in_year(starts[place]) for place in days}


def _changes(values: Sequence[int]) -> list[int]:
    """Where a value differs from the one before; the first only if nothing changes soon after it."""
    changed = [place for place in range(1, len(values)) if values[place] != values[place - 1]]
    room = len(values) / (2 * MOST_TICKS)
    return changed if changed and changed[0] < room else [0, *changed]


def _some(ticks: dict[int, str]) -> dict[int, str]:
    step = -(-len(ticks) // MOST_TICKS)
    return {place: name for number, (place, name) in enumerate(ticks.items()) if number % step == 0}
