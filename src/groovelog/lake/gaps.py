"""Gaps: stretches in which plays were likely missed, because the Web API lists the last 50 plays and no more.

A window of 50 plays that begins after the newest play known tells of a gap between the two. Without such a window nothing
was missed, however long nobody asked. A gap is closed by any export that has plays from both of its ends; that depends on
what is stored alone, and so it is worked out whenever gaps are read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from groovelog.lake.collections import READ, since_read
from groovelog.lake.delta import Slice
from groovelog.lake.habit import counted_plays, expected, usual
from groovelog.lake.run import Run
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Gap, Poll
from groovelog.tables import GAPS

FULL = 50
# Longer than any wait of pipeline/cadence.py: whoever has not asked for so long was not there.
STOPPED = timedelta(hours=3)
# No play so short is listed. Where the room before a window has no place for its first play and such a one, nothing was
# missed.
SHORTEST_PLAY = timedelta(seconds=30)
EXPORTS = ("spotify_extended", "spotify_account")
# An export has the play at an end of the gap, so far off at most: a clock's drift, and a stop that is told to the minute.
_NEAR = "INTERVAL 3 MINUTES"


@dataclass(frozen=True)
class Window:
    """What a poll listed: how many plays, when those that can be read were played, in order, and how long the first is."""

    plays: int
    instants: tuple[datetime, ...]
    first_length: timedelta

    @property
    def first_took(self) -> timedelta:
        """The first play's length; of somebody who skips, the usual distance between plays, where that is less."""
        between = sorted(later - earlier for earlier, later in pairwise(self.instants))
        return min(self.first_length, *between[len(between) // 2 :][:1])


def missed(window: Window, known: datetime | None) -> tuple[datetime, datetime] | None:
    """From when to when plays were likely missed before a window.

    `known` is the newest play known before, or where there is none, when nothing was listed yet.
    """
    if known is None or window.plays < FULL or not window.instants:
        return None
    room = window.instants[0] - known
    return (known, window.instants[0]) if room >= window.first_took + SHORTEST_PLAY else None


def known_before(newest: datetime | None, polls: Sequence[Poll]) -> datetime | None:
    """What `missed` starts from: the newest play known, else the last poll that was read, which listed none."""
    return newest or next((poll.asked_at for poll in polls if poll.outcome == READ), None)


def cause(polls: Sequence[Poll], now: datetime) -> str:
    """Why nothing was seen until now; `polls` are the last that was read, and the failures after it.

    What lasted longest: a failure from when it was met to the next poll; before the first of them a stopped host, or, if
    that was no longer than STOPPED, a window that filled up faster than it was asked for.
    """
    read = [poll for poll in polls if poll.outcome == READ]
    if not polls:
        return "stopped_host"
    ends = [*(poll.asked_at for poll in polls[1:]), now]
    lasted = [(end - poll.asked_at, poll.outcome) for poll, end in zip(polls, ends, strict=True)]
    silence, outcome = max(lasted, key=lambda one: one[0])
    if outcome != READ:
        return outcome
    return "stopped_host" if silence > STOPPED or not read else "full_window"


def keep(run: Run, listener_id: str, stretch: tuple[datetime, datetime], polls: Sequence[Poll]) -> Gap:
    """Add a gap that was found now."""
    began, ended = stretch
    hours = usual(counted_plays(run.snapshot, listener_id, began), began.timestamp())
    plays = expected(hours, began.timestamp(), ended.timestamp())
    gap = Gap(listener_id, began, ended, cause(polls, run.now), round(plays, 1))
    run.connection.execute("CREATE OR REPLACE TABLE new_gap AS SELECT * FROM gaps LIMIT 0")
    told = (listener_id, run.run_id, gap.began_at, gap.ended_at, gap.cause, gap.expected_plays, run.now)
    run.connection.execute("INSERT INTO new_gap VALUES (?, ?, ?, ?, ?, ?, ?)", told)
    run.write(GAPS, "SELECT * FROM new_gap", [Slice({"listener_id": listener_id})])
    return gap


def gaps(snapshot: Snapshot, now: datetime, signed_in: Collection[str]) -> list[Gap]:
    """Every gap of everybody, the earliest first; of the listeners signed in (ids) those, too, that last.

    One lasts while the last poll failed; and when nobody has asked for hours, and more plays are to be expected since than
    the Web API lists.
    """
    known = {person.listener_id for person in snapshot.listeners()}
    lasting = [gap for listener_id in signed_in if listener_id in known for gap in _lasting(snapshot, listener_id, now)]
    return sorted([*_found(snapshot), *lasting], key=lambda gap: (gap.began_at, gap.listener_id))


def _lasting(snapshot: Snapshot, listener_id: str, now: datetime) -> list[Gap]:
    polls = since_read(snapshot, listener_id)
    if not polls:
        return []
    began = polls[0].asked_at
    hours = usual(counted_plays(snapshot, listener_id, began), began.timestamp())
    plays = round(expected(hours, began.timestamp(), now.timestamp()), 1)
    if (outcome := polls[-1].outcome) != READ:
        return [Gap(listener_id, began, None, outcome, plays)]
    stopped = now - began > STOPPED and plays > FULL
    return [Gap(listener_id, began, None, "stopped_host", plays)] if stopped else []


def _found(snapshot: Snapshot) -> list[Gap]:
    """Those kept, with the moment from which an export covers them: both of its ends are in, and the gap is found."""
    if not snapshot.files(GAPS):
        return []
    rows = snapshot.connection.execute(f"""
        WITH exported AS (
            SELECT listener_id, started_at - {_NEAR} AS lo, stopped_at + {_NEAR} AS hi, committed_at
            FROM source_plays JOIN commits USING (run_id)
            WHERE source IN {EXPORTS} AND listener_id IN (SELECT listener_id FROM gaps)
        ), seen AS (
            SELECT any_value(gaps) AS gap,
                min(committed_at) FILTER (began_at BETWEEN lo AND hi) AS one_end,
                min(committed_at) FILTER (ended_at BETWEEN lo AND hi) AS other_end
            FROM gaps LEFT JOIN exported
                ON exported.listener_id = gaps.listener_id AND (began_at BETWEEN lo AND hi OR ended_at BETWEEN lo AND hi)
            GROUP BY gaps.listener_id, gaps.run_id
        )
        SELECT gap.listener_id, gap.began_at::TIMESTAMP, gap.ended_at::TIMESTAMP, gap.cause, gap.expected_plays,
            CASE WHEN one_end IS NOT NULL AND other_end IS NOT NULL
                THEN greatest(one_end, other_end, gap.found_at)::TIMESTAMP END
        FROM seen
    """).fetchall()
    return [
        Gap(listener_id, _utc(began), _utc(ended), cause, plays, closed and _utc(closed))
        for listener_id, began, ended, cause, plays, closed in rows
    ]


def _utc(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC)
