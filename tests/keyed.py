"""API keys, made by listener's name."""

from collections.abc import Callable
from datetime import UTC, datetime

from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.state import api_keys
from groovelog.state.api_keys import Scope
from groovelog.state.database import State

MakeKey = Callable[..., str]


def made(home: Home, state: State, name: str = "Ann", scope: Scope = "submit") -> str:
    """A new key of a listener of the home."""
    with open_snapshot(home.lake) as snapshot:
        (person,) = [person for person in snapshot.listeners() if person.name == name]
    return api_keys.create(state, person.listener_id, scope, datetime.now(UTC))[0]
