"""The card of listening by month: the whole record, with the period of the page in it."""

from datetime import date

import streamlit as st

from groovelog.dashboard import charts, components, frames, texts
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import open_month
from groovelog.dashboard.periods import ALL_TIME
from groovelog.dashboard.texts import MonthFinding, count, duration

REPORT = "listening-by-month"


def show(asked: Asked) -> None:
    answer = asked.ever(REPORT)
    rows = answer.rows.to_pylist()
    played = {row["month"]: row["ms_played"] for row in rows}
    chosen = texts.months_in(played, asked.period)
    finding = texts.months_finding(played, asked.period)
    legend = _legend(asked, chosen, finding)
    if charts.quiet(played):
        legend.append((components.DOTTED, "no counted plays"))
    with st.container(key="card-months"):
        st.html(components.figure_head(finding.title, texts.MONTHS_SUB, components.colour_legend(legend)))
        frames.plot(
            lambda scheme: charts.months(played, chosen, finding.marked, scheme),
            key="months",
            height=charts.MONTHS_HEIGHT,
            alt=f"Bars of hours a month. {finding.title}.",
            on_click=_open_pressed,
        )
        frames.foot(texts.basis(answer), explanation("months", answer))
        frames.numbers(
            REPORT,
            ("Month", "Plays", "Time"),
            [(texts.month(row["month"]), count(row["plays"]), duration(row["ms_played"])) for row in reversed(rows)],
            answer,
        )


def _legend(asked: Asked, chosen: frozenset[date], finding: MonthFinding) -> list[tuple[str, str]]:
    if asked.period.kind == ALL_TIME:
        return []
    shade = "var(--marker)" if chosen == {finding.marked} else "var(--series)"
    return [(shade, texts.period_name(asked.period)), ("var(--rest)", "other months")]


def _open_pressed() -> None:
    points = st.session_state["months"].selection.points
    if points:
        open_month(date.fromisoformat(points[0]["customdata"][0]))
