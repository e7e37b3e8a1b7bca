"""Sessions: plays of one listener with no silence between them longer than asked for.

A session is told by its first play, and shown with the plays of the period and kind that lie in it, if one of them counts.
Counts and times are of its counted plays; start, stop and skips of all that are shown, for a skip seldom counts.
"""

import ibis
import ibis.expr.types as ir

from groovelog.errors import UsageError
from groovelog.metrics.ids import ID_DIGITS, digits
from groovelog.metrics.items import items
from groovelog.metrics.period import convert_timezone

STORED_SILENCE = 30  # minutes: the sessions that are kept with the plays

BINGE, ROUTINE = "late-night binge", "morning routine"
BINGE_MS = 2 * 60 * 60 * 1000
NIGHT_HOURS = (0, 4)
MORNING_HOURS = (5, 10)
# A routine keeps its hour, and five mornings are the least that have a middle worth the name.
MORNING_SECONDS = 45 * 60
MORNINGS_NEEDED = 5
SATURDAY = 5  # days of the week from Monday, which is 0

HOURS_A_DAY = 24
LARGEST_ID = 2**63 - 1

COLUMNS = (
    "session_id", "local_date", "start_hour", "started_at", "stopped_at", "plays", "tracks", "artists", "ms_played",
    "skips", "skip_rate", "label",
)  # fmt: skip


def sessions(plays: ir.Table, tracks: ir.Table, kept: ir.Table, *, silence: int, top: int | None = None) -> ir.Table:
    """The sessions, newest first; the columns are described in the report `sessions`."""
    rows = _described(in_sessions(plays, kept, silence), tracks)
    return _told(rows.order_by(ibis.desc("started_at"), ibis.desc("session_id")).limit(top))


def late_night_binges(
    plays: ir.Table, tracks: ir.Table, kept: ir.Table, *, silence: int, top: int | None = None
) -> ir.Table:
    """The sessions labelled a late-night binge, longest first."""
    rows = _described(in_sessions(plays, kept, silence), tracks)
    order = [ibis.desc("ms_played"), ibis.desc("started_at"), ibis.desc("session_id")]
    return _told(rows.filter(rows.label == BINGE).order_by(order).limit(top))


def morning_routines(
    plays: ir.Table, tracks: ir.Table, kept: ir.Table, *, silence: int, top: int | None = None
) -> ir.Table:
    """The sessions labelled a morning routine, newest first."""
    rows = _described(in_sessions(plays, kept, silence), tracks)
    order = [ibis.desc("started_at"), ibis.desc("session_id")]
    return _told(rows.filter(rows.label == ROUTINE).order_by(order).limit(top))


def by_hour(plays: ir.Table, kept: ir.Table, silence: int) -> ir.Table:
    """Sessions by the local hour in which they started, all 24; described in the report `sessions-by-hour`."""
    rows = measured(in_sessions(plays, kept, silence))
    sums = rows.group_by("start_hour").agg(
        sessions=rows.count(),
        plays=rows.plays.sum(),
        ms_played=rows.ms_played.sum(),
        median_ms=rows.ms_played.median(),
        skips=rows.skips.sum(),
        known_skips=rows.known_skips.sum(),
    )
    hours = ibis.range(HOURS_A_DAY).unnest().name("hour").as_table()
    joined = hours.left_join(sums, [("hour", "start_hour")])
    return joined.select(
        start_hour=joined.hour,
        sessions=joined.sessions.fill_null(0),
        plays=joined.plays.fill_null(0),
        ms_played=joined.ms_played.fill_null(0),
        mean_ms=joined.ms_played // joined.sessions,
        median_ms=joined.median_ms.floor().cast("int64"),
        skip_rate=joined.skips / joined.known_skips.nullif(0),
    ).order_by("start_hour")


