"""Columns of what was new, by what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out
from groovelog.dashboard.charts.times import band, lay_time_line, middle, side
from groovelog.dashboard.theme import MARKER, Scheme, colour

HEIGHT = 300
DAY_MS = 86_400_000
STEP_DAYS = {"month": 30, "quarter": 91}


@dataclass(frozen=True)
class Column:
    """The new artists of a step; `name` is that of the step."""

    starts_on: date
    name: str
    stayed: int
    faded: int
    too_early: int

    @property
    def new(self) -> int:
        return self.stayed + self.faded + self.too_early


def columns(
    told: Sequence[Column],
    per: str,
    scheme: Scheme,
    *,
    marked: date | None = None,
    label: str = "",
    chosen: tuple[date, date] | None = None,
) -> go.Figure:
    """Stacked from zero: those that stayed, that faded, and those of whom it is too early to say."""
    shades = [MARKER if column.starts_on == marked else colour("series", scheme) for column in told]
    parts = (
        ("stayed", [column.stayed for column in told], {"color": shades}),
        ("faded", [column.faded for column in told], {"color": colour("rest", scheme)}),
        ("too early to say", [column.too_early for column in told],
         {"color": "rgba(0,0,0,0)", "line": {"color": colour("control", scheme), "width": 1.5}}),
    )  # fmt: skip
    days = [middle(column.starts_on, per) for column in told]
    wide = DAY_MS * STEP_DAYS[per] * (0.82 if len(told) < 40 else 0.92)
    figure = go.Figure(
        [
            go.Bar(
                x=[day.isoformat() for day in days], y=[number or None for number in heights],
                marker=look, name=name, width=wide,
                customdata=[[column.name] for column in told],
                hovertemplate=f"%{{customdata[0]}}: %{{y:,d}} {name}<extra></extra>",
            )
            for name, heights, look in parts
        ]
    )  # fmt: skip
    lay_out(figure, scheme, HEIGHT)
    figure.update_layout(barmode="stack")
    first, last = told[0].starts_on, middle(told[-1].starts_on, per) + (days[0] - told[0].starts_on)
    lay_time_line(figure, first, last)
    most = max(column.new for column in told)
    figure.update_yaxes(
        title_text=f"New artists a {per}", title_font_size=13, range=[0, max(most, 1) * 1.18], nticks=5,
        gridcolor=colour("line", scheme), tickformat=",d",
    )  # fmt: skip
    if most < 4:
        figure.update_yaxes(dtick=1)
    band(figure, chosen, scheme)
    for column, day in zip(told, days, strict=True):
        if column.starts_on == marked:
            figure.add_annotation(
                x=day.isoformat(), y=column.new, yshift=11, text=f"<b>{label}</b>", showarrow=False,
                xanchor=side(day, first, last), font={"size": 13, "color": colour("ink", scheme)},
            )  # fmt: skip
    return figure
