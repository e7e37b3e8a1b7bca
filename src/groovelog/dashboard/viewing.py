"""Who looks at the pages, asked anew at every run: a sign-in that has ended since shows nothing more.

Streamlit calls what a press asks for before it runs the page, so what changes something asks here, too.
"""

import streamlit as st

from groovelog.access import PERSONAL, Viewer
from groovelog.dashboard import served
from groovelog.errors import NotAllowed
from groovelog.model import Listener

LOOKED = "viewer"  # whose visit this was at its last run


def viewer() -> Viewer | None:
    """Whoever runs Groovelog for themselves; in a group the member behind the cookie, None without a sign-in that holds."""
    if not served.for_group():
        return PERSONAL
    return None


def check(person: Listener) -> None:
    """Raises NotAllowed, which tells nothing of the listener, where who looks now does not see their reports."""
    looks = viewer()
    if looks is None or not looks.sees(person):
        raise NotAllowed("You are not signed in as this listener. Sign in again, then try once more.")


def settle(looks: Viewer | None) -> None:
    """Forget what this visit has chosen and was told, where somebody else looks now than at its last run."""
    now = None if looks is None else looks.listener_id
    if LOOKED in st.session_state and st.session_state[LOOKED] != now:
        st.session_state.clear()
    st.session_state[LOOKED] = now
