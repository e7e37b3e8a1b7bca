"""What somebody sees who is not signed in, or of whom nothing is kept any more: nothing of anybody."""

import streamlit as st

from groovelog.dashboard import components, ending, viewing
from groovelog.dashboard.texts import members as texts


def show(*, forgotten: bool = False) -> None:
    """The way to the sign-in; `forgotten` is who is signed in as a listener that was erased."""
    if viewing.is_erased():
        ending.say_last("Groovelog", texts.ERASED, st.session_state[viewing.ERASED])
        return
    title, lead = (texts.FORGOTTEN, texts.FORGOTTEN_LEAD) if forgotten else (texts.SIGNED_OUT, texts.SIGNED_OUT_LEAD)
    st.html(components.page_head("Groovelog", title, lead))
    st.html(f'<p><a class="press" href="{texts.SIGN_IN_AT}" target="_self">{texts.SIGN_IN}</a></p>')
