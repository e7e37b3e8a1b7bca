"""The card of listening by month: the whole record, with the period of the page in it."""

from datetime import date

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.charts import months
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import open_month
from groovelog.dashboard.periods import ALL_TIME
from groovelog.dashboard.texts import listening, wording
from groovelog.dashboard.texts.listening import MonthFinding
from groovelog.dashboard.texts.wording import count, duration

REPORT = "listening-by-month"


def show(asked: Asked) -> None:
    with frames.card("months", "Listening by month"):
        _show(asked)


def _show(asked: Asked) -> None:
    answer = asked.ever(REPORT)
    rows = answer.values()
    played = {row["month"]: row["ms_played"] for row in rows}
    chosen = listening.months_in(played, asked.period)
    finding = listening.months_finding(played, asked.period)
    legend = _legend(asked, chosen, finding)
    if months.quiet(played):
        legend.append((components.DOTTED, "no counted plays"))
    st.html(components.figure_head(finding.title, listening.MONTHS_SUB, components.colour_legend(legend)))
    frames.plot(
        lambda scheme: frames.once(months.bars, played, chosen, finding.marked, scheme),
        key="months",
        height=months.HEIGHT,
        alt=f"Bars of hours a month. {finding.title}.",
        on_click=_open_pressed,
    )
    frames.foot(wording.basis(answer), explanation("months", answer))
    frames.numbers(
        REPORT,
        ("Month", "Plays", "Time"),
        [(wording.month(row["month"]), count(row["plays"]), duration(row["ms_played"])) for row in reversed(rows)],
        answer,
    )


def _legend(asked: Asked, chosen: frozenset[date], finding: MonthFinding) -> list[tuple[str, str]]:
    if asked.period.kind == ALL_TIME:
        return []
    shade = "var(--marker)" if chosen == {finding.marked} else "var(--series)"
    return [(shade, wording.period_name(asked.period)), ("var(--rest)", "other months")]


def _open_pressed() -> None:
    points = st.session_state["months"].selection.points
    if points:
        open_month(date.fromisoformat(points[0]["customdata"][0]))
