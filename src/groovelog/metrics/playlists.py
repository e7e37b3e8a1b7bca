"""Playlists as last seen, beside what was played: their health, what they share, and what is played of them.

Tracks are compared by recording (see `items`), so that single and album version are one. An entry of which neither
URI nor title is told is an entry, and no track; episodes and audiobooks are none, too.
"""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.audio import as_known, with_audio
from groovelog.metrics.entries import by_work
from groovelog.metrics.items import items
from groovelog.metrics.recent import COLLECTION, page_id, started_from
from groovelog.metrics.saved import FROM_EXPORT, last_library, standing
from groovelog.metrics.saved_rules import CONTAINED, FRESH_DAYS, NEAR_DUPLICATE, STALE_DAYS, YEAR_DAYS
from groovelog.metrics.works import named

LIST, ANY_LIST, NO_LIST, SAVED = "playlist", "any playlist", "no playlist", "saved tracks"
PLAYLIST = ("playlist_id", "snapshot_id")
CURVE = ("energy", "valence", "tempo")


def health(
    history: ir.Table, playlists: ir.Table, playlist_tracks: ir.Table, tracks: ir.Table, top: int | None = None
) -> ir.Table:
    """Each playlist's size, age, freshness, variety and plays; the columns are described in the report `playlist-health`."""
    rows = _measured(history, playlists, playlist_tracks, tracks)
    order = [ibis.desc("plays"), ibis.asc("playlist_name"), ibis.asc("playlist_id")]
    return rows.order_by(order).limit(top).drop("days_silent")


def stale(
    history: ir.Table, playlists: ir.Table, playlist_tracks: ir.Table, tracks: ir.Table, top: int | None = None
) -> ir.Table:
    """The stale playlists, the longest silent first."""
    rows = _measured(history, playlists, playlist_tracks, tracks)
    rows = rows.filter(rows.stale)
    order = [ibis.desc("days_silent"), ibis.asc("playlist_name"), ibis.asc("playlist_id")]
    columns = (
        "playlist_name", "days_silent", "entries", "tracks", "modified_on", "last_added", "last_played", "plays",
        "never_played", "playlist_id",
    )  # fmt: skip
    return rows.order_by(order).limit(top).select(columns)


