"""The cards of the tracks that were loved and left, and of those that last."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import clocks, lists
from groovelog.dashboard.cards.clocks import Clocks
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.texts import taste, wording
from groovelog.dashboard.texts.wording import UNNAMED, count
from groovelog.reports import Answer

SHOWN = 5
IN_NUMBERS = 50


def show_brief(asked: Asked) -> None:
    answer = _answer(asked)
    rows = _rows(answer, _shortest_first(answer))
    _card("brief", (taste.burned_title(rows), taste.BURNED_SUB), rows, answer, clocks.of_artists(asked))


def show_slow(asked: Asked) -> None:
    answer = _answer(asked)
    rows = _rows(answer, _shortest_first(answer)[::-1])
    _card("slow", (taste.slow_title(rows), taste.SLOW_SUB), rows, answer, clocks.of_artists(asked))


def _answer(asked: Asked) -> Answer:
    return asked.answer("half-lives", what="track", from_date=None)


def _shortest_first(answer: Answer) -> list[int]:
    """The places of the rows: the shortest half-life first, of equal ones that with more plays."""
    days, plays = (answer.rows[name].to_pylist() for name in ("half_life_days", "plays"))
    return sorted(range(len(days)), key=lambda place: (days[place], -plays[place]))


def _rows(answer: Answer, places: Sequence[int]) -> list[dict[str, Any]]:
    """As many as are shown: there are thousands, and to make rows of them takes its time."""
    rows: list[dict[str, Any]] = answer.rows.take(pa.array(places[:IN_NUMBERS], pa.int64())).to_pylist()
    return rows


def _card(key: str, words: tuple[str, str], rows: Sequence[dict[str, Any]], answer: Answer, known: Clocks) -> None:
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
                for row in rows
            ],
            answer,
        )  # fmt: skip
