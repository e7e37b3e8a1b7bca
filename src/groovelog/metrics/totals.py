"""Listening time and counts."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.items import numbers


def basis(plays: ir.Table) -> ir.Table:
    """What a report stands on, by `kind` and `timezone`: kept plays, those that count, those the rule cannot decide.

    `plays`, `counted_plays`, `undecided_plays`; `untimed_plays`, which count and whose duration nobody tells, nor can it
    be estimated; and `first_date` and `last_date` of the kept plays. Plays are of every
    kind; no plays, no rows.
    """
    # Four counts of a few groups cost less than four conditions on every play.
    alike = plays.group_by("kind", "timezone", "counted", untimed=plays.ms_played.isnull())
    groups = alike.agg(plays=plays.count(), first_date=plays.local_date.min(), last_date=plays.local_date.max())

    def of(condition: ir.BooleanValue) -> ir.IntegerScalar:
        return groups.plays.sum(where=condition).fill_null(0)

    return groups.group_by("kind", "timezone").agg(
        plays=groups.plays.sum(),
        counted_plays=of(groups.counted),
        undecided_plays=of(groups.counted.isnull()),
        untimed_plays=of(groups.counted & groups.untimed),
        first_date=groups.first_date.min(),
        last_date=groups.last_date.max(),
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
