"""The card of the hours of the week."""

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.charts import week
from groovelog.dashboard.charts.frame import MINUTE_MS
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.texts import listening, rhythm, wording
from groovelog.dashboard.texts.wording import counted, duration
from groovelog.reports import Answer

REPORT = "heatmap"
CELL = "cell"
HOURS = range(24)
DAYS = range(7)


def show(asked: Asked) -> None:
    with frames.card("week", "The hours of the week"):
        _show(asked)


def _show(asked: Asked) -> None:
    answer = asked.answer(REPORT)
    cells = cells_of(answer)
    days = asked.totals["calendar_days"]
    finding = listening.week_finding(cells, answer.basis.counted_plays)
    weeks = weeks_of(days)
    chosen = _chosen()
    most = max(cells.values()) / weeks / MINUTE_MS
    legend = components.scale_legend("above 0", f"{wording.rounded(most)}{wording.NB}min")
    st.html(components.figure_head(finding.title, listening.WEEK_SUB, legend))
    frames.plot(
        lambda scheme: frames.once(week.heat_map, cells, weeks, finding.marked, scheme, chosen),
        key="week",
        height=week.HEIGHT,
        alt=f"Heat map of weekdays and hours. {finding.title}.",
        on_click=_press,
    )
    if chosen is not None:
        plays = {(row["weekday"] - 1, row["hour"]): row["plays"] for row in answer.values()}
        st.html(components.pressed(rhythm.cell_words(chosen, cells, plays, weeks)))
    frames.foot(f"{wording.basis(answer)}, {counted(days, 'day', 'days')}", explanation("week", answer))
    frames.numbers(
        REPORT,
        ("Hour", *(name[:3] for name in wording.WEEKDAYS)),
        [(f"{hour:02d}:00", *(duration(cells[weekday, hour]) for weekday in DAYS)) for hour in HOURS],
        answer,
    )


def cells_of(answer: Answer) -> dict[tuple[int, int], int]:
    """Milliseconds by weekday, Monday being 0, and hour."""
    return {(row["weekday"] - 1, row["hour"]): row["ms_played"] for row in answer.values()}


def weeks_of(days: int) -> float:
    """A period under a week is taken as one."""
    return max(days / len(DAYS), 1)


def _chosen() -> tuple[int, int] | None:
    """The hour of the week that was pressed, as the address has it: 5-23 is Friday at 23:00."""
    day, _, hour = st.query_params.get(CELL, "").partition("-")
    if not (day.isdecimal() and hour.isdecimal()):
        return None
    cell = int(day) - 1, int(hour)
    return cell if cell[0] in DAYS and cell[1] in HOURS else None


def _press() -> None:
    points = st.session_state["week"].selection.points
    if points:
        weekday, hour, *_ = points[0]["customdata"]
        st.query_params[CELL] = f"{weekday + 1}-{hour}"
    else:
        st.query_params.pop(CELL, None)
