"""Failed sign-ins: each is noted, and too many make the next one wait, longer each time, but never for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from groovelog.state.database import State, instant, stored

WINDOW = timedelta(minutes=15)
FIRST_WAIT_S = 15


@dataclass(frozen=True)
class Brake:
    """How often a key may fail within the window without a wait, and how long the longest wait is, in seconds."""

    key: str
    free: int
    longest_s: int


def brakes(name: str, address: str) -> tuple[Brake, ...]:
    """What holds back guesses of one password from one place, of many names from one place, of one name from many.

    The last waits shortly at most: else a stranger could keep a member out by failing in their name. Half a minute leaves
    2,880 guesses a day, against passwords of ten characters.
    """
    return (
        Brake(f"both:{name}@{address}", free=5, longest_s=900),
        Brake(f"address:{address}", free=20, longest_s=900),
        Brake(f"name:{name}", free=20, longest_s=30),
    )


def begin(state: State, held: Sequence[Brake], now: datetime) -> int | None:
    """Note an attempt as failed before it is looked at, so that many at once do not slip through: None, it may go on.

    Else the seconds to wait; then nothing is noted, so that who waits is let in. `forgive` takes it back.
    """
    with state.writing() as connection:
        connection.execute("DELETE FROM failed_attempts WHERE at <= ?", (stored(now - WINDOW),))
        wait = 0
        for brake in held:
            rows = connection.execute(
                "SELECT count(*), max(at) FROM failed_attempts WHERE key = ? AND at <= ?", (brake.key, stored(now))
            ).fetchone()
            if rows[0] >= brake.free:
                wait = max(wait, _wait(brake, rows[0], instant(rows[1]), now))
        if wait:
            return wait
        connection.executemany(
            "INSERT INTO failed_attempts VALUES (?, ?)", [(brake.key, stored(now)) for brake in held]
        )
    return None


def forgive(state: State, held: Sequence[Brake], now: datetime) -> None:
    """The attempt begun at `now` was a good one: forget it, and what failed before it from the same place in this name."""
    with state.writing() as connection:
        for brake in held:
            connection.execute("DELETE FROM failed_attempts WHERE key = ? AND at = ?", (brake.key, stored(now)))
        connection.execute("DELETE FROM failed_attempts WHERE key = ?", (held[0].key,))


def _wait(brake: Brake, failed: int, last: datetime, now: datetime) -> int:
    """Whole seconds still to wait: doubled with each failure from the last free one on."""
    wait_s = min(FIRST_WAIT_S * 2 ** min(failed - brake.free, 10), brake.longest_s)
    left = (last + timedelta(seconds=wait_s) - now).total_seconds()
    return max(0, -int(-left // 1))
