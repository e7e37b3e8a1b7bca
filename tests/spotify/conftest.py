"""A fake Spotify, a home, and a listener who is connected."""

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fake_spotify import CLIENT_ID, SECRET, FakeSpotify, running
from turned_clock import NOW, Clock

from groovelog.spotify.apps import App, Limits, Setup
from groovelog.spotify.client import Client, connect
from groovelog.spotify.scopes import READING, WRITING
from groovelog.state import sign_ins
from groovelog.state.database import State, open_state
from groovelog.state.sign_ins import SignIn, Tokens


@pytest.fixture
def spotify() -> Iterator[FakeSpotify]:
    with running() as fake:
        yield fake


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def redirect_uri() -> str:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/callback"


@pytest.fixture
def setup(spotify: FakeSpotify, redirect_uri: str) -> Setup:
    return Setup((App(CLIENT_ID, SECRET, redirect_uri),), f"{spotify.address}/v1", spotify.address)


@pytest.fixture
def impatient(setup: Setup) -> Setup:
    return replace(setup, limits=Limits(connect_s=5, read_s=0.3, total_s=0.5))


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with open_state(tmp_path / "home") as state:
        yield state


@pytest.fixture
def sign_in(state: State, spotify: FakeSpotify) -> SignIn:
    """Of the listener "ann-id", since a day, with every scope and good tokens."""
    spotify.good |= {"access-0", "refresh-0"}
    spotify.given += ["access-0", "refresh-0"]
    made = SignIn("ann-id", CLIENT_ID, "account-1", "Ann", frozenset(READING + WRITING), NOW - timedelta(days=1))
    sign_ins.save(state, made, Tokens("access-0", NOW + timedelta(hours=1), "refresh-0"))
    return made


@pytest.fixture
def client(setup: Setup, state: State, sign_in: SignIn, clock: Clock) -> Client:
    return connect(setup, state, sign_in.listener_id, clock=clock, sleep=clock.sleep)
