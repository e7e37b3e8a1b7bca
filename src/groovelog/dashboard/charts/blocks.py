"""Listening sessions as blocks: a row for each day, the hours beside each other, a night past midnight in one block."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out
from groovelog.dashboard.texts.wording import short_weekday_and_number
from groovelog.dashboard.theme import MARKER, Scheme, colour

ROW_HEIGHT = 26
LAST_HOUR = 27
LEAST_HOURS = 0.15  # that a short session is still seen, and found by a finger


@dataclass(frozen=True)
class Block:
    """A session: the hour it starts at on its day, how many hours it runs, and which of the kinds it is."""

    session_id: str
    day: date
    start: float
    hours: float
    kind: str  # late, routine or other
    words: str


def height(days: int) -> int:
    return days * ROW_HEIGHT + 40


def blocks(days: Sequence[date], told: Sequence[Block], chosen: str | None, scheme: Scheme) -> go.Figure:
    """`chosen` is the session that is open below; it and late nights have an outline, so that no colour stands alone."""
    ink = colour("ink", scheme)
    fill = {"late": MARKER, "routine": colour("series", scheme), "other": colour("rest", scheme)}
    outline = [3 if one.session_id == chosen else 1.5 if one.kind == "late" else 0 for one in told]
    figure = go.Figure(
        go.Bar(
            orientation="h", y=[days.index(one.day) for one in told], base=[one.start for one in told],
            x=[max(one.hours, LEAST_HOURS) for one in told],
            marker={"color": [fill[one.kind] for one in told], "cornerradius": 3, "line": {"color": ink, "width": outline}},
            width=0.66, unselected={"marker": {"opacity": 1}},
            customdata=[[one.session_id, one.words] for one in told],
            hovertemplate="%{customdata[1]}<extra></extra>",
        )
    )  # fmt: skip
    lay_out(figure, scheme, height(len(days)))
    longest = max([LAST_HOUR, *(one.start + one.hours for one in told)])
    line = colour("line", scheme)
    figure.update_xaxes(
        side="top", range=[0, longest + 0.2], tickvals=[0, 6, 12, 18, 24], ticktext=["00", "06", "12", "18", "24 h"],
        tickangle=0, gridcolor=line,
    )  # fmt: skip
    figure.update_yaxes(
        range=[len(days) - 0.4, -0.6], tickvals=list(range(len(days))), showgrid=False,
        ticktext=[short_weekday_and_number(day) for day in days],
    )  # fmt: skip
    return figure
