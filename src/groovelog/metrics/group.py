"""Several listeners beside each other. `group` are the plays of those who show them (see `access`), with `listener`, a name."""

from datetime import date

import ibis
import ibis.expr.types as ir

from groovelog.metrics.audio import with_audio
from groovelog.metrics.items import items, named_items
from groovelog.metrics.period import within
from groovelog.metrics.rules import LEAST_COVERAGE

# Those on one scale, 0 to 1: a mean of them needs no weights.
COMPARED = ("danceability", "energy", "speechiness", "acousticness", "instrumentalness", "liveness", "valence")
# What counts in compatibility: artists most, for two may love the same band by other songs.
WEIGHTS = {"artist_affinity": 0.6, "track_affinity": 0.2, "audio_similarity": 0.2}
DISCOVERED_DAYS = 90


def leaderboard(
    group: ir.Table,
    group_history: ir.Table,
    tracks: ir.Table,
    group_months: ir.Table,
    *,
    by: str,
    first: date | None,
    last: date | None,
) -> ir.Table:
    """Listeners by counted plays, time, or days with plays: one row each; the columns are described in the report.

    An artist is new to a listener when the first of all their counted plays of it lies in the period. Of whom months alone
    are known (`group_months`), these are summed; songs and artists of several months cannot be, and are null.
    """
    counted = group.filter(group.counted)
    sums = counted.group_by("listener").agg(
        plays=counted.count(),
        ms_played=counted.ms_played.sum().fill_null(0),
        days_with_plays=counted.local_date.nunique(),
        sessions=counted.session_id.nunique(),
    )
    songs = _counts(counted, tracks, "recording").group_by(of_songs="listener").agg(tracks=ibis._.count())
    artists = _counts(counted, tracks, "artist").group_by(of_artists="listener").agg(artists=ibis._.count())
    new = _new_artists(group_history, tracks, first, last).rename(of_new="listener")
    everybody = group.select("listener").distinct().rename(who="listener")
    joined = everybody.left_join(sums, [("who", "listener")]).left_join(songs, [("who", "of_songs")])
    joined = joined.left_join(artists, [("who", "of_artists")]).left_join(new, [("who", "of_new")])
    columns = ("plays", "ms_played", "tracks", "artists", "new_artists", "days_with_plays", "sessions")
    rows = joined.mutate(**{name: joined[name].fill_null(0) for name in columns}).select("who", *columns)
    rows = rows.union(_of_months(group_months).select("who", *columns))
    order = [ibis.desc(rows[{"plays": "plays", "time": "ms_played", "days": "days_with_plays"}[by]]), rows.who]
    ranked = rows.mutate(rank=ibis.row_number().over(order_by=order) + 1)
    return ranked.select("rank", *columns, listener="who").relocate("listener", after="rank").order_by("rank")


def _of_months(months: ir.Table) -> ir.Table:
    unknown = dict.fromkeys(("tracks", "artists", "new_artists"), ibis.null("int64"))
    return months.group_by(who="listener").agg(
        plays=months.counted_plays.sum(),
        ms_played=months.ms_played.sum(),
        days_with_plays=months.days_with_plays.sum(),
        sessions=months.sessions.sum(),
        **unknown,
    )


def hours(group: ir.Table) -> ir.Table:
    """Counted plays and their time by `listener` and local `hour`; hours without a play are left out."""
    counted = group.filter(group.counted)
    heard = counted.group_by("listener", hour=counted.local_hour).agg(
        plays=counted.count(), ms_played=counted.ms_played.sum().fill_null(0)
    )
    return heard.order_by("listener", "hour")


