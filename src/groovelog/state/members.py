"""Members: who may sign in, as what, and with which password; each is one listener."""

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from groovelog.state.database import State, instant, stored

# The owner invites and dismisses. What one may see does not depend on it.
Role = Literal["owner", "member"]
OWNER: Role = "owner"
MEMBER: Role = "member"

_COLUMNS = "listener_id, role, password_hash, joined_at"


@dataclass(frozen=True)
class Member:
    """A listener who may sign in; without a password, with Spotify alone."""

    listener_id: str
    role: Role
    password_hash: str | None = field(repr=False)
    joined_at: datetime


def of(state: State, listener_id: str) -> Member | None:
    with state.reading() as connection:
        row = connection.execute(f"SELECT {_COLUMNS} FROM members WHERE listener_id = ?", (listener_id,)).fetchone()
    return _read(row) if row else None


def all_of(state: State) -> list[Member]:
    """Everybody, in the order in which they joined."""
    with state.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM members ORDER BY joined_at, listener_id").fetchall()
    return [_read(row) for row in rows]


def has_owner(state: State) -> bool:
    return any(member.role == OWNER for member in all_of(state))


def put(connection: sqlite3.Connection, member: Member) -> None:
    """Keep a member, inside the caller's transaction. Who is one already keeps their role and day, and has this password."""
    connection.execute(
        f"INSERT INTO members ({_COLUMNS}) VALUES (?, ?, ?, ?) ON CONFLICT (listener_id) DO UPDATE SET "
        "password_hash = coalesce(excluded.password_hash, password_hash), "
        "role = CASE WHEN excluded.role = 'owner' THEN 'owner' ELSE role END",
        (member.listener_id, member.role, member.password_hash, stored(member.joined_at)),
    )


def set_password(state: State, listener_id: str, password_hash: str) -> None:
    """Let a member have this password; every session of theirs ends."""
    with state.writing() as connection:
        connection.execute("UPDATE members SET password_hash = ? WHERE listener_id = ?", (password_hash, listener_id))
        connection.execute("DELETE FROM sessions WHERE listener_id = ?", (listener_id,))


def dismiss(state: State, listener_id: str, now: datetime) -> bool:
    """Let a listener be no member any more: sessions end, keys are revoked. Their plays stay. Whether they were one."""
    with state.writing() as connection:
        connection.execute("DELETE FROM sessions WHERE listener_id = ?", (listener_id,))
        revoke = "UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?) WHERE listener_id = ?"
        connection.execute(revoke, (stored(now), listener_id))
        return connection.execute("DELETE FROM members WHERE listener_id = ?", (listener_id,)).rowcount > 0


def _read(row: sqlite3.Row) -> Member:
    listener_id, role, password_hash, joined_at = row
    return Member(listener_id, role, password_hash, instant(joined_at))
