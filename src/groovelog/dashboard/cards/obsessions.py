"""The strongest obsession as a sleeve, and the next ones as rows beside it."""

from html import escape
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames, prints
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import clocks, lists
from groovelog.dashboard.cards.burst import MOST_RAYS, burst_print
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.texts import taste, wording
from groovelog.dashboard.texts.wording import (
    UNNAMED,
    count,
    rounded,
)
from groovelog.reports import Answer

ROWS = 5


def show(asked: Asked) -> None:
    rows = _rows(asked) if asked.totals["counted_plays"] else []
    if len(rows) < 2:
        with frames.card("obsession", "Obsessions"):
            _first(asked)
        return
    left, right = st.columns([7, 5], gap="small")
    with left, frames.card("obsession", "Obsessions", height="stretch"):
        _first(asked)
    with right, frames.card("obsessions", "More obsessions", height="stretch"):
        _more(asked)


def _answer(asked: Asked) -> Answer:
    return asked.answer("obsessions")


def _rows(asked: Asked) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _answer(asked).values()
    return rows


def _first(asked: Asked) -> None:
    answer, rows = _answer(asked), _rows(asked)
    title = str(taste.obsession_title(rows))
    if not rows:
        st.html(components.figure_head(title, taste.OBSESSIONS_SUB))
        frames.foot(wording.basis(answer), explanation("obsession", answer))
        return
    first = rows[0]
    st.html(
        f'<div class="burst sleeve-{prints.sleeve_of(first["artist_name"] or first["name"] or UNNAMED)}">'
        f'<p class="kicker">{escape(taste.OBSESSION)}</p><h3>{escape(title)}</h3>'
        f'<p class="why">{escape(taste.obsession_why(first))}</p>'
        f'<div class="art"><p class="amount"><b>{count(first["plays"])}</b>{escape(taste.plays_in(first))}</p>'
        f"{_print(first)}</div>"
        f'<div class="foot">{components.figure_foot(wording.basis(answer), explanation("obsession", answer))}</div></div>'
    )


def _print(row: dict[str, Any]) -> str:
    source = prints.data_uri(burst_print(row["plays"]))
    caption = taste.rays(row["plays"], MOST_RAYS)
    return f'<figure><img src="{source}" alt=""><figcaption>{escape(caption)}</figcaption></figure>'


def _more(asked: Asked) -> None:
    answer, rows = _answer(asked), _rows(asked)
    st.html(components.figure_head(taste.more_obsessions(len(rows)), taste.OBSESSIONS_SUB))
    st.html(
        lists.named(
            [
                (row["name"] or UNNAMED, row["artist_name"] or row["name"] or UNNAMED, *taste.obsession_row(row))
                for row in rows[1 : ROWS + 1]
            ],
            clocks.of_artists(asked),
        )
    )
    frames.foot(wording.basis(answer), explanation("obsessions", answer))
    frames.numbers(
        "obsessions",
        ("Track", "Artist", "From", "Days", "Plays", "Times usual"),
        [
            (
                row["name"] or UNNAMED, row["artist_name"] or "", wording.day(row["from_date"]), count(row["days"]),
                count(row["plays"]), rounded(row["times_base"]),
            )
            for row in rows
        ],
        answer,
    )  # fmt: skip