def _described(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """Labelled sessions with `tracks` and `artists`, and `skip_rate`."""
    rows = labelled(measured(plays))
    for name, what in (("tracks", "track"), ("artists", "artist")):
        heard = items(plays.filter(plays.counted), tracks, what, "session_id").distinct()
        counts = heard.group_by(session_of="session_id").agg(**{name: heard.item_id.count()})
        rows = rows.left_join(counts, [("session_id", "session_of")]).drop("session_of")
        rows = rows.mutate(**{name: rows[name].fill_null(0)})
    return rows.mutate(skip_rate=rows.skips / rows.known_skips.nullif(0))


def _told(rows: ir.Table) -> ir.Table:
    return rows.mutate(session_id=digits(rows.session_id)).select(*COLUMNS)


def in_sessions(plays: ir.Table, kept: ir.Table, silence: int) -> ir.Table:
    """The plays with `session_id` under the silence, in minutes. `kept` is every play of the listener."""
    if silence == STORED_SILENCE:
        return plays
    found = plays.drop("session_id").inner_join(cut(kept, silence), "play_id")
    return found.mutate(session_id=found.session_id).select(*plays.columns)


def cut(kept: ir.Table, silence: int) -> ir.Table:
    """`play_id` and `session_id` of all plays: as they are kept for half an hour (see `lake.reconcile`), for any silence.

    A play opens a session when it starts later than the silence after the latest stop of all before it. Its stop is as
    told, else its start and its length, else its start.
    """
    lasted = kept.length_ms.fill_null(0).as_interval("ms")
    slim = kept.select("play_id", "started_at", stopped_at=ibis.coalesce(kept.stopped_at, kept.started_at + lasted))
    order = [slim.started_at, slim.play_id]
    ended = slim.stopped_at.max().over(ibis.window(order_by=order, preceding=(None, 1)))
    opens = (slim.started_at > ended + ibis.interval(minutes=silence)).fill_null(True)
    marked = slim.mutate(opened=opens.cast("int64"))
    # The nth session is that of which n openers have gone by; its first play is its opener.
    so_far = ibis.cumulative_window(order_by=[marked.started_at, marked.play_id])
    counted = marked.mutate(session_no=marked.opened.sum().over(so_far))
    first = counted.play_id.first().over(group_by=counted.session_no, order_by=[counted.started_at, counted.play_id])
    return counted.select("play_id", session_id=first)


def stop(plays: ir.Table) -> ir.TimestampValue:
    """When each play ended: as told, else after its time (see `metrics.estimated`), else as it began."""
    return ibis.coalesce(plays.stopped_at, plays.started_at + plays.ms_played.fill_null(0).as_interval("ms"))


def measured(plays: ir.Table) -> ir.Table:
    """One row for each session with a counted play.

    `session_id`, `started_at`, `stopped_at`, `local_date` and `start_hour` of its first play, `timezone` of it; `plays`,
    `ms_played`, `night_plays`; `skips` and `known_skips`, of all plays.
    """
    counts = plays.counted.fill_null(False)
    at_night = plays.local_hour.between(*NIGHT_HOURS)
    # Of equal starts the local date, hour and zone are equal, too, but for a zone that changed in that very instant.
    rows = plays.group_by("session_id").agg(
        started_at=plays.started_at.min(),
        stopped_at=stop(plays).max(),
        local_date=plays.local_date.argmin(plays.started_at),
        start_hour=plays.local_hour.argmin(plays.started_at),
        timezone=plays.timezone.argmin(plays.started_at),
        plays=plays.count(where=counts),
        ms_played=plays.ms_played.sum(where=counts).fill_null(0).cast("int64"),
        night_plays=plays.count(where=counts & at_night),
        skips=plays.count(where=plays.skipped),
        known_skips=plays.skipped.count(),
    )
    return rows.filter(rows.plays > 0)


def labelled(rows: ir.Table) -> ir.Table:
    """Measured sessions with `label`; see the report `sessions`."""
    clock = convert_timezone(rows.timezone, rows.started_at)
    second = clock.hour() * 3600 + clock.minute() * 60 + clock.second()
    awake = rows.start_hour >= MORNING_HOURS[0]
    timed = rows.mutate(second=second, weekend=rows.local_date.day_of_week.index() >= SATURDAY, awake=awake)
    order = [timed.started_at, timed.session_id]
    placed = timed.mutate(nth=ibis.row_number().over(group_by=[timed.local_date, timed.awake], order_by=order))
    in_morning = placed.awake & (placed.nth == 0) & (placed.start_hour <= MORNING_HOURS[1])
    mornings = placed.mutate(morning=in_morning)
    middles = mornings.group_by(weekend_of="weekend").agg(
        middle=mornings.second.median(where=mornings.morning), mornings=mornings.count(where=mornings.morning)
    )
    enough = middles.filter(middles.mornings >= MORNINGS_NEEDED).select("weekend_of", "middle")
    joined = mornings.left_join(enough, [("weekend", "weekend_of")])
    routine = joined.morning & ((joined.second - joined.middle).abs() <= MORNING_SECONDS)
    binge = (joined.ms_played >= BINGE_MS) & (joined.night_plays > 0)
    return joined.mutate(label=ibis.cases((binge, BINGE), (routine, ROUTINE))).select(*rows.columns, "label")


def of_id(session: str) -> int:
    """The number of a session printed in hexadecimal digits. Raises UsageError where it cannot be one."""
    try:
        number = int(session, 16)
    except ValueError:
        number = -1
    if not 0 <= number <= LARGEST_ID:
        raise UsageError(
            f"A session is told by {ID_DIGITS} hexadecimal digits, as sessions has them; not by {session!r}."
        )
    return number
