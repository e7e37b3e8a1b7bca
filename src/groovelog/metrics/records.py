"""What was most: in a day, a week, a month, a session; and the longest without a pause."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics import steps
from groovelog.metrics.days import per_day
from groovelog.metrics.items import by_item, named_items
from groovelog.metrics.streaks import silences, stretches

_COLUMNS = {
    "value": "int64", "from_date": "date", "to_date": "date", "name": "string", "artist_name": "string",
    "plays": "int64", "ms_played": "int64",
}  # fmt: skip


def records(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """One row for each record, in the order of the report `records`, which describes the columns; none that nothing sets.

    Of equal ones the earliest, then the first by name. All is of counted plays; a play is of the day on which it began, a
    session of the days on which its counted plays did.
    """
    days = per_day(plays).alias("days_of_plays")
    heard = days.filter(days.plays > 0).alias("days_with_plays")
    counted = plays.filter(plays.counted)
    best = {per: _steps(heard, per) for per in ("day", "week", "month")}
    sessions = _sessions(counted).alias("sessions_of_plays")
    track_days = by_item(counted, tracks, "track", "local_date").alias("tracks_of_days")
    artist_days = by_item(counted, tracks, "artist", "local_date").alias("artists_of_days")
    found = [
        (f"most time in a {per}" if by == "ms_played" else f"most plays in a {per}", unit, _most(rows, by))
        for by, unit in (("ms_played", "ms"), ("plays", "plays"))
        for per, rows in best.items()
    ]
    found += [
        ("longest session", "ms", _most(sessions, "ms_played")),
        ("session with most plays", "plays", _most(sessions, "plays")),
        ("most repeated track in a day", "plays", _item(track_days, "plays", tracks, "track")),
        ("most tracks in a day", "tracks", _most(_varied(track_days), "tracks")),
        ("most time with an artist in a day", "ms", _item(artist_days, "ms_played", tracks, "artist")),
        ("longest streak", "days", _most(stretches(heard), "days")),
        ("longest silence", "days", _most(silences(heard), "days")),
    ]
    rows = ibis.union(*(_row(place, name, unit, rows) for place, (name, unit, rows) in enumerate(found)))
    return rows.order_by("place").drop("place")


def _steps(days: ir.Table, per: str) -> ir.Table:
    """Days added up to steps, each from its first day to its last."""
    cut = days.mutate(step=steps.number(days.local_date, per))
    added = cut.group_by("step").agg(plays=cut.plays.sum().cast("int64"), ms_played=cut.ms_played.sum().cast("int64"))
    next_day = steps.first_day(added.step + 1, per)
    return added.select(
        "plays",
        "ms_played",
        from_date=steps.first_day(added.step, per).cast("date"),
        to_date=(next_day - ibis.interval(days=1)).cast("date"),
    )


def _sessions(counted: ir.Table) -> ir.Table:
    return counted.group_by("session_id").agg(
        plays=counted.count(),
        ms_played=counted.ms_played.sum().fill_null(0).cast("int64"),
        from_date=counted.local_date.min(),
        to_date=counted.local_date.max(),
        started_at=counted.started_at.min(),
    )


def _varied(track_days: ir.Table) -> ir.Table:
    """Days with the number of their tracks."""
    return track_days.group_by(from_date="local_date").agg(
        to_date=track_days.local_date.max(),
        tracks=track_days.count(),
        plays=track_days.plays.sum().cast("int64"),
        ms_played=track_days.ms_played.sum().cast("int64"),
    )


def _most(rows: ir.Table, by: str) -> ir.Table:
    """The row with most of `by` that began first, with it as `value`; none without any."""
    began = ("started_at", "session_id") if "started_at" in rows.columns else ("from_date",)
    return (
        rows.mutate(value=rows[by].cast("int64"))
        .order_by([ibis.desc("value"), *began])
        .limit(1)
        .filter(ibis._.value > 0)
    )


def _item(items: ir.Table, by: str, tracks: ir.Table, what: str) -> ir.Table:
    """The item with most of `by` in a day; of several the first day, of that day the first by name."""
    dated = items.mutate(from_date=items.local_date, to_date=items.local_date, value=items[by])
    best = _most(dated, by).select("value", "from_date")
    named = named_items(dated.semi_join(best, ["value", "from_date"]), tracks, what)
    return named.order_by(["name", "artist_name", "item_id"]).limit(1)


def _row(place: int, record: str, unit: str, rows: ir.Table) -> ir.Table:
    """The record in the one shape of all; what it does not tell is null."""
    told = {
        name: (rows[name] if name in rows.columns else ibis.null(kind)).cast(kind) for name, kind in _COLUMNS.items()
    }
    row = rows.select(**told)
    return row.select(
        place=ibis.literal(place, "int64"),
        record=ibis.literal(record),
        value=row.value,
        unit=ibis.literal(unit),
        **{name: row[name] for name in _COLUMNS if name != "value"},
    )
