"""Listening time and counts."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.items import numbers

DAYS = ibis.table(
    {
        "local_date": "date", "kind": "string", "timezone": "string", "counted": "boolean", "untimed": "boolean",
        "plays": "int64",
    },
    name="days",
)  # fmt: skip


def by_day(plays: ir.Table) -> ir.Table:
    """How many plays of a day are alike: by `local_date`, `kind`, `timezone`, `counted`, and `untimed`, the number `plays`.

    Untimed are those whose duration nobody tells, nor can it be estimated. What every period stands on is a sum over these.
    """
    alike = plays.group_by("local_date", "kind", "timezone", "counted", untimed=plays.ms_played.isnull())
    return alike.agg(plays=plays.count())


def basis(days: ir.Table) -> ir.Table:
    """What a report stands on, by `kind` and `timezone`: kept plays, those that count, those the rule cannot decide.

    `plays`, `counted_plays`, `undecided_plays`; `untimed_plays`, which count and are untimed; and `first_date` and
    `last_date` of the kept plays. `days` are as `by_day` tells them, of every kind; no plays, no rows.
    """

    def of(condition: ir.BooleanValue) -> ir.IntegerScalar:
        return days.plays.sum(where=condition).fill_null(0)

    return days.group_by("kind", "timezone").agg(
        plays=days.plays.sum(),
        counted_plays=of(days.counted),
        undecided_plays=of(days.counted.isnull()),
        untimed_plays=of(days.counted & days.untimed),
        first_date=days.local_date.min(),
        last_date=days.local_date.max(),
    )


def held(rows: ir.Table, *, dated: bool) -> ir.Table:
    """One row for what is not of plays: `rows`, and where they are dated `first_date` and `last_date`, else null."""
    dates = (rows.local_date.min(), rows.local_date.max()) if dated else (ibis.null("date"), ibis.null("date"))
    return rows.agg(rows=rows.count(), first_date=dates[0], last_date=dates[1])


def overview(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """One row of totals; the columns are described in the report `overview`.

    `plays` and `calendar_days` are of all kept plays, everything else of the counted ones. A play is of the local day
    on which it began. Without plays the counts are 0; `ms_per_day`, `first_play` and `last_play` are null.
    """
    kept = plays.agg(
        plays=plays.count(),
        calendar_days=(plays.local_date.max().epoch_days() - plays.local_date.min().epoch_days() + 1).fill_null(0),
    )
    counted = plays.filter(plays.counted)
    heard = counted.agg(
        counted_plays=counted.count(),
        ms_played=counted.ms_played.sum().fill_null(0),
        sessions=counted.session_id.nunique(),
        days_with_plays=counted.local_date.nunique(),
        first_play=counted.started_at.min(),
        last_play=counted.started_at.max(),
    )
    joined = kept.cross_join(heard).cross_join(numbers(counted, tracks))
    return joined.select(
        "plays",
        "counted_plays",
        "ms_played",
        "tracks",
        "artists",
        "albums",
        "sessions",
        "days_with_plays",
        "calendar_days",
        ms_per_day=joined.ms_played // joined.calendar_days.nullif(0),
        first_play=joined.first_play,
        last_play=joined.last_play,
    )
