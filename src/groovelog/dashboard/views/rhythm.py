"""Rhythm: hours of the week, days of the year, workdays and weekend, streaks, regularity and seasons."""

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import calendar, habits, week
from groovelog.dashboard.components import Fact
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import rhythm, wording


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    _head(asked)
    with frames.card("facts", "The numbers of this rhythm"):
        _facts(asked)
    week.show(asked)
    calendar.show(scene, asked)
    habits.weekparts(asked)
    left, right = st.columns(2, gap="small")
    with left:
        habits.streaks(asked)
    with right:
        habits.regularity(asked)
    habits.seasons(asked)


def _head(asked: Asked) -> None:
    answer = asked.answer(week.REPORT)
    (often,) = asked.rows("frequency")
    title = rhythm.headline(week.cells_of(answer), answer.from_date, answer.to_date, answer.basis.counted_plays)
    st.html(components.page_head(wording.answer_period(answer), title, rhythm.lead(often)))


def _facts(asked: Asked) -> None:
    cells = week.cells_of(asked.answer(week.REPORT))
    weeks = week.weeks_of(asked.totals["calendar_days"])
    (often,) = asked.rows("frequency")
    told = rhythm.facts(cells, weeks, asked.rows("weekparts"), often)
    st.html(components.facts([Fact(*fact) for fact in told]))
    frames.foot(asked.note, explanation("facts", asked.answer("weekparts")))
