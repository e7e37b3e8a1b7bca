"""Rankings step by step: who rises and falls, and whose share grows."""

from datetime import date

import ibis
import ibis.expr.types as ir

from groovelog.metrics import steps
from groovelog.metrics.days import per_day
from groovelog.metrics.items import by_item, named_items

EVERYONE_ELSE = "everyone else"


def rank_movement(
    history: ir.Table, tracks: ir.Table, *, what: str, per: str, top: int, first: date | None, last: date | None
) -> ir.Table:
    """The first `top` items of each step by counted plays; the columns are described in the report `rank-movement`.

    Ties go by name, then id. `rank_before` is the rank in the step of the calendar before, among all items; null where it
    was not played then. Steps are whole, also those that the period asked for begins within; it ends with `last`.
    """
    counted = history.filter(history.counted)
    if last is not None:
        counted = counted.filter(counted.local_date <= last)
    counted = counted.mutate(step=steps.number(counted.local_date, per))
    tallies = by_item(counted, tracks, what, "step").alias("items_of_steps")
    # Items are put in the order of their names once, not in every step.
    names = named_items(tallies.select("item_id").distinct(), tracks, what)
    names = names.mutate(name_no=ibis.row_number().over(order_by=[names.name, names.artist_name, names.item_id]))
    names = names.rename(named_id="item_id").alias("names_of_items")
    placed = tallies.inner_join(names.select("named_id", "name_no"), [("item_id", "named_id")])
    order = [ibis.desc(placed.plays), placed.name_no]
    ranked = placed.select(
        "step", "item_id", "plays", "ms_played", rank=ibis.row_number().over(group_by=placed.step, order_by=order) + 1
    ).alias("ranks_of_steps")
    shown = ranked.filter(ranked["rank"] <= top)
    # Only of those that are shown the steps before are asked for.
    told = ranked.semi_join(shown.select(shown_id="item_id").distinct(), [("item_id", "shown_id")])
    over = ibis.window(group_by="item_id", order_by="step")
    moved = told.mutate(step_before=told.step.lag().over(over), rank_then=told["rank"].lag().over(over))
    followed = moved.step_before == moved.step - 1
    moved = moved.mutate(
        rank_before=followed.fill_null(False).ifelse(moved.rank_then, ibis.null("int64")),
        is_new=moved.step_before.isnull(),
    )
    rows = moved.filter(moved["rank"] <= top)
    if first is not None:
        rows = rows.filter(rows.step >= steps.number(ibis.literal(first), per))
    named = rows.inner_join(names, [("item_id", "named_id")])
    return named.select(
        "rank",
        "name",
        "artist_name",
        "plays",
        "ms_played",
        "rank_before",
        "is_new",
        starts_on=steps.first_day(named.step, per),
        movement=named.rank_before - named["rank"],
    ).select(
        "starts_on", "rank", "name", "artist_name", "plays", "ms_played", "rank_before", "movement", "is_new"
    ).order_by("starts_on", "rank")  # fmt: skip


def artist_share(plays: ir.Table, tracks: ir.Table, per: str, top: int) -> ir.Table:
    """The shares of the `top` artists of all steps, and of everyone else, in each; see the report `artist-share`.

    Steps run from that of the first kept play to that of the last. Artists are ranked by counted plays, ties by name. All
    that is not of them is everyone else's, also plays whose artist nobody tells, so that the shares of a step add up to 1.
    A step without counted plays (or without time) has null shares.
    """
    days = per_day(plays).alias("days_of_plays")
    every = steps.every(days, per).alias("steps_of_plays")
    dated = days.mutate(total_step=steps.number(days.local_date, per))
    totals = dated.group_by("total_step").agg(
        all_plays=dated.plays.sum().cast("int64"), all_ms=dated.ms_played.sum().cast("int64")
    )
    counted = plays.filter(plays.counted)
    counted = counted.mutate(step=steps.number(counted.local_date, per))
    tallies = by_item(counted, tracks, "artist", "step").alias("artists_of_steps")
    artists = tallies.group_by("item_id").agg(plays=tallies.plays.sum())
    artists = artists.order_by([ibis.desc("plays"), "item_id"]).limit(top)
    order = [ibis.desc(artists.plays), artists.item_id]
    artists = artists.select(top_id="item_id", rank=ibis.row_number().over(order_by=order) + 1).alias("top_artists")
    cells = every.cross_join(artists).left_join(tallies, [("step", "step"), ("top_id", "item_id")])
    cells = cells.select(
        "step",
        "rank",
        artist_name="top_id",
        plays=cells.plays.fill_null(0),
        ms_played=cells.ms_played.fill_null(0),
    ).alias("cells_of_artists")
    sums = cells.group_by(cells_step="step").agg(top_plays=cells.plays.sum(), top_ms=cells.ms_played.sum())
    rest = every.left_join(totals, [("step", "total_step")]).left_join(sums, [("step", "cells_step")])
    rest = rest.select(
        "step",
        rank=ibis.null("int64"),
        artist_name=ibis.literal(EVERYONE_ELSE),
        plays=(rest.all_plays.fill_null(0) - rest.top_plays.fill_null(0)).cast("int64"),
        ms_played=(rest.all_ms.fill_null(0) - rest.top_ms.fill_null(0)).cast("int64"),
    )
    rows = cells.union(rest).left_join(totals, [("step", "total_step")])
    told = rows.mutate(starts_on=steps.first_day(rows.step, per))
    return told.select(
        "starts_on",
        "rank",
        "artist_name",
        "plays",
        "ms_played",
        share_of_plays=told.plays / told.all_plays.nullif(0),
        share_of_time=told.ms_played / told.all_ms.nullif(0),
    ).order_by(["starts_on", ibis.asc("rank", nulls_first=False)])
