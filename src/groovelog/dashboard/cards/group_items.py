"""The cards of what a group has in common: shared favourites, who heard it first, leaderboards."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames, group_parts
from groovelog.dashboard.cards import links
from groovelog.dashboard.cards.group import Group
from groovelog.dashboard.components import Ranked
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import BOUND
from groovelog.dashboard.group_parts import First
from groovelog.dashboard.texts import group as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import (
    NB,
    count,
    counted,
    day,
    duration,
    rounded,
)

SHOWN = 8
LINKED = 4
IN_NUMBERS = 50


def show_favourites(group: Group) -> None:
    head = st.container()
    what = _chosen("Favourites", texts.KINDS, "favourites")
    answer = group.asked.answer("shared-favourites", what=what, top=IN_NUMBERS)
    rows = answer.values()
    names = [row["name"] or wording.UNNAMED for row in rows]
    title = texts.favourites_title(names, [row["listeners"] for row in rows], len(answer.beside) + 1)
    head.html(components.figure_head(title, texts.FAVOURITES_SUB))
    most = max((row["least_share"] for row in rows[:SHOWN]), default=1) or 1
    st.html(
        components.ranking(
            [
                Ranked(
                    row["rank"], name, _by(row, f"{row['listeners']}{NB}listeners, most by {row['fan']}"),
                    row["artist_name"] or name, row["least_share"] / most, counted(row["plays"], "play", "plays"),
                    f"≥ {_small_percent(row['least_share'])} each",
                )
                for name, row in zip(names[:SHOWN], rows, strict=False)
            ],
            first_marked=True,
        )
    )  # fmt: skip
    if what == "artist":
        links.artists(group.scene, names[:LINKED])
    frames.foot(f"{wording.basis(answer)}; the share is of each one's own plays", explanation("favourites", answer))
    frames.numbers(
        "shared-favourites",
        ("Name", "Artist", "Listeners", "Plays", "Least share", "Most by"),
        [
            (
                name,
                row["artist_name"] or "",
                count(row["listeners"]),
                count(row["plays"]),
                _small_percent(row["least_share"]),
                row["fan"],
            )
            for name, row in zip(names, rows, strict=True)
        ],
        answer,
    )


def show_firsts(group: Group) -> None:
    head = st.container()
    what = _chosen("Heard first", texts.KINDS, "firsts")
    answer = group.asked.answer("who-heard-first", what=what, top=IN_NUMBERS)
    rows = answer.values()
    head.html(components.figure_head(texts.first_title([row["first_listener"] for row in rows]), texts.FIRST_SUB))
    st.html(
        group_parts.firsts(
            [
                First(
                    row["name"] or wording.UNNAMED, row["artist_name"] or "",
                    f"{row['first_listener']}, {day(row['first_played'])}",
                    texts.later(row["next_listener"], row["days_later"]),
                )
                for row in rows[:SHOWN]
            ]
        )
    )  # fmt: skip
    frames.foot(wording.basis(answer), explanation("firsts", answer))
    frames.numbers(
        "who-heard-first",
        ("Name", "Artist", "First", "On", "Then", "On the", "Days later"),
        [
            (
                row["name"] or wording.UNNAMED, row["artist_name"] or "", row["first_listener"], day(row["first_played"]),
                row["next_listener"], day(row["next_played"]), count(row["days_later"]),
            )
            for row in rows
        ],
        answer,
    )  # fmt: skip


def show_board(group: Group) -> None:
    head = st.container()
    by = _chosen("Leaderboard by", texts.BY, "board")
    answer = group.asked.answer("leaderboard", by=by)
    rows = answer.values()
    column = {"plays": "plays", "time": "ms_played", "days": "days_with_plays"}[by]
    ranked = [(row["listener"], row[column]) for row in rows]
    title = texts.board_title(
        [(row["listener"], row[column]) for row in rows], by, _amount(rows[0], by) if rows else ""
    )
    head.html(components.figure_head(title, texts.BOARD_SUB[by]))
    most = max((row[column] for row in rows), default=1) or 1
    st.html(
        components.ranking(
            [
                Ranked(
                    row["rank"], row["listener"],
                    texts.MONTHS_ALONE if row["artists"] is None else
                    f"{counted(row['artists'], 'artist', 'artists')}, {count(row['new_artists'])} new · "
                    f"{counted(row['tracks'], 'track', 'tracks')}",
                    row["listener"], row[column] / most, _amount(row, by), _beside(row, by),
                )
                for row in rows
            ],
            first_marked=texts.board_leads(ranked),
        )
    )  # fmt: skip
    frames.foot(wording.basis(answer), explanation("board", answer))
    frames.numbers(
        "leaderboard",
        ("Listener", "Plays", "Time", "Days", "Sessions", "Artists", "New artists", "Tracks"),
        [
            (
                row["listener"], count(row["plays"]), duration(row["ms_played"]), count(row["days_with_plays"]),
                count(row["sessions"]), count(row["artists"]), count(row["new_artists"]), count(row["tracks"]),
            )
            for row in rows
        ],
        answer,
    )  # fmt: skip


def _chosen(label: str, options: Mapping[str, str], key: str) -> str:
    """A choice kept in the address by its word."""
    by_word = {word: name for name, word in options.items()}
    words = list(by_word)
    default = None if key in st.session_state else words[0]
    word = st.segmented_control(
        label, words, default=default, required=True, key=key, bind=BOUND, label_visibility="collapsed", wrap=False
    )
    return by_word[word or words[0]]


def _amount(row: Mapping[str, Any], by: str) -> str:
    if by == "time":
        return duration(row["ms_played"])
    if by == "days":
        return counted(row["days_with_plays"], "day", "days")
    return counted(row["plays"], "play", "plays")


def _beside(row: Mapping[str, Any], by: str) -> str:
    return counted(row["plays"], "play", "plays") if by == "time" else duration(row["ms_played"])


def _by(row: Mapping[str, Any], words: str) -> str:
    return f"{row['artist_name']} · {words}" if row["artist_name"] else words


def _small_percent(share: float) -> str:
    return f"{rounded(100 * share, 2)}{NB}%"
