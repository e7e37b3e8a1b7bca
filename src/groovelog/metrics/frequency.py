"""How often there is listening, and how regularly."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.days import per_day
from groovelog.metrics.rhythm import HOURS_A_DAY
from groovelog.metrics.streaks import silences

LAGS = {"regularity_day": 1, "regularity_week": 7}  # days


def frequency(plays: ir.Table) -> ir.Table:
    """One row: days with plays among all days of the record, plays and sessions on them, gaps between them, regularity.

    The record runs from the first kept play to the last. A gap is a number of days without counted plays between two days
    with some: days that follow each other have none. Plays and sessions are those that count; a session is one, also over
    midnight. See `agreement` for the regularity. Without plays the counts are 0 and all else is null.
    """
    days = per_day(plays).alias("days_of_plays")
    heard = days.filter(days.plays > 0)
    gaps = silences(heard)
    counted = plays.filter(plays.counted)
    record = days.agg(
        first_day=days.local_date.min().epoch_days().cast("int64"),
        calendar_days=(days.local_date.max().epoch_days() - days.local_date.min().epoch_days() + 1)
        .fill_null(0)
        .cast("int64"),
        days_with_plays=days.count(where=days.plays > 0),
        plays_per_day_mean=days.plays.mean(where=days.plays > 0),
        plays_per_day_median=days.plays.median(where=days.plays > 0),
    )
    joined = (
        record.cross_join(counted.agg(sessions=counted.session_id.nunique()))
        .cross_join(gaps.agg(longest_gap=gaps.days.max().cast("int64"), mean_gap=gaps.days.mean()))
        .cross_join(agreement(counted, days))
    )
    with_days = joined.days_with_plays.nullif(0)
    return joined.select(
        "calendar_days",
        "days_with_plays",
        share_of_days=joined.days_with_plays / joined.calendar_days.nullif(0),
        plays_per_day_mean=joined.plays_per_day_mean,
        plays_per_day_median=joined.plays_per_day_median,
        sessions_per_day=joined.sessions / with_days,
        longest_gap=joined.longest_gap,
        mean_gap=joined.mean_gap,
        **{name: joined[name] for name in LAGS},
    )


def agreement(counted: ir.Table, days: ir.Table) -> ir.Table:
    """One row, Cohen's kappa of each lag: `regularity_day` (the next day) and `regularity_week` (seven days later).

    Cohen, J. (1960): A Coefficient of Agreement for Nominal Scales, doi:10.1177/001316446002000104.

    Each local day of the record has 24 hours. An hour is on if a counted play began in it. All pairs of an hour and the
    same hour of the day `lag` days later count, both days in the record: 24 × (days − lag) pairs. With `po` the share of
    pairs alike (both on, or both off), `p` the share of first hours on and `q` that of second hours,
    pe = p × q + (1 − p) × (1 − q), and kappa = (po − pe) / (1 − pe): 0 by chance, 1 of a clockwork. It is null where pe is 1
    (all on, or all off) and where the record has no more days than the lag. An hour that clocks leave out in spring is off;
    one that they show twice in autumn is one hour.
    """
    dates = days.agg(
        first_day=days.local_date.min().epoch_days().cast("int64"),
        last_day=days.local_date.max().epoch_days().cast("int64"),
    )
    hours = counted.select("local_hour", day=counted.local_date.epoch_days().cast("int64")).distinct()
    on = hours.cross_join(dates).alias("hours_with_plays")
    rows = dates
    for name, lag in LAGS.items():
        later = on.select(later_hour="local_hour", later_day=on.day - lag)
        both = on.inner_join(later, [("local_hour", "later_hour"), ("day", "later_day")])
        pairs = HOURS_A_DAY * (dates.last_day - dates.first_day + 1 - lag)
        kappa = dates.select(pairs=pairs.nullif(0).cast("float64"))
        kappa = kappa.filter(kappa.pairs > 0)
        counts = on.agg(
            first_on=on.count(where=on.day <= on.last_day - lag), second_on=on.count(where=on.day >= on.first_day + lag)
        )
        joined = kappa.cross_join(counts).cross_join(both.agg(both_on=both.count()))
        p, q = joined.first_on / joined.pairs, joined.second_on / joined.pairs
        observed = 1 - p - q + 2 * joined.both_on / joined.pairs
        chance = p * q + (1 - p) * (1 - q)
        # All on, or all off: told from whole numbers, for the share may miss 1 by a rounding.
        settled = ((joined.first_on == 0) & (joined.second_on == 0)) | (
            (joined.first_on == joined.pairs) & (joined.second_on == joined.pairs)
        )
        measured = joined.select(**{name: settled.ifelse(ibis.null("float64"), (observed - chance) / (1 - chance))})
        rows = rows.cross_join(measured.agg(**{name: measured[name].max()}))
    return rows.select(*LAGS)
