"""What was played: the work behind a play, by its catalogue entry, by its maker, by its collection.

Work, maker and collection are track, artist and album; episode and twice its show; chapter and twice its audiobook.
"""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.tallies import by_work

WORK: dict[str, dict[str, tuple[str, ...]]] = {
    "track": {
        "uri": ("track_uri",),
        "title": ("track_name",),
        "maker": ("artist_name",),
        "collection": ("album_name",),
    },
    "episode": {
        "uri": ("episode_uri",),
        "title": ("episode_name",),
        "maker": ("show_name",),
        "collection": ("show_name",),
    },
    # Account data tell an audiobook without its chapter.
    "audiobook": {
        "uri": ("chapter_uri", "audiobook_uri"),
        "title": ("chapter_title", "audiobook_title"),
        "maker": ("audiobook_title",),
        "collection": ("audiobook_title",),
    },
}
# A play has the columns of its own kind only, so the first that is told is the right one.
WORK["all"] = {slot: tuple(name for names in WORK.values() for name in names[slot]) for slot in WORK["track"]}
WORK["unknown"] = WORK["all"]

# Stands between title and maker in the id of a work without URI; no title contains it.
UNIT_SEPARATOR = "\x1f"


def named(plays: ir.Table, kind: str) -> ir.Table:
    """The plays with `uri`, `title`, `maker` and `collection` of their work, null where the row has none."""
    # A column alone stays one: what is asked of it is then asked of the file.
    return plays.mutate(
        **{
            slot: plays[names[0]] if len(names) == 1 else ibis.coalesce(*(plays[name] for name in names))
            for slot, names in WORK[kind].items()
        }
    )


def with_entry(works: ir.Table, tracks: ir.Table) -> ir.Table:
    """The rows with `entry_id` and what the catalogue knows of it: `entry_title`, `entry_maker`, `entry_collection`.

    `entry_id` is the URI; without one, the smallest `track_id` whose exact names are `title` and `maker`; without that,
    the names themselves. It is null when a row has neither URI nor title.
    """
    linked = works.uri.notnull()
    works = works.mutate(lookup_title=_unless(linked, works.title), lookup_maker=_unless(linked, works.maker))
    homonyms = tracks.group_by(lookup_title=tracks.track_name, lookup_maker=tracks.artist_name).agg(
        homonym_id=tracks.track_id.min()
    )
    found = works.left_join(homonyms, ["lookup_title", "lookup_maker"])
    own_names = found.title + UNIT_SEPARATOR + found.maker.fill_null("")
    found = found.mutate(entry_id=ibis.coalesce(found.uri, found.homonym_id, own_names))
    catalogue = tracks.select(
        catalogue_id="track_id", entry_title="track_name", entry_maker="artist_name", entry_collection="album_name"
    )
    joined = found.left_join(catalogue, [("entry_id", "catalogue_id")])
    return joined.drop("lookup_title", "lookup_maker", "homonym_id", "catalogue_id")


def entered(plays: ir.Table, tracks: ir.Table, where: ir.BooleanValue | bool = True) -> ir.Table:
    """The plays with `entry_id` (see `with_entry`), and nothing else of the catalogue; null but `where` it is asked for."""
    homonyms = tracks.group_by(lookup_title=tracks.track_name, lookup_maker=tracks.artist_name).agg(
        homonym_id=tracks.track_id.min()
    )
    unlinked = plays.uri.isnull() & where
    looked_up = plays.mutate(
        wanted=ibis.literal(where) if isinstance(where, bool) else where,
        lookup_title=_unless(~unlinked, plays.title),
        lookup_maker=_unless(~unlinked, plays.maker),
    )
    found = looked_up.left_join(homonyms, ["lookup_title", "lookup_maker"])
    own_names = found.title + UNIT_SEPARATOR + found.maker.fill_null("")
    entry_id = _unless(~found.wanted, ibis.coalesce(found.uri, found.homonym_id, own_names))
    # Ibis takes a projection of a join into the next join, where a column made here is not known yet.
    return found.mutate(entry_id=entry_id).select(*plays.columns, "entry_id")


