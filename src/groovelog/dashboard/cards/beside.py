"""Two figures in one row, each in a frame of its own; on a phone one below the other."""

from collections.abc import Callable

import streamlit as st

from groovelog.dashboard import frames

Figure = tuple[str, str, Callable[[], None]]


def show(*figures: Figure) -> None:
    """Each of `figures` is its key, what it is called where it fails, and what draws it."""
    for place, (key, what, draw) in zip(st.columns(len(figures), gap="small"), figures, strict=True):
        with place, frames.card(key, what, height="stretch"):
            draw()
