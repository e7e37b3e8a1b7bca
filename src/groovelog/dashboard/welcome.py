"""The home before there is a play: what to do, and what will be seen."""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from groovelog.dashboard import bring, components, texts
from groovelog.model import Listener


def show(people: Sequence[Listener], data_page: StreamlitPage) -> None:
    st.html(components.sleeve("marigold", texts.WELCOME_KICKER, texts.WELCOME, texts.WELCOME_WHY, ""))
    left, right = st.columns([7, 5], gap="small")
    with left:
        bring.show(people, then=data_page)
    with right:
        no_zip_yet()


def no_zip_yet() -> None:
    with st.container(key="card-no-zip"):
        st.html(components.figure_head("No zip yet?", "") + components.numbered(texts.NO_ZIP_YET))
        st.html(components.note(texts.LOOK_AROUND))