def _measured(history: ir.Table, playlists: ir.Table, playlist_tracks: ir.Table, tracks: ir.Table) -> ir.Table:
    """The latest state of each playlist with all measures; a playlist without entries has counts of 0."""
    lists = standing(playlists, playlist_tracks).select(
        "playlist_id", "snapshot_id", "playlist_name", "entries", "modified_on"
    )
    seen_on = playlists.captured_at.max().date()
    now = history.agg(kept_to=history.local_date.max()).cross_join(playlists.agg(seen_on=seen_on))
    # Both engines leave nulls out of the greatest.
    lists = lists.cross_join(now.select(now=ibis.greatest(now.kept_to, now.seen_on)))
    entries = playlist_tracks.join(lists.select(*PLAYLIST, "now"), PLAYLIST)
    dated = entries.mutate(added_on=entries.added_at.date())
    fresh = dated.now.epoch_days() - dated.added_on.epoch_days() < FRESH_DAYS
    sums = dated.group_by(sums_of="playlist_id").agg(
        first_added=dated.added_on.min(), last_added=dated.added_on.max(),
        dated_entries=dated.added_on.count(), fresh_entries=dated.count(where=fresh.fill_null(False)),
    )  # fmt: skip
    known = recordings(playlist_tracks, playlists, tracks)
    played = known.left_join(heard(history, tracks), "item_id").cross_join(lists.select("now").distinct())
    unheard = played.now.epoch_days() - played.last_played.epoch_days() >= YEAR_DAYS
    by_list = played.group_by(tracks_of="playlist_id").agg(
        tracks=played.count(),
        track_entries=played.times.sum(),
        plays=played.plays.sum().fill_null(0),
        never_played=played.count(where=played.plays.isnull()),
        silent_year=played.count(where=unheard.fill_null(True)),
        last_played=played.last_played.max(),
    )
    # Dropped one by one: Ibis writes the columns of one drop in any order, and the SQL is kept by its text.
    joined = lists.left_join(sums, [("playlist_id", "sums_of")]).drop("sums_of")
    joined = joined.left_join(by_list, [("playlist_id", "tracks_of")]).drop("tracks_of")
    joined = joined.left_join(variety(entries), [("playlist_id", "variety_of")])
    changed = ibis.greatest(joined.modified_on, joined.last_added)
    counts = ("tracks", "track_entries", "plays", "never_played", "silent_year", "artists")
    filled = {name: joined[name].fill_null(0) for name in counts}
    today = joined.now.epoch_days()
    rows = joined.mutate(
        **filled,
        age_days=today - joined.first_added.epoch_days(),
        days_since_change=today - changed.epoch_days(),
        days_since_play=today - joined.last_played.epoch_days(),
        fresh_share=joined.fresh_entries / joined.dated_entries.nullif(0),
    )
    unplayed = (rows.days_since_play >= STALE_DAYS).fill_null(True)
    rows = rows.mutate(
        duplicates=rows.track_entries - rows.tracks,
        never_played_share=rows.never_played / rows.tracks.nullif(0),
        stale=(rows.days_since_change >= STALE_DAYS) & unplayed,
        days_silent=ibis.least(rows.days_since_change, rows.days_since_play),
    )
    columns = (
        "playlist_name", "entries", "tracks", "duplicates", "artists", "first_added", "last_added", "modified_on", "age_days",
        "days_since_change", "last_played", "plays", "never_played", "never_played_share", "silent_year", "effective_artists",
        "fresh_share", "stale", "playlist_id", "days_silent",
    )  # fmt: skip
    return rows.select(columns)


def variety(entries: ir.Table) -> ir.Table:
    """Of each playlist `artists`, and `effective_artists`: 2 to the Shannon entropy, in bits, of its tracks' artists.

    So many artists with as many entries each would be as varied (Jost 2006, Entropy and diversity). With n entries of an
    artist and N in all the entropy is log₂ N − Σ n log₂ n / N. Null without an artist.
    """
    named = entries.filter(entries.kind == "track", entries.artist_name.notnull())
    counts = named.group_by("playlist_id", "artist_name").agg(n=named.count())
    counts = counts.mutate(weighted=counts.n * counts.n.log2())
    sums = counts.group_by(variety_of="playlist_id").agg(
        artists=counts.count(), all_entries=counts.n.sum(), weighted=counts.weighted.sum()
    )
    entropy = sums.all_entries.log2() - sums.weighted / sums.all_entries
    return sums.select("variety_of", "artists", effective_artists=(ibis.literal(2.0) ** entropy).round(6))


def recordings(playlist_tracks: ir.Table, playlists: ir.Table, tracks: ir.Table) -> ir.Table:
    """The recordings of each playlist as last seen: `playlist_id`, `item_id`, `times`, its entries."""
    entries = playlist_tracks.filter(playlist_tracks.kind == "track").join(
        standing(playlists, playlist_tracks).select(PLAYLIST), PLAYLIST
    )
    known = items(_as_works(entries), tracks, "recording", "playlist_id")
    return known.group_by("playlist_id", "item_id").agg(times=known.count())


def _as_works(entries: ir.Table) -> ir.Table:
    return entries.mutate(uri=entries.track_uri, title=entries.track_name, maker=entries.artist_name)


def heard(history: ir.Table, tracks: ir.Table) -> ir.Table:
    """Counted plays of tracks by recording: `item_id`, `plays`, `last_played`."""
    # Named anew, of tracks alone: the columns of episodes and audiobooks are not read.
    counted = named(history.filter(history.counted, history.kind == "track"), "track")
    tallied = by_work(counted, last_played=counted.local_date.max())
    heard = items(tallied, tracks, "recording", "plays", "last_played")
    return heard.group_by("item_id").agg(plays=heard.plays.sum(), last_played=heard.last_played.max())


