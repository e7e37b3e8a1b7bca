"""What all figures share."""

import plotly.graph_objects as go

from groovelog.dashboard.texts import locale
from groovelog.dashboard.theme import TEXT_FONT, Scheme, colour

HOUR_MS = 3_600_000
MINUTE_MS = 60_000
MOST_TICKS = 6


def lay_out(figure: go.Figure, scheme: Scheme, height: int) -> None:
    """What all figures share; axes are fixed, so that a thumb can scroll past."""
    ink2 = colour("ink2", scheme)
    figure.update_layout(
        template=None,
        height=height,
        margin={"l": 4, "r": 8, "t": 10, "b": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": TEXT_FONT, "size": 13, "color": ink2},
        separators=locale.form().separators,
        showlegend=False,
        dragmode=False,
        hoverlabel={
            "bgcolor": colour("ink", scheme),
            "bordercolor": colour("ink", scheme),
            "font": {"family": TEXT_FONT, "size": 13, "color": colour("card", scheme)},
        },
    )
    figure.update_xaxes(
        fixedrange=True, automargin=True, zeroline=False, showline=False, ticks="", tickfont={"color": ink2}
    )
    figure.update_yaxes(
        fixedrange=True, automargin=True, zeroline=False, showline=False, ticks="", tickfont={"color": ink2}
    )


def anchor(place: int, places: int) -> str:
    """Where a label stands to its point, so that it stays inside."""
    if place < places * 0.12:
        return "left"
    return "right" if place > places * 0.88 else "center"


def plain(name: str) -> str:
    """A name as Plotly's words take it: they hold some HTML, and places to fill in curly brackets."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("%{", "%(")
