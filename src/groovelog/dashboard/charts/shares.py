"""What part of each step some names have."""

import math
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import MOST_TICKS, lay_out, plain
from groovelog.dashboard.texts.wording import percent
from groovelog.dashboard.theme import CATEGORICAL, Scheme, colour

HEIGHT = 300
WHOLE = 100
STEP = 10
AIR = 1.15


def stacked(
    steps: Sequence[str], ticks: Sequence[str], shares: Mapping[str, Sequence[float | None]], rest: str, scheme: Scheme
) -> go.Figure:
    """Bars of shares from 0 to 1; a step without any has no bar. What is left, the `rest`, is drawn where it has room."""
    top = top_of(shares, rest)
    figure = go.Figure()
    for place, (name, values) in enumerate(shares.items()):
        if name == rest and top < WHOLE:
            continue
        shade = colour("sunk", scheme) if name == rest else CATEGORICAL[scheme][place]
        figure.add_bar(
            x=list(range(len(steps))),
            y=[None if value is None else 100 * value for value in values],
            marker={"color": shade, "line": {"width": 0}},
            customdata=[
                [step, "" if value is None else percent(value, 1)] for step, value in zip(steps, values, strict=True)
            ],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + plain(name) + "</extra>",
        )
    lay_out(figure, scheme, HEIGHT)
    step = -(-len(steps) // MOST_TICKS)
    shown = [place for place in range(len(steps)) if (len(steps) - 1 - place) % step == 0]
    figure.update_xaxes(
        range=[-0.6, len(steps) - 0.4], tickvals=shown, ticktext=[ticks[place] for place in shown], tickangle=0,
        showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        range=[0, top], nticks=5, title_text="Share of plays, %", title_font_size=13,
        gridcolor=colour("line", scheme),
    )  # fmt: skip
    figure.update_layout(barmode="stack", bargap=0.14)
    return figure


def top_of(shares: Mapping[str, Sequence[float | None]], rest: str) -> int:
    """Where the axis ends, in per cent: at the whole only if those told apart come near it."""
    parts = zip(*(values for name, values in shares.items() if name != rest), strict=True)
    most = max((sum(value or 0 for value in step) for step in parts), default=0)
    return min(math.ceil(most * WHOLE * AIR / STEP) * STEP or WHOLE, WHOLE)
