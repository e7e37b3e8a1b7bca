"""What a page shows when Groovelog itself is at fault."""

import streamlit as st

from groovelog.dashboard import components
from groovelog.dashboard.texts import wording


def show(_fault: Exception) -> bool:
    """Stands in for Streamlit's own box, which talks to developers; the terminal has the traceback."""
    st.html(components.failure(wording.FAULT))
    return True
