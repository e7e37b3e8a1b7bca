"""Cards on a page: a plot in the theme of the browser, its foot, and the numbers behind it."""

from collections.abc import Callable, Sequence

import plotly.graph_objects as go
import streamlit as st

from groovelog.dashboard import components, scheme
from groovelog.dashboard.components import Explanation
from groovelog.dashboard.theme import Scheme
from groovelog.reports import Answer

BARE = {"displayModeBar": False, "scrollZoom": False}


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


def foot(note: str, explanation: Explanation) -> None:
    st.html(f'<div class="figure-foot">{components.figure_foot(note, explanation)}</div>')


def numbers(key: str, header: Sequence[str], rows: Sequence[Sequence[str]], answer: Answer) -> None:
    """The text alternative of a figure, and the same as a file."""
    with st.expander("Numbers", key=f"numbers-{key}"):
        st.html(components.table(header, rows))
        st.download_button(
            "CSV", answer.as_csv, f"groovelog-{key}.csv", "text/csv", key=f"csv-{key}", icon=":material/download:"
        )
