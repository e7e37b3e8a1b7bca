"""Connect: sign in to Spotify; whose account it is, until when, what is left of the quota, what was missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.config import Settings
from groovelog.dashboard import collecting, components, filters, frames, served, viewing
from groovelog.dashboard.cards import connection as cards
from groovelog.dashboard.changes import Outcome
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import connect as texts
from groovelog.dashboard.texts import needs
from groovelog.lake import collections
from groovelog.lake.gaps import gaps
from groovelog.model import Gap, Listener, Poll
from groovelog.reports.connections import Connection, calls_left, connections
from groovelog.spotify.apps import App, Setup
from groovelog.state.database import open_state

TOLD, ASKED, ERASE = "connect-told", "connect-asked", "connect-erase"


@dataclass(frozen=True)
class Standing:
    """What is known of a listener's sign-in now; `polls` are the last that was read, and the failures after it."""

    connection: Connection
    polls: Sequence[Poll]
    gaps: Sequence[Gap]
    calls_left: int
    app: App | None


def show(scene: Scene) -> None:
    home, settings, now = served.home(), Settings(), datetime.now(UTC)
    setup = settings.spotify(home)
    head = st.container()
    name, zone = _whose(scene)
    person = scene.by_name.get(name)
    with open_state(home.root, settings.sealing_key) as state:
        known = connections(scene.snapshot, state, setup, now)
        connection = next((one for one in known if one.name == name), None)
        users: dict[str, int] = {}
        for one in known:
            if one.name != name:
                users[one.sign_in.client_id] = users.get(one.sign_in.client_id, 0) + 1
        left = calls_left(state, setup, connection.sign_in, now) if connection else 0
    app = setup.app_for(name, connection.sign_in.client_id if connection else None, users) if setup.apps else None
    _told()
    if connection is None or person is None:
        head.html(components.page_head("Connect", texts.NOT_CONNECTED, texts.LEAD))
        if person is not None and person.invented and setup.accounts_url == Setup.accounts_url:
            st.html(components.note(texts.INVENTED))
        elif app is None:
            _no_app(scene)
        else:
            cards.sign_in(app, name, zone)
        return
    own = person.listener_id
    polls = collections.since_read(scene.snapshot, own)
    missed = [gap for gap in gaps(scene.snapshot, now, [own]) if gap.listener_id == own]
    standing = Standing(connection, polls, missed, left, app)
    title, lead = texts.connected(connection, now, ZoneInfo(person.timezone))
    head.html(components.page_head("Connect", title, lead))
    _connected(scene, person, standing, setup, now)


def _connected(scene: Scene, person: Listener, standing: Standing, setup: Setup, now: datetime) -> None:
    connection, app, zone = standing.connection, standing.app, ZoneInfo(person.timezone)
    sign_in = connection.sign_in
    with frames.card("account", "The account"):
        if sign_in.client_id not in [one.client_id for one in setup.apps]:
            st.html(components.failure(texts.APP_GONE))
        warning = needs.consent(person.name, sign_in, now)
        if warning and connection.state != "reauth_required":  # which the headline says
            st.html(components.failure(f"{warning}."))
        st.html(
            components.facts(
                texts.facts(connection, standing.polls, (standing.calls_left, setup.daily_budget), now, zone)
            )
        )
        if app is not None and (warning or connection.state == "reauth_required"):
            cards.button(app, person.name, person.timezone, texts.AGAIN)
    left, right = st.columns(2, gap="small")
    with left:
        with frames.card("collect", texts.NOW_TITLE):
            _collect(person, ready=connection.state == "ok")
        with frames.card("disconnect", texts.DISCONNECT_TITLE):
            _disconnect(person)
    with right, frames.card("scopes", "What is allowed", height="stretch"):
        cards.granted(sign_in.scopes)
        if app is not None and cards.is_missing(sign_in.scopes):
            cards.button(app, person.name, person.timezone, texts.AGAIN)
    with frames.card("gaps", "What was missed"):
        cards.missed(standing.gaps, zone)
    if app is None:
        _no_app(scene)


def _no_app(scene: Scene) -> None:
    """What to do where no app serves the listener. Where the server keeps its files is told to who may see it alone."""
    if scene.viewer.owner:
        cards.no_app(served.home())
    else:
        with frames.card("no-app", texts.APP_TITLE):
            st.html(components.figure_head(texts.ASK_OWNER, texts.ASK_OWNER_SUB))


def _collect(person: Listener, *, ready: bool) -> None:
    st.html(components.figure_head(texts.NOW_TITLE, texts.NOW_SUB))
    if st.button(texts.COLLECT, type="primary", key="collect", icon=":material/sync:", disabled=not ready):
        with st.spinner(texts.COLLECTING):
            st.session_state[TOLD] = collecting.collect(served.home(), person)
        st.rerun()


def _disconnect(person: Listener) -> None:
    name = person.name
    st.html(components.figure_head(texts.DISCONNECT_TITLE, texts.DISCONNECT_SUB))
    if st.session_state.get(ASKED) != name:
        st.button(texts.DISCONNECT, key="disconnect", icon=":material/link_off:", on_click=_ask, args=(name,))
        return
    st.checkbox(texts.ERASE, key=ERASE, help=texts.ERASE_HELP)
    with st.container(horizontal=True):
        st.button(texts.REALLY, type="primary", key="really", on_click=_really, args=(person,))
        st.button(texts.KEEP, key="keep", on_click=_ask, args=(None,))


def _ask(name: str | None) -> None:
    """Ask whether that listener is really to be disconnected; nobody: ask no more."""
    st.session_state[ASKED] = name


def _really(person: Listener) -> None:
    """Before the script runs, which another press could interrupt."""
    _ask(None)
    if viewing.sees(person):
        st.session_state[TOLD] = collecting.disconnect(served.home(), person.name, erase=st.session_state[ERASE])


def _whose(scene: Scene) -> tuple[str, str]:
    """The listener, who may be new, and their zone. Members connect themselves."""
    if scene.member is not None:
        return scene.member.name, scene.member.timezone
    names = list(scene.by_name) or ["me"]
    left, right = st.columns(2, gap="small")
    name = left.selectbox(texts.WHOM, names, index=filters.looked_at(names), key="whom", accept_new_options=True)
    person = scene.by_name.get(name or names[0])
    if person is not None:
        return person.name, person.timezone
    zones = filters.zones()
    here = st.context.timezone
    at = zones.index(here) if here in zones else zones.index("UTC")
    return name or names[0], right.selectbox(texts.NEW_ZONE, zones, index=at, key="zone-connect")


def _told() -> None:
    """What became of what was asked for; once."""
    outcome: Outcome | None = st.session_state.pop(TOLD, None)
    if outcome is None:
        return
    if outcome.done:
        st.html(f'<p class="done" role="status">{components.breakable(outcome.words)}</p>')
    else:
        st.html(components.failure(outcome.words))
