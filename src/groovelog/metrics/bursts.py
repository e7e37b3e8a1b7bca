"""Obsessions: an item played far more within days than in all the rest of the record."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics import steps
from groovelog.metrics.items import NAMES, named_items
from groovelog.metrics.played import by_day
from groovelog.metrics.rules import LEAST_BURST

LEAST_TIMES = 5.0  # its base rate
HALF_A_PLAY = 0.5  # added to the other plays: an item never played else has a base rate, too


def obsessions(plays: ir.Table, tracks: ir.Table, what: str, window: int, top: int | None = None) -> ir.Table:
    """Bursts of an item against its own base rate, the largest first; described in the report `obsessions`."""
    record = plays.agg(first=plays.local_date.min().epoch_days(), last=plays.local_date.max().epoch_days())
    days = by_day(plays, tracks, what)
    bursts = _bursts(_busy(days, record, window), record, window)
    beside = bursts.join(days.select("day", day_of="item_id", played="plays"), [("item_id", "day_of")])
    inside = (beside.day >= beside.from_day) & (beside.day <= beside.until_day)
    around = beside.group_by("item_id", "from_day", "times_base").agg(
        to_day=beside.day.max(where=inside),
        plays=beside.played.sum(where=inside),
        plays_before=beside.played.sum(where=beside.day < beside.from_day).fill_null(0),
        plays_after=beside.played.sum(where=beside.day > beside.until_day).fill_null(0),
    )
    shared = _with_share(around, plays)
    named = named_items(shared, tracks, what)
    ordered = named.order_by(ibis.desc("plays"), ibis.desc("times_base"), *NAMES, "from_day").limit(top)
    return ordered.select(
        "name",
        "artist_name",
        from_date=steps.day(ordered.from_day),
        to_date=steps.day(ordered.to_day),
        days=ordered.to_day - ordered.from_day + 1,
        plays=ordered.plays,
        plays_before=ordered.plays_before,
        plays_after=ordered.plays_after,
        times_base=ordered.times_base,
        share_of_plays=ordered.share_of_plays,
    )


def _busy(days: ir.Table, record: ir.Table, window: int) -> ir.Table:
    """The days of items that can have a burst, so that few are looked at closely.

    A window lies in two stretches of its length, so that one of them holds half of its plays. These are LEAST_BURST at
    least, and p of them are LEAST_TIMES their base rate (t - p + 1/2) w / o only if p >= 5 (t + 1/2) w / (o + 5 w), where t
    is all plays of the item, w the length of the window and o, the days outside, is at most those of the record.
    """
    stretches = days.group_by("item_id", stretch=days.day // window).agg(plays=days.plays.sum())
    sums = stretches.group_by("item_id").agg(most=stretches.plays.max(), total=stretches.plays.sum()).cross_join(record)
    length = sums["last"] - sums["first"] + 1
    enough = (sums.most * 2 >= LEAST_BURST) & (
        sums.most * 2 * (length + LEAST_TIMES * window) >= LEAST_TIMES * (sums.total + HALF_A_PLAY) * window
    )
    return days.semi_join(sums.filter(enough), "item_id")


def _bursts(days: ir.Table, record: ir.Table, window: int) -> ir.Table:
    """Windows that are bursts, those that have a day in common as one: `item_id`, `from_day`, `until_day`, `times_base`."""
    ahead = ibis.window(group_by=days.item_id, order_by=days.day, range=(0, window - 1))
    counted = days.mutate(within=days.plays.sum().over(ahead), total=days.plays.sum().over(group_by=days.item_id))
    counted = counted.filter(counted.within >= LEAST_BURST).cross_join(record)
    within_record = ibis.least(counted.day + window - 1, counted["last"]) - counted.day + 1
    outside = counted["last"] - counted["first"] + 1 - within_record
    base = (counted.total - counted.within + HALF_A_PLAY) * window / outside.nullif(0)
    rated = counted.mutate(times_base=counted.within / base)
    starts = rated.filter(rated.times_base >= LEAST_TIMES).select("item_id", "day", "times_base")
    apart = starts.day - starts.day.lag().over(group_by=starts.item_id, order_by=starts.day)
    opened = starts.mutate(opens=(apart >= window).fill_null(True).cast("int64"))
    so_far = ibis.cumulative_window(group_by=opened.item_id, order_by=opened.day)
    numbered = opened.mutate(burst=opened.opens.sum().over(so_far))
    bursts = numbered.group_by("item_id", "burst").agg(
        from_day=numbered.day.min(), until_day=numbered.day.max() + window - 1, times_base=numbered.times_base.max()
    )
    return bursts.drop("burst")


def _with_share(bursts: ir.Table, plays: ir.Table) -> ir.Table:
    """The bursts with `share_of_plays`, of all counted plays from their first day to their last."""
    counted = plays.filter(plays.counted)
    totals = counted.group_by(any_day=counted.local_date.epoch_days()).agg(any_plays=counted.count())
    around = bursts.join(totals, [totals.any_day >= bursts.from_day, totals.any_day <= bursts.to_day])
    sums = around.group_by(*bursts.columns).agg(all_plays=around.any_plays.sum())
    return sums.mutate(share_of_plays=sums.plays / sums.all_plays)
