"""The card of the three ranges of time: three columns where there is room, else tabs."""

from datetime import timedelta
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames, listed
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.texts import tops, wording
from groovelog.dashboard.texts.wording import count, counted
from groovelog.reports import Answer

SHOWN = 10
YEAR = timedelta(days=364)  # with its last day 365


def show(asked: Asked, what: str) -> None:
    """`what` is artist or track."""
    with frames.card("ranges", tops.RANGES_TITLE):
        answer = asked.answer("time-ranges", what=what, top=SHOWN, from_date=None)
        rows = answer.values()
        told = any(row[f"api_rank_{name}"] for row in rows for name, _, _ in tops.RANGES)
        plural = "Artists" if what == "artist" else "Tracks"
        st.html(components.figure_head(tops.ranges_title(rows), tops.ranges_sub(plural, told)))
        columns = [_column(rows, *of_range) for of_range in tops.RANGES]
        # The server does not know the width: both are there, and the style sheet shows one.
        with st.container(key="ranges-wide"):
            st.html(f'<div class="columns">{"".join(columns)}</div>')
        with st.container(key="ranges-narrow"):
            for tab, column in zip(st.tabs([title for _, title, _ in tops.RANGES]), columns, strict=True):
                tab.html(column)
        frames.foot(_note(asked, answer), explanation("ranges", answer))
        frames.numbers(
            "time-ranges",
            ("Name", *(f"{title}: {column}" for _, title, _ in tops.RANGES for column in ("place", "plays"))),
            [
                (
                    row["name"] or wording.UNNAMED,
                    *(
                        value
                        for name, _, _ in tops.RANGES
                        for value in (str(row[f"rank_{name}"] or "–"), count(row[f"plays_{name}"]))
                    ),
                )
                for row in rows
            ],
            answer,
        )


def _note(asked: Asked, answer: Answer) -> str:
    """Of the longest range, not of all that lies before it."""
    end = answer.to_date
    if end is None:
        return wording.basis(answer)
    return wording.basis(asked.answer("overview", from_date=end - YEAR, to_date=end))


def _column(rows: list[dict[str, Any]], name: str, title: str, days: str) -> str:
    first = sorted(
        (row for row in rows if (row[f"rank_{name}"] or SHOWN + 1) <= SHOWN), key=lambda row: row[f"rank_{name}"]
    )
    listing = [
        (
            row[f"rank_{name}"],
            row["name"] or wording.UNNAMED,
            tops.range_row(row["artist_name"], row[f"api_rank_{name}"]),
            counted(row[f"plays_{name}"], "play", "plays"),
        )
        for row in first
    ]
    return listed.column(title, days, listing, tops.NOT_IN_RANGE)
