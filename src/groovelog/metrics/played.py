"""How often each item was played on each day: what questions of taste over years are asked of."""

from datetime import date

import ibis
import ibis.expr.types as ir

from groovelog.metrics.items import items


def by_day(plays: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """Counted plays by item and day: `item_id`, `day` (the number of the local date, to count with), `plays`."""
    heard = items(plays.filter(plays.counted), tracks, what, "local_date")
    return heard.group_by("item_id", day=day_number(heard.local_date)).agg(plays=heard.count())


def day_number(dates: ir.DateValue) -> ir.IntegerValue:
    """The number of a date; the next day has the next."""
    return dates.epoch_days().cast("int64")


def last_day(plays: ir.Table, last: date | None) -> ir.IntegerValue:
    """The number of the last day of the record, see `last_date`."""
    return day_number(last_date(plays, last))


def last_date(plays: ir.Table, last: date | None) -> ir.DateValue:
    """The last day of the record: that asked for, else that of the last kept play."""
    return plays.local_date.max().as_scalar() if last is None else ibis.literal(last, type="date")
