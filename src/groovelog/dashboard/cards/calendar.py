"""The card of the days of a year."""

from datetime import date, timedelta

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.charts import calendar
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import BOUND
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import rhythm, wording
from groovelog.dashboard.texts.wording import count, day, duration

REPORT = "listening-over-time"
DAY = "day"
YEAR_DAYS = 365


def show(scene: Scene, asked: Asked) -> None:
    with frames.card("calendar", "The days of the year"):
        _show(scene, asked)


def _show(scene: Scene, asked: Asked) -> None:
    record = asked.ever("overview")
    if record.from_date is None or record.to_date is None:
        return
    whole = asked.period.first or record.from_date, asked.period.last or record.to_date
    head = st.container()
    shown = _year(whole)
    answer = asked.answer(
        REPORT, per="day", from_date=max(shown[0], record.from_date), to_date=min(shown[1], record.to_date)
    )
    rows = {row["starts_on"]: row for row in answer.values()}
    # A day of the record without any kept play is one without music; a day outside of the record is not known.
    first, last = max(shown[0], record.from_date), min(shown[1], record.to_date)
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    played = {each: rows[each]["ms_played"] if each in rows else 0 for each in every}
    inside = {each: ms for each, ms in played.items() if whole[0] <= each <= whole[1]}
    finding = rhythm.calendar_finding(inside)
    chosen = _chosen()
    legend = components.scale_legend("above 0", f"{duration(calendar.top_of_scale(played))} or more")
    head.html(components.figure_head(finding.title, rhythm.CALENDAR_SUB, legend))
    with st.container(key="calendar-scroll"):
        frames.plot(
            lambda scheme: frames.once(calendar.days, played, whole, finding.marked, scheme, chosen),
            key="calendar",
            height=calendar.HEIGHT,
            alt=f"Calendar of days, a column a week. {finding.title}.",
            on_click=_press,
        )
    if chosen is not None:
        st.html(components.pressed(rhythm.day_words(chosen, rows.get(chosen))))
        if "timeline" in scene.pages and chosen in rows and rows[chosen]["plays"]:
            scene.link("timeline", rhythm.OPEN_DAY, icon=":material/timeline:", at=chosen.isoformat())
    frames.foot(wording.basis(answer), explanation("calendar", answer))
    frames.numbers(
        "listening-by-day",
        ("Day", "Plays", "Time", "Tracks", "Artists"),
        [
            (day(each), count(row["plays"]), duration(row["ms_played"]), count(row["tracks"]), count(row["artists"]))
            for each, row in sorted(rows.items(), reverse=True)
        ],
        answer,
    )  # fmt: skip


def _year(whole: tuple[date, date]) -> tuple[date, date]:
    """The days to draw: the calendar year that the period is in; of several one may choose."""
    first, last = whole
    years = [str(year) for year in range(last.year, first.year - 1, -1)]
    if len(years) == 1:
        return date(last.year, 1, 1), date(last.year, 12, 31)
    chosen = st.pills(
        "Year", [rhythm.LAST_MONTHS, *years], default=rhythm.LAST_MONTHS, required=True, key="year", bind=BOUND,
        label_visibility="collapsed",
    )  # fmt: skip
    if chosen is None or chosen == rhythm.LAST_MONTHS:
        return last - timedelta(days=YEAR_DAYS - 1), last
    return date(int(chosen), 1, 1), date(int(chosen), 12, 31)


def _chosen() -> date | None:
    """The day that was pressed, as the address has it."""
    try:
        return date.fromisoformat(st.query_params.get(DAY, ""))
    except ValueError:
        return None


def _press() -> None:
    points = st.session_state["calendar"].selection.points
    if points:
        st.query_params[DAY] = points[0]["customdata"][0]
    else:
        st.query_params.pop(DAY, None)
