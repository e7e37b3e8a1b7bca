"""Listening step by step, in windows of days, and one period beside others."""

from datetime import date

import ibis
import ibis.expr.types as ir

from groovelog.metrics import steps
from groovelog.metrics.days import per_day
from groovelog.metrics.items import by_item, numbers

USUAL_DAYS = 28  # whole weeks, so that weekdays weigh the same in each period
SPANS = ("this period", "the one before", "a year earlier")


def over_time(plays: ir.Table, tracks: ir.Table, per: str) -> ir.Table:
    """Every step of time from the first kept play to the last: `starts_on`, `plays`, `ms_played`, `tracks`, `artists`,
    `days_with_plays`; of counted plays, 0 where there are none.

    A play is of the step that its local date lies in; weeks begin on Monday (ISO 8601). No plays, no rows.
    """
    days = per_day(plays).alias("days_of_plays")
    placed = days.mutate(step=steps.number(days.local_date, per))
    heard = placed.group_by("step").agg(
        plays=placed.plays.sum(), ms_played=placed.ms_played.sum(), days_with_plays=(placed.plays > 0).sum()
    )
    counted = plays.filter(plays.counted)
    counted = counted.mutate(step=steps.number(counted.local_date, per))
    joined = steps.every(days, per)
    for name, what in (("tracks", "track"), ("artists", "artist")):
        items = by_item(counted, tracks, what, "step")
        joined = joined.left_join(items.group_by("step").agg(**{name: items.count()}), "step").drop("step_right")
    joined = joined.left_join(heard, "step")
    return joined.select(
        starts_on=steps.first_day(joined.step, per),
        **{
            name: joined[name].fill_null(0).cast("int64")
            for name in ("plays", "ms_played", "tracks", "artists", "days_with_plays")
        },
    ).order_by("starts_on")


def rolling(history: ir.Table, window: int, first: date | None, last: date | None) -> ir.Table:
    """For each local day the `window` days that end on it: `local_date`, `plays`, `ms_played`, `days_with_plays`, `whole`.

    Days run from the first kept play to the last, of the period where one is asked for; what lies before the period is
    in its first windows all the same. A window is `whole` when all its days lie in the record, which begins with the first
    kept play ever.
    """
    days = per_day(history).alias("days_of_history")
    every = steps.every(days, "day")
    every = every.mutate(local_date=steps.day(every.step)).select("step", "local_date")
    joined = every.left_join(days, "local_date")
    filled = joined.select(
        "step",
        "local_date",
        plays=joined.plays.fill_null(0),
        ms_played=joined.ms_played.fill_null(0),
        days_with_plays=(joined.plays > 0).ifelse(1, 0),
    )
    # Every day has its row, so that rows are days.
    frame = ibis.window(preceding=window - 1, following=0, order_by="step")
    summed = filled.select(
        "local_date",
        plays=filled.plays.sum().over(frame).cast("int64"),
        ms_played=filled.ms_played.sum().over(frame).cast("int64"),
        days_with_plays=filled.days_with_plays.sum().over(frame).cast("int64"),
        whole=filled.step - filled.step.min().over(ibis.window()) >= window - 1,
    )
    if first is not None:
        summed = summed.filter(summed.local_date >= first)
    if last is not None:
        summed = summed.filter(summed.local_date <= last)
    return summed.order_by("local_date")


