"""Invitations: a link for one person to join with, once, within a week. Its word is kept as a hash alone."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from groovelog.state.database import State, instant, stored
from groovelog.state.members import OWNER, Role
from groovelog.state.words import hashed, new_word

LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class Invitation:
    """An open invitation. `listener` is the name of whom it is for; None: they choose it."""

    listener: str | None
    role: Role
    expires_at: datetime


def make(state: State, listener: str | None, role: Role, now: datetime) -> str:
    """A new invitation's word, which nothing tells again. It takes the place of an earlier one for the same name."""
    word = new_word()
    row = (hashed(word), listener, role, stored(now), stored(now + LONGEST))
    with state.writing() as connection:
        drop(connection, listener)
        connection.execute(
            "INSERT INTO invitations (word_hash, listener, role, created_at, expires_at) VALUES (?, ?, ?, ?, ?)", row
        )
    return word


def find(state: State, word: str, now: datetime) -> Invitation | None:
    """The invitation, unless it is unknown, used or too old."""
    with state.reading() as connection:
        query = "SELECT listener, role, expires_at FROM invitations WHERE word_hash = ? AND used_at IS NULL AND expires_at > ?"
        row = connection.execute(query, (hashed(word), stored(now))).fetchone()
    return Invitation(row[0], row[1], instant(row[2])) if row else None


def open_ones(state: State, now: datetime) -> list[Invitation]:
    """Those that wait to be used, the oldest first."""
    with state.reading() as connection:
        query = (
            "SELECT listener, role, expires_at FROM invitations WHERE used_at IS NULL AND expires_at > ? "
            "ORDER BY created_at, listener"
        )
        rows = connection.execute(query, (stored(now),)).fetchall()
    return [Invitation(row[0], row[1], instant(row[2])) for row in rows]


def use(connection: sqlite3.Connection, word: str, now: datetime) -> bool:
    """Use it up, inside the caller's transaction; False where it is not open, or no longer."""
    change = "UPDATE invitations SET used_at = ? WHERE word_hash = ? AND used_at IS NULL AND expires_at > ?"
    used = connection.execute(change, (stored(now), hashed(word), stored(now))).rowcount > 0
    if used:
        # Whoever joined first as the owner is the owner: no second link makes another.
        connection.execute(
            "DELETE FROM invitations WHERE used_at IS NULL AND role = ? AND EXISTS "
            "(SELECT 1 FROM invitations WHERE word_hash = ? AND role = ?)",
            (OWNER, hashed(word), OWNER),
        )
    return used


def withdraw(state: State, listener: str) -> None:
    """Let a link for this name open nothing any more."""
    with state.writing() as connection:
        drop(connection, listener)


def drop(connection: sqlite3.Connection, listener: str | None) -> None:
    connection.execute("DELETE FROM invitations WHERE used_at IS NULL AND listener IS ?", (listener,))
