"""How much of the plays has audio features, by what the match rests on, and what is without."""

from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames, receipts
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.keeping.bars import Bar, bars
from groovelog.dashboard.receipts import Reason
from groovelog.dashboard.texts import keeping as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import count, counted, percent
from groovelog.metrics.coverage_words import ALL, BY_EVIDENCE, MOST_PLAYED, NOT_ASKED, WITH, WITHOUT
from groovelog.reports import Answer


def show(asked: Asked) -> None:
    with frames.card("matches", texts.MATCHES):
        answer = asked.ever("coverage")
        rows = answer.values()
        _matched(answer, rows)
    with frames.card("without", texts.MATCHES):
        _without(rows)


def _matched(answer: Answer, rows: list[dict[str, Any]]) -> None:
    plays, with_features = _plays(rows, ALL), _plays(rows, WITH)
    st.html(components.figure_head(texts.matches_title(with_features, plays), texts.MATCHES_SUB))
    parts = [
        *(
            (texts.EVIDENCE.get(row["evidence"], row["evidence"]), row, "matched")
            for row in rows
            if row["part"] == BY_EVIDENCE
        ),
        *((texts.VERDICTS.get(row["verdict"], row["verdict"]), row, "rest") for row in rows if row["part"] == WITHOUT),
    ]
    st.html(
        bars(Bar(name, row["share_of_plays"] or 0.0, percent(row["plays"], plays), counted(row["plays"], "play", "plays"), kind)
             for name, row, kind in parts)
    )  # fmt: skip
    if any(row["verdict"] == NOT_ASKED and row["plays"] == plays for row in rows if row["part"] == WITHOUT):
        st.html(components.note(texts.NO_REFERENCE))
    frames.foot(wording.basis(answer), explanation("matches", answer))
    frames.numbers(
        "coverage",
        texts.MATCHES_COLUMNS,
        [(name, count(row["tracks"]), count(row["plays"]), percent(row["plays"], plays)) for name, row, _ in parts],
        answer,
    )


def _without(rows: list[dict[str, Any]]) -> None:
    listed = [row for row in rows if row["part"] == MOST_PLAYED]
    tracks = sum(row["tracks"] for row in rows if row["part"] == WITHOUT)
    if not listed:
        st.html(components.figure_head(texts.ALL_MATCHED))
        return
    st.html(components.figure_head(texts.without_title(tracks), texts.WITHOUT_SUB))
    st.html(
        receipts.reasons([
            Reason(
                " · ".join(name for name in (row["track_name"], row["artist_name"]) if name) or wording.UNNAMED,
                row["reason"] or texts.VERDICTS.get(row["verdict"], row["verdict"]),
                counted(row["plays"], "play", "plays"),
            )
            for row in listed
        ])
    )  # fmt: skip


def _plays(rows: list[dict[str, Any]], part: str) -> int:
    return sum(row["plays"] for row in rows if row["part"] == part)
