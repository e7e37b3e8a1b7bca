"""Who looks at the pages, asked anew at every run: a sign-in that has ended since shows nothing more.

Streamlit calls what a press asks for before it runs the page, so what changes something asks here, too.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from groovelog.access import PERSONAL, Viewer, viewer_of
from groovelog.dashboard import served
from groovelog.model import Listener
from groovelog.state.database import open_state

# Of a visit: whose it was at its last run; that a listener was erased, which is told after their sign-in has ended, too.
LOOKED, ERASED = "viewer", "forgotten"


def viewer() -> Viewer | None:
    """Whoever runs Groovelog for themselves; in a group the member behind the cookie, None without a sign-in that holds."""
    if not served.for_group():
        return PERSONAL
    with open_state(served.home().root) as state:
        return viewer_of(state, cookies(), datetime.now(UTC))


def cookies() -> Mapping[str, str]:
    """Those that the browser sent when it opened this visit's connection."""
    return st.context.cookies


def sees(person: Listener) -> bool:
    """Whether who looks now sees the listener's own reports: what is asked of callbacks and fragments."""
    looks = viewer()
    return looks is not None and looks.sees(person)


def is_still(looked: Viewer) -> bool:
    """Whether the same one looks as when the page was drawn."""
    looks = viewer()
    return looks is not None and looks.listener_id == looked.listener_id


def settle(looks: Viewer | None) -> None:
    """Forget what this visit has chosen and was told, where somebody else looks now than at its last run."""
    now = None if looks is None else looks.listener_id
    if LOOKED in st.session_state and st.session_state[LOOKED] != now:
        erased = st.session_state.get(ERASED) if looks is None else None
        st.session_state.clear()
        st.session_state[ERASED] = erased
    st.session_state[LOOKED] = now


def is_erased() -> bool:
    """Whether this visit erased its own listener, and is told so."""
    return looking() is None and bool(st.session_state.get(ERASED))


def looking() -> str | None:
    """The id of the member who looks, as it was settled when this run began; None for who is not in a group."""
    return st.session_state.get(LOOKED)
