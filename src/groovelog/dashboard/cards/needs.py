"""What of a sign-in needs the listener: its consent has ended, or ends soon, or plays were missed lately."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from groovelog.dashboard import components, frames, served
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import needs as texts
from groovelog.lake.gaps import gaps
from groovelog.model import Listener
from groovelog.state import sign_ins
from groovelog.state.database import open_state

LATELY = timedelta(weeks=4)


def show(scene: Scene, person: Listener) -> None:
    """A card, where there is something."""
    with open_state(served.home().root) as state:
        sign_in = sign_ins.of(state, person.listener_id)
    if sign_in is None:
        return
    now = datetime.now(UTC)
    consent = texts.consent(person.name, sign_in, now)
    lately = [
        gap
        for gap in gaps(scene.snapshot, now, [person.listener_id])
        if gap.listener_id == person.listener_id
        and gap.closed_at is None
        and (gap.ended_at is None or gap.ended_at > now - LATELY)
    ]
    if consent is None and not lately:
        return
    with frames.card("needs", texts.TITLE):
        st.html(
            components.figure_head(consent or texts.missed(lately))
            + (components.note(texts.missed(lately)) if consent and lately else "")
        )
        scene.link("connect", texts.OPEN, icon=":material/link:")
