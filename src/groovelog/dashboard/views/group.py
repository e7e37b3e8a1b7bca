"""The group: who agreed to share, how alike they are, what several love, who heard it first, and leaderboards."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from groovelog import access
from groovelog.dashboard import components, frames, group_parts, looking, served
from groovelog.dashboard.cards import group as cards
from groovelog.dashboard.cards import group_items as items
from groovelog.dashboard.cards.group import Group
from groovelog.dashboard.group_parts import Sharing
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import group as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.group import Pair
from groovelog.dashboard.texts.wording import counted
from groovelog.errors import GroovelogError
from groovelog.lake.people import consents_since
from groovelog.model import Listener
from groovelog.state import members
from groovelog.state.database import open_state


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    person = asked.choice.listener
    said = consents_since(scene.snapshot)
    sharing, silent = _others(scene, person, said)
    looking.note(scene.viewer, sharing, looking.GROUP)
    others = {other.name: _said(said, other, asked.choice.zone) for other in sharing}
    own = said.get(person.listener_id, (access.NOTHING, None))[0]
    group = Group(asked, scene, others, own)
    if not others:
        _nobody(scene, person, silent)
        return
    head = st.empty()
    _head(group, head, [])
    _who_shares(group, silent)
    if group.compares:
        # Likeness takes longest to find out: who shares does not wait for it.
        with suppress(GroovelogError):  # the card below tells what is wrong
            _head(group, head, group.pairs())
        _closest(group)
        left, right = st.columns(2, gap="small")
        with left, frames.card("favourites", "Shared favourites", height="stretch"):
            items.show_favourites(group)
        with right, frames.card("firsts", "Who heard it first", height="stretch"):
            items.show_firsts(group)
    else:
        with st.container(key="card-needs-all"):
            st.html(components.figure_head("Compatibility") + components.note(texts.NEEDS_ALL))
            scene.link("settings", "Settings", icon=":material/settings:")
    with frames.card("board", "Leaderboard"):
        items.show_board(group)


def _others(
    scene: Scene, person: Listener, said: Mapping[str, tuple[str, Any]]
) -> tuple[list[Listener], list[Listener]]:
    """The others of the same kind: those of whom reports tell at least totals, and those who show nothing.

    To members none but members is named who shows nothing: that somebody else has plays here is not theirs to know.
    """
    named = _members() if scene.member is not None else None
    words = {listener_id: shares for listener_id, (shares, _) in said.items()}
    sharing: list[Listener] = []
    silent: list[Listener] = []
    for other in scene.snapshot.listeners():
        if other.listener_id == person.listener_id or other.invented != person.invented:
            continue
        if access.shows(words, other, access.TOTALS):
            sharing.append(other)
        elif named is None or other.listener_id in named:
            silent.append(other)
    return sharing, silent


def _members() -> set[str]:
    with open_state(served.home().root) as state:
        return {member.listener_id for member in members.all_of(state)}


def _said(said: Mapping[str, tuple[str, Any]], person: Listener, zone: str) -> tuple[str, date | None]:
    """What the person shows, and since which day of whoever looks."""
    shares, since = said[person.listener_id]
    local = None if since is None else since.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).date()
    return shares, local


def _nobody(scene: Scene, person: Listener, silent: Sequence[Listener]) -> None:
    of_members = scene.member is not None
    lead = texts.NOBODY_LEAD if silent else texts.alone(members=of_members)
    st.html(components.page_head("Group", texts.nobody(person.name), lead))
    with st.container(key="card-how"):
        st.html(components.figure_head(texts.HOW) + components.numbered(texts.how_steps(members=of_members)))
        st.html(components.note(texts.not_in([other.name for other in silent])))
        scene.link("settings", "Settings", icon=":material/settings:")


def _head(group: Group, place: DeltaGenerator, pairs: Sequence[Pair]) -> None:
    number = len(group.others) + 1
    kicker = f"{counted(number, 'member', 'members')} · {wording.period_name(group.asked.period)}"
    place.html(components.page_head(kicker, texts.headline(pairs, number)))


def _who_shares(group: Group, silent: Sequence[Listener]) -> None:
    with st.container(key="card-sharing"):
        rows = [Sharing(name, texts.shown(shares, since)) for name, (shares, since) in group.others.items()]
        st.html(components.figure_head(texts.SHARE_TITLE, texts.SHARE_SUB) + group_parts.sharing(rows))
        st.html(components.note(texts.own(group.own)) + components.note(texts.not_in([other.name for other in silent])))
        group.scene.link("settings", "Change what you show", icon=":material/settings:")


def _closest(group: Group) -> None:
    """How alike they are; one card where nobody has enough plays to say."""
    if not _compared(group):
        with st.container(key="card-too-few"):
            st.html(components.figure_head(texts.triangle_title([])) + components.note(texts.LONGER))
        return
    left, right = st.columns([6, 5], gap="small")
    with left, frames.card("triangle", "Compatibility", height="stretch"):
        cards.show_triangle(group)
    with right, frames.card("pairs", "Closest pairs", height="stretch"):
        cards.show_pairs(group)


def _compared(group: Group) -> bool:
    """Whether some pair has a number; where the report fails, its card says so."""
    try:
        return any(pair.score is not None for pair in group.pairs())
    except GroovelogError:
        return True
