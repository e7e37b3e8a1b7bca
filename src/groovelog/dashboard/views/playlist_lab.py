"""Playlist lab: one playlist in another order, what to add and to drop; tried out, and written nowhere unless asked."""

from datetime import UTC, datetime

import streamlit as st

from groovelog.dashboard import components, frames, lab
from groovelog.dashboard.cards import lab as cards
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import lab as texts
from groovelog.dashboard.texts import playlists as of_playlists
from groovelog.errors import NothingToTell


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    person = asked.choice.listener
    known = lab.playlists(scene.snapshot, person)
    if not known:
        st.html(components.page_head(person.name, of_playlists.NONE, of_playlists.NONE_LEAD))
        with st.container(key="card-where"):
            st.html(components.figure_head(of_playlists.WHERE_TITLE) + components.numbered(of_playlists.WHERE))
            scene.link("data", of_playlists.TO_DATA, icon=":material/receipt_long:")
        return
    head = st.empty()
    playlist = cards.chosen(known)
    with st.container(key="card-lab-ask"):
        wish = cards.ask(known, playlist)
    try:
        with st.spinner(texts.WORKING):
            proposal = lab.proposal(scene.snapshot, person, playlist, wish, datetime.now(UTC).date())
    except NothingToTell as nothing:
        head.html(components.page_head(person.name, texts.nothing(playlist.name), nothing.message))
        return
    head.html(components.page_head(person.name, texts.headline(proposal), texts.LEAD))
    with frames.card("lab-curves", texts.CURVES_TITLE):
        cards.show_curves(proposal)
    left, right = st.columns([6, 5], gap="small")
    with left, frames.card("lab-order", texts.ORDER_TITLE, height="stretch"):
        cards.show_order(proposal)
    with right:
        with frames.card("lab-changes", texts.CHANGES_TITLE):
            cards.show_changes(proposal)
        with frames.card("lab-write", texts.WRITE_TITLE):
            cards.show_writing(scene, person, proposal)
