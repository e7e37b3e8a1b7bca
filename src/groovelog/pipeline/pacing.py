"""Whom to ask for plays now: everybody who is signed in and whose time has come. For `collect --watch` and the server."""

from datetime import datetime, timedelta

from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Listener
from groovelog.state import polls, sign_ins
from groovelog.state.database import State

# How often it is looked whom to ask, and whether somebody has signed in meanwhile.
LOOK_S = 30
# A plan further away than any wait, or any block of Spotify's, was made by a clock that has been set back since.
FURTHEST = timedelta(days=2)


def is_due(state: State, listener_id: str, now: datetime) -> bool:
    """Whether it is time; whoever's consent has ended is not asked before they sign in again."""
    sign_in = sign_ins.of(state, listener_id)
    if sign_in is None or sign_in.state != "ok":
        return False
    planned = polls.next_poll_at(state, listener_id)
    return planned is None or not now < planned < now + FURTHEST


def due(home: Home, state: State, now: datetime) -> list[Listener]:
    """Everybody whose time has come, by name. Where there is nobody, the lake is not opened."""
    found = [one.listener_id for one in sign_ins.all_of(state) if is_due(state, one.listener_id, now)]
    if not found:
        return []
    with open_snapshot(home.lake) as snapshot:
        return [person for person in snapshot.listeners() if person.listener_id in found]
