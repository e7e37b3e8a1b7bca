"""When the listening happens, by local dates and hours."""

import ibis
import ibis.expr.types as ir

HOURS_A_DAY = 24
HOURS_A_WEEK = 7 * HOURS_A_DAY


def by_month(plays: ir.Table) -> ir.Table:
    """Counted plays and their time by local month: `month` (its first day), `plays`, `ms_played`.

    Every month from the first kept play to the last is there, with 0 where nothing counts. No plays, no rows.
    """
    dated = plays.mutate(month_no=plays.local_date.year() * 12 + plays.local_date.month() - 1)
    ends = dated.agg(first=dated.month_no.min(), last=dated.month_no.max())
    months = ends.select(month_no=ibis.range(ends.first, ends.last + 1).unnest())
    counted = dated.filter(dated.counted)
    heard = counted.group_by("month_no").agg(plays=counted.count(), ms_played=counted.ms_played.sum())
    joined = months.left_join(heard, "month_no")
    return joined.select(
        month=ibis.date(joined.month_no // 12, joined.month_no % 12 + 1, 1),
        plays=joined.plays.fill_null(0),
        ms_played=joined.ms_played.fill_null(0),
    ).order_by("month")


def heatmap(plays: ir.Table) -> ir.Table:
    """Counted plays and their time by `weekday` (1 is Monday) and `hour` (0 to 23): all 168 cells.

    A play lies whole in the hour in which it began, also when it runs over midnight.
    """
    counted = plays.filter(plays.counted)
    placed = counted.mutate(weekday=counted.local_date.day_of_week.index() + 1)
    heard = placed.group_by("weekday", "local_hour").agg(plays=placed.count(), ms_played=placed.ms_played.sum())
    cells = ibis.range(HOURS_A_WEEK).unnest().name("cell").as_table()
    cells = cells.select(weekday=cells.cell // HOURS_A_DAY + 1, hour=cells.cell % HOURS_A_DAY)
    joined = cells.left_join(heard, ["weekday", ("hour", "local_hour")])
    return joined.select(
        "weekday", "hour", plays=joined.plays.fill_null(0), ms_played=joined.ms_played.fill_null(0)
    ).order_by("weekday", "hour")
