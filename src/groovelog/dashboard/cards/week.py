"""The card of the hours of the week, and the clock of the day that comes of them."""

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.charts import week
from groovelog.dashboard.charts.frame import MINUTE_MS
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.texts import listening, wording
from groovelog.dashboard.texts.wording import counted, duration
from groovelog.reports import Answer

REPORT = "heatmap"
HOURS = range(24)
DAYS = range(7)


def by_hour(asked: Asked) -> list[int]:
    """Milliseconds heard in each hour of the day."""
    cells = _cells(asked.answer(REPORT))
    return [sum(cells[weekday, hour] for weekday in DAYS) for hour in HOURS]


def show(asked: Asked) -> None:
    with frames.card("week", "The hours of the week"):
        _show(asked)


def _show(asked: Asked) -> None:
    answer = asked.answer(REPORT)
    cells = _cells(answer)
    days = asked.totals["calendar_days"]
    finding = listening.week_finding(cells, answer.basis.counted_plays)
    weeks = max(days / len(DAYS), 1)
    most = max(cells.values()) / weeks / MINUTE_MS
    legend = components.scale_legend("above 0", f"{most:.0f}{wording.NB}min")
    st.html(components.figure_head(finding.title, listening.WEEK_SUB, legend))
    frames.plot(
        lambda scheme: week.heat_map(cells, weeks, finding.marked, scheme),
        key="week",
        height=week.HEIGHT,
        alt=f"Heat map of weekdays and hours. {finding.title}.",
    )
    frames.foot(f"{wording.basis(answer)}, {counted(days, 'day', 'days')}", explanation("week", answer))
    frames.numbers(
        REPORT,
        ("Hour", *(name[:3] for name in wording.WEEKDAYS)),
        [(f"{hour:02d}:00", *(duration(cells[weekday, hour]) for weekday in DAYS)) for hour in HOURS],
        answer,
    )


def _cells(answer: Answer) -> dict[tuple[int, int], int]:
    """Milliseconds by weekday, Monday being 0, and hour."""
    return {(row["weekday"] - 1, row["hour"]): row["ms_played"] for row in answer.rows.to_pylist()}
