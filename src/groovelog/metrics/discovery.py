"""Discovery: what is played for the first time, what becomes of it, and how much of the listening is new."""

from datetime import date

import ibis
import ibis.expr.types as ir

from groovelog.metrics import steps
from groovelog.metrics.audio import with_audio
from groovelog.metrics.items import NAMES, items, named_items
from groovelog.metrics.played import by_day, day_number, last_day
from groovelog.metrics.rules import LEAST_COVERAGE

# What lasts a season was no whim of a week.
STAY_DAYS = 90
STAY_PLAYED = 3  # days on which it was played
STAYED, FADED, TOO_EARLY = "stayed", "faded", "too early"


def first_plays(
    history: ir.Table,
    tracks: ir.Table,
    *,
    first: date | None,
    last: date | None,
    what: str,
    top: int | None = None,
) -> ir.Table:
    """What was played for the first time, the newest first; described in the report `first-plays`."""
    known = history if last is None else history.filter(history.local_date <= last)
    heard = items(known.filter(known.counted), tracks, what, "local_date", "started_at")
    days = heard.group_by("item_id", day=day_number(heard.local_date)).agg(
        plays=heard.count(), started_at=heard.started_at.min()
    )
    sums = _fated(days, last_day(known, last), started_at=days.started_at.min())
    if first is not None:
        sums = sums.filter(sums.first_day >= _day(first))
    named = named_items(sums, tracks, what)
    ordered = named.order_by(ibis.desc("started_at"), *NAMES).limit(top)
    return ordered.select(
        "name",
        "artist_name",
        first_played=steps.day(ordered.first_day),
        started_at=ordered.started_at,
        plays=ordered.plays,
        days_with_plays=ordered.days_with_plays,
        fate=ordered.fate,
    ).relocate("first_played", "started_at", before="name")


def discovery(
    plays: ir.Table, history: ir.Table, tracks: ir.Table, *, first: date | None, last: date | None, per: str
) -> ir.Table:
    """How much of each step was new; described in the report `discovery`."""
    known = history if last is None else history.filter(history.local_date <= last)
    artist_days = by_day(known, tracks, "artist")
    fates = _fated(artist_days, last_day(known, last))
    artists = _of_steps(artist_days, fates, first, per)
    track_days = by_day(known, tracks, "track")
    found = track_days.group_by("item_id").agg(first_day=track_days.day.min())
    heard = _of_steps(track_days, found.mutate(fate=ibis.null("string")), first, per)
    counted = plays.filter(plays.counted)
    placed = counted.mutate(step=steps.number(counted.local_date, per))
    all_plays = placed.group_by("step").agg(plays=placed.count())
    rows = steps.every(plays, per)
    rows = rows.left_join(all_plays, "step").drop("step_right")
    rows = rows.left_join(artists, [("step", "of_step")]).drop("of_step")
    heard = heard.select("of_step", tracks="items", new_tracks="new_items", track_plays="item_plays")
    rows = rows.left_join(heard, [("step", "of_step")])
    told = {name: rows[name].fill_null(0) for name in ("plays", "new_items", "tracks", "new_tracks", *FATES)}
    explored = rows.new_tracks / rows.track_plays
    return rows.select(
        starts_on=steps.first_day(rows.step, per),
        plays=told["plays"],
        artists=rows["items"].fill_null(0),
        new_artists=told["new_items"],
        new_artist_share=rows.new_items / rows["items"],
        tracks=told["tracks"],
        new_tracks=told["new_tracks"],
        explore_share=explored,
        repeat_share=1 - explored,
        plays_of_new_artists=rows.new_item_plays / rows.item_plays,
        **{name: told[name] for name in FATES},
    ).order_by("starts_on")


FATES = {"stayed": STAYED, "faded": FADED, "too_early": TOO_EARLY}


def _fated(days: ir.Table, end: ir.IntegerValue, **sums: ir.Value) -> ir.Table:
    """By item `first_day`, `plays`, `days_with_plays`, and its `fate`; see the report `first-plays`."""
    rows = days.group_by("item_id").agg(
        first_day=days.day.min(), last_day=days.day.max(), plays=days.plays.sum(), days_with_plays=days.count(), **sums
    )
    stayed = (rows.last_day - rows.first_day >= STAY_DAYS) & (rows.days_with_plays >= STAY_PLAYED)
    fate = ibis.cases((stayed, STAYED), (end - rows.first_day >= STAY_DAYS, FADED), else_=TOO_EARLY)
    return rows.mutate(fate=fate)


def _of_steps(days: ir.Table, found: ir.Table, first: date | None, per: str) -> ir.Table:
    """By step the items played and the new ones, with the plays of both, and the fates of the new."""
    origin = found.select("first_day", "fate", found_id="item_id")
    if first is not None:
        days = days.filter(days.day >= _day(first))
        # New before the period is not new in it.
        origin = origin.mutate(first_day=(origin.first_day >= _day(first)).ifelse(origin.first_day, ibis.null("int64")))
    joined = days.join(origin, [("item_id", "found_id")])
    placed = joined.mutate(
        step=steps.number(steps.day(joined.day), per), found=steps.number(steps.day(joined.first_day), per)
    )
    by_item = placed.group_by("step", "item_id", "found", "fate").agg(plays=placed.plays.sum())
    new = (by_item.step == by_item.found).fill_null(False)
    return by_item.group_by(of_step="step").agg(
        items=by_item.count(),
        new_items=by_item.count(where=new),
        item_plays=by_item.plays.sum(),
        new_item_plays=by_item.plays.sum(where=new).fill_null(0),
        **{name: by_item.count(where=new & (by_item.fate == fate)) for name, fate in FATES.items()},
    )


def _day(when: date) -> ir.IntegerValue:
    return day_number(ibis.literal(when, type="date"))


def mainstream(plays: ir.Table, tracks: ir.Table, audio: ir.Table, per: str) -> ir.Table:
    """How popular what was played is in each step; described in the report `mainstream`."""
    counted = plays.filter(plays.counted).select("uri", "title", "maker", "local_date")
    heard = with_audio(counted, tracks, audio.select("audio_of", "popularity"))
    placed = heard.mutate(step=steps.number(heard.local_date, per))
    sums = placed.group_by("step").agg(
        plays=placed.count(),
        plays_known=placed.popularity.count(),
        mean=placed.popularity.mean(),
        median=placed.popularity.median(),
    )
    rows = steps.every(plays, per).left_join(sums, "step")
    share = rows.plays_known / rows.plays
    enough = (share >= LEAST_COVERAGE).fill_null(False)
    return rows.select(
        starts_on=steps.first_day(rows.step, per),
        plays=rows.plays.fill_null(0),
        mean_popularity=enough.ifelse(rows["mean"], ibis.null("float64")),
        median_popularity=enough.ifelse(rows["median"].cast("float64"), ibis.null("float64")),
        plays_known=rows.plays_known.fill_null(0),
        known_share=share,
    ).order_by("starts_on")
