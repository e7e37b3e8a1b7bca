"""A listener's habit: how many plays each hour of the week brings, on average. In UTC, and seconds since 1970."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from groovelog.lake.snapshot import Snapshot
from groovelog.tables import PLAYS

HOUR, HOURS = 3600, 168
WEEK = HOURS * HOUR
WEEKS = 8
# As metrics/rules.py has it: what is shorter was passed over.
COUNTED_MS = 30_000

# Plays in each of the 168 hours of the week, the first of which begins at a multiple of WEEK.
Hours = tuple[float, ...]


def usual(played: Sequence[float], until: float) -> Hours:
    """The mean plays of each hour of the week over the eight weeks before `until`: plays in it / weeks.

    Of whom less than a week is known every day is taken to be as those that are: mean plays of the hour of the day.
    Weeks and days are counted from the first play on, and one at least.
    """
    recent = [at for at in played if until - WEEKS * WEEK <= at < until]
    if not recent:
        return (0.0,) * HOURS
    known = until - min(recent)
    period = HOURS if known >= WEEK else 24
    counts = [0] * period
    for at in recent:
        counts[hour_of(at) % period] += 1
    times = max(1.0, known / (period * HOUR))
    return tuple(counts[hour % period] / times for hour in range(HOURS))


def expected(hours: Hours, began: float, ended: float) -> float:
    """Plays that the habit lets expect from `began` to `ended`: of each hour touched, its mean times the share touched."""
    plays = 0.0
    at = began
    while at < ended:
        end = min((at // HOUR + 1) * HOUR, ended)
        plays += hours[hour_of(at)] * (end - at) / HOUR
        at = end
    return plays


def hour_of(at: float) -> int:
    """The hour of the week of an instant, 0 to 167."""
    return int(at // HOUR) % HOURS


def counted_plays(snapshot: Snapshot, listener_id: str, until: datetime) -> list[float]:
    """When the counted plays of the eight weeks before `until` ended, in order."""
    own = snapshot.cut(PLAYS, listener_id)
    rows = snapshot.connection.execute(
        f"""
        SELECT epoch(coalesce(stopped_at, started_at)) AS ended FROM {own}
        WHERE started_at BETWEEN $since AND $until AND (ms_played IS NULL OR ms_played >= {COUNTED_MS}) ORDER BY ended
        """,
        {"since": (until - timedelta(weeks=WEEKS)).astimezone(UTC), "until": until.astimezone(UTC)},
    )
    return [at for (at,) in rows.fetchall()]
