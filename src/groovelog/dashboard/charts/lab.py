"""A playlist before and after: energy, tempo and key over its order."""

from collections.abc import Callable, Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from groovelog.dashboard.charts.frame import lay_out, plain
from groovelog.dashboard.charts.order import LEAST_BPM, MOST_BPM
from groovelog.dashboard.texts.wording import NB, rounded
from groovelog.dashboard.theme import Scheme, colour
from groovelog.recommend.playlists.curves import Point

HEIGHT = 560
MOST_DOTS = 120
Value = Callable[[Point], float | None]


def curves(before: Sequence[Point], after: Sequence[Point], scheme: Scheme) -> go.Figure:
    """Three panels over one order: the songs as they stood in grey, as they are proposed in the series colour."""
    figure = make_subplots(rows=3, cols=1, shared_xaxes=True, vertical_spacing=0.06, row_heights=[0.44, 0.32, 0.24])
    _panel(figure, 1, (before, after), lambda point: point.energy, scheme)
    _panel(figure, 2, (before, after), lambda point: point.tempo, scheme)
    _panel(figure, 3, (before, after), hour, scheme, lines=False)
    figure.add_scatter(
        x=[point.place for point in after], y=[point.wanted for point in after], mode="lines", hoverinfo="skip", row=1, col=1,
        line={"color": colour("marker-line", scheme), "width": 2, "dash": "dot"}, connectgaps=True,
    )  # fmt: skip
    lay_out(figure, scheme, HEIGHT)
    last = max(len(before), len(after))
    figure.update_xaxes(range=[0.2, last + 0.8], showgrid=False, tickangle=0, nticks=7, tickformat="d")
    figure.update_xaxes(title_text="Place in the playlist", title_font_size=13, row=3)
    grid = {"gridcolor": colour("line", scheme), "title_font_size": 13}
    figure.update_yaxes(title_text="Energy", range=[-0.04, 1.04], tickvals=[0, 0.5, 1], row=1, **grid)
    tempos = [point.tempo for point in (*before, *after) if point.tempo is not None]
    low, high = min([LEAST_BPM, *tempos]) - 5, max([MOST_BPM, *tempos]) + 5
    figure.update_yaxes(title_text="Tempo, BPM", range=[low, high], nticks=4, row=2, **grid)
    figure.update_yaxes(title_text="Key", range=[0, 13], tickvals=[1, 4, 7, 10], row=3, **grid)
    return figure


def hour(point: Point) -> float | None:
    """The hour of its key on the Camelot wheel."""
    return None if point.camelot is None else float(point.camelot[:-1])


def _panel(
    figure: go.Figure,
    row: int,
    told: tuple[Sequence[Point], Sequence[Point]],
    value: Value,
    scheme: Scheme,
    *,
    lines: bool = True,
) -> None:
    for points, shade, width in zip(told, ("rest", "series"), (1.2, 2.5), strict=True):
        dots = len(points) <= MOST_DOTS
        figure.add_scatter(
            x=[point.place for point in points], y=[value(point) for point in points], row=row, col=1, connectgaps=True,
            mode="lines+markers" if lines and dots else "lines" if lines else "markers", cliponaxis=False,
            line={"color": colour(shade, scheme), "width": width},
            marker={"size": 6 if shade == "series" else 5, "opacity": 1, "color": colour(shade, scheme)},
            customdata=[[_words(point)] for point in points], hovertemplate="%{customdata[0]}<extra></extra>",
        )  # fmt: skip


def _words(point: Point) -> str:
    told = [
        *([f"energy {rounded(point.energy, 2)}"] if point.energy is not None else []),
        *([f"{rounded(point.tempo)}{NB}BPM"] if point.tempo is not None else []),
        *([point.camelot] if point.camelot else []),
    ]
    by = f", {plain(point.artist)}" if point.artist else ""
    return f"{point.place}. {plain(point.name)}{by}<br>{', '.join(told)}"
