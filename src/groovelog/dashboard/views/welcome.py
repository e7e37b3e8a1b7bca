"""The home before there is a play: what to do, and what will be seen."""

import streamlit as st

from groovelog.dashboard import bring, components
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import bringing

INVENTED_DAY = (2, 1, 0, 0, 0, 0, 3, 22, 12, 4, 5, 7, 9, 7, 5, 4, 6, 12, 15, 9, 8, 10, 13, 7)


def show(scene: Scene) -> None:
    example = components.clock(INVENTED_DAY, "", bringing.INVENTED_DAY, "clock-example")
    st.html(
        components.sleeve(
            "marigold", bringing.WELCOME_KICKER, bringing.WELCOME, bringing.WELCOME_WHY, foot="", picture=example
        )
    )
    left, right = st.columns([7, 5], gap="small")
    with left:
        bring.show(scene.people, then=scene.pages["data"])
    with right:
        no_zip_yet()


def no_zip_yet() -> None:
    with st.container(key="card-no-zip"):
        st.html(components.figure_head("No zip yet?") + components.numbered(bringing.NO_ZIP_YET))
        st.html(components.note(bringing.LOOK_AROUND))
