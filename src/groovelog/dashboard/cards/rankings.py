"""The cards of the most played: ten as rows, fifty as numbers."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.components import Ranked
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.texts import listening, wording
from groovelog.dashboard.texts.listening import Ranking
from groovelog.dashboard.texts.wording import counted, duration
from groovelog.reports import Answer

SHOWN = 10
IN_NUMBERS = 50


def artists(asked: Asked) -> Ranking:
    """Names and counted plays, for sentences."""
    return [(row["artist_name"], row["plays"]) for row in _rows(asked.answer("top-artists", top=IN_NUMBERS))]


def show_artists(asked: Asked) -> None:
    answer = asked.answer("top-artists", top=IN_NUMBERS)
    rows = _rows(answer)
    plays = answer.basis.counted_plays
    ranked = [_ranked(row, rows, row["artist_name"], listening.share_of_plays(row["plays"], plays)) for row in rows]
    title = listening.artists_title(artists(asked), plays)
    numbers = [(row["artist_name"], *_amounts(row)) for row in rows]
    _card("artists", title, ranked, answer, header=("Artist", "Plays", "Time"), numbers=numbers)


def show_tracks(asked: Asked) -> None:
    answer = asked.answer("top-tracks", top=IN_NUMBERS)
    rows = [
        {**row, "track_name": row["track_name"] or wording.UNNAMED, "artist_name": row["artist_name"] or ""}
        for row in _rows(answer)
    ]
    ranked = [_ranked(row, rows, row["track_name"], row["artist_name"]) for row in rows]
    title = listening.tracks_title([(row["track_name"], row["plays"]) for row in rows])
    numbers = [(row["track_name"], row["artist_name"], *_amounts(row)) for row in rows]
    _card("tracks", title, ranked, answer, header=("Track", "Artist", "Plays", "Time"), numbers=numbers)


def _card(
    what: str,
    title: str,
    ranked: Sequence[Ranked],
    answer: Answer,
    *,
    header: Sequence[str],
    numbers: Sequence[Sequence[str]],
) -> None:
    led = len(ranked) == 1 or (len(ranked) > 1 and ranked[1].share < 1)
    with st.container(key=f"card-{what}", height="stretch"):
        st.html(components.figure_head(title, f"{what.capitalize()} by counted plays, and the time they took"))
        st.html(components.ranking(ranked[:SHOWN], first_marked=led))
        frames.foot(wording.basis(answer), explanation(what, answer))
        frames.numbers(f"top-{what}", header, numbers, answer)


def _rows(answer: Answer) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = answer.rows.to_pylist()
    return rows


def _ranked(row: dict[str, Any], rows: Sequence[dict[str, Any]], name: str, sub: str) -> Ranked:
    plays, time = _amounts(row)
    return Ranked(row["rank"], name, sub, row["artist_name"], row["plays"] / rows[0]["plays"], plays, time)


def _amounts(row: dict[str, Any]) -> tuple[str, str]:
    return counted(row["plays"], "play", "plays"), duration(row["ms_played"])
