"""The hours of a mean week."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import MINUTE_MS, lay_out
from groovelog.dashboard.texts.wording import (
    WEEKDAYS,
    rounded,
)
from groovelog.dashboard.theme import INK_ON_SLEEVE, SEQUENTIAL, Scheme, colour

ROW_HEIGHT = 38
HEIGHT = 7 * ROW_HEIGHT + 36


def heat_map(
    played: Mapping[tuple[int, int], int],
    weeks: float,
    marked: tuple[int, int] | None,
    scheme: Scheme,
    chosen: tuple[int, int] | None = None,
) -> go.Figure:
    """Heat map of minutes in a mean week: weekday by hour; an hour without a play is not the low end of the scale.

    The `marked` cell has its minutes written in it, the `chosen` one a broken outline. What is pressed is the
    `customdata` of a point: weekday and hour.
    """
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
                colorscale=[[number / (len(scale) - 1), shade] for number, shade in enumerate(scale)],
                zmin=0, zmax=most or 1, showscale=False, xgap=2, ygap=2, hoverinfo="skip",
            ),
            _pressable(minutes),
        ]
    )  # fmt: skip
    lay_out(figure, scheme, HEIGHT)
    figure.update_xaxes(
        range=[-0.5, 23.5], tickvals=[0, 6, 12, 18, 23], ticktext=["00", "06", "12", "18", "23 h"], tickangle=0,
        showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        range=[6.5, -0.5], tickvals=list(range(7)), ticktext=[name[:3] for name in WEEKDAYS], showgrid=False
    )
    if chosen is not None:
        _outline(figure, chosen, {"color": colour("ink", scheme), "width": 2, "dash": "dot"})
    if marked is not None:
        weekday, hour = marked
        _outline(figure, marked, {"color": colour("ink", scheme), "width": 3})
        figure.add_annotation(
            x=hour, y=weekday, text=f"<b>{rounded(minutes[weekday][hour])}</b>", showarrow=False,
            font={"size": 12, "color": "#FFFFFF" if scheme == "light" else INK_ON_SLEEVE},
        )  # fmt: skip
    return figure


def _pressable(minutes: list[list[float]]) -> go.Scatter:
    """Heat maps answer no press: unseen points over the cells do."""
    cells = [(weekday, hour) for weekday in range(7) for hour in range(24)]
    return go.Scatter(
        x=[hour for _, hour in cells],
        y=[weekday for weekday, _ in cells],
        mode="markers",
        marker={"symbol": "square", "size": 34, "opacity": 0.01},
        selected={"marker": {"opacity": 0.01}},
        unselected={"marker": {"opacity": 0.01}},
        customdata=[
            [weekday, hour, _hour_name(weekday, hour), _a_week(minutes[weekday][hour])] for weekday, hour in cells
        ],
        hovertemplate="%{customdata[2]}: %{customdata[3]}<extra></extra>",
    )


def _outline(figure: go.Figure, cell: tuple[int, int], line: dict[str, Any]) -> None:
    weekday, hour = cell
    figure.add_shape(type="rect", x0=hour - 0.5, x1=hour + 0.5, y0=weekday - 0.5, y1=weekday + 0.5, line=line)


def _hour_name(weekday: int, hour: int) -> str:
    return f"{WEEKDAYS[weekday]}, {hour:02d}:00 to {hour + 1:02d}:00"


def _a_week(minutes: float) -> str:
    return "no plays" if not minutes else f"{rounded(minutes)} min a week" if minutes >= 1 else "under a minute a week"
