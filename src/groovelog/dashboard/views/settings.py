"""Settings: where a listener lives, what they show to others, what counts as a play, the theme, and who is here."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog import access
from groovelog.dashboard import changes, components, filters, frames, kept, served
from groovelog.dashboard.asked import RECORD, Asked
from groovelog.dashboard.changes import Outcome
from groovelog.dashboard.filters import Choice
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import settings as texts
from groovelog.dashboard.texts import wording
from groovelog.errors import NothingToTell
from groovelog.lake.people import consents
from groovelog.metrics.rules import RULES
from groovelog.model import Listener

CHOSEN = "rule-chosen"  # here, in this visit
TOLD = "settings-told"  # what became of the last change, and in which card it was asked for


def show(scene: Scene) -> None:
    if not scene.people:
        st.html(components.page_head("Settings", texts.NOBODY, texts.NOBODY_LEAD))
    else:
        st.html(components.page_head("Settings", texts.HEAD, texts.LEAD))
        person = _whose(scene)
        left, right = st.columns(2, gap="small")
        with left, frames.card("zone", "Time zone", height="stretch"):
            _zone(person)
        with right, frames.card("shares", "Sharing", height="stretch"):
            _shares(person, scene)
        with frames.card("rule", "What counts as a play"):
            _rule(person, scene)
    left, right = st.columns(2, gap="small")
    with left, frames.card("add", texts.ADD_TITLE, height="stretch"):
        _add(scene.people)
    with right, frames.card("theme", texts.THEME_TITLE, height="stretch"):
        st.html(components.figure_head(texts.THEME_TITLE) + f'<p class="said">{texts.THEME}</p>')
        st.html(components.note(texts.FORGET))
        scene.link("data", "Data", icon=":material/receipt_long:")


def _whose(scene: Scene) -> Listener:
    """The person set up; at first the one that is looked at."""
    names = list(scene.by_name)
    return scene.by_name[st.selectbox("Listener", names, index=filters.looked_at(names), key="person", width=320)]


def _zone(person: Listener) -> None:
    zone = person.timezone
    clock = datetime.now(ZoneInfo(zone)).strftime("%H:%M")
    st.html(components.figure_head(texts.zone_title(person.name, zone), texts.ZONE_SUB))
    st.html(f'<p class="said">{components.breakable(texts.zone_now(clock, zone))}</p>')
    if len(person.zones) > 1:
        st.html(components.note(texts.zones(person.zones)))
    zones = filters.zones()
    key = person.listener_id
    chosen = st.selectbox("Time zone", zones, index=zones.index(zone) if zone in zones else 0, key=f"zone-of-{key}")
    since = st.date_input(
        texts.ZONE_FROM, value=None, key=f"since-{key}", format="YYYY-MM-DD", help=texts.ZONE_HELP, max_value="today"
    )
    same = chosen == zone and since is None and len(person.zones) == 1
    if st.button(
        "Save the zone", type="primary", key="save-zone", disabled=same, help=texts.SAME_ZONE if same else None
    ):
        with st.spinner(texts.WORKING):
            _keep("zone", changes.move(served.home(), person.name, chosen, since))
        st.rerun()
    _told("zone")


def _shares(person: Listener, scene: Scene) -> None:
    kept = access.shares(consents(scene.snapshot), person)
    key = f"shares-{person.listener_id}"
    st.html(components.figure_head(texts.shares_title(person.name, kept), texts.SHARES_SUB))
    # What is kept decides, also where another page has changed it or a change did not come through.
    st.session_state[key] = kept
    st.radio(
        "Shows the others", access.SHARES, format_func=texts.SHARES.__getitem__, key=key, label_visibility="collapsed",
        captions=[texts.SHARES_WHY[shares] for shares in access.SHARES], on_change=_share, args=(person.name, key),
    )  # fmt: skip
    _told("shares")
    scene.link("group", "See the group", icon=":material/group:")


def _share(name: str, key: str) -> None:
    _keep("shares", changes.share(served.home(), name, st.session_state[key]))


def _rule(person: Listener, scene: Scene) -> None:
    rule = st.session_state.get("count", kept.rule())
    try:
        basis = Asked(scene.snapshot, Choice(person, rule, None), RECORD).answer("overview").basis
        effect = texts.rule_effect(person.name, basis.counted_plays, basis.plays)
    except NothingToTell:
        effect = texts.rule_effect(person.name, 0, 0)
    st.html(components.figure_head(effect, texts.RULE_SUB))
    chosen = filters.choose_rule(
        ["" if rule == "all" else RULES[rule] for rule in wording.RULES],
        label_visibility="collapsed",
        on_change=_choose,
    )
    st.html(components.note(texts.RULE_KEPT))
    if CHOSEN in st.session_state:
        kept.keep_rule(chosen)


def _choose() -> None:
    st.session_state[CHOSEN] = True


def _add(people: Sequence[Listener]) -> None:
    st.html(components.figure_head(texts.ADD_TITLE, texts.ADD_SUB))
    zones = filters.zones()
    here = people[0].timezone if people else st.context.timezone
    name = st.text_input("Name", key="new-name", max_chars=64)
    zone = st.selectbox(
        "Their time zone", zones, index=zones.index(here) if here in zones else zones.index("UTC"), key="new-zone"
    )
    if st.button("Add", key="add", disabled=not name.strip()):
        _keep("add", changes.add(served.home(), name.strip(), zone))
        st.rerun()
    _told("add")


def _keep(card: str, outcome: Outcome) -> None:
    st.session_state[TOLD] = card, outcome


def _told(card: str) -> None:
    """What became of the change that was asked for in this card; once."""
    asked_in, outcome = st.session_state.get(TOLD, ("", None))
    if outcome is None or asked_in != card:
        return
    del st.session_state[TOLD]
    if outcome.done:
        st.html(f'<p class="done" role="status">{components.breakable(outcome.words)}</p>')
    else:
        st.html(components.failure(outcome.words))