def overlap(playlists: ir.Table, playlist_tracks: ir.Table, tracks: ir.Table, top: int | None = None) -> ir.Table:
    """Pairs of playlists with tracks in common; the columns are described in the report `playlist-overlap`."""
    known = recordings(playlist_tracks, playlists, tracks)
    lists = standing(playlists, playlist_tracks).select("playlist_id", "playlist_name")
    order = [ibis.asc("playlist_name"), ibis.asc("playlist_id")]
    placed = lists.mutate(place=ibis.row_number().over(order_by=order))
    sizes = known.group_by(size_of="playlist_id").agg(tracks=known.count())
    sized = placed.join(sizes, [("playlist_id", "size_of")]).drop("size_of")
    places = known.join(placed.select("playlist_id", "place"), "playlist_id").select("item_id", "place")
    others = places.view()
    both = places.join(others, ["item_id", places.place < others.place])
    pairs = both.group_by("place", other_place="place_right").agg(common=both.count())
    right = sized.select(
        other_place="place", other_playlist="playlist_name", other_tracks="tracks", other_playlist_id="playlist_id"
    )
    rows = pairs.join(sized, "place").join(right, "other_place")
    rows = rows.mutate(
        jaccard=rows.common / (rows.tracks + rows.other_tracks - rows.common),
        containment=rows.common / ibis.least(rows.tracks, rows.other_tracks),
    )
    near = rows.jaccard >= NEAR_DUPLICATE
    rows = rows.mutate(near_duplicate=near, contained=(rows.containment >= CONTAINED) & ~near)
    columns = (
        "playlist_name", "other_playlist", "tracks", "other_tracks", "common", "jaccard", "containment", "near_duplicate",
        "contained", "playlist_id", "other_playlist_id",
    )  # fmt: skip
    order = [ibis.desc("jaccard"), ibis.desc("common"), *(ibis.asc(name) for name in (*columns[:2], *columns[-2:]))]
    return rows.order_by(order).limit(top).select(columns)


def curve(
    playlists: ir.Table, playlist_tracks: ir.Table, tracks: ir.Table, audio: ir.Table, top: int | None = None
) -> ir.Table:
    """The audio features of every entry in the order of each playlist; see the report `playlist-curve`."""
    lists = standing(playlists, playlist_tracks).select(*PLAYLIST, "playlist_name")
    entries = playlist_tracks.join(lists, PLAYLIST).select(
        *PLAYLIST, "playlist_name", "position", "kind", "track_uri", "track_name", "artist_name"
    )
    heard = with_audio(_as_works(entries), tracks, as_known(audio))
    features = {name: (heard.kind == "track").ifelse(heard[name], ibis.null("float64")) for name in CURVE}
    rows = heard.select("playlist_name", "position", "track_name", "artist_name", **features, playlist_id="playlist_id")
    return rows.order_by("playlist_name", "playlist_id", "position").limit(top)


