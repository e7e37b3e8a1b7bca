"""Numbers of pairs as a triangle."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out, plain
from groovelog.dashboard.theme import INK_ON_SLEEVE, SEQUENTIAL, Scheme, colour

LONGEST_NAME = 12  # a longer one breaks into lines
WHITE = "#FFFFFF"


def height(people: Sequence[str]) -> int:
    return 64 + max(len(people) - 1, 1) * (92 if len(people) < 5 else 66)


def triangle(
    people: Sequence[str], scores: Mapping[frozenset[str], int | None], marked: frozenset[str] | None, scheme: Scheme
) -> go.Figure:
    """A cell for every two of `people`, with their number; one without a number stays empty; the `marked` is outlined."""
    rows, columns = list(people[1:]), list(people[:-1])
    # A column is only met by the rows that come after it.
    cells = [[scores.get(frozenset((row, column))) if place <= at else None for place, column in enumerate(columns)]
             for at, row in enumerate(rows)]  # fmt: skip
    ground = [[1 if place <= at else None for place in range(len(columns))] for at in range(len(rows))]
    scale, sunk = SEQUENTIAL[scheme], colour("sunk", scheme)
    figure = go.Figure(
        [
            go.Heatmap(z=ground, colorscale=[[0, sunk], [1, sunk]], showscale=False, hoverinfo="skip", xgap=4, ygap=4),
            go.Heatmap(
                z=cells, zmin=0, zmax=100, showscale=False, xgap=4, ygap=4, hoverongaps=False,
                colorscale=[[number / (len(scale) - 1), shade] for number, shade in enumerate(scale)],
                customdata=[[f"{plain(row)} and {plain(column)}" for column in columns] for row in rows],
                hovertemplate="%{customdata}: %{z} of 100<extra></extra>",
            ),
        ]
    )  # fmt: skip
    lay_out(figure, scheme, height(people))
    for at, values in enumerate(cells):
        for place, value in enumerate(values):
            if value is not None:
                figure.add_annotation(
                    x=place,
                    y=at,
                    text=f"<b>{value}</b>",
                    showarrow=False,
                    font={"size": 18, "color": _on(value, scheme)},
                )
            if marked == frozenset((rows[at], columns[place])) and place <= at:
                figure.add_shape(
                    type="rect", x0=place - 0.49, x1=place + 0.49, y0=at - 0.48, y1=at + 0.48,
                    line={"color": colour("ink", scheme), "width": 3},
                )  # fmt: skip
    figure.update_xaxes(
        tickvals=list(range(len(columns))), ticktext=[_broken(name) for name in columns], tickangle=0, showgrid=False,
        range=[-0.5, len(columns) - 0.5],
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[_broken(name) for name in rows], showgrid=False,
        range=[len(rows) - 0.5, -0.5],
    )  # fmt: skip
    return figure


def _on(value: int, scheme: Scheme) -> str:
    """Ink or white, whichever can be read on the step of the value."""
    step = value * (len(SEQUENTIAL[scheme]) - 1) / 100
    bright = step < 5.5 if scheme == "light" else step >= 4.5
    return INK_ON_SLEEVE if bright else WHITE


def _broken(name: str) -> str:
    """In lines; Plotly takes what looks like a tag for one."""
    lines, words = [""], plain(name).split(" ")
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= LONGEST_NAME:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
