"""How good models and rules are, and how far their chances can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out, plain
from groovelog.dashboard.theme import Scheme, colour

ROW_PX, FOOT_PX = 34, 60
CURVE_HEIGHT = 300
DOT, HELD_DOT = 11, 9


@dataclass(frozen=True)
class Scored:
    """One method's score, with the bounds of its interval; None where there are too few weeks for one."""

    name: str
    value: float
    low: float | None
    high: float | None
    words: str
    learnt: bool


@dataclass(frozen=True)
class Chance:
    """Of so many plays a model foretold this share, and this share happened."""

    predicted: float
    happened: float
    plays: int


def height(rows: Sequence[Scored]) -> int:
    return FOOT_PX + ROW_PX * len(rows)


def dots(rows: Sequence[Scored], title: str, scheme: Scheme) -> go.Figure:
    """Scores on one line each, the best on top, with their intervals. What is learnt has the colour of the series."""
    ordered = sorted(rows, key=lambda row: row.value)
    figure = go.Figure(
        go.Scatter(
            x=[row.value for row in ordered],
            y=[plain(row.name) for row in ordered],
            mode="markers",
            marker={
                "size": [DOT if row.learnt else HELD_DOT for row in ordered],
                "color": [colour("series" if row.learnt else "control", scheme) for row in ordered],
                "line": {"width": 0},
                "opacity": 1,
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [0 if row.high is None else row.high - row.value for row in ordered],
                "arrayminus": [0 if row.low is None else row.value - row.low for row in ordered],
                "color": colour("control", scheme),
                "thickness": 1.5,
                "width": 4,
            },
            customdata=[[f"{plain(row.name)}: {row.words}"] for row in ordered],
            hovertemplate="%{customdata[0]}<extra></extra>",
        )
    )
    lay_out(figure, scheme, height(rows))
    figure.update_xaxes(title_text=title, title_font_size=13, nticks=6, gridcolor=colour("line", scheme))
    return figure


def calibration(chances: Sequence[Chance], scheme: Scheme) -> go.Figure:
    """What was foretold against what happened, in per cent; on the line the two are one."""
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 100], y=[0, 100], mode="lines", line={"color": colour("control", scheme), "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=[100 * chance.predicted for chance in chances],
        y=[100 * chance.happened for chance in chances],
        mode="lines+markers",
        line={"color": colour("series", scheme), "width": 2.5},
        marker={"size": 8, "color": colour("series", scheme), "opacity": 1},
        customdata=[[f"{chance.plays:,}"] for chance in chances],
        hovertemplate="foretold %{x:.0f} %, happened %{y:.0f} %, of %{customdata[0]} plays<extra></extra>",
    )
    lay_out(figure, scheme, CURVE_HEIGHT)
    figure.update_xaxes(
        range=[0, 102], dtick=25, title_text="Foretold, %", title_font_size=13, gridcolor=colour("line", scheme)
    )
    figure.update_yaxes(
        range=[0, 102], dtick=25, title_text="Happened, %", title_font_size=13, gridcolor=colour("line", scheme)
    )
    return figure
