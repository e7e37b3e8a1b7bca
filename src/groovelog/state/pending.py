"""Sign-ins that have begun: what has to be known when the browser comes back, in whichever process it arrives."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, cast

from groovelog.state.database import State, instant, stored
from groovelog.state.sealing import Unsealable, seal, unseal

# Time to read a consent page and to type a password; Spotify's own code lives about as long.
LONGEST = timedelta(minutes=10)
KEPT = timedelta(days=1)


# Where the one waits who began it: at a terminal, on the page Connect, on the page of an invitation, on that of sign-in.
By = Literal["terminal", "page", "join", "sign-in"]


@dataclass(frozen=True)
class Pending:
    """A sign-in that waits for the browser. `state` is the random word that the browser has to bring back.

    A listener who is new will live in `timezone`. Who signs in to Groovelog itself is nobody yet: `listener` is empty.
    """

    state: str = field(repr=False)
    listener: str
    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    verifier: str | None = field(repr=False)
    timezone: str
    by: By
    begun_at: datetime


@dataclass(frozen=True)
class Outcome:
    """How a sign-in ended: whether the listener is signed in, and what to tell them."""

    done: bool
    message: str


def new_state() -> str:
    """256 random bits: nobody guesses it."""
    return secrets.token_urlsafe(32)


def begin(state: State, begun: Pending) -> None:
    """Keep it, and drop those of earlier days."""
    verifier = seal(state, begun.verifier) if begun.verifier is not None else None
    row = (begun.state, begun.listener, begun.client_id, begun.redirect_uri, " ".join(sorted(begun.scopes)), verifier)
    with state.writing() as connection:
        connection.execute("DELETE FROM pending WHERE begun_at < ?", (stored(begun.begun_at - KEPT),))
        columns = "state, listener, client_id, redirect_uri, scopes, verifier, timezone, by, begun_at"
        values = (*row, begun.timezone, begun.by, stored(begun.begun_at))
        connection.execute(f"INSERT INTO pending ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def take(state: State, word: str, now: datetime) -> Pending | None:
    """The sign-in that this word belongs to, once: None where it is unknown, used, or older than ten minutes."""
    with state.writing() as connection:
        query = (
            "SELECT listener, client_id, redirect_uri, scopes, verifier, timezone, by, begun_at FROM pending "
            "WHERE state = ? AND taken_at IS NULL AND outcome IS NULL AND begun_at > ?"
        )
        row = connection.execute(query, (word, stored(now - LONGEST))).fetchone()
        if row is None:
            return None
        change = "UPDATE pending SET taken_at = ?, verifier = NULL WHERE state = ?"
        connection.execute(change, (stored(now), word))
    listener, client_id, redirect_uri, scopes, sealed, timezone, by, begun_at = row
    try:
        verifier = unseal(state, sealed) if sealed is not None else None
    except Unsealable:
        return None
    granted = frozenset(scopes.split())
    return Pending(word, listener, client_id, redirect_uri, granted, verifier, timezone, by, instant(begun_at))


def end(state: State, word: str, outcome: Outcome) -> None:
    """Say how it ended, for whoever waits for it; nothing of it can be used any more."""
    with state.writing() as connection:
        change = "UPDATE pending SET outcome = ?, message = ?, verifier = NULL WHERE state = ?"
        connection.execute(change, ("done" if outcome.done else "failed", outcome.message, word))


def outcome(state: State, word: str) -> Outcome | None:
    """None while it is not decided."""
    with state.reading() as connection:
        query = "SELECT outcome, message FROM pending WHERE state = ? AND outcome IS NOT NULL"
        row = connection.execute(query, (word,)).fetchone()
    return Outcome(row[0] == "done", row[1]) if row else None


def begun_by(state: State, word: str) -> By | None:
    """Where the one waits who began it; None for an unknown word."""
    with state.reading() as connection:
        row = connection.execute("SELECT by FROM pending WHERE state = ?", (word,)).fetchone()
    return cast("By", row[0]) if row else None


def listener_of(state: State, word: str) -> str | None:
    """The name of whom it was begun for; None for an unknown word."""
    with state.reading() as connection:
        row = connection.execute("SELECT listener FROM pending WHERE state = ?", (word,)).fetchone()
    return row[0] if row else None
