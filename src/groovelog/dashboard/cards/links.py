"""Links from what a card names to the pages behind it."""

from collections.abc import Sequence

import streamlit as st

from groovelog.dashboard.scene import Scene


def artists(scene: Scene, names: Sequence[str | None]) -> None:
    """Links to the pages of artists, each once, where there is such a page."""
    told = [name for name in dict.fromkeys(names) if name]
    if "artist" in scene.pages and told:
        with st.container(horizontal=True, gap="small"):
            for name in told:
                scene.link("artist", name, icon=":material/artist:", name=name)
