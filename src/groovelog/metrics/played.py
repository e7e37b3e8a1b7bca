"""How often each item was played on each day: what questions of taste over years are asked of."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.works import UNIT_SEPARATOR, with_item

NAMES = ("name", "artist_name", "item_id")  # what ties are broken by
TOLD = ("started_at", "ms_played", "local_date", "day")
OWN_NAME = {
    "artist": ("maker",),
    "album": ("maker", "collection"),
}  # what makes the item of a play that tells all of them


def items(plays: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """The counted plays whose item is known: `item_id` (see `works.with_item`), `local_date`, `day`, `started_at`, `ms_played`.

    `day` is the number of the local date, so that days can be counted.
    """
    counted = plays.filter(plays.counted)
    slim = counted.select(
        "uri", "title", "maker", "collection", "started_at", "ms_played", "local_date",
        day=counted.local_date.epoch_days().cast("int64"),
    )  # fmt: skip
    if what not in OWN_NAME:
        known = with_item(slim, tracks, what)
        return known.filter(known.item_id.notnull()).select("item_id", *TOLD)
    # Most plays tell their artist, and need nothing of the catalogue: a second scan costs less than their joins.
    tells = ibis.and_(*(slim[name].notnull() for name in OWN_NAME[what]))
    told = slim.filter(tells)
    own = told.maker if what == "artist" else told.collection + UNIT_SEPARATOR + told.maker
    told = told.mutate(item_id=own).select("item_id", *TOLD)
    looked_up = with_item(slim.filter(~tells), tracks, what)
    return told.union(looked_up.filter(looked_up.item_id.notnull()).select("item_id", *TOLD))


def by_day(plays: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """Counted plays by item and day: `item_id`, `day`, `plays`."""
    heard = items(plays, tracks, what)
    return heard.group_by("item_id", "day").agg(plays=heard.count())


def last_day(plays: ir.Table, last: object) -> ir.IntegerValue:
    """The number of the last day of the record: that asked for, else that of the last kept play."""
    if last is not None:
        return ibis.literal(last, type="date").epoch_days().cast("int64")
    return plays.local_date.max().epoch_days().cast("int64").as_scalar()
