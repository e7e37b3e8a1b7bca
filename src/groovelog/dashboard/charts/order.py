"""A playlist as energy and tempo over its order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from groovelog.dashboard.charts.frame import lay_out
from groovelog.dashboard.texts.wording import NB, rounded
from groovelog.dashboard.theme import MARKER, Scheme, colour

HEIGHT = 420
NEIGHBOURS = 2  # on either side of an entry, in the mean that the line shows
LEAST_BPM, MOST_BPM = 60.0, 180.0


@dataclass(frozen=True)
class Entry:
    """One entry of a playlist; what is not known of its track is None."""

    position: int
    name: str
    energy: float | None
    tempo: float | None


def curve(entries: Sequence[Entry], marked: int | None, scheme: Scheme, *, faint: bool = False) -> go.Figure:
    """Two panels over one order: a dot for each entry, and the mean of it and its neighbours as a line.

    The entry at the position `marked` is the finding. `faint` where too little is known to make a claim.
    """
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.09)
    shown = 0.5 if faint else 1
    _panel(
        figure, 1, [(entry, entry.energy) for entry in entries], lambda energy: f"Energy {rounded(energy, 2)}", scheme
    )
    _panel(figure, 2, [(entry, entry.tempo) for entry in entries], lambda tempo: f"{rounded(tempo)}{NB}BPM", scheme)
    figure.update_traces(opacity=shown)
    _mark(figure, [entry for entry in entries if entry.position == marked], scheme)
    lay_out(figure, scheme, HEIGHT)
    last = max(entry.position for entry in entries)
    figure.update_xaxes(range=[0.2, last + 0.8], showgrid=False, tickangle=0, nticks=7, tickformat="d")
    figure.update_xaxes(title_text="Place in the playlist", title_font_size=13, row=2)
    grid = {"gridcolor": colour("line", scheme), "title_font_size": 13}
    figure.update_yaxes(
        title_text="Energy, 0 still to 1 loud", range=[-0.04, 1.04], tickvals=[0, 0.5, 1], row=1, **grid
    )
    tempos = [entry.tempo for entry in entries if entry.tempo is not None]
    low, high = min([LEAST_BPM, *tempos]) - 5, max([MOST_BPM, *tempos]) + 5
    figure.update_yaxes(title_text="Tempo, BPM", range=[low, high], nticks=4, row=2, **grid)
    return figure


def smoothed(values: Sequence[float | None]) -> list[float | None]:
    """The mean of each value and its neighbours, of those that are known; None where none is."""
    means: list[float | None] = []
    for place in range(len(values)):
        near = [one for one in values[max(place - NEIGHBOURS, 0) : place + NEIGHBOURS + 1] if one is not None]
        means.append(sum(near) / len(near) if near else None)
    return means


def _panel(
    figure: go.Figure,
    row: int,
    told: Sequence[tuple[Entry, float | None]],
    words: Callable[[float], str],
    scheme: Scheme,
) -> None:
    x = [entry.position for entry, _ in told]
    figure.add_scatter(
        x=x, y=smoothed([value for _, value in told]), mode="lines", connectgaps=False, hoverinfo="skip", row=row, col=1,
        line={"color": colour("series", scheme), "width": 2.5, "shape": "spline", "smoothing": 0.6},
    )  # fmt: skip
    names = ["" if value is None else f"{_name(entry)}<br>{words(value)}" for entry, value in told]
    figure.add_scatter(
        x=x, y=[value for _, value in told], mode="markers", row=row, col=1, customdata=[[name] for name in names],
        hovertemplate="%{customdata[0]}<extra></extra>", cliponaxis=False,
        marker={"size": 7, "opacity": 1, "color": colour("rest", scheme),
                "line": {"color": colour("card", scheme), "width": 1}},
    )  # fmt: skip


def _mark(figure: go.Figure, entries: Sequence[Entry], scheme: Scheme) -> None:
    figure.add_scatter(
        x=[entry.position for entry in entries], y=[entry.energy for entry in entries], mode="markers", row=1, col=1,
        customdata=[[_name(entry)] for entry in entries], hovertemplate="%{customdata[0]}<extra></extra>", cliponaxis=False,
        marker={"size": 14, "opacity": 1, "color": MARKER, "line": {"color": colour("ink", scheme), "width": 2}},
    )  # fmt: skip


def _name(entry: Entry) -> str:
    return f"{entry.position}. {escape(entry.name)}"
