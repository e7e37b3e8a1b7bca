"""How often each item was played on each day: what questions of taste over years are asked of."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.works import with_item

NAMES = ("name", "artist_name", "item_id")  # what ties are broken by


def items(plays: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """The counted plays whose item is known: `item_id` (see `works.with_item`), `local_date`, `day`, `started_at`, `ms_played`.

    `day` is the number of the local date, so that days can be counted.
    """
    counted = plays.filter(plays.counted)
    slim = counted.select("uri", "title", "maker", "collection", "local_date", "started_at", "ms_played")
    known = with_item(slim, tracks, what)
    known = known.filter(known.item_id.notnull())
    return known.select(
        "item_id", "local_date", "started_at", "ms_played", day=known.local_date.epoch_days().cast("int64")
    )


def by_day(plays: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """Counted plays by item and day: `item_id`, `day`, `plays`."""
    heard = items(plays, tracks, what)
    return heard.group_by("item_id", "day").agg(plays=heard.count())


def last_day(plays: ir.Table, last: object) -> ir.IntegerValue:
    """The number of the last day of the record: that asked for, else that of the last kept play."""
    if last is not None:
        return ibis.literal(last, type="date").epoch_days().cast("int64")
    return plays.local_date.max().epoch_days().cast("int64").as_scalar()
