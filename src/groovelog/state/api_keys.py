"""API keys: what a program shows instead of a sign-in. Each is of one listener and one scope, and told once."""

import hashlib
import secrets
import sqlite3
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from groovelog.state.database import State, instant, stored

# submit: bring plays in, and read them back; read: ask, and change nothing; write: all that the listener themselves may.
Scope = Literal["read", "submit", "write"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

# Uses are noted no closer than this: to ask does not write each time.
NOTED = timedelta(minutes=1)

_COLUMNS = "key_id, listener_id, scope, created_at, last_used_at, revoked_at"


@dataclass(frozen=True)
class ApiKey:
    """A key as it is listed: without itself."""

    key_id: str
    listener_id: str
    scope: Scope
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


def create(state: State, listener_id: str, scope: Scope, now: datetime) -> tuple[str, ApiKey]:
    """A new key, which nothing tells again, and how it is listed. It is a random UUID: some scrobblers take no other."""
    key = str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))
    made = ApiKey(secrets.token_hex(4), listener_id, scope, now)
    with state.writing() as connection:
        connection.execute(
            "INSERT INTO api_keys (key_id, key_hash, listener_id, scope, created_at) VALUES (?, ?, ?, ?, ?)",
            (made.key_id, _hash(key), listener_id, scope, stored(now)),
        )
    return key, made


def find(state: State, key: str, now: datetime) -> ApiKey | None:
    """The key, unless it is unknown or revoked; that it was used is noted."""
    with state.reading() as connection:
        query = f"SELECT {_COLUMNS} FROM api_keys WHERE key_hash = ? AND revoked_at IS NULL"
        row = connection.execute(query, (_hash(key),)).fetchone()
    if row is None:
        return None
    found = _read(row)
    if found.last_used_at is None or now - found.last_used_at >= NOTED:
        with state.writing() as connection:
            connection.execute("UPDATE api_keys SET last_used_at = ? WHERE key_id = ?", (stored(now), found.key_id))
    return found


def all_of(state: State, listener_id: str | None = None) -> list[ApiKey]:
    """Everybody's, or one listener's, the oldest first; the revoked too."""
    with state.reading() as connection:
        query = (
            f"SELECT {_COLUMNS} FROM api_keys WHERE listener_id = coalesce(?, listener_id) ORDER BY created_at, key_id"
        )
        rows = connection.execute(query, (listener_id,)).fetchall()
    return [_read(row) for row in rows]


def revoke(state: State, key_id: str, now: datetime) -> bool:
    """End it, for good; whether there is such a key. One that was revoked before keeps its time."""
    with state.writing() as connection:
        change = "UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?) WHERE key_id = ?"
        return connection.execute(change, (stored(now), key_id)).rowcount > 0


def _hash(key: str) -> str:
    # A key is 122 random bits: a slow hash would add nothing.
    return hashlib.sha256(key.encode()).hexdigest()


def _read(row: sqlite3.Row) -> ApiKey:
    key_id, listener_id, scope, created_at, last_used_at, revoked_at = row
    return ApiKey(
        key_id, listener_id, scope, instant(created_at),
        instant(last_used_at) if last_used_at else None, instant(revoked_at) if revoked_at else None,
    )  # fmt: skip
