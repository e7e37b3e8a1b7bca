"""What plays sound like: contexts over steps, features of two periods, tempo, keys."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import MOST_TICKS, lay_out
from groovelog.dashboard.texts.sound import CONTEXTS, FEATURES, peak
from groovelog.dashboard.texts.wording import percent
from groovelog.dashboard.theme import MARKER, Scheme, colour

RIDGE = 1.0  # the height of a full row; its words stand in the gap above
GAP = 0.42
RIDGES_HEIGHT = 430
PROFILE_HEIGHT = 340
BARS_HEIGHT = 260
LEAST_CORNERS = 3  # of a radar


def ridges(
    shares: Mapping[str, Sequence[float | None]],
    names: Sequence[str],
    ticks: Mapping[int, str],
    axis: str,
    scheme: Scheme,
    *,
    marked: tuple[str, int] | None = None,
) -> go.Figure:
    """A row of bars for each context, all to one scale; above each its name, and its fullest step in words."""
    most = max((value for values in shares.values() for value in values if value is not None), default=0) or 1
    ink, ink2 = colour("ink", scheme), colour("ink2", scheme)
    figure = go.Figure()
    for row, (context, values) in enumerate(shares.items()):
        base = (len(shares) - 1 - row) * (RIDGE + GAP)
        shade = [MARKER if (context, place) == marked else colour("series", scheme) for place in range(len(values))]
        figure.add_bar(
            x=list(range(len(values))), y=[None if value is None else value / most * RIDGE for value in values], base=base,
            marker={"color": shade, "cornerradius": 2},
            customdata=[[names[place], percent(value or 0, 1)] for place, value in enumerate(values)],
            hovertemplate=f"{CONTEXTS[context]}, %{{customdata[0]}}: %{{customdata[1]}}<extra></extra>",
        )  # fmt: skip
        figure.add_shape(
            type="line",
            x0=-0.6,
            x1=len(names) - 0.4,
            y0=base,
            y1=base,
            line={"color": colour("control", scheme), "width": 1},
        )
        at = peak(values)
        fullest = "none" if at is None else f"most {percent(values[at] or 0, 1)}, {names[at]}"
        for x, anchor, text, shade_of in ((0, "left", f"<b>{CONTEXTS[context]}</b>", ink), (1, "right", fullest, ink2)):
            figure.add_annotation(
                xref="paper", x=x, xanchor=anchor, y=base + RIDGE, yanchor="bottom", text=text, showarrow=False, yshift=2,
                font={"size": 13, "color": shade_of},
            )  # fmt: skip
    lay_out(figure, scheme, RIDGES_HEIGHT)
    figure.update_layout(bargap=0.14, barmode="overlay")
    figure.update_xaxes(
        range=[-0.6, len(names) - 0.4], tickvals=list(ticks), ticktext=list(ticks.values()), tickangle=0, showgrid=False,
        title_text=axis, title_font_size=13, title_standoff=10,
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[-0.04, len(shares) * (RIDGE + GAP) - 0.02])
    return figure


def spread_ticks(names: Sequence[str]) -> dict[int, str]:
    """Few enough of the names to stand side by side on a phone."""
    step = -(-len(names) // (MOST_TICKS - 1)) or 1
    return {place: names[place].replace("\u00a0", "<br>") for place in range(0, len(names), step)}


def radar(now: Mapping[str, float], before: Mapping[str, float], scheme: Scheme) -> go.Figure:
    """Features of this period and of the whole record, by the names of FEATURES; those that both tell."""
    both = [name for name in FEATURES if name in now and name in before]
    names = [FEATURES[name] for name in both]
    figure = go.Figure()
    for values, line, fill in (
        (before, {"color": colour("ink2", scheme), "width": 2, "dash": "dot"}, "rgba(0,0,0,0)"),
        (now, {"color": colour("marker-line", scheme), "width": 3}, "rgba(255,197,61,.22)"),
    ):
        told = [values[name] for name in both]
        figure.add_scatterpolar(
            r=[*told, told[0]], theta=[*names, names[0]], mode="lines", line=line, fill="toself", fillcolor=fill,
            hovertemplate="%{theta}: %{r:.2f}<extra></extra>",
        )  # fmt: skip
    lay_out(figure, scheme, PROFILE_HEIGHT)
    grid = colour("line", scheme)
    figure.update_layout(
        margin={"l": 64, "r": 64, "t": 30, "b": 30},
        polar={
            "bgcolor": "rgba(0,0,0,0)",
            "radialaxis": {
                "range": [0, 1], "tickvals": [0.5], "gridcolor": grid, "showline": False, "angle": 0, "tickangle": 0,
                "tickfont": {"size": 12, "color": colour("ink3", scheme)},
            },
            "angularaxis": {
                "gridcolor": grid, "linecolor": grid, "rotation": 90, "direction": "clockwise", "tickfont": {"size": 13},
            },
        },
    )  # fmt: skip
    return figure


def tempo(bins: Sequence[tuple[int, int, int]], middle: tuple[int, int] | None, scheme: Scheme) -> go.Figure:
    """Shares of plays by tempo, from bins of from, to and plays; the `middle` half in the second voice."""
    total = sum(plays for *_, plays in bins) or 1
    shade = [
        colour("series" if middle is not None and middle[0] <= start < middle[1] else "rest", scheme)
        for start, *_ in bins
    ]
    figure = go.Figure(
        go.Bar(
            x=[(start + end) / 2 for start, end, _ in bins], y=[100 * plays / total for *_, plays in bins], width=9,
            marker={"color": shade, "cornerradius": 3},
            customdata=[[f"{start} to {end} BPM", percent(plays, total)] for start, end, plays in bins],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        )
    )  # fmt: skip
    lay_out(figure, scheme, BARS_HEIGHT)
    figure.update_xaxes(
        title_text="Beats a minute (BPM)", title_font_size=13, title_standoff=10, nticks=6, tickangle=0, showgrid=False,
        range=[bins[0][0] - 2, bins[-1][1] + 2],
    )  # fmt: skip
    _percents(figure, scheme)
    return figure


def keys(
    shares: Mapping[tuple[str, str], float], pitches: Sequence[str], marked: tuple[str, str] | None, scheme: Scheme
) -> go.Figure:
    """Major beside minor for each of the twelve; `shares` by pitch and mode."""
    figure = go.Figure()
    for mode, token in (("major", "series"), ("minor", "rest")):
        figure.add_bar(
            x=list(pitches), y=[100 * shares[pitch, mode] for pitch in pitches],
            marker={"color": _shades(pitches, mode, token, marked, scheme), "cornerradius": 2},
            customdata=[[f"{pitch} {mode}", percent(shares[pitch, mode], 1)] for pitch in pitches],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        )  # fmt: skip
    lay_out(figure, scheme, BARS_HEIGHT)
    figure.update_layout(bargap=0.24, bargroupgap=0.06)
    figure.update_xaxes(
        title_text="Key", title_font_size=13, title_standoff=10, tickangle=0, showgrid=False, type="category"
    )
    _percents(figure, scheme)
    return figure


def _shades(pitches: Sequence[str], mode: str, token: str, marked: tuple[str, str] | None, scheme: Scheme) -> list[str]:
    return [MARKER if (pitch, mode) == marked else colour(token, scheme) for pitch in pitches]


def _percents(figure: go.Figure, scheme: Scheme) -> None:
    figure.update_yaxes(
        title_text="Share of plays, %",
        title_font_size=13,
        title_standoff=10,
        rangemode="tozero",
        nticks=5,
        gridcolor=colour("line", scheme),
    )