def plays_of(
    plays: ir.Table, playlists: ir.Table, playlist_tracks: ir.Table, saved_tracks: ir.Table, tracks: ir.Table
) -> ir.Table:
    """Counted plays of what is in each playlist, in any, in none, in the saved tracks; see the report `playlist-plays`."""
    counted = plays.filter(plays.counted)
    tallied = by_work(counted, ms_played=counted.ms_played.sum())
    told = items(tallied, tracks, "recording", "plays", "ms_played")
    # A play of which nobody tells the track is in no playlist, and all of these are a track by themselves.
    nameless = tallied.filter(tallied.uri.isnull() & tallied.title.isnull())
    told = told.union(nameless.select("plays", "ms_played", item_id=ibis.null("string")).select(told.columns))
    heard = told.group_by("item_id").agg(plays=told.plays.sum(), ms_played=told.ms_played.sum())
    known = recordings(playlist_tracks, playlists, tracks)
    listed = known.distinct(on="item_id").select(listed_id="item_id")
    saved = items(_as_works(last_library(saved_tracks)), tracks, "recording").distinct()
    placed = heard.left_join(listed, [("item_id", "listed_id")])
    played = known.left_join(heard, "item_id")
    each = played.group_by("playlist_id").agg(tracks=played.count(), **_played(played))
    lists = standing(playlists, playlist_tracks).select("playlist_id", "playlist_name")
    of_saved = saved.left_join(heard, "item_id")
    starts = _starts(counted)
    by_id = starts.group_by(started_list="list_id").agg(started=starts.plays.sum())
    joined = lists.left_join(each.rename(each_of="playlist_id"), [("playlist_id", "each_of")])
    joined = joined.left_join(by_id, [("playlist_id", "started_list")])
    started = joined.playlist_id.startswith(FROM_EXPORT).ifelse(ibis.null("int64"), joined.started.fill_null(0))
    rows = [
        _part(placed.filter(placed.listed_id.notnull()), 0, ANY_LIST, listed),
        _part(placed.filter(placed.listed_id.isnull()), 1, NO_LIST, None),
        _part(of_saved, 2, SAVED, saved),
        joined.select(
            place=ibis.literal(3, "int64"), part=ibis.literal(LIST), playlist_name="playlist_name",
            tracks=joined.tracks.fill_null(0).cast("int64"), plays=joined.plays.fill_null(0).cast("int64"),
            ms_played=joined.ms_played.fill_null(0).cast("int64"), started=started.cast("int64"),
            playlist_id="playlist_id",
        ),
    ]  # fmt: skip
    totals = heard.agg(all_plays=heard.plays.sum())
    everything = starts.agg(
        from_lists=starts.plays.sum(where=starts.list_id.notnull()).fill_null(0),
        from_saved=starts.plays.sum(where=starts.list_id.isnull()).fill_null(0),
    )
    told = ibis.union(*rows).cross_join(totals.cross_join(everything))
    plays_started = ibis.cases(
        (told.place == 0, told.from_lists), (told.place == 2, told.from_saved), else_=told.started
    )
    told = told.mutate(share=told.plays / told.all_plays.nullif(0), plays_started=plays_started)
    order = [told.place, told.plays.desc(), told.playlist_name, told.playlist_id]
    columns = ("part", "playlist_name", "tracks", "plays", "share", "ms_played", "plays_started", "playlist_id")
    return told.order_by(order).select(columns)


def _played(items: ir.Table) -> dict[str, ir.Value]:
    return {"plays": items.plays.sum().fill_null(0), "ms_played": items.ms_played.sum().fill_null(0)}


def _part(items: ir.Table, place: int, part: str, members: ir.Table | None) -> ir.Table:
    """One row of what was played of a group of recordings; `tracks` are its members, else those that were played."""
    sums = items.agg(played=items.count(), **_played(items))
    tracks = sums.played if members is None else members.count().as_scalar()
    return sums.select(
        place=ibis.literal(place, "int64"), part=ibis.literal(part), playlist_name=ibis.null("string"),
        tracks=tracks.cast("int64"), plays=sums.plays.cast("int64"), ms_played=sums.ms_played.cast("int64"),
        started=ibis.null("int64"), playlist_id=ibis.null("string"),
    )  # fmt: skip


def _starts(counted: ir.Table) -> ir.Table:
    """Plays by the playlist that they were started from (`list_id`), and those from the listener's collection (null)."""
    told = counted.filter(counted.context_uri.notnull()).select("context_uri")
    kinds = told.mutate(page=started_from(told.context_uri), found=page_id(told.context_uri))
    kinds = kinds.filter(kinds.page.isin((LIST, COLLECTION)))
    marked = kinds.mutate(list_id=(kinds.page == LIST).ifelse(kinds.found, ibis.null("string")))
    return marked.group_by("list_id").agg(plays=marked.count())
