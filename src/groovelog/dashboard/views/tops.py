"""Tops: who was played most, by what, how that moves, and against the period before."""

from datetime import date

import streamlit as st

from groovelog.dashboard import components
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import moves, ranges, standing
from groovelog.dashboard.cards.standing import KINDS, Kind
from groovelog.dashboard.filters import BOUND
from groovelog.dashboard.periods import ALL_TIME, DATES, YEAR
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.steps import Steps, steps_of
from groovelog.dashboard.texts import tops, wording


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    head = st.container()
    with st.container(horizontal=True, key="measured"):
        kind = KINDS[_chosen("Kind", list(KINDS), "kind")]
        measured = _chosen("Measure", list(tops.MEASURES), "by")
    record = asked.ever("overview")
    if record.from_date is None or record.to_date is None:
        return
    steps = steps_of(asked.period, record.from_date, record.to_date)
    with head:
        _head(asked, kind, measured, steps, record.to_date)
    if kind.what is not None:
        moves.places(asked, kind.title, kind.what, steps)
    standing.show(scene, asked, kind, measured)
    moves.against(asked)
    moves.artists(asked, steps)
    ranges.show(asked, "track" if kind.what in {"track", "recording"} else "artist")


def _head(asked: Asked, kind: Kind, measured: str, steps: Steps, end: date) -> None:
    # Of a period that is over nobody leads "now", and of one step there is nothing to tell apart.
    goes_on = asked.period.last is None or asked.period.last >= end
    led = moves.leads_now(asked, kind.what, steps) if goes_on and asked.period.kind in {ALL_TIME, YEAR, DATES} else None
    first = standing.first_two(asked, kind, measured)
    title = tops.headline(first, measured, asked.period, led[0] if led else None)
    lead = tops.lead(kind.title, measured, led[1] if led else None, steps.per)
    st.html(components.page_head(wording.answer_period(asked.answer("overview")), title, lead))


def _chosen(label: str, options: list[str], key: str) -> str:
    return st.segmented_control(
        label, options, default=options[0], required=True, key=key, bind=BOUND, label_visibility="collapsed", wrap=True
    )
