"""Tops: who was played most, by what, how that moves, and against the period before."""

import streamlit as st

from groovelog.dashboard import components
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import moves, ranges, standing
from groovelog.dashboard.cards.standing import KINDS, Kind
from groovelog.dashboard.filters import BOUND
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.steps import Steps, steps_of
from groovelog.dashboard.texts import tops, wording


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    head = st.container()
    with st.container(horizontal=True, key="ranked-by"):
        kind = KINDS[_chosen("Kind", list(KINDS), "kind")]
        measured = _chosen("Measure", list(tops.MEASURES), "by")
    record = asked.ever("overview")
    if record.from_date is None or record.to_date is None:
        return
    steps = steps_of(asked.period, record.from_date, record.to_date)
    with head:
        _head(asked, kind, measured, steps)
    if kind.what is not None:
        moves.places(asked, kind.title, kind.what, steps)
    standing.show(scene, asked, kind, measured)
    moves.against(asked)
    moves.artists(asked, steps)
    ranges.show(asked, "track" if kind.what in {"track", "recording"} else "artist")


def _head(asked: Asked, kind: Kind, measured: str, steps: Steps) -> None:
    led = moves.leads_now(asked, kind.what, steps)
    first = standing.first_two(asked, kind, measured)
    title = tops.headline(first, measured, asked.period, led[0] if led else None)
    lead = tops.lead(kind.title, measured, led[1] if led else None, steps.per)
    st.html(components.page_head(wording.answer_period(asked.answer("overview")), title, lead))


def _chosen(label: str, options: list[str], key: str) -> str:
    return st.segmented_control(
        label, options, default=options[0], required=True, key=key, bind=BOUND, label_visibility="collapsed"
    )
