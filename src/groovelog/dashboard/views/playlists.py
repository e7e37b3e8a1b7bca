"""Playlists: how alive each is, what of them is heard, which are alike, and one of them from its first track to its last."""

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import beside, overlaps, playlist_curve, playlist_rows
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import playlists

MOST_BESIDE = 6  # playlists, of which all pairs fit in half a page


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    rows = playlist_rows.health(asked).values()
    if not rows:
        _none(scene, asked)
        return
    share = playlist_rows.in_any(asked.rows("playlist-plays"))
    st.html(
        components.page_head(asked.choice.listener.name, playlists.headline(len(rows), share), playlists.lead(rows))
    )
    at = playlist_curve.chosen(rows)
    with frames.card("health", "Health of playlists"):
        playlist_rows.show_health(asked, at)
    with frames.card("curve", "One playlist"):
        playlist_curve.show(asked, rows, at)
    plays = ("playlist-plays", "What of playlists is heard", lambda: playlist_rows.show_plays(asked))
    alike = ("overlap", "What playlists have in common", lambda: overlaps.show(asked))
    if len(rows) <= MOST_BESIDE:
        beside.show(plays, alike)
    else:
        beside.show(plays)
        beside.show(alike)
    beside.show(("stale", "Stale playlists", lambda: playlist_rows.show_stale(asked)))


def _none(scene: Scene, asked: Asked) -> None:
    st.html(components.page_head(asked.choice.listener.name, playlists.NONE, playlists.NONE_LEAD))
    with st.container(key="card-where"):
        st.html(components.figure_head(playlists.WHERE_TITLE) + components.numbered(playlists.WHERE))
        scene.link("data", playlists.TO_DATA, icon=":material/receipt_long:")
