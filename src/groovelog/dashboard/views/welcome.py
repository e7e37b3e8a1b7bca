"""The home before there is a play: what to do, and what will be seen."""

import streamlit as st

from groovelog.dashboard import bring, components, served
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import bringing
from groovelog.state import sign_ins
from groovelog.state.database import open_state

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
        bring.show(scene, then=scene.pages["data"])
    with right:
        no_zip_yet()
        _or_connect(scene)


def no_zip_yet() -> None:
    with st.container(key="card-no-zip"):
        st.html(components.figure_head("No zip yet?") + components.numbered(bringing.NO_ZIP_YET))
        st.html(components.note(bringing.LOOK_AROUND))


def _or_connect(scene: Scene) -> None:
    with open_state(served.home().root) as state:
        connected = {sign_in.listener_id for sign_in in sign_ins.all_of(state)}
    names = [person.name for person in scene.people if person.listener_id in connected]
    with st.container(key="card-or-connect"):
        title, why = (
            (bringing.connected_title(names), bringing.CONNECTED)
            if names
            else (bringing.OR_CONNECT_TITLE, bringing.OR_CONNECT)
        )
        st.html(components.figure_head(title) + f'<p class="said">{why}</p>')
        scene.link("connect", bringing.TO_CONNECT, icon=":material/link:")
