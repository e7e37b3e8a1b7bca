"""Rows of names with what is said of each, and links to the artists among them."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from groovelog.dashboard import components
from groovelog.dashboard.scene import Scene

MOST_LINKS = 6


def named(rows: Sequence[tuple[str, str, str, str]], *, wide: bool = False) -> str:
    """Rows of a name, what it keeps its sleeve by, a first line and a second one; `wide` ones stand side by side."""
    cells = "".join(
        f'<li>{components.disc(sleeve_name)}<span class="words"><b>{escape(name)}</b><span>{escape(first)}</span>'
        f"<span>{escape(second)}</span></span></li>"
        for name, sleeve_name, first, second in rows
    )
    return f'<ul class="named{" wide" if wide else ""}">{cells}</ul>'


def artist_links(scene: Scene, names: Sequence[str], key: str) -> None:
    """Where there are pages of artists, a link to each of the first of them."""
    wanted = list(dict.fromkeys(name for name in names if name))[:MOST_LINKS]
    if "artist" not in scene.pages or not wanted:
        return
    with st.container(horizontal=True, key=f"links-{key}", gap="small"):
        for name in wanted:
            scene.link("artist", name, name=name)
