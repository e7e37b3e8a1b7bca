"""Local days and the stretch of them that a report covers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir


# Ibis has no expression for a zone. Both engines' SQL comes out of this name: `AT TIME ZONE` for DuckDB,
# `CONVERT_TIMEZONE` for Spark; the session's own zone has to be UTC.
@ibis.udf.scalar.builtin(signature=((dt.string, dt.Timestamp(timezone="UTC")), dt.timestamp))
def convert_timezone(zone, instant):  # type: ignore[no-untyped-def]
    """The wall clock of `zone` at `instant`."""


# A listener's zones: each with its first date, the first of them without.
Zones = Sequence[tuple[date | None, str]]


def localised(plays: ir.Table, zone: str) -> ir.Table:
    """The plays with `local_date`, `local_hour` and `timezone` as of `zone`, an IANA name, from `started_at`.

    An hour that the clock shows twice in autumn gathers both; the hour left out in spring has no plays.
    """
    clock = convert_timezone(zone, plays.started_at)
    return plays.mutate(local_date=clock.date(), local_hour=clock.hour(), timezone=ibis.literal(zone))


def local_date(instant: ir.TimestampValue, zones: Zones) -> ir.DateValue:
    """The date of an instant in the zone in which the listener lived then.

    A zone holds from 0:00 of its first date, by its own clocks, as `lake.zones` has it.
    """
    (_, first), *later = zones
    moves = [(datetime.combine(since, time(), ZoneInfo(zone)).astimezone(UTC), zone) for since, zone in later if since]
    branches = [
        (instant >= ibis.literal(moved, type="timestamp('UTC')"), convert_timezone(zone, instant).date())
        for moved, zone in reversed(moves)
    ]
    at_first = convert_timezone(first, instant).date()
    return ibis.cases(*branches, else_=at_first) if branches else at_first


def within(plays: ir.Table, first: date | None, last: date | None) -> ir.Table:
    """The plays that began between two local dates, both inclusive; None leaves that side open."""
    if first is not None:
        plays = plays.filter(plays.local_date >= first)
    if last is not None:
        plays = plays.filter(plays.local_date <= last)
    return plays
