"""What each source told, and since when; and where nobody told anything."""

from collections import defaultdict
from datetime import date

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.components import Explanation
from groovelog.dashboard.keeping.strip import Track, gaps, spans, strip
from groovelog.dashboard.texts import keeping as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import count, day
from groovelog.reports import Answer
from groovelog.reports.answer import Held


def show(asked: Asked) -> None:
    with frames.card("sources", texts.SOURCES):
        _show(asked)


def explained(key: str, answer: Answer) -> Explanation:
    """How a figure of source rows is counted: there is no counting rule in it."""
    zone = (("Zone", answer.timezone),) if answer.timezone else ()
    return Explanation(key, answer.definition, (("Listener", answer.listener), *zone))


def looked_at(answer: Answer) -> int:
    return answer.stands_on.rows if isinstance(answer.stands_on, Held) else answer.basis.plays


def _show(asked: Asked) -> None:
    answer = _of_rows(asked, "sources")
    rows = answer.values()
    if not rows:
        st.html(components.figure_head(texts.NO_SOURCES))
        return
    months: dict[str, list[date]] = defaultdict(list)
    for row in _of_rows(asked, "sources-by-month").values():
        months[row["source"]].append(row["month"])
    first, last = min(row["first_date"] for row in rows), max(row["last_date"] for row in rows)
    days = asked.ever("listening-over-time", per="day", count="all", kind="all").values()
    missing = gaps({row["starts_on"]: row["plays"] for row in days})
    order = sorted(rows, key=lambda row: (row["first_date"], row["source"]))
    tracks = [
        Track(texts.source(row["source"]), spans(months[row["source"]], row["first_date"], row["last_date"]))
        for row in order
    ]
    st.html(
        components.figure_head(texts.sources_title(len(rows), missing, first), texts.SOURCES_SUB)
        + strip(tracks, missing, first, last)
        + "".join(components.note(line) for line in texts.gap_lines(missing))
    )
    frames.foot(f"{wording.rows(looked_at(answer))} looked at", explained("sources", answer))
    frames.numbers(
        "sources",
        texts.SOURCES_COLUMNS,
        [
            (
                texts.source(row["source"]), count(row["rows"]), count(row["plays"]), count(row["plays_alone"]),
                day(row["first_date"]), day(row["last_date"]),
            )
            for row in order
        ],
        answer,
    )  # fmt: skip


def _of_rows(asked: Asked, report: str) -> Answer:
    return asked.ever(report, count=None)
