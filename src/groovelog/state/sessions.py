"""Sessions: what a browser is known by after a sign-in. The word in its cookie is kept as a hash alone."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from groovelog.state.database import State, instant, stored
from groovelog.state.words import hashed, new_word

# The cookie's name; over https the one that a browser takes from this very host alone (RFC 6265bis, 4.1.3.2).
COOKIE, SECURE_COOKIE = "groovelog", "__Host-groovelog"

# A session ends that was not seen for so long.
LONGEST = timedelta(days=30)
# That it was seen is noted no closer than this: to look at a page does not write each time.
NOTED = timedelta(hours=1)


@dataclass(frozen=True)
class Session:
    """A browser that is signed in."""

    listener_id: str
    created_at: datetime
    last_seen_at: datetime


def word_in(cookies: Mapping[str, str]) -> str | None:
    """The word that a browser's cookies carry, if any."""
    return cookies.get(SECURE_COOKIE) or cookies.get(COOKIE)


def begin(state: State, listener_id: str, now: datetime) -> str:
    """A new session's word, which nothing tells again; sessions that ended unseen are dropped."""
    with state.writing() as connection:
        return put(connection, listener_id, now)


def put(connection: sqlite3.Connection, listener_id: str, now: datetime) -> str:
    """The same inside the caller's transaction."""
    word = new_word()
    connection.execute("DELETE FROM sessions WHERE last_seen_at <= ?", (stored(now - LONGEST),))
    row = (hashed(word), listener_id, stored(now), stored(now))
    connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", row)
    return word


def find(state: State, word: str, now: datetime) -> Session | None:
    """The session, unless it is unknown or has ended; that it was seen is noted."""
    with state.reading() as connection:
        query = "SELECT listener_id, created_at, last_seen_at FROM sessions WHERE word_hash = ? AND last_seen_at > ?"
        row = connection.execute(query, (hashed(word), stored(now - LONGEST))).fetchone()
    if row is None:
        return None
    found = Session(row[0], instant(row[1]), instant(row[2]))
    if now - found.last_seen_at >= NOTED:
        with state.writing() as connection:
            connection.execute("UPDATE sessions SET last_seen_at = ? WHERE word_hash = ?", (stored(now), hashed(word)))
    return found


def of(state: State, listener_id: str, now: datetime) -> list[Session]:
    """A member's, the one seen last first."""
    with state.reading() as connection:
        query = (
            "SELECT listener_id, created_at, last_seen_at FROM sessions WHERE listener_id = ? AND last_seen_at > ? "
            "ORDER BY last_seen_at DESC, created_at DESC"
        )
        rows = connection.execute(query, (listener_id, stored(now - LONGEST))).fetchall()
    return [Session(row[0], instant(row[1]), instant(row[2])) for row in rows]


def end(state: State, word: str) -> None:
    """Sign this browser out."""
    with state.writing() as connection:
        connection.execute("DELETE FROM sessions WHERE word_hash = ?", (hashed(word),))


def end_all(state: State, listener_id: str) -> None:
    """Sign a member out everywhere."""
    with state.writing() as connection:
        connection.execute("DELETE FROM sessions WHERE listener_id = ?", (listener_id,))
