"""The plays one by one, and what they were started from.

What a play was started from is told by the Web API alone: `context_uri`, of a playlist, album, artist, show, or the listener's
own collection. These are no contexts of `contexts.py`, which are told from audio features.
"""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.ids import digits
from groovelog.metrics.period import convert_timezone
from groovelog.metrics.saved import latest

PAGES = ("playlist", "album", "artist", "show")
COLLECTION, OTHER = "collection", "other"


def started_from(context_uri: ir.StringValue) -> ir.StringValue:
    """The kind of page: one of PAGES, collection, or other; null where nobody tells.

    Playlists have been told as spotify:playlist:ID and as spotify:user:NAME:playlist:ID, the saved tracks as
    spotify:collection and spotify:user:NAME:collection.
    """
    pages = [(context_uri.contains(f":{page}:"), page) for page in PAGES]
    # The collection of one artist or album is told as spotify:collection:artist:ID, and is the listener's own all the same.
    return ibis.cases(
        (context_uri.isnull(), ibis.null("string")),
        (context_uri.contains(f":{COLLECTION}"), COLLECTION),
        *pages,
        else_=OTHER,
    )


def page_id(context_uri: ir.StringValue) -> ir.StringValue:
    """What follows the last colon."""
    return context_uri.re_extract("([^:]*)$", 1).nullif("")


def recent_plays(plays: ir.Table, tracks: ir.Table, playlists: ir.Table, top: int | None = None) -> ir.Table:
    """Kept plays, the newest first; the columns are described in the report `recent-plays`."""
    newest = [ibis.desc("started_at"), ibis.desc("play_id")]
    shown = plays.order_by(newest).limit(top)
    names = tracks.select(
        named_of="track_id", known_title="track_name", known_maker="artist_name", known_album="album_name"
    )
    named = shown.left_join(names, [("uri", "named_of")])
    told = named.mutate(
        id_text=digits(named.play_id),
        local_time=convert_timezone(named.timezone, named.started_at).strftime("%H:%M"),
        told_title=ibis.coalesce(named.title, named.known_title),
        told_maker=ibis.coalesce(named.maker, named.known_maker),
        told_album=ibis.coalesce(named.collection, named.known_album),
        context=started_from(named.context_uri),
        page=page_id(named.context_uri),
    )
    rows = _with_page_name(told, playlists, told.told_album)
    return rows.order_by(newest).select(
        "started_at", "stopped_at", "local_date", "local_time", "kind", "ms_played", "counted", "skipped", "context",
        "context_name", "sources", "incognito", play_id="id_text", track_name="told_title", artist_name="told_maker",
        album_name="told_album",
    ).relocate("play_id", before="started_at").relocate("track_name", "artist_name", "album_name", after="kind")  # fmt: skip


def _with_page_name(plays: ir.Table, playlists: ir.Table, album: ir.StringValue) -> ir.Table:
    """The plays with `context_name`: the listener's name of the playlist, the album's or the show's."""
    lists = latest(playlists).select(list_id="playlist_id", list_name="playlist_name")
    joined = plays.left_join(lists, [("page", "list_id")])
    name = ibis.cases(
        (joined.context == "playlist", joined.list_name),
        (joined.context.isin(("album", "show")), joined[album.get_name()]),
    )
    return joined.mutate(context_name=name)


def by_context(plays: ir.Table, tracks: ir.Table, playlists: ir.Table, top: int | None = None) -> ir.Table:
    """Counted plays by what they were started from; those of which nobody tells come first.

    The columns are described in the report `plays-by-context`.
    """
    counted = plays.filter(plays.counted)
    sums = counted.group_by("context_uri").agg(
        plays=counted.count(),
        ms_played=counted.ms_played.sum().fill_null(0),
        skips=counted.count(where=counted.skipped.fill_null(False)),
        skip_known=counted.skipped.count(),
        uri=counted.uri.min(where=counted.context_uri.notnull()),
        collection=counted.collection.min(where=counted.context_uri.notnull()),
    )
    albums = tracks.select(named_of="track_id", known_album="album_name")
    named = sums.left_join(albums, [("uri", "named_of")])
    told = named.mutate(
        context=started_from(named.context_uri),
        page=page_id(named.context_uri),
        album=ibis.coalesce(named.collection, named.known_album),
    )
    pages = _with_page_name(told, playlists, told.album)
    # One playlist may be told in two ways; the collection has no id of its own.
    page = (pages.context == COLLECTION).ifelse(ibis.null("string"), pages.page)
    rows = (
        pages.mutate(page_of=page)
        .group_by("context", "page_of")
        .agg(
            context_name=pages.context_name.min(),
            context_uri=pages.context_uri.min(),
            **{name: pages[name].sum() for name in ("plays", "ms_played", "skips", "skip_known")},
        )
    )
    rows = rows.mutate(
        share=rows.plays / rows.plays.sum().over(ibis.window()), skip_rate=rows.skips / rows.skip_known.nullif(0)
    )
    names = [rows[name].asc(nulls_first=False) for name in ("context", "context_name", "context_uri")]
    order = [rows.context.notnull(), ibis.desc("plays"), *names]
    columns = ("context", "context_name", "plays", "share", "ms_played", "skip_rate", "context_uri")
    return rows.order_by(order).limit(top).select(columns)
