"""What the playlist lab asks for and does: proposals, remembered for each published state, and writing one to Spotify."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import streamlit as st

from groovelog.config import Settings
from groovelog.dashboard import viewing
from groovelog.dashboard.changes import Outcome
from groovelog.dashboard.texts import lab as texts
from groovelog.errors import GroovelogError
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener
from groovelog.pipeline import playlists as writing
from groovelog.recommend.playlists import library
from groovelog.recommend.playlists.library import Playlist
from groovelog.recommend.playlists.proposal import Proposal, Wish, propose
from groovelog.spotify import scopes
from groovelog.spotify.client import connect
from groovelog.state import sign_ins
from groovelog.state.database import open_state

MOST_REMEMBERED = 40


def playlists(snapshot: Snapshot, person: Listener) -> Sequence[Playlist]:
    """The listener's playlists by name, those with entries."""
    return _playlists(snapshot, person, f"{snapshot.lake} {snapshot.run_id} {person.listener_id}")


def proposal(snapshot: Snapshot, person: Listener, playlist: Playlist, wish: Wish, today: date) -> Proposal:
    """The proposal. Raises as `propose` does."""
    asked = f"{snapshot.lake} {snapshot.run_id} {person.listener_id} {playlist.playlist_id} {wish!r} {today}"
    return _proposal(snapshot, person, playlist, wish, today, asked)


def why_not(home: Home, person: Listener) -> str | None:
    """What keeps this listener's playlists from being written; None where they can be."""
    with open_state(home.root) as state:
        sign_in = sign_ins.of(state, person.listener_id)
    if sign_in is None:
        return texts.NOT_CONNECTED.format(name=person.name)
    if sign_in.state != "ok":
        return texts.ASLEEP
    if scopes.WRITE_PLAYLISTS not in sign_in.scopes:
        return texts.NOT_ALLOWED.format(name=person.name)
    return None


def write(home: Home, person: Listener, name: str, uris: Sequence[str]) -> Outcome:
    """Make a new playlist of it, where whoever looks sees the listener."""
    if not viewing.sees(person):
        return Outcome(False, texts.ASLEEP)
    try:
        settings = Settings()
        with open_state(home.root, settings.sealing_key) as state:
            client = connect(settings.spotify(home), state, person.listener_id, clock=lambda: datetime.now(UTC))
            made = writing.write(client, name, uris)
    except GroovelogError as error:
        return Outcome(False, error.message)
    return Outcome(True, texts.written(made.name, made.tracks))


@st.cache_resource(max_entries=MOST_REMEMBERED, show_spinner=False)
def _playlists(_snapshot: Snapshot, _person: Listener, asked: str) -> Sequence[Playlist]:
    return [one for one in library.playlists(_snapshot, _person) if one.entries]


@st.cache_resource(max_entries=MOST_REMEMBERED, show_spinner=False)
def _proposal(
    _snapshot: Snapshot, _person: Listener, _playlist: Playlist, _wish: Wish, _today: date, asked: str
) -> Proposal:
    return propose(_snapshot, _person, _playlist, _wish, _today)
