"""How taste moves: the ranges of the Web API, the drift from step to step, what lasts, what was left and came back."""

from datetime import date

import ibis
import ibis.expr.types as ir

from groovelog.metrics import steps
from groovelog.metrics.items import NAMES, items, named_items
from groovelog.metrics.played import by_day, day_number, last_date, last_day

# Days up to the end. The Web API tells of "approximately" 4 weeks, 6 months and a year.
RANGES = {"short": 28, "medium": 182, "long": 365}

DIGITS = 9  # of what is worked out from sums of fractions: the order in which they are added shows in the last digits

MONTHS_KNOWN = 12  # since its first play: younger ones cannot be all-time
MONTHS_PLAYED = 6
BUSIEST_SHARE = 0.5  # of its plays in one month: more is a burst

FAVOURITE_PLAYS, FAVOURITE_DAYS = 15, 5

PLAYS_BEFORE, PLAYS_BACK, BACK_DAYS = 5, 3, 30


def time_ranges(
    plays: ir.Table, tracks: ir.Table, top_items: ir.Table, *, last: date | None, what: str, top: int
) -> ir.Table:
    """The first `top` items of each range, by plays and as the Web API last told; described in the report `time-ranges`."""
    end = last_date(plays, last)
    # A date beside a date lets the engine leave whole files unread; the ends of the ranges are asked for once.
    recent = plays.filter(plays.local_date > (end - ibis.interval(days=RANGES["long"])).cast("timestamp").date())
    days = by_day(recent, tracks, what)
    ended = days.cross_join(plays.limit(1).select(end=day_number(end)))
    sums = ended.group_by("item_id").agg(
        **{
            f"plays_{name}": ended.plays.sum(where=ended.day > ended.end - length).fill_null(0).cast("int64")
            for name, length in RANGES.items()
        }
    )
    played = named_items(sums.filter(sums.plays_long > 0), tracks, what)
    ranked = played.mutate(**{f"rank_{name}": _rank(played, f"plays_{name}") for name in RANGES})
    told = _told_by_api(top_items, last, what)
    told = told.rename(told_id="item_id", told_name="name", told_artist="artist_name")
    joined = ranked.outer_join(told, [("item_id", "told_id")])
    filled = joined.mutate(
        item_id=ibis.coalesce(joined.item_id, joined.told_id),
        name=ibis.coalesce(joined.name, joined.told_name),
        artist_name=ibis.coalesce(joined.artist_name, joined.told_artist),
        **{f"plays_{name}": joined[f"plays_{name}"].fill_null(0) for name in RANGES},
    )
    ranks = [f"{by}_{name}" for by in ("rank", "api_rank") for name in RANGES]
    shown = filled.filter(ibis.or_(*((filled[rank] <= top).fill_null(False) for rank in ranks)))
    columns = [column for name in RANGES for column in (f"plays_{name}", f"rank_{name}")]
    return shown.order_by(*ranks, *NAMES).select("name", "artist_name", *columns, *ranks[len(RANGES) :])


def _rank(rows: ir.Table, plays: str) -> ir.IntegerValue:
    """Place by plays, then names; null where there are none."""
    order = [ibis.desc(rows[plays]), *(rows[name] for name in NAMES)]
    place = ibis.row_number().over(order_by=order) + 1
    return (rows[plays] > 0).ifelse(place, ibis.null("int64"))


def _told_by_api(top_items: ir.Table, last: date | None, what: str) -> ir.Table:
    """`item_id`, `name`, `artist_name` and the places in the latest list of each range that was captured by the end."""
    told = top_items.filter(top_items.item_type == what)
    if last is not None:
        told = told.filter(told.captured_at.date() <= ibis.literal(last, type="date"))
    latest = told.captured_at.max().over(group_by=told.time_range)
    current = told.mutate(latest=latest)
    current = current.filter(current.captured_at == current.latest)
    # Artists have no URI in exports. Two of one name are one here, as everywhere.
    item_id = current.name if what == "artist" else current.uri
    current = current.mutate(item_id=item_id)
    current = current.filter(current.item_id.notnull())
    return current.group_by("item_id").agg(
        name=current.name.min(),
        artist_name=current.artist_name.min(),
        **{f"api_rank_{name}": current.position.min(where=current.time_range == f"{name}_term") for name in RANGES},
    )


