"""How places move from step to step."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import plotly.graph_objects as go

from groovelog.dashboard.charts.frame import lay_out, plain
from groovelog.dashboard.theme import Scheme, colour

ROW_HEIGHT = 36
ROOM = 128  # for the names at the end of the lines
LANE_WORDS = "below"
WRAPPED_FROM = 18
BETWEEN = 10  # points of a curve from one step to the next
MOST_TICKS = 4  # the names leave little room on a phone


def lines(
    names: Sequence[str],
    ticks: Sequence[str],
    places: Mapping[str, Sequence[int]],
    voices: tuple[str | None, str | None],
    scheme: Scheme,
    *,
    lane: int,
) -> go.Figure:
    """A line for each name through its places in each step, 1 on top; `lane` is drawn for all places from it on.

    `names` are of the steps, `ticks` short. Of the `voices` the first is the finding, the second another; the rest are grey.
    """
    marked, second = voices
    last = len(names) - 1
    figure = go.Figure()
    ends = ends_of(places, lane)
    for name in sorted(places, key=lambda each: (each == marked, each == second)):
        shade, width = _look(name, marked, second, scheme)
        of_line = [*places[name][:-1], ends[name]]
        x, y = _curve(of_line)
        figure.add_scatter(x=x, y=y, mode="lines", line={"color": shade, "width": width}, hoverinfo="skip")
        figure.add_scatter(
            x=list(range(len(of_line))),
            y=of_line,
            mode="markers",
            marker={"size": 9 if name in (marked, second) else 5, "color": shade, "opacity": 1},
            customdata=[
                [step, "below the ten" if rank >= lane else f"place {rank}"]
                for step, rank in zip(names, places[name], strict=True)
            ],
            hovertemplate=f"{plain(name)}, %{{customdata[0]}}: %{{customdata[1]}}<extra></extra>",
        )
        strong = name in (marked, second)
        figure.add_annotation(
            x=last, y=ends[name], text=f"<b>{_wrapped(name)}</b>" if strong else _wrapped(name), showarrow=False,
            xanchor="left", xshift=10, align="left",
            font={"size": 12, "color": colour("ink" if strong else "ink2", scheme)},
        )  # fmt: skip
    lowest = (
        max(lane, *ends.values()) if any(lane in line for line in places.values()) else max(map(max, places.values()))
    )
    lay_out(figure, scheme, height(places, lane))
    step = -(-len(names) // MOST_TICKS)
    shown = [place for place in range(len(names)) if (last - place) % step == 0]
    figure.update_xaxes(
        range=[-0.3, last + 0.05],
        tickvals=shown,
        ticktext=[ticks[place] for place in shown],
        tickangle=0,
        showgrid=False,
    )
    figure.update_yaxes(
        range=[lowest + 0.6, 0.4], title_text="Place", title_font_size=13,
        tickvals=[1, 3, 5, 10, lane], ticktext=["1", "3", "5", "10", LANE_WORDS], gridcolor=colour("line", scheme),
    )  # fmt: skip
    figure.update_layout(margin={"l": 4, "r": ROOM, "t": 10, "b": 4})
    return figure


def _curve(line: Sequence[int]) -> tuple[list[float], list[float]]:
    """Through all places, level at each: a spline would swing beyond the first."""
    x, y = [0.0], [float(line[0])]
    for step, (here, there) in enumerate(pairwise(line)):
        for point in range(1, BETWEEN + 1):
            part = point / BETWEEN
            x.append(step + part)
            y.append(here + (there - here) * (1 - math.cos(math.pi * part)) / 2)
    return x, y


def height(places: Mapping[str, Sequence[int]], lane: int) -> int:
    return round((max(*map(max, places.values()), *ends_of(places, lane).values()) + 0.2) * ROW_HEIGHT) + 40


def ends_of(places: Mapping[str, Sequence[int]], lane: int) -> dict[str, int]:
    """The last place of each line; in the lane they are spread, or their names would lie on each other."""
    ends: dict[str, int] = {}
    low = 0
    for name, line in sorted(places.items(), key=lambda each: tuple(reversed(each[1]))):
        ends[name] = line[-1] if line[-1] < lane else lane + low
        low += line[-1] >= lane
    return ends


def _look(name: str, marked: str | None, second: str | None, scheme: Scheme) -> tuple[str, float]:
    if name == marked:
        return colour("marker-line", scheme), 4
    return (colour("series", scheme), 3) if name == second else (colour("rest", scheme), 2)


def _wrapped(name: str) -> str:
    """A long name in two lines, broken at the space nearest to its middle."""
    spaces = [place for place, sign in enumerate(name) if sign == " "]
    if len(name) < WRAPPED_FROM or not spaces:
        return plain(name)
    at = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return f"{plain(name[:at])}<br>{plain(name[at + 1 :])}"
