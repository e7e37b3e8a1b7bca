"""The cards of who stayed, who is forgotten, and who came back."""

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import clocks, links, lists
from groovelog.dashboard.charts import arcs
from groovelog.dashboard.charts.arcs import Arc
from groovelog.dashboard.components import Ranked
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import taste, times, wording
from groovelog.dashboard.texts.wording import UNNAMED, count, counted

SHOWN = 6
ARCS = 40
IN_ROWS = 6
IN_NUMBERS = 50


def show_favourites(asked: Asked) -> None:
    answer = asked.answer("all-time-favourites", what="artist", top=IN_NUMBERS, from_date=None)
    rows = answer.values()
    known = clocks.of_artists(asked)
    ranked = [
        Ranked(
            row["rank"],
            row["name"] or UNNAMED,
            f"{row['months_with_plays']} of {counted(row['months_since_first'], 'month', 'months')}",
            row["name"] or UNNAMED,
            row["steadiness"],
            counted(row["plays"], "play", "plays"),
            f"since {row['first_played'].year}",
            clocks.mark(known, row["name"] or UNNAMED),
        )
        for row in rows[:SHOWN]
    ]
    st.html(components.figure_head(taste.favourites_title(rows), taste.FAVOURITES_SUB))
    st.html(components.ranking(ranked, first_marked=True))
    frames.foot(wording.basis(answer), explanation("favourites", answer))
    if rows:
        frames.numbers(
            "all-time-favourites",
            ("Artist", "Months", "Of", "Plays", "First"),
            [
                (
                    row["name"] or UNNAMED, count(row["months_with_plays"]), count(row["months_since_first"]),
                    count(row["plays"]), wording.day(row["first_played"]),
                )
                for row in rows
            ],
            answer,
        )  # fmt: skip


def show_forgotten(asked: Asked) -> None:
    answer = asked.answer("forgotten-favourites", what="artist", from_date=None)
    rows = answer.values()
    st.html(components.figure_head(taste.forgotten_title(rows), taste.FORGOTTEN_SUB))
    st.html(
        lists.named(
            [
                (
                    row["name"] or UNNAMED, row["name"] or UNNAMED, counted(row["plays"], "play", "plays"),
                    f"last on {wording.day(row['last_played'])}, {times.span(row['days_silent'])} ago",
                )
                for row in rows[:SHOWN]
            ],
            clocks.of_artists(asked),
        )
    )  # fmt: skip
    frames.foot(wording.basis(answer), explanation("forgotten", answer))
    if rows:
        frames.numbers(
            "forgotten-favourites",
            ("Artist", "Plays", "Days", "Last"),
            [
                (
                    row["name"] or UNNAMED,
                    count(row["plays"]),
                    count(row["days_with_plays"]),
                    wording.day(row["last_played"]),
                )
                for row in rows
            ],
            answer,
        )


def show_comebacks(scene: Scene, asked: Asked) -> None:
    answer = asked.answer("comebacks", what="artist")
    rows = answer.values()
    title = taste.comebacks_title(rows)
    st.html(components.figure_head(str(title), taste.ARCS_SUB))
    if rows:
        longest = sorted(rows, key=lambda row: -row["days_silent"])
        drawn = [
            Arc(row["name"] or UNNAMED, row["silent_from"], row["back_on"], taste.comeback_words(row))
            for row in longest[:ARCS]
        ]
        frames.plot(
            lambda scheme: frames.once(arcs.draw, drawn, drawn[0], scheme),
            key="comebacks",
            height=arcs.HEIGHT,
            alt=f"Arcs over a time line, one for each comeback. {title}.",
        )
        st.html(
            lists.named(
                [
                    (row["name"] or UNNAMED, row["name"] or UNNAMED, *taste.comeback_row(row))
                    for row in longest[:IN_ROWS]
                ],
                clocks.of_artists(asked),
                wide=True,
            )
        )
        links.artists(scene, [row["name"] for row in longest[:IN_ROWS]])
    frames.foot(wording.basis(answer), explanation("comebacks", answer))
    if rows:
        frames.numbers(
            "comebacks",
            ("Artist", "Silent from", "Back on", "Days", "Plays before", "Plays since"),
            [
                (
                    row["name"] or UNNAMED, wording.day(row["silent_from"]), wording.day(row["back_on"]),
                    count(row["days_silent"]), count(row["plays_before"]), count(row["plays_since"]),
                )
                for row in rows
            ],
            answer,
        )  # fmt: skip