def compatibility(group: ir.Table, tracks: ir.Table, audio: ir.Table) -> ir.Table:
    """Every two listeners of the group: what they have in common, and how alike their tastes are.

    `artist_affinity` and `track_affinity` are Bhattacharyya coefficients of their shares of counted plays, by artist and by
    recording: the sum over items of the square root of share × other share; 1 for equal shares, 0 for nothing in common
    (Bhattacharyya 1943). `audio_similarity` is 1 less the mean absolute difference of their means of seven audio features
    (COMPARED), null unless each has audio features for LEAST_COVERAGE of their plays. `compatibility` is the mean of the
    three by WEIGHTS (of those known), from 0 to 100. Jaccard is common / all items of the two.
    """
    counted = group.filter(group.counted)
    pairs = _pairs(counted)
    for what, name in (("artist", "artists"), ("recording", "tracks")):
        pairs = _with_common(pairs, _counts(counted, tracks, what), name, f"{name.removesuffix('s')}_affinity")
    pairs = _with_similarity(pairs, with_audio(counted, tracks, audio))
    known = {part: pairs[part].notnull().ifelse(weight, 0.0) for part, weight in WEIGHTS.items()}
    weighed = sum((pairs[part].fill_null(0.0) * weight for part, weight in WEIGHTS.items()), ibis.literal(0.0))
    rows = pairs.mutate(compatibility=(100 * weighed / sum(known.values(), ibis.literal(0.0))).round().cast("int64"))
    columns = (
        "listener", "other", "compatibility", "artists", "other_artists", "common_artists", "artist_jaccard",
        "artist_affinity", "tracks", "other_tracks", "common_tracks", "track_jaccard", "track_affinity", "audio_similarity",
    )  # fmt: skip
    return rows.select(*columns).order_by(ibis.desc("compatibility"), "listener", "other")


def shared_favourites(group: ir.Table, tracks: ir.Table, what: str, top: int | None) -> ir.Table:
    """Items that at least two of the group have counted plays of: most listeners first, then the highest `least_share`.

    `least_share` is the smallest of these listeners' own shares of counted plays: what everybody plays, not what one plays
    alone. `listeners` is their number, `fan` who plays it most (ties by name).
    """
    shares = _with_share(_counts(group.filter(group.counted), tracks, what))
    items = shares.group_by("item_id").agg(
        listeners=shares.count(), plays=shares.plays.sum(), least_share=shares.share.min()
    )
    order = [ibis.desc(shares.plays), shares.listener]
    fans = shares.mutate(nth=ibis.row_number().over(group_by=shares.item_id, order_by=order))
    fans = fans.filter(fans.nth == 0).select(fan_of="item_id", fan="listener")
    joined = items.filter(items.listeners > 1).left_join(fans, [("item_id", "fan_of")])
    named = named_items(joined.mutate(plays=joined.plays.cast("int64")).drop("fan_of"), tracks, what)
    first = [ibis.desc(named.listeners), ibis.desc(named.least_share), named.name, named.artist_name, named.item_id]
    ranked = named.mutate(rank=ibis.row_number().over(order_by=first) + 1)
    columns = ("rank", "name", "artist_name", "listeners", "plays", "least_share", "fan")
    return ranked.select(*columns).order_by("rank").limit(top)


def who_heard_first(group: ir.Table, group_history: ir.Table, tracks: ir.Table, what: str, top: int | None) -> ir.Table:
    """Items of the period that at least two of the group know, by who had the first counted play ever, and who followed.

    `shared_discovery` is true where a second listener first played it within DISCOVERED_DAYS of the first. Most recent
    discoveries first: by `next_played`.
    """
    history = group_history.filter(group_history.counted)
    told = items(history, tracks, what, "listener", "started_at", "local_date")
    firsts = told.group_by("item_id", "listener").agg(
        first_at=told.started_at.min(), first_played=told.local_date.argmin(told.started_at), plays=told.count()
    )
    order = [firsts.first_at, firsts.listener]
    placed = firsts.mutate(nth=ibis.row_number().over(group_by=firsts.item_id, order_by=order))
    known = placed.group_by("item_id").agg(
        listeners=placed.count(),
        plays=placed.plays.sum(),
        first_listener=placed.listener.max(where=placed.nth == 0),
        first_played=placed.first_played.max(where=placed.nth == 0),
        next_listener=placed.listener.max(where=placed.nth == 1),
        next_played=placed.first_played.max(where=placed.nth == 1),
    )
    heard = items(group.filter(group.counted), tracks, what).select(heard="item_id").distinct()
    known = known.filter(known.listeners > 1).semi_join(heard, [("item_id", "heard")])
    # The follower's calendar may be a day behind, in a zone further west.
    days = ibis.greatest(known.next_played.epoch_days() - known.first_played.epoch_days(), 0)
    rows = known.mutate(
        days_later=days.cast("int64"), shared_discovery=days <= DISCOVERED_DAYS, plays=known.plays.cast("int64")
    )
    named = named_items(rows, tracks, what)
    columns = (
        "name", "artist_name", "first_listener", "first_played", "next_listener", "next_played", "days_later",
        "shared_discovery", "listeners", "plays",
    )  # fmt: skip
    first = [ibis.desc("next_played"), "name", "artist_name", "item_id"]
    return named.order_by(first).select(*columns).limit(top)


