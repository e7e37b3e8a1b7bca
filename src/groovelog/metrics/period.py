"""Local days and the stretch of them that a report covers."""

from datetime import date

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir


# Ibis has no expression for a zone. Both engines' SQL comes out of this name: `AT TIME ZONE` for DuckDB,
# `CONVERT_TIMEZONE` for Spark; the session's own zone has to be UTC.
@ibis.udf.scalar.builtin(signature=((dt.string, dt.Timestamp(timezone="UTC")), dt.timestamp))
def convert_timezone(zone, instant):  # type: ignore[no-untyped-def]
    """The wall clock of `zone` at `instant`."""


def localised(plays: ir.Table, zone: str) -> ir.Table:
    """The plays with `local_date`, `local_hour` and `timezone` as of `zone`, an IANA name, from `started_at`.

    An hour that the clock shows twice in autumn gathers both; the hour left out in spring has no plays.
    """
    clock = convert_timezone(zone, plays.started_at)
    return plays.mutate(local_date=clock.date(), local_hour=clock.hour(), timezone=ibis.literal(zone))


def within(plays: ir.Table, first: date | None, last: date | None) -> ir.Table:
    """The plays that began between two local dates, both inclusive; None leaves that side open."""
    if first is not None:
        plays = plays.filter(plays.local_date >= first)
    if last is not None:
        plays = plays.filter(plays.local_date <= last)
    return plays
