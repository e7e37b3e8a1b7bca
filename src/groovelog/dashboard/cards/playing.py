"""What the listener plays at this moment, where a scrobbling program tells it; as of when the page was drawn."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.components import Played
from groovelog.dashboard.texts import plays as texts
from groovelog.model import Listener
from groovelog.pipeline import playing_now


def show(person: Listener, zone: str) -> None:
    """A card, where something plays; its time is of the zone."""
    playing = playing_now.of(person.listener_id, datetime.now(UTC))
    if playing is None:
        return
    told_at = playing.told_at.astimezone(ZoneInfo(zone))
    with frames.card("playing", texts.PLAYING):
        st.html(
            components.figure_head(texts.PLAYING)
            + components.played(
                Played(playing.track_name, playing.artist_name, f"{told_at:%H:%M}", playing.album_name or "")
            )
        )