def drift(plays: ir.Table, tracks: ir.Table, what: str, per: str) -> ir.Table:
    """How far the shares of plays moved since the step before and since the first; described in the report `drift`.

    The Jensen-Shannon distance to base 2: the root of H((p + q) / 2) - (H(p) + H(q)) / 2, where p and q are the shares of
    the items in two steps and H is the entropy in bits (J. Lin 1991; a metric: D. Endres and J. Schindelin 2003). An item
    of one step alone adds half its share, so that items of both are all that has to be looked at:
    1 + 1/2 sum(p log2(p / (p + q)) + q log2(q / (p + q))).
    """
    heard = items(plays.filter(plays.counted), tracks, what, "local_date")
    placed = heard.mutate(step=steps.number(heard.local_date, per))
    counts = placed.group_by("step", "item_id").agg(n=placed.count())
    totals = counts.group_by("step").agg(plays=counts.n.sum(), items=counts.count())
    totals = totals.mutate(before=totals.plays.lag().over(order_by=totals.step), first=totals.step.min().over())
    totals = totals.mutate(step_before=totals.step.lag().over(order_by=totals.step)).drop("before")
    shares = counts.join(totals, "step")
    shares = shares.mutate(share=shares.n / shares.plays).select("item_id", "step", "share", "step_before", "first")
    moved = totals
    for since, name in (("step_before", "drift"), ("first", "drift_from_first")):
        moved = moved.left_join(_distance(shares, since, name), [("step", f"{name}_of")]).drop(f"{name}_of")
    rows = steps.every(plays, per).left_join(moved, "step")
    apart = rows.drift.fill_null(1.0)
    return rows.select(
        starts_on=steps.first_day(rows.step, per),
        plays=rows.plays.fill_null(0),
        items=rows["items"].fill_null(0),
        drift=rows.step_before.isnull().ifelse(ibis.null("float64"), apart),
        drift_from_first=rows.plays.isnull().ifelse(ibis.null("float64"), rows.drift_from_first.fill_null(1.0)),
        kept_share=rows.step_before.isnull().ifelse(ibis.null("float64"), rows.drift_kept.fill_null(0.0)),
    ).order_by("starts_on")


def _distance(shares: ir.Table, since: str, name: str) -> ir.Table:
    """For each step with an item in common with the step `since` its distance, and the share of plays of these items."""
    earlier = shares.select(earlier_step="step", earlier_item="item_id", p="share")
    both = shares.join(earlier, [(since, "earlier_step"), ("item_id", "earlier_item")])
    both = both.mutate(q=both.share, together=both.p + both.share)
    terms = both.p * (both.p / both.together).log2() + both.q * (both.q / both.together).log2()
    sums = both.mutate(term=terms).group_by(**{f"{name}_of": "step"}).agg(terms=ibis._.term.sum(), kept=ibis._.q.sum())
    # Equal shares give 0 but for the last digit, of which a root would make the eighth.
    divergence = (1 + sums.terms / 2).round(DIGITS + 3)
    distance = (divergence > 0).ifelse(divergence, 0.0).sqrt().round(DIGITS)
    return sums.select(f"{name}_of", **{name: distance, f"{name}_kept": sums.kept.round(DIGITS)})


