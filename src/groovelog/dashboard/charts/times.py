"""A time line below a figure."""

import math
from datetime import date, timedelta

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import MOST_TICKS
from groovelog.dashboard.texts.wording import MONTHS
from groovelog.dashboard.theme import Scheme, colour

LEAST_YEARS = 3  # Januaries on the line; of fewer, months are named
MIDDLE = 16  # of a month, where its value is drawn


def lay_time_line(figure: go.Figure, first: date, last: date, margin: timedelta = timedelta(0)) -> None:
    """A fixed line from the one day to the other, with a few of its years or months named, and a `margin` around."""
    ticks = time_ticks(first, last)
    figure.update_xaxes(
        type="date", range=[(first - margin).isoformat(), (last + margin).isoformat()], tickangle=0, showgrid=False,
        tickvals=[day.isoformat() for day in ticks], ticktext=list(ticks.values()),
    )  # fmt: skip


def time_ticks(first: date, last: date) -> dict[date, str]:
    """Years at their January where there are several, else months at their middle with the year below the first of each."""
    januaries = [date(year, 1, 1) for year in range(first.year, last.year + 1) if first <= date(year, 1, 1) <= last]
    if len(januaries) >= LEAST_YEARS:
        step = math.ceil(len(januaries) / MOST_TICKS)
        return {day: str(day.year) for day in januaries if (januaries[-1].year - day.year) % step == 0}
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    middles = [date(number // 12, number % 12 + 1, MIDDLE) for number in numbers]
    middles = [day for day in middles if first <= day <= last] or [first]
    ticks: dict[date, str] = {}
    years: set[int] = set()
    for day in middles[:: math.ceil(len(middles) / MOST_TICKS)]:
        ticks[day] = MONTHS[day.month - 1][:3] + ("" if day.year in years else f"<br>{day.year}")
        years.add(day.year)
    return ticks


def band(figure: go.Figure, days: tuple[date, date] | None, scheme: Scheme) -> None:
    """The days that a page is about, where a figure shows more than these."""
    if days is not None:
        figure.add_vrect(
            x0=days[0].isoformat(), x1=(days[1] + timedelta(days=1)).isoformat(), fillcolor=colour("sunk", scheme),
            line={"color": colour("control", scheme), "width": 1, "dash": "dot"}, layer="below",
        )  # fmt: skip


def middle(starts_on: date, per: str) -> date:
    """The day in the middle of a step, where its value is drawn."""
    return starts_on + timedelta(days={"month": MIDDLE - 1, "quarter": 45, "year": 182}[per])


def side(day: date, first: date, last: date) -> str:
    """Where a label stands to its day, so that it stays inside."""
    place = (day - first) / max(last - first, timedelta(days=1))
    return "left" if place < 0.2 else "right" if place > 0.8 else "center"
