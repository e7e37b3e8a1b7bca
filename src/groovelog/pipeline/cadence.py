"""When to ask for a listener's plays next, by their own rhythm. Pure; instants are seconds since 1970, waits are seconds.

The Web API lists the last 50 plays. So the wait is as long as it takes to fill most of such a window at the fastest pace
that the listener was seen to play at, just now or at this time of day; beyond that it is a matter of how soon plays are
to be seen, and of the quota: 35 minutes while somebody listens, 60 when not, 90 at hours that never brought anything.
The numbers are chosen by benchmarks/polling.py.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from groovelog.lake.gaps import FULL
from groovelog.lake.habit import HOUR, WEEK

MINUTE = 60
SHORTEST, ACTIVE, IDLE, ASLEEP = (minutes * MINUTE for minutes in (10, 35, 60, 90))
# Before anything is known of somebody, and for so long: a week has shown most of what somebody does.
UNKNOWN, KNOWN_AFTER = 45 * MINUTE, WEEK
# Whoever played something so recently listens; whoever did not for so long, does not.
LISTENING, SILENT = 45 * MINUTE, 3 * HOUR
# A pace is measured over so long; how much of a window it may fill until the next poll; how far back paces are looked at.
STRETCH = 20 * MINUTE
FILL = 0.8 * FULL
PACES_OF = 4 * WEEK
# Waits differ by so much either way, so that the polls of several listeners do not stay side by side.
JITTER = 0.05


@dataclass(frozen=True)
class Rhythm:
    """How somebody plays: since when that is known, and by hour of the day (UTC) the most plays in 20 minutes, and whether
    there were any in that hour or the two after it."""

    since: float | None
    paces: tuple[int, ...]
    awake: tuple[bool, ...]


def rhythm(played: Sequence[float]) -> Rhythm:
    """From the instants of plays, in order, of which the last four weeks count."""
    if not played:
        return Rhythm(None, (0,) * 24, (False,) * 24)
    first = bisect_left(played, played[-1] - PACES_OF)
    recent = played[first:]
    paces = [0] * 24
    end = 0
    for begin, at in enumerate(recent):
        while end < len(recent) and recent[end] < at + STRETCH:
            end += 1
        hour = _hour(at)
        paces[hour] = max(paces[hour], end - begin)
    ahead = [max(paces[hour], paces[(hour + 1) % 24]) for hour in range(24)]
    awake = [any(paces[(hour + later) % 24] for later in range(3)) for hour in range(24)]
    return Rhythm(recent[0], tuple(ahead), tuple(awake))


def wait(known: Rhythm, latest: Sequence[float], now: float, chance: float) -> float:
    """How long to wait until the next poll.

    `latest` are the instants of the last plays, in order, as many as a window holds at most; `chance`, from 0 to 1, jitters.
    """
    hour = _hour(now)
    newest = latest[-1] if latest else None
    listening = newest is not None and now - newest < LISTENING
    pace = known.paces[hour]
    if listening and newest is not None:
        pace = max(pace, len(latest) - bisect_right(latest, newest - STRETCH))
    longest = _longest(known, newest, hour, now, listening=listening)
    filled = STRETCH * FILL / pace if pace else longest
    return max(SHORTEST, min(longest, filled)) * (1 + JITTER * (2 * chance - 1))


def _longest(known: Rhythm, newest: float | None, hour: int, now: float, *, listening: bool) -> float:
    if listening:
        return ACTIVE
    if known.since is None or now - known.since < KNOWN_AFTER:
        return UNKNOWN
    silent = newest is None or now - newest > SILENT
    return ASLEEP if silent and not known.awake[hour] else IDLE


def _hour(at: float) -> int:
    return int(at // HOUR) % 24
