"""The ledger: every request to Spotify, and until when none may be sent. Shared by all processes, kept over restarts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from groovelog.state.database import State, instant, stored

DAY, RATE_WINDOW = timedelta(hours=24), timedelta(seconds=30)
KEPT_CALLS, KEPT_BLOCKS = timedelta(days=8), timedelta(days=60)
# The longest that Spotify was seen to ask for is a day; what lies further ahead was written by a clock gone wrong.
LONGEST_BLOCK = timedelta(hours=48)
# Clocks of threads and processes are read before the file is locked.
_CLOCK_SLACK = timedelta(minutes=1)


@dataclass(frozen=True)
class Block:
    """No call of a developer account, or of one listener (`scope`, `key`), from `since` to `until` (UTC)."""

    scope: Literal["account", "listener"]
    key: str
    since: datetime
    until: datetime
    reason: str


@dataclass(frozen=True)
class Caller:
    """For whom a request is sent: the developer account whose quota it uses, its app, the listener."""

    account: str
    client_id: str
    listener_id: str


def begin(state: State, caller: Caller, kind: str, now: datetime) -> int:
    """Write a request down before it is sent, so that one whose process dies counts too; returns its number."""
    with state.writing() as connection:
        connection.execute("DELETE FROM calls WHERE at < ?", (stored(now - KEPT_CALLS),))
        columns = "account, client_id, listener_id, kind, at"
        row = (caller.account, caller.client_id, caller.listener_id, kind, stored(now))
        made = connection.execute(f"INSERT INTO calls ({columns}) VALUES (?, ?, ?, ?, ?)", row).lastrowid
    return int(made or 0)


def end(state: State, call_id: int, status: int | None, reason: str | None = None) -> None:
    """What came of it: the HTTP status, None where there was no answer; why not, where it failed."""
    with state.writing() as connection:
        change = "UPDATE calls SET status = ?, reason = ? WHERE call_id = ?"
        connection.execute(change, (status, reason, call_id))


def times(state: State, account: str, now: datetime, window: timedelta) -> list[tuple[datetime, str]]:
    """When and of which kind the account's calls of the window were, oldest first."""
    query = "SELECT at, kind FROM calls WHERE account = ? AND at > ? AND at <= ? ORDER BY at"
    with state.reading() as connection:
        bounds = (account, stored(now - window), stored(now + _CLOCK_SLACK))
        return [(instant(at), kind) for at, kind in connection.execute(query, bounds).fetchall()]


def calls_24h(state: State, client_ids: list[str], now: datetime) -> int:
    """How many requests to the Web API these apps have sent within 24 hours; those to the token endpoint are not counted."""
    marks = ", ".join("?" * len(client_ids))
    query = f"SELECT count(*) FROM calls WHERE client_id IN ({marks}) AND at > ? AND at <= ? AND kind <> 'token'"
    with state.reading() as connection:
        bounds = (*client_ids, stored(now - DAY), stored(now + _CLOCK_SLACK))
        ((count,),) = connection.execute(query, bounds).fetchall()
    return int(count)


def block(state: State, added: Block) -> None:
    """Keep a block; those over for two months go."""
    with state.writing() as connection:
        connection.execute("DELETE FROM blocks WHERE until < ?", (stored(added.since - KEPT_BLOCKS),))
        row = (added.scope, added.key, stored(added.since), stored(added.until), added.reason)
        connection.execute("INSERT INTO blocks (scope, key, since, until, reason) VALUES (?, ?, ?, ?, ?)", row)


def lift(state: State, listener_id: str, now: datetime) -> None:
    """End what blocks the listener alone: they have signed in anew."""
    with state.writing() as connection:
        change = "UPDATE blocks SET until = ? WHERE scope = 'listener' AND key = ? AND until > ?"
        connection.execute(change, (stored(now), listener_id, stored(now)))


def blocks(state: State, now: datetime) -> list[Block]:
    """Those that hold now, the one that ends last first."""
    bounds = (stored(now), stored(now + LONGEST_BLOCK))
    with state.reading() as connection:
        query = "SELECT scope, key, since, until, reason FROM blocks WHERE until > ? AND until <= ? ORDER BY until DESC"
        return [_read(row) for row in connection.execute(query, bounds).fetchall()]


def past_blocks(state: State, since: datetime) -> list[Block]:
    """Those that held at any time since, over or not, in order."""
    with state.reading() as connection:
        query = "SELECT scope, key, since, until, reason FROM blocks WHERE until > ? ORDER BY since"
        return [_read(row) for row in connection.execute(query, (stored(since),)).fetchall()]


def _read(row: tuple[Literal["account", "listener"], str, str, str, str]) -> Block:
    scope, key, since, until, reason = row
    return Block(scope, key, instant(since), instant(until), reason)
