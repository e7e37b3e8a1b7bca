"""When the listening happens, by local dates and hours."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics import steps
from groovelog.metrics.days import per_day
from groovelog.metrics.items import by_item

SATURDAY = 6
WEEKPARTS = ("workdays", "weekend")
# By their months, for where one half of the world has winter the other has summer.
SEASONS = ("Dec-Feb", "Mar-May", "Jun-Aug", "Sep-Nov")
HOURS_A_DAY = 24
HOURS_A_WEEK = 7 * HOURS_A_DAY


def by_month(plays: ir.Table) -> ir.Table:
    """Counted plays and their time by local month: `month` (its first day), `plays`, `ms_played`.

    Every month from the first kept play to the last is there, with 0 where nothing counts. No plays, no rows.
    """
    dated = plays.mutate(month_no=plays.local_date.year() * 12 + plays.local_date.month() - 1)
    ends = dated.agg(first=dated.month_no.min(), last=dated.month_no.max())
    months = ends.select(month_no=ibis.range(ends.first, ends.last + 1).unnest())
    counted = dated.filter(dated.counted)
    heard = counted.group_by("month_no").agg(plays=counted.count(), ms_played=counted.ms_played.sum())
    joined = months.left_join(heard, "month_no")
    return joined.select(
        month=ibis.date(joined.month_no // 12, joined.month_no % 12 + 1, 1),
        plays=joined.plays.fill_null(0),
        ms_played=joined.ms_played.fill_null(0),
    ).order_by("month")


def heatmap(plays: ir.Table) -> ir.Table:
    """Counted plays and their time by `weekday` (1 is Monday) and `hour` (0 to 23): all 168 cells.

    A play lies whole in the hour in which it began, also when it runs over midnight.
    """
    counted = plays.filter(plays.counted)
    placed = counted.mutate(weekday=counted.local_date.day_of_week.index() + 1)
    heard = placed.group_by("weekday", "local_hour").agg(plays=placed.count(), ms_played=placed.ms_played.sum())
    cells = ibis.range(HOURS_A_WEEK).unnest().name("cell").as_table()
    cells = cells.select(weekday=cells.cell // HOURS_A_DAY + 1, hour=cells.cell % HOURS_A_DAY)
    joined = cells.left_join(heard, ["weekday", ("hour", "local_hour")])
    return joined.select(
        "weekday", "hour", plays=joined.plays.fill_null(0), ms_played=joined.ms_played.fill_null(0)
    ).order_by("weekday", "hour")


def artist_hours(plays: ir.Table, tracks: ir.Table, top: int) -> ir.Table:
    """The `top` artists by local hour; the columns are described in the report `artist-hours`.

    Hours without a counted play of the artist are left out. Artists are ranked by counted plays, ties by name.
    """
    counted = plays.filter(plays.counted)
    tallies = by_item(counted, tracks, "artist", "local_hour").alias("hours_of_artists")
    artists = tallies.group_by(top_id="item_id").agg(all_plays=tallies.plays.sum())
    order = [ibis.desc("all_plays"), ibis.asc("top_id")]
    artists = artists.order_by(order).limit(top).mutate(rank=ibis.row_number().over(order_by=order) + 1)
    hours = counted.group_by(hour="local_hour").agg(plays_of_hour=counted.count())
    joined = tallies.inner_join(artists, [("item_id", "top_id")]).inner_join(hours, [("local_hour", "hour")])
    return joined.select(
        "rank", "hour", "plays", "ms_played", artist_name="item_id", share_of_hour=joined.plays / joined.plays_of_hour,
        plays_of_hour="plays_of_hour",
    ).select(
        "rank", "artist_name", "hour", "plays", "ms_played", "plays_of_hour", "share_of_hour"
    ).order_by("rank", "hour")  # fmt: skip


def weekparts(plays: ir.Table) -> ir.Table:
    """Workdays (Monday to Friday) and weekend beside each other; the columns are described in the report `weekparts`.

    A play is of the day on which it began. Calendar days run from the first kept play to the last. The skip rate is of
    kept plays of which the source says whether they were skipped, counted or not; null without any. The fullest hour is
    the local hour with most time listened in counted plays, of equal ones the earliest; null without counted plays.
    """
    every = steps.every(plays, "day")
    dates = every.mutate(local_date=steps.day(every.step).cast("date"))
    calendar = dates.group_by(calendar_part=_weekpart(dates.local_date)).agg(calendar_days=dates.count())
    placed = plays.mutate(part=_weekpart(plays.local_date))
    heard = placed.group_by(heard_part="part").agg(
        days_with_plays=placed.local_date.nunique(where=placed.counted),
        plays=placed.count(where=placed.counted.fill_null(False)),
        ms_played=placed.ms_played.sum(where=placed.counted).fill_null(0),
        skip_rate=placed.skipped.cast("int64").mean(),
    )
    counted = placed.filter(placed.counted)
    hours = counted.group_by("part", "local_hour").agg(ms_played=counted.ms_played.sum().fill_null(0))
    fullness = ibis.row_number().over(group_by="part", order_by=[ibis.desc("ms_played"), "local_hour"])
    hours = hours.mutate(place=fullness)
    fullest = hours.filter(hours.place == 0).select(hour_part="part", fullest_hour="local_hour")
    names = ibis.range(len(WEEKPARTS)).unnest().name("part").as_table()
    joined = names.left_join(calendar, [("part", "calendar_part")]).left_join(heard, [("part", "heard_part")])
    joined = joined.left_join(fullest, [("part", "hour_part")])
    days = joined.calendar_days.fill_null(0)
    told = joined.select(
        "part",
        "skip_rate",
        "fullest_hour",
        calendar_days=days,
        **{name: joined[name].fill_null(0).cast("int64") for name in ("days_with_plays", "plays", "ms_played")},
    )
    told = told.mutate(
        weekpart=ibis.cases(*((told.part == part, name) for part, name in enumerate(WEEKPARTS))),
        ms_per_day=told.ms_played // told.calendar_days.nullif(0),
        plays_per_day=told.plays / told.calendar_days.nullif(0),
    )
    return told.order_by("part").select(
        "weekpart", "calendar_days", "days_with_plays", "plays", "ms_played",
        "ms_per_day", "plays_per_day", "skip_rate", "fullest_hour",
    )  # fmt: skip


def _weekpart(dates: ir.DateValue) -> ir.IntegerValue:
    """0 from Monday to Friday, 1 on Saturday and Sunday."""
    return (dates.day_of_week.index() + 1 >= SATURDAY).ifelse(1, 0)


def seasons(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """Meteorological seasons from the first kept play to the last; the columns are described in the report `seasons`.

    A season is three whole months; December belongs to the season, and the year, of the January that follows. The top
    artist has most counted plays, of equal ones the first by name. Seasons without counted plays have 0 and no artist.
    """
    days = per_day(plays).alias("days_of_plays")
    dated = days.mutate(step=_season(days.local_date))
    ends = dated.agg(first=dated.step.min(), last=dated.step.max())
    every = ends.select(step=ibis.range(ends.first, ends.last + 1).unnest())
    heard = dated.group_by(heard_step="step").agg(
        plays=dated.plays.sum(), ms_played=dated.ms_played.sum(), days_with_plays=dated.count(where=dated.plays > 0)
    )
    counted = plays.filter(plays.counted)
    counted = counted.mutate(step=_season(counted.local_date))
    entries = by_item(counted, tracks, "track", "step")
    entries = entries.group_by(entries_step="step").agg(tracks=entries.count())
    artists = by_item(counted, tracks, "artist", "step").alias("artists_of_seasons")
    makers = artists.group_by(artists_step="step").agg(artists=artists.count(), top_artist_plays=artists.plays.max())
    # Joined rather than ranked: one row of each season is wanted, and sorting all of them takes longest.
    most = artists.inner_join(makers, [("step", "artists_step"), ("plays", "top_artist_plays")])
    most = most.group_by(most_step="step").agg(top_artist=most.item_id.min())
    joined = every.left_join(heard, [("step", "heard_step")]).left_join(entries, [("step", "entries_step")])
    joined = joined.left_join(makers, [("step", "artists_step")]).left_join(most, [("step", "most_step")])
    first_month = joined.step * 3 - 1
    number = joined.step % len(SEASONS)
    return joined.select(
        season=ibis.cases(*((number == place, name) for place, name in enumerate(SEASONS))),
        season_year=joined.step // len(SEASONS),
        starts_on=steps.first_day(first_month, "month"),
        **{
            name: joined[name].fill_null(0).cast("int64")
            for name in ("plays", "ms_played", "days_with_plays", "tracks", "artists")
        },
        top_artist=joined.top_artist,
        top_artist_plays=joined.top_artist_plays,
    ).order_by("starts_on")


def _season(dates: ir.DateValue) -> ir.IntegerValue:
    """Seasons counted: four a year, the first of them from December of the year before."""
    return (steps.number(dates, "month") + 1) // 3