def _new_artists(group_history: ir.Table, tracks: ir.Table, first: date | None, last: date | None) -> ir.Table:
    """Artists whose first counted play ever lies in the period, by `listener`: `new_artists`."""
    told = items(group_history.filter(group_history.counted), tracks, "artist", "listener", "local_date")
    firsts = within(told.group_by("listener", "item_id").agg(local_date=told.local_date.min()), first, last)
    return firsts.group_by("listener").agg(new_artists=firsts.count())


def _counts(counted: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """Counted plays by `listener` and `item_id`: `plays`."""
    told = items(counted, tracks, what, "listener")
    return told.group_by("listener", "item_id").agg(plays=told.count())


def _with_share(counts: ir.Table) -> ir.Table:
    """The counts with `share`, of all counted plays of the listener that name an item."""
    return counts.mutate(share=counts.plays / counts.plays.sum().over(group_by=counts.listener))


def _pairs(counted: ir.Table) -> ir.Table:
    """Every two listeners once: `listener` before `other` by name."""
    people = counted.select("listener").distinct()
    others = people.select(other="listener").view()
    return people.join(others, people.listener < others.other).select("listener", "other")


def _with_common(pairs: ir.Table, counts: ir.Table, name: str, affinity: str) -> ir.Table:
    """The pairs with how many items each has, what they have in common, Jaccard, and the affinity of their shares."""
    shares = _with_share(counts)
    theirs = shares.view()
    both = shares.join(
        theirs, [shares.item_id == theirs.item_id, shares.listener < theirs.listener], rname="{name}_other"
    )
    common = both.group_by("listener", "listener_other").agg(
        common=both.count(), affinity=(both.share * both.share_other).sqrt().sum()
    )
    common = common.select(common_of="listener", common_with="listener_other", common="common", alike="affinity")
    sizes = shares.group_by("listener").agg(items=shares.count())
    own = sizes.select(own_of="listener", own_items="items")
    other = sizes.select(other_of="listener", other_items="items").view()
    joined = pairs.left_join(own, [("listener", "own_of")]).left_join(other, [("other", "other_of")])
    joined = joined.left_join(common, [("listener", "common_of"), ("other", "common_with")])
    shared = joined.common.fill_null(0)
    one = name.removesuffix("s")
    made = joined.mutate(
        **{
            name: joined.own_items.fill_null(0),
            f"other_{name}": joined.other_items.fill_null(0),
            f"common_{name}": shared,
            # Rounding makes the sum of equal shares a hair more than 1.
            affinity: ibis.least(joined.alike.fill_null(0.0), 1.0),
            f"{one}_jaccard": shared
            / (joined.own_items.fill_null(0) + joined.other_items.fill_null(0) - shared).nullif(0),
        }
    )
    return made.select(*pairs.columns, name, f"other_{name}", f"common_{name}", affinity, f"{one}_jaccard")


def _with_similarity(pairs: ir.Table, heard: ir.Table) -> ir.Table:
    """The pairs with `audio_similarity`."""
    means = heard.group_by("listener").agg(
        known=heard.has_audio.mean(), **{name: heard[name].mean() for name in COMPARED}
    )
    means = means.filter(means.known >= LEAST_COVERAGE)
    own = means.select(means_of="listener", **{f"own_{name}": name for name in COMPARED})
    other = means.select(other_means_of="listener", **{f"their_{name}": name for name in COMPARED}).view()
    joined = pairs.left_join(own, [("listener", "means_of")]).left_join(other, [("other", "other_means_of")])
    apart = sum(((joined[f"own_{name}"] - joined[f"their_{name}"]).abs() for name in COMPARED), ibis.literal(0.0))
    return joined.mutate(audio_similarity=1 - apart / len(COMPARED)).select(*pairs.columns, "audio_similarity")
