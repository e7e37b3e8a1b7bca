"""Obsessions: an item played far more within days than in all the rest of the record."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics import calendar_steps as steps
from groovelog.metrics.played import NAMES, by_day
from groovelog.metrics.works import named_items

LEAST_PLAYS = 10  # in one window
LEAST_TIMES = 5.0  # its base rate
HALF_A_PLAY = 0.5  # added to the other plays: an item never played else has a base rate, too


def obsessions(plays: ir.Table, tracks: ir.Table, what: str, window: int, top: int | None = None) -> ir.Table:
    """Bursts of an item against its own base rate, the largest first; described in the report `obsessions`."""
    record = plays.agg(first=plays.local_date.min().epoch_days(), last=plays.local_date.max().epoch_days())
    days = _busy(by_day(plays, tracks, what), record, window)
    hot = _hot_days(days, record, window)
    bursts = hot.group_by("item_id", "burst").agg(
        from_day=hot.day.min(), to_day=hot.day.max(), plays=hot.plays.sum(), times_base=hot.times_base.max()
    )
    beside = bursts.join(days.select(day_of="item_id", day="day", played="plays"), [("item_id", "day_of")])
    around = beside.group_by("item_id", "burst", "from_day", "to_day", "plays", "times_base").agg(
        plays_before=beside.played.sum(where=beside.day < beside.from_day).fill_null(0),
        plays_after=beside.played.sum(where=beside.day > beside.to_day).fill_null(0),
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

    A window lies in two stretches of its length, so that one of them holds half of its plays. These are LEAST_PLAYS at
    least, and p of them are LEAST_TIMES their base rate (t - p + 1/2) w / o only if p >= 5 (t + 1/2) w / (o + 5 w), where t
    is all plays of the item, w the length of the window and o, the days outside, is at most those of the record.
    """
    stretches = days.group_by("item_id", stretch=days.day // window).agg(plays=days.plays.sum())
    sums = stretches.group_by("item_id").agg(most=stretches.plays.max(), total=stretches.plays.sum()).cross_join(record)
    length = sums["last"] - sums["first"] + 1
    enough = (sums.most * 2 >= LEAST_PLAYS) & (
        sums.most * 2 * (length + LEAST_TIMES * window) >= LEAST_TIMES * (sums.total + HALF_A_PLAY) * window
    )
    return days.semi_join(sums.filter(enough), "item_id")


def _hot_days(days: ir.Table, record: ir.Table, window: int) -> ir.Table:
    """The days on which an item was played in a window that is a burst: with `burst`, a number, and `times_base`.

    Windows that have a day in common are of one burst. `times_base` is that of the window that begins on the day.
    """
    ahead = ibis.window(group_by=days.item_id, order_by=days.day, range=(0, window - 1))
    counted = days.mutate(within=days.plays.sum().over(ahead), total=days.plays.sum().over(group_by=days.item_id))
    counted = counted.filter(counted.total >= LEAST_PLAYS).cross_join(record)
    inside = ibis.least(counted.day + window - 1, counted["last"]) - counted.day + 1
    outside = counted["last"] - counted["first"] + 1 - inside
    base = (counted.total - counted.within + HALF_A_PLAY) * window / outside.nullif(0)
    rated = counted.mutate(times_base=counted.within / base)
    bursts = (rated.within >= LEAST_PLAYS) & (rated.times_base >= LEAST_TIMES)
    marked = rated.mutate(bursting_day=bursts.fill_null(False).ifelse(rated.day, ibis.null("int64")))
    by_item = {"group_by": marked.item_id, "order_by": marked.day}
    reached = marked.mutate(
        latest=marked.bursting_day.max().over(ibis.window(**by_item, preceding=(None, 0))),
        earlier=marked.bursting_day.max().over(ibis.window(**by_item, preceding=(None, 1))),
    )
    hot = reached.filter(reached.day - reached.latest < window)
    begins = hot.bursting_day.notnull() & (hot.earlier.isnull() | (hot.day - hot.earlier >= window))
    opened = hot.mutate(begins=begins.cast("int64"))
    so_far = ibis.cumulative_window(group_by=opened.item_id, order_by=opened.day)
    numbered = opened.mutate(burst=opened.begins.sum().over(so_far))
    times = numbered.bursting_day.notnull().ifelse(numbered.times_base, ibis.null("float64"))
    return numbered.mutate(times_base=times).select("item_id", "burst", "day", "plays", "times_base")


def _with_share(bursts: ir.Table, plays: ir.Table) -> ir.Table:
    """The bursts with `share_of_plays`, of all counted plays from their first day to their last."""
    counted = plays.filter(plays.counted)
    totals = counted.group_by(any_day=counted.local_date.epoch_days()).agg(any_plays=counted.count())
    around = bursts.join(totals, [totals.any_day >= bursts.from_day, totals.any_day <= bursts.to_day])
    sums = around.group_by(*bursts.columns).agg(all_plays=around.any_plays.sum())
    return sums.mutate(share_of_plays=sums.plays / sums.all_plays)
