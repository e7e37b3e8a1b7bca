"""The home before there is a play: what to do, and what will be seen."""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from groovelog.dashboard import bring, components, texts
from groovelog.model import Listener

INVENTED_DAY = (2, 1, 0, 0, 0, 0, 3, 22, 12, 4, 5, 7, 9, 7, 5, 4, 6, 12, 15, 9, 8, 10, 13, 7)


def show(people: Sequence[Listener], data_page: StreamlitPage) -> None:
    example = components.clock(INVENTED_DAY, "", texts.INVENTED_DAY, "clock-example")
    st.html(
        components.sleeve("marigold", texts.WELCOME_KICKER, texts.WELCOME, texts.WELCOME_WHY, foot="", picture=example)
    )
    left, right = st.columns([7, 5], gap="small")
    with left:
        bring.show(people, then=data_page)
    with right:
        no_zip_yet()


def no_zip_yet() -> None:
    with st.container(key="card-no-zip"):
        st.html(components.figure_head("No zip yet?") + components.numbered(texts.NO_ZIP_YET))
        st.html(components.note(texts.LOOK_AROUND))
