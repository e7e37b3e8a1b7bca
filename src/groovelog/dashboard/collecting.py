"""What the page Connect does: ask Spotify now, and disconnect a listener; each as the commands do it."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from groovelog.config import Settings
from groovelog.dashboard.changes import Outcome
from groovelog.dashboard.texts import connect as texts
from groovelog.errors import GroovelogError
from groovelog.lake.home import Home
from groovelog.lake.purge import SPOTIFY_API
from groovelog.model import Listener
from groovelog.pipeline import signing_in, web_api
from groovelog.spotify.client import connect
from groovelog.state.database import State, open_state

Change = Callable[[Home, State, Settings], Outcome]


def collect(home: Home, person: Listener) -> Outcome:
    """Ask for everything that `groovelog collect` asks for."""
    return _tried(home, partial(_collect, person))


def disconnect(home: Home, name: str, *, erase: bool) -> Outcome:
    """Delete the tokens; with `erase` also all that the Web API told."""
    return _tried(home, partial(_disconnect, name, erase=erase))


def _collect(person: Listener, home: Home, state: State, settings: Settings) -> Outcome:
    client_of = partial(connect, settings.spotify(home), state)
    told = web_api.collect(home, state, client_of, [person], lambda: datetime.now(UTC))
    if told.busy:
        return Outcome(False, web_api.ELSEWHERE.format(name=person.name))
    (one,) = told.listeners
    return Outcome(one.fault is None, texts.collected(one))


def _disconnect(name: str, home: Home, state: State, _settings: Settings, *, erase: bool) -> Outcome:
    signing_in.disconnect(home, state, name)
    rows = 0
    if erase:
        rows = sum(signing_in.forget_source(home, name, SPOTIFY_API, now=datetime.now(UTC)).values())
        # Answers about them, and figures of these, are remembered in this process, whoever asked.
        st.cache_data.clear()
        st.cache_resource.clear()
    return Outcome(True, texts.disconnected(name, rows if erase else None))


def _tried(home: Home, change: Change) -> Outcome:
    try:
        settings = Settings()
        with open_state(home.root, settings.sealing_key) as state:
            return change(home, state, settings)
    except GroovelogError as error:
        return Outcome(False, error.message)
