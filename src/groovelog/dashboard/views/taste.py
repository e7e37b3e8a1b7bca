"""Taste: the favourites over the years, what burned and what lasted, who came back, how far and how wide it went."""

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import beside, course_lines, favourites, half_lives, obsessions, ridges
from groovelog.dashboard.courses import Course, course
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import taste


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    over = course(asked)
    _head(asked, over)
    with frames.card("ridges", "Favourites over the years"):
        ridges.show(scene, over)
    obsessions.show(asked)
    with frames.card("comebacks", "Comebacks"):
        favourites.show_comebacks(scene, asked)
    beside.show(
        ("favourites", "All-time favourites", lambda: favourites.show_favourites(asked)),
        ("forgotten", "Forgotten favourites", lambda: favourites.show_forgotten(asked)),
    )
    beside.show(
        ("brief", "What burned out", lambda: half_lives.show_brief(asked)),
        ("slow", "What lasts", lambda: half_lives.show_slow(asked)),
    )
    with frames.card("diversity", "How wide taste is"):
        course_lines.show_diversity(over)
    with frames.card("drift", "How taste moves"):
        course_lines.show_drift(over)


def _head(asked: Asked, over: Course) -> None:
    leaders = ridges.leaders(over)
    plays = over.asked.answer("overview").basis.counted_plays
    st.html(
        components.page_head(
            taste.kicker(over.asked.period, over.chosen), taste.headline(leaders, plays), taste.lead(leaders, over.per)
        )
    )
