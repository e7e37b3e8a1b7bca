"""Cards on a page: a plot in the theme of the browser, its foot, and the numbers behind it."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from groovelog.dashboard import components, downloads, scheme
from groovelog.dashboard.components import Explanation
from groovelog.dashboard.texts import locale, wording
from groovelog.dashboard.theme import Scheme
from groovelog.errors import GroovelogError, NothingToTell
from groovelog.reports import Answer

log = logging.getLogger(__name__)

MOST_FIGURES = 100
MOST_ROWS = 60  # of a table on a page: a browser takes its time by cells, and more are read as a file
BARE = {"displayModeBar": False, "scrollZoom": False}


@contextmanager
def card(key: str, what: str, *, height: Literal["content", "stretch"] = "content") -> Iterator[None]:
    """The frame of one figure. Where it cannot be drawn it says so under the name of `what`; the rest of the page lives."""
    with framed(f"card-{key}", what, height=height):
        yield


@contextmanager
def framed(key: str, what: str, *, height: Literal["content", "stretch"] = "content") -> Iterator[None]:
    """The same in a frame of another look, by its key."""
    with st.container(key=key, height=height):
        try:
            yield
        except NothingToTell as nothing:
            st.html(components.figure_head(what) + components.note(wording.went_wrong(nothing)))
        except GroovelogError as error:
            st.html(components.figure_head(what) + components.failure(wording.not_drawn(wording.went_wrong(error))))
        except Exception:  # the outermost handler of a figure
            log.exception("The figure %s could not be drawn", key)
            st.html(components.figure_head(what) + components.failure(wording.not_drawn(wording.FAULT)))


def plot(
    draw: Callable[[Scheme], go.Figure], *, key: str, height: int, alt: str, on_click: Callable[[], None] | None = None
) -> None:
    """Draw once the browser has told its theme: so the words of a first visit come before Plotly's 4.7 MB do."""
    shown = scheme.current()
    if shown is None:
        st.html(components.skeleton(height, "Drawing"))
    elif on_click is None:
        st.plotly_chart(draw(shown), theme=None, key=key, config=BARE, alt=alt)
    else:
        st.plotly_chart(
            draw(shown), theme=None, key=key, config=BARE, alt=alt, on_select=on_click, selection_mode="points"
        )


def once(chart: Callable[..., go.Figure], *values: Any, **named: Any) -> go.Figure:
    """The figure of a chart for these values, built once a region: Plotly takes up to 0.1 s. Nobody may change it."""
    return _built(chart, values, named, f"{locale.name()} {chart.__module__}.{chart.__qualname__} {values!r} {named!r}")


# A resource is handed out as it is; a copy of a figure takes as long as a new one.
@st.cache_resource(max_entries=MOST_FIGURES, show_spinner=False)
def _built(_chart: Callable[..., go.Figure], _values: Sequence[Any], _named: dict[str, Any], asked: str) -> go.Figure:
    return _chart(*_values, **_named)


def foot(note: str, explanation: Explanation) -> None:
    st.html(f'<div class="figure-foot">{components.figure_foot(note, explanation)}</div>')


def numbers(key: str, header: Sequence[str], rows: Sequence[Sequence[str]], answer: Answer) -> None:
    """The text alternative of a figure, and all of it as a file."""
    with st.expander("Numbers", key=f"numbers-{key}"):
        st.html(components.table(header, rows[:MOST_ROWS]))
        if len(rows) > MOST_ROWS:
            st.html(components.note(wording.more_rows(MOST_ROWS, len(rows))))
        downloads.csv(answer.as_csv, f"groovelog-{key}.csv", key=f"csv-{key}")
