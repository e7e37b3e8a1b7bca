"""How often each item was played on each day: what questions of taste over years are asked of."""

from datetime import date

import ibis
import ibis.expr.types as ir

from groovelog.metrics.works import UNIT_SEPARATOR, with_item

NAMES = ("name", "artist_name", "item_id")  # what ties are broken by
OWN_NAME = {
    "artist": ("maker",),
    "album": ("maker", "collection"),
}  # what makes the item of a play that tells all of them
SLOTS = ("uri", "title", "maker", "collection")


def items(plays: ir.Table, tracks: ir.Table, what: str, *columns: str) -> ir.Table:
    """The counted plays whose item is known: `item_id` (see `works.with_item`) and these columns of theirs."""
    counted = plays.filter(plays.counted).select(*SLOTS, *columns)
    if what not in OWN_NAME:
        return _known(counted, tracks, what, columns)
    # Most plays tell their artist, and need nothing of the catalogue: a second scan costs less than their joins.
    told = counted.filter(*(counted[name].notnull() for name in OWN_NAME[what]))
    untold = counted.filter(ibis.or_(*(counted[name].isnull() for name in OWN_NAME[what])))
    own = told.maker if what == "artist" else told.collection + UNIT_SEPARATOR + told.maker
    told = told.mutate(item_id=own).select("item_id", *columns)
    return told.union(_known(untold, tracks, what, columns))


def _known(counted: ir.Table, tracks: ir.Table, what: str, columns: tuple[str, ...]) -> ir.Table:
    known = with_item(counted, tracks, what)
    return known.filter(known.item_id.notnull()).select("item_id", *columns)


def by_day(plays: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """Counted plays by item and day: `item_id`, `day` (the number of the local date, to count with), `plays`."""
    return _by_day(items(plays, tracks, what, "local_date"))


def few_by_day(plays: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """The same as `by_day`, quicker where the plays are few of all: they are looked for once."""
    counted = plays.filter(plays.counted).select(*SLOTS, "local_date")
    return _by_day(_known(counted, tracks, what, ("local_date",)))


def _by_day(heard: ir.Table) -> ir.Table:
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
