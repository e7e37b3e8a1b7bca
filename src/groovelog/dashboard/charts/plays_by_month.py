"""Bars of plays a month, of one artist or track."""

from collections.abc import Mapping
from datetime import date

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out
from groovelog.dashboard.charts.months import month_ticks
from groovelog.dashboard.texts.wording import counted, month
from groovelog.dashboard.theme import MARKER, Scheme, colour

HEIGHT = 260


def bars(plays: Mapping[date, int], marked: date | None, scheme: Scheme) -> go.Figure:
    """`plays` of each month, in order."""
    starts = list(plays)
    figure = go.Figure(
        go.Bar(
            x=list(range(len(starts))), y=list(plays.values()),
            marker={"color": [MARKER if start == marked else colour("series", scheme) for start in starts], "cornerradius": 3},
            customdata=[[month(start), counted(number, "play", "plays")] for start, number in plays.items()],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        )
    )  # fmt: skip
    lay_out(figure, scheme, HEIGHT)
    ticks = month_ticks(starts)
    width = max(len(starts), 6)  # a single month is no slab
    figure.update_xaxes(
        range=[-0.7, width - 0.3], tickvals=list(ticks), ticktext=list(ticks.values()), tickangle=0, showgrid=False
    )
    most = max([*plays.values(), 1])
    figure.update_yaxes(
        title_text="Plays a month", title_font_size=13, range=[0, most * 1.1], nticks=min(5, most + 1),
        gridcolor=colour("line", scheme), tickformat=",d",
    )  # fmt: skip
    return figure
