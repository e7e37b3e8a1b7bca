"""Single plays as rows, each of which leads to its track."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import components
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import clocks
from groovelog.dashboard.components import Played
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import plays as texts
from groovelog.dashboard.texts import wording
from groovelog.model import Listener


def show(scene: Scene, asked: Asked, rows: Sequence[Mapping[str, Any]], times: Iterable[str], key: str) -> None:
    """Rows with `track_name`, `artist_name`, `ms_played`, `counted` and `skipped`, and the time each is shown with."""
    known = clocks.of_artists(asked)
    with st.container(key=f"plays-{key}"):
        for place, (row, time) in enumerate(zip(rows, times, strict=True)):
            name, artist = row["track_name"] or wording.UNNAMED, row["artist_name"] or ""
            with st.container(key=f"play-{key}-{place}"):
                st.html(components.played(_played(row, name, artist, time, clocks.mark(known, artist or name))))
                if row["track_name"]:
                    to_track(scene, name, artist)


def by_day(row: Mapping[str, Any], mark: str) -> Played:
    """A play of a page on which all are of one track: told by its day and its album."""
    day = wording.short_weekday_and_day(row["local_date"])
    below = row["album_name"] or row["artist_name"] or ""
    return _played(row, day, below, row["local_time"], mark)


def _played(row: Mapping[str, Any], name: str, below: str, time: str, mark: str) -> Played:
    length = texts.length(row["ms_played"], counted=row["counted"], skipped=row["skipped"])
    return Played(name, below, time, length, bool(row["skipped"]) or row["counted"] is False, mark)


def to_track(scene: Scene, name: str, artist: str) -> None:
    """A link over the whole row, whose words are for those who do not see it."""
    query = {"id": name, **({"artist": artist} if artist else {})}
    scene.link("track", texts.behind(name, artist), **query)


def clock(started: datetime, listener: Listener, zone: str | None, hour: int | None = None) -> datetime:
    """The local time of a start: in the zone asked for, else in that of the listener's zones that shows the told hour."""
    zones = [zone] if zone else [name for _, name in reversed(listener.zones)]
    shown = [started.astimezone(ZoneInfo(name)) for name in zones]
    return next((local for local in shown if hour is None or local.hour == hour), shown[0])
