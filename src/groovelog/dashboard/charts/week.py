"""The hours of a mean week."""

from collections.abc import Mapping

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import MINUTE_MS, lay_out
from groovelog.dashboard.texts.wording import WEEKDAYS
from groovelog.dashboard.theme import SEQUENTIAL, Scheme, colour

ROW_HEIGHT = 38
HEIGHT = 7 * ROW_HEIGHT + 36


def heat_map(
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
    lay_out(figure, scheme, HEIGHT)
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


def _hour_name(weekday: int, hour: int) -> str:
    return f"{WEEKDAYS[weekday]}, {hour:02d}:00 to {hour + 1:02d}:00"


def _a_week(minutes: float) -> str:
    return "no plays" if not minutes else f"{minutes:.0f} min a week" if minutes >= 1 else "under a minute a week"
