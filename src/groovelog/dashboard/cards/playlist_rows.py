"""The playlists as rows with three tiny meters, the stale ones, and what of their tracks is heard."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import lists
from groovelog.dashboard.explanations import explanation, explanation_of_rows
from groovelog.dashboard.texts import playlists, times, wording
from groovelog.dashboard.texts.wording import count, counted, percent
from groovelog.reports import Answer

Row = Mapping[str, Any]

SHOWN = 12
CHOSEN = "playlist"


def health(asked: Asked) -> Answer:
    return asked.ever("playlist-health", timezone=None)


def choose(playlist_id: str) -> None:
    """Look inside a playlist from the next run on."""
    st.query_params[CHOSEN] = playlist_id


def show_health(asked: Asked, chosen: str) -> None:
    answer = health(asked)
    rows = answer.values()
    st.html(components.figure_head(playlists.health_title(rows), f"{playlists.HEALTH_SUB}. {playlists.LOOK_INSIDE}"))
    oldest = max((row["age_days"] or 0 for row in rows), default=0) or 1
    widest = max((row["effective_artists"] or 0 for row in rows), default=0) or 1
    with st.container(key="playlists", gap=None):
        for place, row in enumerate(rows[:SHOWN]):
            with st.container(key=f"playlist-{'chosen-' if row['playlist_id'] == chosen else ''}{place}", gap=None):
                # A link to the page that is shown would lose what it asks for with the next rerun.
                st.button(
                    wording.literal(row["playlist_name"] or wording.UNNAMED), key=f"open-{place}", type="tertiary",
                    on_click=choose, args=(row["playlist_id"],),
                )  # fmt: skip
                st.html(_meters(row, oldest, widest))
    if len(rows) > SHOWN:
        st.html(components.note(f"and {count(len(rows) - SHOWN)} more, all in the numbers"))
    frames.foot(counted(len(rows), "playlist", "playlists"), explanation_of_rows("health", answer))
    frames.numbers(
        "playlist-health",
        ("Playlist", "Tracks", "Artists", "Added first", "Changed", "New in 90 days", "Plays", "Never", "Not for a year"),
        [
            (
                row["playlist_name"] or wording.UNNAMED, count(row["tracks"]), count(row["artists"]),
                wording.day(row["first_added"]) if row["first_added"] else "",
                "" if row["days_since_change"] is None else f"{times.span(row['days_since_change'])} ago",
                "" if row["fresh_share"] is None else percent(row["fresh_share"], 1),
                count(row["plays"]), count(row["never_played"]), count(row["silent_year"]),
            )
            for row in rows
        ],
        answer,
    )  # fmt: skip


def _meters(row: Row, oldest: float, widest: float) -> str:
    told = (
        ((row["age_days"] or 0) / oldest, playlists.age(row)),
        (row["fresh_share"] or 0, playlists.fresh(row)),
        ((row["effective_artists"] or 0) / widest, playlists.variety(row)),
    )
    meters = "".join(
        f'<div><dt>{name}</dt><dd><i class="meter"><i style="width:{share:.1%}"></i></i>{escape(words)}</dd></div>'
        for name, (share, words) in zip(playlists.METERS, told, strict=True)
    )
    quiet = ' class="quiet"' if row["tracks"] and row["silent_year"] == row["tracks"] else ""
    return (
        f'<div class="health"><p class="sub">{escape(playlists.size(row))}</p><dl class="tiny">{meters}</dl>'
        f"<p{quiet}>{escape(playlists.unheard(row))}</p></div>"
    )


def show_stale(asked: Asked) -> None:
    answer = asked.ever("stale-playlists", timezone=None)
    rows = answer.values()
    known = health(asked).rows.num_rows
    st.html(components.figure_head(playlists.stale_title(rows, known), playlists.STALE_SUB))
    told = [
        (row["playlist_name"] or wording.UNNAMED, row["playlist_name"] or "", *playlists.stale_row(row))
        for row in rows[:SHOWN]
    ]
    st.html(lists.named(told, wide=True))
    frames.foot(
        f"{count(len(rows))} of {counted(known, 'playlist', 'playlists')}", explanation_of_rows("stale", answer)
    )
    if rows:
        frames.numbers(
            "stale-playlists",
            ("Playlist", "Days silent", "Tracks", "Never played"),
            [
                (
                    row["playlist_name"] or wording.UNNAMED,
                    count(row["days_silent"]),
                    count(row["tracks"]),
                    count(row["never_played"]),
                )
                for row in rows
            ],
            answer,
        )


def show_plays(asked: Asked) -> None:
    answer = asked.answer("playlist-plays")
    rows = answer.values()
    st.html(components.figure_head(playlists.plays_title(in_any(rows)), playlists.PLAYS_SUB))
    st.html(_bars([row for row in rows if row["tracks"] or row["plays"]][: SHOWN + len(playlists.PARTS)]))
    frames.foot(wording.basis(answer), explanation("playlist-plays", answer))
    frames.numbers(
        "playlist-plays",
        ("Of", "Tracks", "Plays", "Share", "Time"),
        [
            (
                _of(row), count(row["tracks"]), count(row["plays"]), percent(row["share"] or 0, 1),
                wording.duration(row["ms_played"]),
            )
            for row in rows
        ],
        answer,
    )  # fmt: skip


def in_any(rows: Sequence[Row]) -> float | None:
    """The share of counted plays that are of a track in any playlist."""
    return next((row["share"] for row in rows if row["part"] == "any playlist"), None)


def _of(row: Row) -> str:
    return playlists.PARTS.get(row["part"]) or row["playlist_name"] or wording.UNNAMED


def _bars(rows: Sequence[Row]) -> str:
    cells = "".join(
        f'<li class="{"part" if row["part"] in playlists.PARTS else ""}{" marked" if row["part"] == "any playlist" else ""}">'
        f'<span>{escape(_of(row))}</span><i class="meter"><i style="width:{row["share"] or 0:.1%}"></i></i>'
        f"<b>{escape(percent(row['share'] or 0, 1))}</b></li>"
        for row in rows
    )
    return f'<ul class="held">{cells}</ul>'
