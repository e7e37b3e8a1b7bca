"""A home with two listeners, keys of every scope, and the ListenBrainz routes over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from starlette.applications import Starlette

from groovelog.api import listenbrainz
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import add_listener
from groovelog.state.database import State, open_state
from keyed import MakeKey, made
from over_http import over_http


@pytest.fixture
def lived_in(tmp_path: Path) -> Home:
    """A home with Ann and Bob, who have no plays."""
    home = Home(tmp_path / "home")
    for name in ("Ann", "Bob"):
        add_listener(home, name, "Europe/Berlin", now=datetime.now(UTC))
    return home


@pytest.fixture
def state(lived_in: Home) -> Iterator[State]:
    with open_state(lived_in.root) as state:
        yield state


@pytest.fixture
def make_key(lived_in: Home, state: State) -> MakeKey:
    """A new API key of a listener, by name; of Ann and to submit unless told."""
    return partial(made, lived_in, state)


@pytest.fixture
def address(lived_in: Home, state: State) -> Iterator[str]:
    """Where the routes are served."""
    routes = listenbrainz.routes(lived_in, state, lambda: open_snapshot(lived_in.lake))
    with over_http(Starlette(routes=routes)) as address:
        yield address
