"""Where plays lie between dark and bright, still and lively: the map of valence and energy."""

from collections.abc import Sequence

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out
from groovelog.dashboard.texts.mood import CORNERS, MAP_AXES, Step
from groovelog.dashboard.theme import MARKER, Scheme, colour

MAP_HEIGHT = 430
# A label takes this much of the map, in pixels at the width of a phone.
NARROW, LABEL_WIDTH, LABEL_HEIGHT = 270, 74, 22
Box = tuple[float, float, float, float]
Ends = tuple[float, float]
Place = tuple[str, int, int]
# How a name lies to its dot: its end there, and pixels to the right and above.
PLACES: tuple[Place, ...] = (
    ("left", 12, 0), ("right", -12, 0), ("center", 0, 20), ("center", 0, -20), ("left", 6, 24), ("right", -6, 24),
    ("left", 6, -24), ("right", -6, -24),
)  # fmt: skip


def path(steps: Sequence[Step], others: Sequence[tuple[float, float]], scheme: Scheme) -> go.Figure:
    """The way through the map: the last step marked, the first, the brightest and the darkest named; `others` pale."""
    across, up = (
        _range([*(step.valence for step in steps), *(x for x, _ in others)]),
        _range([*(step.energy for step in steps), *(y for _, y in others)]),
    )
    ink, halo = colour("ink", scheme), colour("card", scheme)
    figure = go.Figure(
        [
            go.Scatter(
                x=[x for x, _ in others], y=[y for _, y in others], mode="markers", hoverinfo="skip",
                marker={"size": 9, "color": colour("series", scheme), "opacity": 0.2},
            ),
            go.Scatter(
                x=[step.valence for step in steps], y=[step.energy for step in steps], mode="lines+markers",
                line={"color": ink, "width": 2, "shape": "spline", "smoothing": 0.7},
                marker={"size": 8, "color": ink, "line": {"color": halo, "width": 2}, "opacity": 1},
                customdata=[[step.name, step.known] for step in steps],
                hovertemplate="%{customdata[0]}: valence %{x:.2f}, energy %{y:.2f}<extra></extra>",
            ),
            go.Scatter(
                x=[step.valence for step in steps[-1:]], y=[step.energy for step in steps[-1:]], mode="markers",
                marker={"size": 16, "color": MARKER, "line": {"color": ink, "width": 2}, "opacity": 1},
                hoverinfo="skip",
            ),
        ]
    )  # fmt: skip
    lay_out(figure, scheme, MAP_HEIGHT)
    for axis, title, ends in ((figure.update_xaxes, MAP_AXES[0], across), (figure.update_yaxes, MAP_AXES[1], up)):
        axis(
            range=list(ends),
            title_text=title,
            title_font_size=13,
            title_standoff=10,
            nticks=5,
            tickformat=".2f",
            tickangle=0,
            showgrid=False,
        )
    _corners(figure, scheme)
    for place, (anchor, right, above) in labelled(steps, across, up).items():
        figure.add_annotation(
            x=steps[place].valence, y=steps[place].energy, text=f"<b>{steps[place].name}</b>", showarrow=False,
            xanchor=anchor, xshift=right, yshift=above, bgcolor=halo, borderpad=1, font={"size": 13, "color": ink},
        )  # fmt: skip
    return figure


def labelled(steps: Sequence[Step], across: Ends, up: Ends) -> dict[int, Place]:
    """The places that are named, each with where its name stands: none lies on another, not even on a phone."""
    by_valence = sorted(range(len(steps)), key=lambda place: steps[place].valence)
    taken: list[Box] = []
    shown: dict[int, Place] = {}
    for place in dict.fromkeys((len(steps) - 1, 0, by_valence[-1], by_valence[0])) if steps else ():
        x = (steps[place].valence - across[0]) / (across[1] - across[0]) * NARROW
        y = (steps[place].energy - up[0]) / (up[1] - up[0]) * (MAP_HEIGHT - 60)
        for anchor, right, above in PLACES:
            left = x + right - LABEL_WIDTH * {"left": 0, "center": 0.5, "right": 1}[anchor]
            box = (left, y + above - LABEL_HEIGHT / 2, left + LABEL_WIDTH, y + above + LABEL_HEIGHT / 2)
            if box[0] >= 0 and box[2] <= NARROW and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                shown[place] = (anchor, right, above)
                break
    return shown


def _range(values: Sequence[float]) -> tuple[float, float]:
    """From the values' least to their most with some air, and always across the middle, so that the corners are right."""
    low, high = min([*values, 0.44]), max([*values, 0.56])
    air = 0.12 * (high - low)
    return max(low - air, 0.0), min(high + air, 1.0)


def _corners(figure: go.Figure, scheme: Scheme) -> None:
    for name, x, y in (("tense", 0, 1), ("happy", 1, 1), ("sad", 0, 0), ("calm", 1, 0)):
        figure.add_annotation(
            xref="paper", yref="paper", x=x, y=y, text=CORNERS[name], showarrow=False, xanchor="right" if x else "left",
            yanchor="top" if y else "bottom", xshift=-8 if x else 8, yshift=-4 if y else 4,
            font={"size": 13, "color": colour("ink3", scheme)},
        )  # fmt: skip
    for along in (
        {"x0": 0.5, "x1": 0.5, "y0": 0, "y1": 1, "yref": "paper"},
        {"y0": 0.5, "y1": 0.5, "x0": 0, "x1": 1, "xref": "paper"},
    ):
        figure.add_shape(
            type="line", layer="below", line={"color": colour("line", scheme), "width": 1, "dash": "dot"}, **along
        )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
