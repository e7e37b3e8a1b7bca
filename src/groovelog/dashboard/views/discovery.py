"""Discovery: what was new, what became of it, and how much of listening is the known."""

from collections import Counter
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import discoveries
from groovelog.dashboard.courses import course
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import discovery, wording


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    over = course(asked)
    _head(asked)
    with frames.card("columns", "New artists"):
        discoveries.show_columns(over)
    with frames.card("fates", "What became of them"):
        discoveries.show_fates(scene, asked)
    with frames.card("explore", "Repeat against explore"):
        discoveries.show_explore(over)
    with frames.card("mainstream", "How popular"):
        discoveries.show_mainstream(over)


def _head(asked: Asked) -> None:
    rows: list[dict[str, Any]] = asked.rows("first-plays")
    told = Counter(row["fate"] for row in rows)
    st.html(components.page_head(wording.period_name(asked.period), discovery.headline(told), discovery.lead(told)))
