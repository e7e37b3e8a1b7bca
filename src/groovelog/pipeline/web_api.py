"""Collect: what the Web API tells of listeners, plays first; and when to ask again."""

import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from groovelog.errors import (
    Blocked,
    GroovelogError,
    NoCredentials,
    NotSignedIn,
    ReauthRequired,
    ScopeMissing,
    SpotifyDown,
    SpotifyError,
)
from groovelog.lake import habit, people
from groovelog.lake.gaps import FULL
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import CollectedOf, Listener
from groovelog.pipeline import cadence
from groovelog.pipeline.asking import ask_playlists, ask_saved_tracks, ask_top_items
from groovelog.pipeline.polling import keep_failure, poll
from groovelog.spotify.client import Client
from groovelog.state import leases, polls, sign_ins
from groovelog.state.database import State

# How long a collection may be taken for alive on another machine, whose processes cannot be seen.
LEASE_S = 600
ELSEWHERE = "Another Groovelog collects for {name} just now."
# What is asked for beside plays, in the order of what can least be had later.
REST = (ask_top_items, ask_playlists, ask_saved_tracks)

ClientOf = Callable[[str], Client]
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Collected:
    """What came of everybody. `busy` are those for whom another process collects: nothing was asked for them."""

    listeners: tuple[CollectedOf, ...]
    busy: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[CollectedOf, ...]:
        return tuple(told for told in self.listeners if told.fault is not None)


@dataclass
class _Work:
    """One listener's part of a collection."""

    person: Listener
    told: CollectedOf
    client: Client | None = None
    hung: bool = False


def collect(
    home: Home, state: State, client_of: ClientOf, persons: Sequence[Listener], clock: Clock, *, rest: bool = True
) -> Collected:
    """Collect now for these listeners: everybody's plays, then, unless `rest` is off, top lists, playlists, saved tracks.

    What fails of one listener is told in `fault` or `notes` and stops nobody else; where Spotify hangs, nothing more is
    asked. For whom another process collects, nothing is asked. When to ask next is remembered.
    """
    with ExitStack() as stack:
        mine: list[_Work] = []
        busy: list[str] = []
        for person in persons:
            lease = leases.held(state, f"collect {person.listener_id}", now=clock, for_s=LEASE_S)
            if stack.enter_context(lease):
                mine.append(_Work(person, CollectedOf(person.name)))
            else:
                busy.append(person.name)
        hung = False
        for work in mine:
            if hung:
                work.told = replace(work.told, fault="Spotify does not answer; it was not asked again.")
            else:
                _ask_plays(home, state, client_of, work, clock)
                hung = work.hung
        for ask in REST if rest else ():
            for work in mine:
                if work.client is not None and work.told.fault is None and not hung:
                    _ask(work, partial(ask, home, state, work.person.listener_id, work.client, clock()))
                    hung = work.hung
        for work in mine:
            if work.client is not None:
                work.told = replace(work.told, calls=work.client.calls)
    return Collected(tuple(work.told for work in mine), tuple(busy))


def next_poll(home: Home, listener_id: str, now: datetime, chance: float) -> datetime:
    """When to ask for the listener's plays next, by their rhythm."""
    with open_snapshot(home.lake) as snapshot:
        played = habit.counted_plays(snapshot, listener_id, now + timedelta(days=1))
    seconds = cadence.wait(cadence.rhythm(played), played[-FULL:], now.timestamp(), chance)
    return now + timedelta(seconds=seconds)


def _ask_plays(home: Home, state: State, client_of: ClientOf, work: _Work, clock: Clock) -> None:
    listener_id = work.person.listener_id
    now = clock()
    try:
        work.client = client_of(listener_id)
        made, gap = poll(home, listener_id, work.client, now)
    except GroovelogError as error:
        _failed(home, state, work, error, now)
        return
    work.told = replace(
        work.told, stored=made.stored, duplicates=made.duplicates, unreadable=made.unreadable, gaps=int(gap is not None)
    )
    at = next_poll(home, listener_id, now, random.random())  # noqa: S311 - it spreads polls, and keeps no secret
    polls.set_next_poll_at(state, listener_id, at)


def _failed(home: Home, state: State, work: _Work, error: GroovelogError, now: datetime) -> None:
    """Tell why the plays could not be read, keep it for the gap that may come of it, and plan the next poll."""
    until = error.until if isinstance(error, Blocked) else None
    work.told = replace(work.told, fault=error.message, until=until, cause=error)
    work.hung = isinstance(error, SpotifyDown) and error.hung
    if not isinstance(error, SpotifyError):  # of the lake: the plays are asked for again
        polls.set_next_poll_at(state, work.person.listener_id, now + timedelta(seconds=cadence.SHORTEST))
        return
    outcome = _outcome(error)
    calls = work.client.calls if work.client is not None else 0
    try:
        if outcome is not None:
            keep_failure(home, work.person.listener_id, outcome, calls=calls, now=now)
    except GroovelogError as of_lake:
        work.told = replace(work.told, notes=(*work.told.notes, of_lake.message))
    again = until or now + timedelta(seconds=cadence.ACTIVE)
    sign_in = sign_ins.of(state, work.person.listener_id)
    # Whoever has to sign in again is asked for at once when they have.
    planned = again if sign_in is not None and sign_in.state == "ok" else None
    polls.set_next_poll_at(state, work.person.listener_id, planned)


def _outcome(error: SpotifyError) -> str | None:
    """The word of `collections`; None for somebody who never was connected."""
    match error:
        case Blocked():
            return "blocked"
        case ScopeMissing() | ReauthRequired():
            return "reauth_required"
        case NotSignedIn() | NoCredentials():
            return None
    return "unreachable"


def _ask(work: _Work, asked: Callable[[], None]) -> None:
    try:
        asked()
    except GroovelogError as error:
        work.told = replace(work.told, notes=(*work.told.notes, error.message))
        work.hung = isinstance(error, SpotifyDown) and error.hung


def chosen(home: Home, name: str | None, signed_in: Sequence[str]) -> list[Listener]:
    """The listener of that name, else everybody who is signed in (ids), by name. Raises NotFoundError, NotSignedIn."""
    with open_snapshot(home.lake) as snapshot:
        known = snapshot.listeners()
    if name is not None:
        return [people.named(known, people.as_known(known, name))]
    found = [person for person in known if person.listener_id in signed_in]
    if not found:
        raise NotSignedIn("Nobody is connected to Spotify. `groovelog login --listener NAME` connects somebody.")
    return found
