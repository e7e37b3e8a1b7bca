"""One ridge over the years for each favourite."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import groupby

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out
from groovelog.dashboard.charts.times import band, lay_time_line, side
from groovelog.dashboard.texts.wording import percent
from groovelog.dashboard.theme import MARKER, Scheme, colour

PITCH = 96  # px from one ridge to the next: the ridge, and two lines of words below it
RISE = 0.58  # share of that which the highest ridge takes
MARGIN = 36


@dataclass(frozen=True)
class Ridge:
    """A name with a sentence, its share on the middle day of each step (None where nothing was heard), and its bursts.

    A burst is a day and words for who points at it; a share has its words as well.
    """

    name: str
    words: str
    shares: Sequence[tuple[date, float | None, str]]
    bursts: Sequence[tuple[date, str]] = field(default=())


def height(ridges: Sequence[Ridge]) -> int:
    return len(ridges) * PITCH + MARGIN


def draw(
    ridges: Sequence[Ridge],
    scheme: Scheme,
    *,
    marked: str | None = None,
    chosen: tuple[date, date] | None = None,
) -> go.Figure:
    """All ridges to one scale, the first on top; the `marked` one with its largest share."""
    figure = go.Figure()
    most = max((share or 0 for ridge in ridges for _, share, _ in ridge.shares), default=0) or 1
    _bases(figure, ridges, scheme)
    for place, ridge in enumerate(ridges):
        base = len(ridges) - 1 - place
        _ridge(figure, ridge, base, RISE / most, scheme, marked=ridge.name == marked)
        _words(figure, ridge, base, scheme)
        if ridge.name == marked:
            _peak(figure, ridge, base, RISE / most, scheme)
    _bursts(figure, ridges, scheme)
    lay_out(figure, scheme, height(ridges))
    days = [day for day, _, _ in ridges[0].shares]
    lay_time_line(figure, days[0], days[-1], (days[-1] - days[0]) / 80)
    figure.update_yaxes(range=[-0.46, len(ridges) - 1 + RISE + 0.24], showticklabels=False, showgrid=False)
    band(figure, chosen, scheme)
    return figure


def _ridge(figure: go.Figure, ridge: Ridge, base: int, scale: float, scheme: Scheme, *, marked: bool) -> None:
    line = colour("marker-line" if marked else "series", scheme)
    fill = MARKER if marked else colour("rest", scheme)
    for known, run in groupby(_heard(ridge.shares), key=lambda told: told[1] is not None):
        if known:
            steps = [(day, share or 0, words) for day, share, words in run]
            _run(figure, steps, base, scale, (line, fill))


def _bases(figure: go.Figure, ridges: Sequence[Ridge], scheme: Scheme) -> None:
    """The line that each ridge stands on. All are one trace, as all bursts are: Plotly takes its time by traces."""
    x: list[str | None] = []
    y: list[int | None] = []
    for base, ridge in enumerate(reversed(ridges)):
        x += [ridge.shares[0][0].isoformat(), ridge.shares[-1][0].isoformat(), None]
        y += [base, base, None]
    figure.add_scatter(
        x=x, y=y, mode="lines", line={"color": colour("line", scheme), "width": 1}, hoverinfo="skip",
    )  # fmt: skip


def _bursts(figure: go.Figure, ridges: Sequence[Ridge], scheme: Scheme) -> None:
    told = [(base, day, words) for base, ridge in enumerate(reversed(ridges)) for day, words in ridge.bursts]
    if told:
        figure.add_scatter(
            x=[day.isoformat() for _, day, _ in told], y=[base for base, _, _ in told], mode="markers",
            marker={"size": 9, "color": colour("ink", scheme), "opacity": 1, "symbol": "diamond",
                    "line": {"color": colour("card", scheme), "width": 1.5}},
            customdata=[[escape(words)] for _, _, words in told], hovertemplate="%{customdata[0]}<extra></extra>",
        )  # fmt: skip


def _heard(shares: Sequence[tuple[date, float | None, str]]) -> Sequence[tuple[date, float | None, str]]:
    """The steps from the one before the first with plays of the artist to the one after the last."""
    heard = [place for place, (_, share, _) in enumerate(shares) if share]
    return shares[max(heard[0] - 1, 0) : heard[-1] + 2] if heard else []


def _run(
    figure: go.Figure, steps: Sequence[tuple[date, float, str]], base: int, scale: float, shades: tuple[str, str]
) -> None:
    line, fill = shades
    x = [day.isoformat() for day, _, _ in steps]
    figure.add_scatter(x=x, y=[base] * len(x), mode="lines", line={"width": 0, "color": line}, hoverinfo="skip")
    figure.add_scatter(
        x=x, y=[base + share * scale for _, share, _ in steps], mode="lines" if len(x) > 1 else "markers",
        line={"color": line, "width": 2, "shape": "spline", "smoothing": 0.5}, fill="tonexty", fillcolor=fill,
        marker={"color": line, "size": 9, "opacity": 1},
        customdata=[[escape(words)] for _, _, words in steps], hovertemplate="%{customdata[0]}<extra></extra>",
    )  # fmt: skip


def _words(figure: go.Figure, ridge: Ridge, base: int, scheme: Scheme) -> None:
    figure.add_annotation(
        x=0, xref="paper", y=base, yshift=-3, xanchor="left", yanchor="top", align="left", showarrow=False,
        text=f"<b>{escape(ridge.name)}</b>" + (f"<br>{escape(ridge.words)}" if ridge.words else ""),
        font={"size": 13, "color": colour("ink", scheme)},
    )  # fmt: skip


def _peak(figure: go.Figure, ridge: Ridge, base: float, scale: float, scheme: Scheme) -> None:
    """The largest share, written at its place."""
    day, share, _ = max(ridge.shares, key=lambda told: told[1] or 0)
    days = [told for told, _, _ in ridge.shares]
    figure.add_annotation(
        x=day.isoformat(), y=base + (share or 0) * scale, yshift=11, text=f"<b>{percent(share or 0, 1)}</b>", showarrow=False,
        xanchor=side(day, days[0], days[-1]), font={"size": 13, "color": colour("ink", scheme)},
    )  # fmt: skip
