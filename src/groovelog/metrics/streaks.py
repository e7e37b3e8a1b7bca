"""Days with plays one after the other, and days without."""

from datetime import date

import ibis
import ibis.expr.types as ir

from groovelog.metrics.days import per_day


def stretches(days: ir.Table) -> ir.Table:
    """Days without a gap put together: `from_date`, `to_date`, `days`, `plays`, `ms_played`.

    `days` has a row for each `local_date`, with `plays` and `ms_played`.
    """
    # Days of one stretch are all as far from their place in the order of days.
    placed = days.mutate(stretch=days.local_date.epoch_days() - ibis.row_number().over(order_by=days.local_date))
    return placed.group_by("stretch").agg(
        from_date=placed.local_date.min(),
        to_date=placed.local_date.max(),
        days=placed.count(),
        plays=placed.plays.sum().cast("int64"),
        ms_played=placed.ms_played.sum().cast("int64"),
    )


def silences(days: ir.Table) -> ir.Table:
    """What lies between each day of `days` and the one before it: `from_date` and `to_date`, days without plays, and `days`.

    Only where there is one: days that follow each other have nothing between them.
    """
    before = days.local_date.lag().over(order_by=days.local_date)
    between = days.mutate(before=before, days=days.local_date.epoch_days() - before.epoch_days() - 1)
    between = between.filter(between.days > 0)
    one_day = ibis.interval(days=1)
    return between.select(
        "days",
        from_date=(between.before + one_day).cast("date"),
        to_date=(between.local_date - one_day).cast("date"),
    )


def streaks(plays: ir.Table, top: int | None, last: date | None) -> ir.Table:
    """Stretches of consecutive local days with counted plays, the longest first, of equally long ones the earliest.

    `rank`, `from_date`, `to_date`, `days`, `plays`, `ms_played`, and `current`: it reaches the end of the record, or the day
    before it, for the last day may not be over. The end is `last`, else the local date of the last kept play.
    """
    days = per_day(plays)
    end = plays.local_date.max().as_scalar() if last is None else ibis.literal(last)
    runs = stretches(days.filter(days.plays > 0))
    told = runs.mutate(current=runs.to_date.epoch_days() >= end.epoch_days() - 1)
    order = [ibis.desc(told.days), told.from_date]
    ranked = told.mutate(rank=ibis.row_number().over(order_by=order) + 1)
    return (
        ranked.select("rank", "from_date", "to_date", "days", "plays", "ms_played", "current")
        .order_by("rank")
        .limit(top)
    )
