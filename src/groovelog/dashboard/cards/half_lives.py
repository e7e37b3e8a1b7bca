"""The cards of the tracks that were loved and left, and of those that last."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import lists, marks
from groovelog.dashboard.cards.marks import Marks
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.texts import taste, wording
from groovelog.dashboard.texts.wording import UNNAMED, count
from groovelog.reports import Answer

SHOWN = 5
IN_NUMBERS = 50


def show_brief(asked: Asked) -> None:
    answer, rows = _told(asked)
    _card("brief", (taste.burned_title(rows), taste.BURNED_SUB), rows, answer, marks.of_artists(asked))


def show_slow(asked: Asked) -> None:
    answer, rows = _told(asked)
    rows.reverse()
    _card("slow", (taste.slow_title(rows), taste.SLOW_SUB), rows, answer, marks.of_artists(asked))


def _told(asked: Asked) -> tuple[Answer, list[dict[str, Any]]]:
    """The shortest half-life first, of equal ones that with more plays."""
    answer = asked.answer("half-lives", what="track", from_date=None)
    return answer, sorted(answer.rows.to_pylist(), key=lambda row: (row["half_life_days"], -row["plays"]))


def _card(key: str, words: tuple[str, str], rows: Sequence[dict[str, Any]], answer: Answer, known: Marks) -> None:
    title, sub = words
    st.html(components.figure_head(title, sub))
    st.html(
        lists.named(
            [
                (row["name"] or UNNAMED, row["artist_name"] or row["name"] or UNNAMED, *taste.half_life_row(row))
                for row in rows[:SHOWN]
            ],
            known,
        )
    )
    frames.foot(wording.basis(answer), explanation(key, answer))
    if rows:
        frames.numbers(
            f"half-lives-{key}",
            ("Track", "Artist", "Plays", "Half-life, days", "First", "Last"),
            [
                (
                    row["name"] or UNNAMED, row["artist_name"] or "", count(row["plays"]), count(row["half_life_days"]),
                    wording.day(row["first_played"]), wording.day(row["last_played"]),
                )
                for row in rows[:IN_NUMBERS]
            ],
            answer,
        )  # fmt: skip
