"""Members, for the owner of a group: who is in, who is invited, and whom to let go."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import admitting, components, frames
from groovelog.dashboard.receipts import Reason, reasons
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import members as texts
from groovelog.model import Listener
from groovelog.state.members import Member

TOLD, ASKED = "members-told", "members-asked"  # what became of a change; whom to dismiss, if really


def show(scene: Scene) -> None:
    if scene.member is None or not scene.viewer.owner:
        title, lead = (texts.NO_GROUP, texts.NO_GROUP_LEAD) if scene.member is None else (texts.NOT_OWNER, "")
        st.html(components.page_head("Members", title, lead))
        return
    known = admitting.known(scene.snapshot.listeners(), datetime.now(UTC))
    st.html(components.page_head("Members", texts.head(len(known.members)), texts.HEAD_LEAD))
    left, right = st.columns([6, 5], gap="small")
    with left, frames.card("members", "Members", height="stretch"):
        _members(scene.member, known.members)
    with right, frames.card("invite", texts.INVITE_TITLE, height="stretch"):
        _invite(scene, known.invited)
    if len(known.members) > 1:
        with frames.card("dismiss", texts.DISMISS_TITLE):
            _dismiss(scene, [person for person, _ in known.members if person != scene.member])


def _members(own: Listener, members: Sequence[tuple[Listener, Member]]) -> None:
    zone = ZoneInfo(own.timezone)
    rows = [
        Reason(person.name, texts.joined(member, zone), texts.role(member.role, own=person == own))
        for person, member in members
    ]
    st.html(components.figure_head(texts.MEMBERS_TITLE, texts.MEMBERS_SUB) + reasons(rows))


def _invite(scene: Scene, invited: Sequence[str]) -> None:
    st.html(components.figure_head(texts.INVITE_TITLE, texts.INVITE_SUB))
    name = st.text_input(texts.INVITE_NAME, key="invite-name", max_chars=64, autocomplete="off")
    if st.button(texts.INVITE, type="primary", key="invite", icon=":material/link:", disabled=not name.strip()):
        told = admitting.invite(scene.viewer, name.strip(), st.context.url or "")
        if told.done:
            st.html(f'<p class="done" role="status">{components.breakable(texts.invited(name.strip()))}</p>')
            st.code(told.words, language=None, wrap_lines=True)
            st.html(components.note(texts.ONCE))
        else:
            st.html(components.failure(told.words))
    elif invited:
        st.html(components.note(texts.waiting(invited)))


def _dismiss(scene: Scene, others: Sequence[Listener]) -> None:
    st.html(components.figure_head(texts.DISMISS_TITLE, texts.DISMISS_SUB))
    by_name = {person.name: person for person in others}
    name = st.selectbox(texts.DISMISS_WHOM, list(by_name), key="dismiss-whom", width=320)
    asked = st.session_state.get(ASKED) == name
    if not asked:
        st.button(texts.DISMISS, key="dismiss", icon=":material/person_remove:", on_click=_ask, args=(name,))
    else:
        with st.container(horizontal=True):
            if st.button(texts.REALLY, type="primary", key="dismiss-really"):
                _ask(None)
                st.session_state[TOLD] = admitting.dismiss(scene.viewer, name)
                st.rerun()
            st.button(texts.KEEP, key="dismiss-keep", on_click=_ask, args=(None,))
    told = st.session_state.pop(TOLD, None)
    if told is not None:
        st.html(
            f'<p class="done" role="status">{components.breakable(told.words)}</p>'
            if told.done
            else components.failure(told.words)
        )


def _ask(name: str | None) -> None:
    st.session_state[ASKED] = name
