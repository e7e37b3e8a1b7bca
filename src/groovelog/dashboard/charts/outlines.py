"""Two days as outlines of 24 hours."""

from collections.abc import Sequence

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import MINUTE_MS, lay_out
from groovelog.dashboard.texts.wording import rounded
from groovelog.dashboard.theme import Scheme, colour

HEIGHT = 250
HOURS = range(24)


def two_days(
    workday: Sequence[float], weekend: Sequence[float], names: tuple[str, str], marked: bool, scheme: Scheme
) -> go.Figure:
    """Minutes in each hour, from ms in each; the weekend is marked where the title speaks of it."""
    shades = colour("rest", scheme), colour("marker-line" if marked else "series", scheme)
    figure = go.Figure()
    for values, name, shade, width in zip((workday, weekend), names, shades, (2.5, 3.5), strict=True):
        # A step holds for its whole hour, so the last one needs its end.
        minutes = [ms / MINUTE_MS for ms in (*values, values[-1])]
        figure.add_scatter(
            x=[*HOURS, 24], y=minutes, mode="lines", line={"shape": "hv", "color": shade, "width": width},
            customdata=[[f"{hour:02d}:00", rounded(value, 1)] for hour, value in zip([*HOURS, 23], minutes, strict=True)],
            hovertemplate=f"{name}, %{{customdata[0]}}: %{{customdata[1]}} min<extra></extra>",
            fill="tozeroy" if name == names[0] else None, fillcolor=_pale(shade),
        )  # fmt: skip
    lay_out(figure, scheme, HEIGHT)
    figure.update_xaxes(
        range=[0, 24],
        tickvals=[0, 6, 12, 18, 24],
        ticktext=["00", "06", "12", "18", "24 h"],
        tickangle=0,
        showgrid=False,
    )
    figure.update_layout(margin={"l": 4, "r": 22, "t": 10, "b": 4})  # room for the last tick
    figure.update_yaxes(
        title_text="Minutes an hour", title_font_size=13, rangemode="tozero", nticks=5, gridcolor=colour("line", scheme)
    )
    return figure


def _pale(shade: str) -> str:
    red, green, blue = (int(shade[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.25)"
