"""Files that a page offers: made when asked for, and marked with whose they are.

Streamlit hands out what was made at /media to anybody who has the address. The type of a file says for whom it is, and the
server gives it to nobody else (`server.media`).
"""

from collections.abc import Callable

import streamlit as st

from groovelog.dashboard import viewing

FOR = "for"  # the parameter of the type; ids are hexadecimal, so that it needs no quotes


def csv(make: Callable[[], str], file_name: str, *, key: str) -> None:
    """A button for a table as CSV."""
    st.download_button(
        "CSV", make, file_name, marked("text/csv"), key=key, icon=":material/download:", on_click="ignore"
    )


def m3u(make: Callable[[], str], file_name: str, *, key: str) -> None:
    """A button for a playlist as text."""
    st.download_button(
        "M3U", make, file_name, marked("audio/x-mpegurl"), key=key, icon=":material/download:", on_click="ignore"
    )


def marked(mime: str) -> str:
    """The type of a file for who looks. Whoever runs Groovelog for themselves is alone with it: theirs is plain."""
    whose = viewing.looking()
    return mime if whose is None else f"{mime}; {FOR}={whose}"