def compare(history: ir.Table, tracks: ir.Table, first: date | None, last: date | None) -> ir.Table:
    """The period, as many days before it, and the same dates a year earlier, a row each; described in the report `compare`.

    Without dates the period is the last 28 days of the record, which runs from the first kept play to the last; a side
    left open ends where the record does. 29 February becomes 28 February. `change_ms` is the time of this period by that
    of the other, less 1. An artist is new in the span in which its first counted play ever lies.
    """
    spans = _spans(history, first, last).alias("spans")
    dated = history.select("local_date", "counted", "ms_played", "session_id", "uri", "title", "maker", "collection")
    dates = spans.agg(first=spans.from_date.min(), last=spans.to_date.max())
    dated = dated.filter(dated.local_date >= dates.first.as_scalar(), dated.local_date <= dates.last.as_scalar())
    inside = dated.inner_join(spans, [dated.local_date >= spans.from_date, dated.local_date <= spans.to_date])
    inside = inside.mutate(counted=inside.counted.fill_null(False)).select("place", *dated.columns)
    # Ibis thinks that any column of a join may be null.
    told = {name: kind for name, kind in dated.schema().items() if not kind.nullable}
    inside = inside.cast(told).alias("plays_of_spans")
    counted = inside.filter(inside.counted)
    heard = inside.group_by(heard_place="place").agg(
        plays=inside.count(),
        counted_plays=inside.count(where=inside.counted),
        ms_played=inside.ms_played.sum(where=inside.counted),
        sessions=inside.session_id.nunique(where=inside.counted),
        days_with_plays=inside.local_date.nunique(where=inside.counted),
    )
    works = numbers(counted, tracks, "place").rename(works_place="place")
    began = by_item(history.filter(history.counted), tracks, "artist")
    new = began.inner_join(spans, [began.first_date >= spans.from_date, began.first_date <= spans.to_date])
    new = new.group_by(new_place="place").agg(new_artists=new.count())
    joined = spans.left_join(heard, [("place", "heard_place")]).left_join(works, [("place", "works_place")])
    joined = joined.left_join(new, [("place", "new_place")])
    counts = (
        "plays",
        "counted_plays",
        "ms_played",
        "tracks",
        "artists",
        "albums",
        "sessions",
        "days_with_plays",
        "new_artists",
    )
    told = joined.select(
        "place",
        "from_date",
        "to_date",
        "in_record",
        **{name: joined[name].fill_null(0).cast("int64") for name in counts},
    )
    this_ms = told.ms_played.max(where=told.place == 0).over(ibis.window())
    changed = told.mutate(
        span=ibis.cases(*((told.place == place, span) for place, span in enumerate(SPANS))),
        change_ms=(told.place > 0).ifelse(this_ms / told.ms_played.nullif(0) - 1, ibis.null("float64")),
    )
    return changed.order_by("place").select("span", "from_date", "to_date", *counts, "change_ms", "in_record")


def _spans(history: ir.Table, first: date | None, last: date | None) -> ir.Table:
    """The spans in order: `place` from 0, `from_date`, `to_date`, `in_record`. Without plays none."""
    record = history.agg(begins=history.local_date.min(), ends=history.local_date.max())
    record = record.filter(record.begins.notnull())
    end = record.ends if last is None else ibis.literal(last)
    if first is not None:
        start = ibis.literal(first)
    elif last is not None:
        start = record.begins
    else:
        start = (end - ibis.interval(days=USUAL_DAYS - 1)).cast("date")
    this = record.select("begins", "ends", from_day=start.epoch_days(), from_date=start, to_date=end)
    # Of a kind that was not played in the period, the record may end before it begins.
    this = this.mutate(to_date=ibis.greatest(this.from_date, this.to_date))
    days = this.to_date.epoch_days() - this.from_date.epoch_days() + 1
    dates = [
        (this.from_date, this.to_date),
        (
            steps.day(this.from_date.epoch_days() - days).cast("date"),
            steps.day(this.from_date.epoch_days() - 1).cast("date"),
        ),
        tuple((day - ibis.interval(years=1)).cast("date") for day in (this.from_date, this.to_date)),
    ]
    rows = [
        this.select("begins", "ends", place=ibis.literal(place, "int64"), from_date=begins, to_date=ends)
        for place, (begins, ends) in enumerate(dates)
    ]
    spans = ibis.union(*rows)
    # A date less an interval is a timestamp to DuckDB, by which it cannot skip parts of files. Ibis thinks it a date.
    spans = spans.mutate(**{end: spans[end].cast("timestamp").cast("date") for end in ("from_date", "to_date")})
    return spans.select(
        "place",
        "from_date",
        "to_date",
        in_record=(spans.from_date >= spans.begins) & (spans.to_date <= spans.ends),
    )
