"""What is remembered of polling, by listener: when next, cursors, what was read when."""

from datetime import datetime

from groovelog.state.database import State, instant, stored

_NEXT = "next_poll_at"


def next_poll_at(state: State, listener_id: str) -> datetime | None:
    """When the listener's plays are asked for next; None where nothing is planned."""
    kept = value(state, listener_id, _NEXT)
    return instant(kept) if kept else None


def set_next_poll_at(state: State, listener_id: str, at: datetime | None) -> None:
    if at is None:
        _forget(state, listener_id, _NEXT)
    else:
        set_value(state, listener_id, _NEXT, stored(at), at=at)


def value(state: State, listener_id: str, key: str) -> str | None:
    return values(state, listener_id).get(key, (None, None))[0]


def values(state: State, listener_id: str) -> dict[str, tuple[str, datetime]]:
    """All that is remembered of a listener: key -> value, and the instant it was written with."""
    with state.reading() as connection:
        rows = connection.execute("SELECT key, value, at FROM polls WHERE listener_id = ?", (listener_id,)).fetchall()
    return {key: (kept, instant(at)) for key, kept, at in rows}


def set_value(state: State, listener_id: str, key: str, kept: str, *, at: datetime) -> None:
    with state.writing() as connection:
        row = (listener_id, key, kept, stored(at))
        connection.execute("INSERT OR REPLACE INTO polls (listener_id, key, value, at) VALUES (?, ?, ?, ?)", row)


def forget(state: State, listener_id: str) -> None:
    """Remember nothing of a listener any more."""
    with state.writing() as connection:
        connection.execute("DELETE FROM polls WHERE listener_id = ?", (listener_id,))


def _forget(state: State, listener_id: str, key: str) -> None:
    with state.writing() as connection:
        connection.execute("DELETE FROM polls WHERE listener_id = ? AND key = ?", (listener_id, key))