def all_time_favourites(
    plays: ir.Table, tracks: ir.Table, *, last: date | None, what: str, top: int | None = None
) -> ir.Table:
    """What is played month after month; described in the report `all-time-favourites`."""
    heard = items(plays.filter(plays.counted), tracks, what, "local_date", "ms_played")
    placed = heard.mutate(month=steps.number(heard.local_date, "month"))
    months = placed.group_by("item_id", "month").agg(
        plays=placed.count(),
        ms_played=placed.ms_played.sum(),
        first=placed.local_date.min(),
        last=placed.local_date.max(),
    )
    sums = months.group_by("item_id").agg(
        plays=months.plays.sum(),
        ms_played=months.ms_played.sum().fill_null(0),
        months_with_plays=months.count(),
        first_month=months.month.min(),
        busiest=months.plays.max(),
        first_played=months["first"].min(),
        last_played=months["last"].max(),
    )
    end = steps.number(plays.local_date.max().as_scalar() if last is None else ibis.literal(last, type="date"), "month")
    timed = sums.mutate(months_since_first=end - sums.first_month + 1, busiest_month_share=sums.busiest / sums.plays)
    steady = timed.filter(
        timed.months_since_first >= MONTHS_KNOWN,
        timed.months_with_plays >= MONTHS_PLAYED,
        timed.busiest_month_share <= BUSIEST_SHARE,
    )
    named = named_items(steady, tracks, what)
    order = [ibis.desc("months_with_plays"), ibis.desc("plays"), *NAMES]
    named = named.order_by(order).limit(top)
    ranked = named.mutate(
        rank=ibis.row_number().over(order_by=order) + 1, steadiness=named.months_with_plays / named.months_since_first
    )
    return ranked.order_by("rank").select(
        "rank", "name", "artist_name", "plays", "ms_played", "months_with_plays", "months_since_first", "steadiness",
        "busiest_month_share", "first_played", "last_played",
    )  # fmt: skip


def forgotten_favourites(
    plays: ir.Table, tracks: ir.Table, *, last: date | None, what: str, window: int, top: int | None = None
) -> ir.Table:
    """Played often once, and silent since; described in the report `forgotten-favourites`."""
    days = by_day(plays, tracks, what)
    sums = days.group_by("item_id").agg(
        plays=days.plays.sum(), days_with_plays=days.count(), first=days.day.min(), last=days.day.max()
    )
    timed = sums.mutate(days_silent=last_day(plays, last) - sums["last"])
    forgotten = timed.filter(
        timed.plays >= FAVOURITE_PLAYS, timed.days_with_plays >= FAVOURITE_DAYS, timed.days_silent > window
    )
    named = named_items(forgotten, tracks, what)
    return (
        named.order_by(ibis.desc("plays"), *NAMES)
        .limit(top)
        .select(
            "name",
            "artist_name",
            "plays",
            "days_with_plays",
            "days_silent",
            first_played=steps.day(named["first"]),
            last_played=steps.day(named["last"]),
        )
        .relocate("first_played", "last_played", after="days_with_plays")
    )


def comebacks(
    history: ir.Table,
    tracks: ir.Table,
    *,
    first: date | None,
    last: date | None,
    what: str,
    window: int,
    top: int | None = None,
) -> ir.Table:
    """Returns after a long silence; described in the report `comebacks`."""
    days = by_day(history if last is None else history.filter(history.local_date <= last), tracks, what)
    by_item = {"group_by": days.item_id, "order_by": days.day}
    # Each of the next days has a play at least: as many days ahead as plays are asked for tell whether there are enough.
    ahead = {
        f"{name}_{nth}": days[name].lead(nth).over(**by_item)
        for nth in range(1, PLAYS_BACK)
        for name in ("day", "plays")
    }
    lined = days.mutate(
        before=days.day.lag().over(**by_item),
        plays_before=days.plays.sum().over(ibis.window(**by_item, preceding=(None, 1))),
        **ahead,
    )
    soon = lined.plays
    for nth in range(1, PLAYS_BACK):
        in_time = (lined[f"day_{nth}"] - lined.day < BACK_DAYS).fill_null(False)
        soon += in_time.ifelse(lined[f"plays_{nth}"], 0)
    silent = lined.mutate(days_silent=lined.day - lined.before - 1, soon=soon)
    returned = silent.filter(
        silent.days_silent >= window, silent.plays_before >= PLAYS_BEFORE, silent.soon >= PLAYS_BACK
    )
    if first is not None:
        returned = returned.filter(returned.day >= ibis.literal(first, type="date").epoch_days())
    totals = days.group_by(total_of="item_id").agg(total=days.plays.sum())
    since = returned.join(totals, [("item_id", "total_of")])
    since = since.mutate(since=since.total - since.plays_before)
    named = named_items(since, tracks, what)
    ordered = named.order_by(ibis.desc("day"), ibis.desc("since"), *NAMES).limit(top)
    return ordered.select(
        "name",
        "artist_name",
        silent_from=steps.day(ordered.before + 1),
        back_on=steps.day(ordered.day),
        days_silent=ordered.days_silent,
        plays_before=ordered.plays_before,
        plays_since=ordered.since,
    )
