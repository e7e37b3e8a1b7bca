"""Mood over time: the weeks against one's usual range, and through the day."""

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out
from groovelog.dashboard.charts.times import lay_time_line
from groovelog.dashboard.texts.mood import Step
from groovelog.dashboard.texts.wording import rounded
from groovelog.dashboard.theme import MARKER, Scheme, colour

WEEKS_HEIGHT = 340
DAY_HEIGHT = 340
WEEK = timedelta(days=7)


def weeks(
    steps: Sequence[Step],
    usual: Sequence[tuple[float, float] | None],
    marked: int | None,
    scheme: Scheme,
) -> go.Figure:
    """Valence above, energy below, a line each that breaks where weeks are missing; peaks and dips have a triangle."""
    figure = go.Figure()
    starts = [step.starts_on for step in steps]
    for number, name in enumerate(("valence", "energy")):
        axis = "y2" if number else "y"
        values = [getattr(step, name) for step in steps]
        x, y = _with_gaps(starts, values)
        figure.add_scatter(
            x=x, y=y, yaxis=axis, mode="lines" if len(steps) > 1 else "markers", hoverinfo="skip",
            line={"color": colour("series" if number else "ink", scheme), "width": 1.6},
        )  # fmt: skip
        _notes(figure, steps, name, axis, scheme)
        figure.add_scatter(
            x=starts, y=values, yaxis=axis, mode="markers", marker={"size": 14, "opacity": 0.01},
            customdata=[[start.isoformat(), step.name] for start, step in zip(starts, steps, strict=True)],
            hovertemplate=f"%{{customdata[1]}}: {name} %{{y:.2f}}<extra></extra>",
        )  # fmt: skip
        band = usual[number]
        if band is not None:
            figure.add_shape(
                type="rect", xref="paper", x0=0, x1=1, yref=axis, y0=band[0], y1=band[1], layer="below",
                fillcolor=colour("sunk", scheme), line={"width": 0},
            )  # fmt: skip
    if marked is not None:
        _mark(figure, steps, marked, scheme)
    lay_out(figure, scheme, WEEKS_HEIGHT)
    if starts:
        lay_time_line(figure, starts[0], starts[-1], WEEK)
    figure.update_layout(
        xaxis_anchor="y2",
        yaxis=_panel("Valence, 0 to 1", [0.56, 1.0], [step.valence for step in steps], usual[0]),
        yaxis2=_panel("Energy, 0 to 1", [0.0, 0.44], [step.energy for step in steps], usual[1]),
    )
    return figure


def by_hour(
    valence: Sequence[float | None], energy: Sequence[float | None], marked: int | None, scheme: Scheme
) -> go.Figure:
    """Two lines through the day, named at their ends; the liveliest hour marked."""
    hours = list(range(24))
    shade = {"Energy": colour("ink", scheme), "Valence": colour("series", scheme)}
    figure = go.Figure()
    for name, values in (("Energy", energy), ("Valence", valence)):
        figure.add_scatter(
            x=hours, y=list(values), mode="lines+markers", line={"color": shade[name], "width": 2.4}, connectgaps=False,
            marker={"size": 5, "color": shade[name]},
            hovertemplate=f"%{{x:02d}}:00: {name.lower()} %{{y:.2f}}<extra></extra>",
        )  # fmt: skip
    if marked is not None:
        figure.add_scatter(
            x=[marked], y=[energy[marked]], mode="markers", hoverinfo="skip",
            marker={"size": 15, "color": MARKER, "line": {"color": colour("ink", scheme), "width": 2}, "opacity": 1},
        )  # fmt: skip
    told = [value for value in (*valence, *energy) if value is not None]
    lay_out(figure, scheme, DAY_HEIGHT)
    figure.update_xaxes(
        range=[-0.7, 23.7], tickvals=[0, 6, 12, 18, 23], ticktext=["00", "06", "12", "18", "23 h"], tickangle=0,
        showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        title_text="Mean, 0 to 1", title_font_size=13, title_standoff=10, nticks=5, tickformat=".2f",
        gridcolor=colour("line", scheme), range=[min(told, default=0) - 0.04, max(told, default=1) + 0.04],
    )  # fmt: skip
    return figure


def _with_gaps(starts: Sequence[date], values: Sequence[float]) -> tuple[list[date], list[float | None]]:
    """With an empty point where a week is missing, so that the line breaks there."""
    x: list[date] = []
    y: list[float | None] = []
    for start, value in zip(starts, values, strict=True):
        if x and start - x[-1] > WEEK:
            x.append(x[-1] + WEEK)
            y.append(None)
        x.append(start)
        y.append(value)
    return x, y


def _notes(figure: go.Figure, steps: Sequence[Step], name: str, axis: str, scheme: Scheme) -> None:
    for note, symbol, token in (("peak", "triangle-up", "marker-line"), ("dip", "triangle-down", "bad")):
        noted = [step for step in steps if getattr(step, f"{name}_note") == note]
        figure.add_scatter(
            x=[step.starts_on for step in noted], y=[getattr(step, name) for step in noted], yaxis=axis, mode="markers",
            marker={"symbol": symbol, "size": 8, "color": colour("ink2" if note == "peak" else token, scheme), "opacity": 1},
            hoverinfo="skip",
        )  # fmt: skip


def _mark(figure: go.Figure, steps: Sequence[Step], marked: int, scheme: Scheme) -> None:
    step = steps[marked]
    peak = step.valence_note == "peak"
    figure.add_scatter(
        x=[step.starts_on], y=[step.valence], mode="markers", hoverinfo="skip",
        marker={
            "symbol": "triangle-up" if peak else "triangle-down", "size": 16, "color": MARKER, "opacity": 1,
            "line": {"color": colour("ink", scheme), "width": 1.6},
        },
    )  # fmt: skip
    share = marked / max(len(steps) - 1, 1)
    figure.add_annotation(
        x=step.starts_on, y=step.valence, text=f"<b>{rounded(step.valence, 2)}</b>", showarrow=False, yshift=17 if peak else -17,
        xanchor="left" if share < 0.1 else "right" if share > 0.9 else "center",
        font={"size": 13, "color": colour("ink", scheme)},
    )  # fmt: skip


def _panel(
    title: str, domain: list[float], values: Sequence[float], usual: tuple[float, float] | None
) -> dict[str, object]:
    told = [*values, *(usual or ())]
    low, high = min(told, default=0.0), max(told, default=1.0)
    air = 0.16 * (high - low) or 0.05
    return {
        "title": {"text": title, "font": {"size": 13}, "standoff": 10}, "domain": domain, "range": [low - air, high + air],
        "nticks": 4, "tickformat": ".2f", "showgrid": False, "fixedrange": True, "automargin": True, "zeroline": False,
        "ticks": "",
    }  # fmt: skip
