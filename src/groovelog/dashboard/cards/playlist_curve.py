"""The card of one playlist: energy and tempo over its order."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards.playlist_rows import CHOSEN, choose
from groovelog.dashboard.charts import order
from groovelog.dashboard.charts.order import Entry
from groovelog.dashboard.explanations import explanation_of_rows
from groovelog.dashboard.texts import playlists, wording
from groovelog.dashboard.texts.wording import (
    count,
    counted,
    rounded,
)

Row = Mapping[str, Any]


def chosen(rows: Sequence[Row]) -> str:
    """The id of the playlist that the address asks for, else of the first of `rows`."""
    ids = [row["playlist_id"] for row in rows]
    asked = st.query_params.get(CHOSEN, "")
    return asked if asked in ids else ids[0]


def _control(rows: Sequence[Row], at: str) -> None:
    """The control for the playlist. A press on a row of another figure changes the address alone, so it leads."""
    names = {row["playlist_id"]: row["playlist_name"] or wording.UNNAMED for row in rows}
    st.session_state["chosen-playlist"] = at
    st.selectbox(
        playlists.CHOOSE, list(names), format_func=names.__getitem__, key="chosen-playlist", width=320,
        on_change=lambda: choose(st.session_state["chosen-playlist"]),
    )  # fmt: skip


def show(asked: Asked, rows: Sequence[Row], at: str) -> None:
    answer = asked.ever("playlist-curve", timezone=None, count=None)
    told = [row for row in answer.values() if row["playlist_id"] == at]
    if not told:
        st.html(components.figure_head(playlists.EMPTY))
        _control(rows, at)
        return
    title, place = playlists.curve_title(told[0]["playlist_name"] or wording.UNNAMED, [row["energy"] for row in told])
    known = sum(row["energy"] is not None for row in told)
    st.html(
        components.figure_head(title, playlists.CURVE_SUB, components.note(playlists.curve_coverage(known, len(told))))
    )
    _control(rows, at)
    if known and known >= playlists.DRAW_FROM * len(told):
        entries = [Entry(row["position"], _name(row), row["energy"], row["tempo"]) for row in told]
        marked = None if place is None else told[place]["position"]
        faint = known < playlists.CLAIM_FROM * len(told)
        frames.plot(
            lambda scheme: frames.once(order.curve, entries, marked, scheme, faint=faint),
            key="curve",
            height=order.HEIGHT,
            alt=f"Energy and tempo over the order of the playlist. {title}.",
        )
        if place is not None:
            st.html(components.note(playlists.mark_words(told[place]["position"], _name(told[place]))))
    frames.foot(counted(len(told), "entry", "entries"), explanation_of_rows("curve", answer))
    frames.numbers(
        "playlist-curve",
        ("Track", "Place", "Energy", "Tempo, BPM"),
        [
            (
                _name(row), count(row["position"]), "" if row["energy"] is None else rounded(row["energy"], 2),
                "" if row["tempo"] is None else rounded(row["tempo"]),
            )
            for row in told
        ],
        answer,
    )  # fmt: skip


def _name(row: Row) -> str:
    name = row["track_name"] or wording.UNNAMED
    return f"{name}, {row['artist_name']}" if row["artist_name"] else name