def with_item(plays: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """The plays with `item_id`: of their track, recording, artist or album, as `what` says; null where nobody tells it.

    A track is its catalogue entry; a recording is that of the entry, an entry without one is its own. An artist is the
    name as the play spells it, else as the catalogue does; an album its name and artist. Name items by `named_items`
    after they are counted: names are long.
    """
    if what in ("track", "recording"):
        known = entered(plays, tracks)
        if what == "track":
            return known.rename(item_id="entry_id")
        catalogue = tracks.select("recording_id", catalogue_id="track_id")
        joined = known.left_join(catalogue, [("entry_id", "catalogue_id")])
        found = joined.mutate(item_id=ibis.coalesce(joined.recording_id, joined.entry_id))
        return found.select(*plays.columns, "item_id")
    if what == "artist":
        # Without maker no names are found either: the catalogue is asked by URI alone.
        asked = plays.mutate(lookup_uri=_unless(plays.maker.notnull(), plays.uri))
        makers = tracks.select(catalogue_id="track_id", entry_maker="artist_name")
        joined = asked.left_join(makers, [("lookup_uri", "catalogue_id")])
        return joined.mutate(item_id=ibis.coalesce(joined.maker, joined.entry_maker)).select(*plays.columns, "item_id")
    known = entered(plays, tracks, where=plays.maker.isnull() | plays.collection.isnull())
    catalogue = tracks.select(catalogue_id="track_id", entry_maker="artist_name", entry_collection="album_name")
    joined = known.left_join(catalogue, [("entry_id", "catalogue_id")])
    maker = ibis.coalesce(joined.maker, joined.entry_maker)
    collection = ibis.coalesce(joined.collection, joined.entry_collection)
    found = joined.mutate(item_id=collection + UNIT_SEPARATOR + maker.fill_null(""))
    return found.select(*plays.columns, "item_id")


def named_items(items: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """The rows with `name` and `artist_name` of their `item_id` (see `with_item`); null where nobody tells them.

    The names of a track or recording are the catalogue's; the artist of an artist is null.
    """
    if what == "artist":
        return items.mutate(name=items.item_id, artist_name=ibis.null("string"))
    # An entry that the catalogue does not have, and an album, have their names in the id.
    parts = items.item_id.split(UNIT_SEPARATOR)
    spelt = items.item_id.contains(UNIT_SEPARATOR)
    own_name, own_artist = spelt.ifelse(parts[0], ibis.null(str)), spelt.ifelse(parts[1].nullif(""), ibis.null(str))
    if what == "album":
        return items.mutate(name=own_name, artist_name=own_artist)
    spelled = items.mutate(own_name=own_name, own_artist=own_artist)
    catalogue = tracks.select(catalogue_id="track_id", entry_title="track_name", entry_maker="artist_name")
    joined = spelled.left_join(catalogue, [("item_id", "catalogue_id")])
    named = joined.mutate(
        name=ibis.coalesce(joined.entry_title, joined.own_name),
        artist_name=ibis.coalesce(joined.entry_maker, joined.own_artist),
    )
    return named.select(*items.columns, "name", "artist_name")


def by_item(plays: ir.Table, tracks: ir.Table, what: str, *by: str) -> ir.Table:
    """Plays and time by item and the columns `by`: `item_id` (see `with_item`), `plays`, `ms_played`, `first_date`, `last_date`.

    Plays whose item nobody tells are left out.
    """
    parts = _parts(plays, what)
    # The catalogue is asked for each spelling once, and not for plays that tell their item.
    asked = [with_item(_tallied_spellings(part, names, by), tracks, what) for part, names in parts if names]
    told = [_each_one(part, _OWN_ID[what], by) for part, names in parts if not names]
    items = ibis.union(*(table.select(*by, "item_id", *_TALLY) for table in (*told, *asked)), distinct=False)
    return (
        items.filter(items.item_id.notnull())
        .group_by("item_id", *by)
        .agg(
            plays=items.plays.sum().cast("int64"),
            ms_played=items.ms_played.sum().fill_null(0).cast("int64"),
            first_date=items.first_date.min(),
            last_date=items.last_date.max(),
        )
    )


_TALLY = ("plays", "ms_played", "first_date", "last_date")
_OWN_ID = {"track": "uri", "artist": "maker"}


def _parts(plays: ir.Table, what: str) -> list[tuple[ir.Table, tuple[str, ...]]]:
    """The plays in parts, each with the names by which the catalogue is asked for its items; none where plays tell them."""
    if what in _OWN_ID:
        own = plays[_OWN_ID[what]]
        names = ("title", "maker") if what == "track" else ("uri",)
        return [(plays.filter(own.notnull()), ()), (plays.filter(own.isnull()), names)]
    if what == "recording":
        return [(plays.filter(plays.uri.notnull()), ("uri",)), (plays.filter(plays.uri.isnull()), ("title", "maker"))]
    complete = plays.collection.notnull() & plays.maker.notnull()
    slim = plays.mutate(uri=_unless(complete, plays.uri), title=_unless(complete, plays.title))
    return [(slim, ("collection", "maker", "uri", "title"))]


def _each_one(plays: ir.Table, item_id: str, by: tuple[str, ...]) -> ir.Table:
    return plays.select(
        *by,
        "ms_played",
        item_id=item_id,
        plays=ibis.literal(1, "int64"),
        first_date=plays.local_date,
        last_date=plays.local_date,
    )


def _tallied_spellings(plays: ir.Table, names: tuple[str, ...], by: tuple[str, ...]) -> ir.Table:
    """Plays and time by these names; the other names are null."""
    told = plays.group_by(*by, *names).agg(
        plays=plays.count(),
        ms_played=plays.ms_played.sum(),
        first_date=plays.local_date.min(),
        last_date=plays.local_date.max(),
    )
    others = {name: ibis.null("string") for name in WORK["track"] if name not in names}
    return told.mutate(**others)


def entry_tallies(plays: ir.Table, tracks: ir.Table, *, days: bool = False) -> ir.Table:
    """Plays and time by `entry_id` (see `with_entry`), null where a play has neither URI nor title.

    An entry has a row for each `title` and `maker` that plays without URI tell, and for each `local_date` if `days` are
    asked for.
    """
    return entered(by_work(plays, *(["local_date"] if days else []), ms_played=plays.ms_played.sum()), tracks)


def by_entry(plays: ir.Table, tracks: ir.Table, *, days: bool = False) -> ir.Table:
    """Plays and time by catalogue entry: `entry_id`, `title`, `maker`, `plays`, `ms_played`; with `days` if asked.

    The names are the catalogue's, else the play's own (the first by alphabet where it spells them in several ways),
    else null. Plays with neither URI nor title are left out. `days` are the local days on which a play began.
    """
    heard = entry_tallies(plays, tracks, days=days)
    heard = heard.filter(heard.entry_id.notnull())
    tallies = added_up(heard, "entry_id", days=days, own_title=heard.title.min(), own_maker=heard.maker.min())
    catalogue = tracks.select(catalogue_id="track_id", entry_title="track_name", entry_maker="artist_name")
    # Under a name of its own it is worked out once, though two read it.
    entries = tallies.left_join(catalogue, [("entry_id", "catalogue_id")]).drop("catalogue_id").alias("entries_named")
    # Most have their names by now: only for the others those of every play are compared.
    nameless = entries.filter(entries.entry_title.isnull() | entries.entry_maker.isnull())
    asked = plays.select("title", "maker", spelt_id="uri").semi_join(nameless, [("spelt_id", "entry_id")])
    spelt = asked.group_by("spelt_id").agg(spelt_title=asked.title.min(), spelt_maker=asked.maker.min())
    joined = entries.left_join(spelt, [("entry_id", "spelt_id")])
    named = joined.mutate(
        title=ibis.coalesce(joined.entry_title, joined.own_title, joined.spelt_title),
        maker=ibis.coalesce(joined.entry_maker, joined.own_maker, joined.spelt_maker),
    )
    return named.select("entry_id", "title", "maker", "plays", "ms_played", *(["days"] if days else []))


def by_maker(plays: ir.Table, tracks: ir.Table, *, days: bool = False) -> ir.Table:
    """Plays and time by maker as the play spells it, else as the catalogue does: `maker`, `plays`, `ms_played`.

    Plays whose maker nobody tells are left out. With `days` if asked, as `by_entry`.
    """
    # Two scans, the second of few rows, cost less than one that hashes the URI of every play.
    told = tallied(plays.filter(plays.maker.notnull()), "maker", days=days)
    untold = tallied(plays.filter(plays.maker.isnull()), "uri", days=days)
    linked = untold.join(tracks, [("uri", "track_id")])
    linked = linked.mutate(maker="artist_name").select(told.columns).filter(ibis._.maker.notnull())
    return added_up(told.union(linked), "maker", days=days)


def by_collection(plays: ir.Table, tracks: ir.Table, *, days: bool = False) -> ir.Table:
    """Plays and time by collection and maker, each as the play spells it, else as the catalogue does.

    Columns `collection`, `maker`, `plays`, `ms_played`, and `days` if asked, as `by_entry`. Plays whose collection nobody
    tells are left out; equal titles of different makers stay apart.
    """
    complete = plays.collection.notnull() & plays.maker.notnull()
    # What completes the others is not hashed for those that need nothing.
    slim = plays.mutate(uri=_unless(complete, plays.uri), title=_unless(complete, plays.title))
    tallies = tallied(slim, "collection", "maker", "uri", "title", days=days)
    whole = tallies.collection.notnull() & tallies.maker.notnull()
    told = tallies.filter(whole).drop("uri", "title")
    untold = with_entry(tallies.filter(~whole), tracks)
    linked = untold.mutate(
        collection=ibis.coalesce(untold.collection, untold.entry_collection),
        maker=ibis.coalesce(untold.maker, untold.entry_maker),
    )
    linked = linked.filter(linked.collection.notnull()).select(told.columns)
    return added_up(told.union(linked), "collection", "maker", days=days)


def numbers(plays: ir.Table, tracks: ir.Table, *by: str) -> ir.Table:
    """How many works were played: `tracks`, `artists` and `albums`, the rows of `by_entry`, `by_maker`, `by_collection`.

    One row, or one for each value of the columns `by` that has plays.
    """
    unlinked_title = _unless(plays.uri.notnull(), plays.title)
    works = plays.select(*by, "uri", "maker", "collection", title=unlinked_title).distinct()
    known = with_entry(works, tracks)
    # Under a name of its own it is worked out once, though two read it.
    told = known.select(
        *by,
        "entry_id",
        maker=ibis.coalesce(known.maker, known.entry_maker),
        collection=ibis.coalesce(known.collection, known.entry_collection),
    ).alias("works_told")
    pairs = told.filter(told.collection.notnull()).select(*by, "collection", "maker").distinct()
    told = told.group_by(by) if by else told
    counts = told.agg(tracks=ibis._.entry_id.nunique(), artists=ibis._.maker.nunique())
    if not by:
        return counts.cross_join(pairs.agg(albums=pairs.count()))
    albums = pairs.group_by(by).agg(albums=pairs.count())
    return counts.left_join(albums, list(by)).select(*by, "tracks", "artists", albums=ibis._.albums.fill_null(0))


def _unless(condition: ir.BooleanValue, column: ir.Column) -> ir.Column:
    return condition.ifelse(ibis.null(str), column)


def tallied(plays: ir.Table, *by: str, days: bool) -> ir.Table:
    """Plays and time by columns, and by day where days are to be counted."""
    keys = (*by, "local_date") if days else by
    return plays.group_by(keys).agg(plays=plays.count(), ms_played=plays.ms_played.sum())


def added_up(tallies: ir.Table, *by: str, days: bool, **more: ir.Scalar) -> ir.Table:
    """The sum of tallies; plays of unknown duration add no time."""
    counted = {"days": tallies.local_date.nunique()} if days else {}
    return tallies.group_by(by).agg(
        **more, plays=tallies.plays.sum(), ms_played=tallies.ms_played.sum().fill_null(0), **counted
    )
