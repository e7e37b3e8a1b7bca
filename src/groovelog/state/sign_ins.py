"""Sign-ins: which Spotify account a listener is connected to, what they granted, until when; one for each listener.

A sign-in is never deleted because a refresh failed: an outage of Spotify once called good consents revoked.
"""

import calendar
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from groovelog.state.database import State, instant, stored
from groovelog.state.sealing import Unsealable, seal, unseal

# Spotify lets a refresh token live six months from the consent on, however often it is used (since 2026-06-18).
CONSENT_MONTHS = 6

REVOKED, KEY_LOST = "consent_ended", "key_lost"

_COLUMNS = "listener_id, client_id, account_id, display_name, scopes, authorized_at, state, reason"


@dataclass(frozen=True)
class SignIn:
    """A listener's sign-in, without its tokens. `reason` says why the state is not ok: consent_ended or key_lost."""

    listener_id: str
    client_id: str
    account_id: str | None
    display_name: str | None
    scopes: frozenset[str]
    authorized_at: datetime
    state: Literal["ok", "reauth_required"] = "ok"
    reason: str | None = None

    @property
    def consent_expires_at(self) -> datetime:
        return months_later(self.authorized_at, CONSENT_MONTHS)


@dataclass(frozen=True)
class Tokens:
    """What opens an account; hides itself."""

    access: str = field(repr=False)
    access_expires_at: datetime
    refresh: str = field(repr=False)


def save(state: State, sign_in: SignIn, tokens: Tokens) -> None:
    """Keep a new sign-in in place of the listener's last."""
    access, refresh = seal(state, tokens.access), seal(state, tokens.refresh)
    row = (
        *(sign_in.listener_id, sign_in.client_id, sign_in.account_id, sign_in.display_name),
        *(" ".join(sorted(sign_in.scopes)), stored(sign_in.authorized_at), sign_in.state, sign_in.reason),
        *(access, stored(tokens.access_expires_at), refresh),
    )
    columns = f"{_COLUMNS}, access_token, access_expires_at, refresh_token"
    with state.writing() as connection:
        connection.execute(f"INSERT OR REPLACE INTO sign_ins ({columns}) VALUES ({', '.join('?' * len(row))})", row)


def of(state: State, listener_id: str) -> SignIn | None:
    with state.reading() as connection:
        row = connection.execute(f"SELECT {_COLUMNS} FROM sign_ins WHERE listener_id = ?", (listener_id,)).fetchone()
    return _read(row) if row else None


def all_of(state: State) -> list[SignIn]:
    """Everybody's, in the order in which they were given."""
    with state.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM sign_ins ORDER BY authorized_at, listener_id").fetchall()
    return [_read(row) for row in rows]


def tokens(state: State, sign_in: SignIn) -> Tokens:
    """Raises Unsealable where their key is lost, or the sign-in was taken away."""
    with state.reading() as connection:
        query = "SELECT access_token, access_expires_at, refresh_token FROM sign_ins WHERE listener_id = ?"
        row = connection.execute(query, (sign_in.listener_id,)).fetchone()
    if row is None:
        raise Unsealable
    return Tokens(unseal(state, row[0]), instant(row[1]), unseal(state, row[2]))


def save_tokens(state: State, sign_in: SignIn, fresh: Tokens, scopes: frozenset[str]) -> None:
    """Keep refreshed tokens, unless the listener has signed in anew since."""
    access, refresh = seal(state, fresh.access), seal(state, fresh.refresh)
    change = "access_token = ?, access_expires_at = ?, refresh_token = ?, scopes = ?"
    values = (access, stored(fresh.access_expires_at), refresh, " ".join(sorted(scopes)))
    _update(state, sign_in, change, values)


def need_reauth(state: State, sign_in: SignIn, reason: str) -> None:
    """From here on nothing is sent for this listener, unless they have signed in anew since."""
    _update(state, sign_in, "state = 'reauth_required', reason = ?", (reason,))


def set_account(state: State, listener_id: str, account_id: str | None, display_name: str | None) -> None:
    with state.writing() as connection:
        change = "UPDATE sign_ins SET account_id = ?, display_name = ? WHERE listener_id = ?"
        connection.execute(change, (account_id, display_name, listener_id))


def forget(state: State, listener_id: str) -> bool:
    """Take the sign-in and its tokens away; whether there was one."""
    with state.writing() as connection:
        return connection.execute("DELETE FROM sign_ins WHERE listener_id = ?", (listener_id,)).rowcount > 0


def months_later(start: datetime, months: int) -> datetime:
    """The same day of the month that many months on, or that month's last: 31 August and six months is 28 February."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return start.replace(year=year, month=month, day=min(start.day, calendar.monthrange(year, month)[1])).astimezone(
        UTC
    )


def _update(state: State, sign_in: SignIn, change: str, values: tuple[object, ...]) -> None:
    with state.writing() as connection:
        connection.execute(
            f"UPDATE sign_ins SET {change} WHERE listener_id = ? AND authorized_at = ?",
            (*values, sign_in.listener_id, stored(sign_in.authorized_at)),
        )


def _read(row: sqlite3.Row) -> SignIn:
    listener_id, client_id, account_id, display_name, scopes, authorized_at, state, reason = row
    granted = frozenset(scopes.split())
    return SignIn(listener_id, client_id, account_id, display_name, granted, instant(authorized_at), state, reason)
