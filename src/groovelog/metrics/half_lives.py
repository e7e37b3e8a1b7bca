"""How soon half of what was ever played of something had been played."""

from datetime import date

import ibis
import ibis.expr.types as ir

from groovelog.metrics.items import by_item, named_items

LEAST_PLAYS = 20  # under so many, half of the plays is a handful
LEAST_DAYS = 90  # who began later has hardly had time to tire of it


def half_lives(history: ir.Table, tracks: ir.Table, what: str, top: int | None, last: date | None) -> ir.Table:
    """Items by counted plays up to `last`; the columns are described in the report `half-lives`.

    `half_life_days` are the local days from that of the first counted play to that on which half of all counted plays
    (rounded up) had happened: 0 if they fell on one day. Items with fewer than 20 counted plays are left out, and those whose
    first lies less than 90 days before the end (`last`, else the last kept play), whose half-life cannot be told yet.
    """
    heard = history if last is None else history.filter(history.local_date <= last)
    end = ibis.literal(last) if last is not None else heard.local_date.max().as_scalar()
    days = by_item(heard.filter(heard.counted), tracks, what, "local_date").alias("days_of_items")
    items = days.group_by(of_item="item_id").agg(
        all_plays=days.plays.sum().cast("int64"),
        ms_played=days.ms_played.sum().cast("int64"),
        first_played=days.local_date.min(),
        last_played=days.local_date.max(),
        days_with_plays=days.count(),
    )
    told = items.filter(
        items.all_plays >= LEAST_PLAYS, end.epoch_days() - items.first_played.epoch_days() >= LEAST_DAYS
    ).alias("items_with_plays")
    joined = days.inner_join(told, [("item_id", "of_item")])
    so_far = joined.select(
        "item_id",
        "local_date",
        "all_plays",
        "first_played",
        so_far=joined.plays.sum().over(
            ibis.window(group_by="item_id", order_by="local_date", preceding=None, following=0)
        ),
    )
    halved = so_far.filter(so_far.so_far * 2 >= so_far.all_plays)
    halves = halved.group_by(half_of="item_id").agg(half_on=halved.local_date.min())
    rows = told.inner_join(halves, [("of_item", "half_of")])
    rows = rows.mutate(item_id=rows.of_item, half_life_days=rows.half_on.epoch_days() - rows.first_played.epoch_days())
    named = named_items(rows.rename(plays="all_plays"), tracks, what)
    ordered = named.order_by([ibis.desc("plays"), "name", "artist_name", "item_id"]).limit(top)
    return ordered.select(
        "name", "artist_name", "plays", "ms_played", "half_life_days", "first_played", "last_played", "days_with_plays"
    )
