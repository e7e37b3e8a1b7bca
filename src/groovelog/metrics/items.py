"""Tracks, recordings, artists and albums that were played, each by one id, and plays added up by them.

A track is its catalogue entry (see `entries.entered`). A recording is that of the entry; an entry without one is its own.
An artist is the name as the play spells it, else as the catalogue does; an album its name and artist, each likewise.
"""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.entries import entered, unlinked_entries, with_entry
from groovelog.metrics.works import UNIT_SEPARATOR, told

NAMES = ("name", "artist_name", "item_id")  # what ties are broken by
_SLOTS = ("uri", "title", "maker", "collection")
_OWN = {"track": ("uri",), "artist": ("maker",), "album": ("collection", "maker")}  # what a play tells its item by


def items(plays: ir.Table, tracks: ir.Table, what: str, *columns: str) -> ir.Table:
    """The plays whose item is known: `item_id` of their track, recording, artist or album, and these columns of theirs.

    Name items by `named_items` after they are counted: names are long.
    """
    if what == "recording":
        return _recorded(items(plays, tracks, "track", *columns), tracks).drop("entry_id")
    own = [plays[slot] for slot in _OWN[what]]
    # Most plays tell their item, and need nothing of the catalogue: a second scan costs less than its joins.
    tell = plays.filter(*(slot.notnull() for slot in own))
    tell = tell.select(*columns, item_id=_id(tell, what))
    if told(*own):
        return tell
    rest = plays.filter(ibis.or_(*(slot.isnull() for slot in own)))
    rest = rest.select(*dict.fromkeys((*(slot for slot in _SLOTS if slot in rest.columns), *columns)))
    found = _looked_up(rest, tracks, what).filter(ibis._.item_id.notnull()).select(*columns, "item_id")
    # Both have to say the same of what may be null.
    return tell.cast(found.schema()).union(found)


def _id(plays: ir.Table, what: str) -> ir.StringColumn:
    return plays.collection + UNIT_SEPARATOR + plays.maker if what == "album" else plays[_OWN[what][0]]


def _looked_up(rest: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """Plays that do not tell their item, with `item_id` as the catalogue tells it, else null."""
    if what == "track":
        return unlinked_entries(rest, tracks).rename(item_id="entry_id")
    if what == "artist":
        # Without maker no names are found either: the catalogue is asked by URI alone.
        return rest.join(tracks.select("track_id", item_id="artist_name"), [("uri", "track_id")])
    known = with_entry(rest, tracks)
    collection = ibis.coalesce(known.collection, known.entry_collection)
    maker = ibis.coalesce(known.maker, known.entry_maker, "")
    return known.mutate(item_id=collection + UNIT_SEPARATOR + maker)


def _recorded(of_tracks: ir.Table, tracks: ir.Table) -> ir.Table:
    """Rows with the recording of their track as `item_id`, and the track as `entry_id`."""
    catalogue = tracks.select("recording_id", catalogue_id="track_id")
    joined = of_tracks.rename(entry_id="item_id").left_join(catalogue, [("entry_id", "catalogue_id")])
    return joined.mutate(item_id=ibis.coalesce(joined.recording_id, joined.entry_id)).select(
        *of_tracks.columns, "entry_id"
    )


def named_items(rows: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """The rows with `name` and `artist_name` of their `item_id` (see `items`); null where nobody tells them.

    The names of a track or recording are the catalogue's; the artist of an artist is null.
    """
    if what == "artist":
        return rows.mutate(name=rows.item_id, artist_name=ibis.null("string"))
    # An entry that the catalogue does not have, and an album, have their names in the id.
    parts = rows.item_id.split(UNIT_SEPARATOR)
    spelt = rows.item_id.contains(UNIT_SEPARATOR)
    own_name, own_artist = spelt.ifelse(parts[0], ibis.null(str)), spelt.ifelse(parts[1].nullif(""), ibis.null(str))
    if what == "album":
        return rows.mutate(name=own_name, artist_name=own_artist)
    spelled = rows.mutate(own_name=own_name, own_artist=own_artist)
    catalogue = tracks.select(catalogue_id="track_id", entry_title="track_name", entry_maker="artist_name")
    joined = spelled.left_join(catalogue, [("item_id", "catalogue_id")])
    named = joined.mutate(
        name=ibis.coalesce(joined.entry_title, joined.own_name),
        artist_name=ibis.coalesce(joined.entry_maker, joined.own_artist),
    )
    return named.select(*rows.columns, "name", "artist_name")


def by_item(plays: ir.Table, tracks: ir.Table, what: str, *by: str, days: bool = False) -> ir.Table:
    """Plays and time by item and the columns `by`: `item_id` (see `items`), `plays`, `ms_played`, `first_date`, `last_date`.

    Also, if asked for, `days`, the local days on which a play began. Plays whose item nobody tells are left out; plays of
    unknown duration add no time. Recordings have `track_ids` too, how many.
    """
    # In one order, so that questions which differ in `by` alone stand on the same plays.
    columns = sorted({*by, "ms_played", "local_date"})
    if what != "recording":
        heard = items(plays, tracks, what, *columns)
        return heard.group_by("item_id", *by).agg(
            plays=heard.count().cast("int64"),
            ms_played=heard.ms_played.sum().fill_null(0).cast("int64"),
            # To count different days is dear even where nobody asks; the others cost nothing then.
            **({"days": heard.local_date.nunique()} if days else {}),
            first_date=heard.local_date.min(),
            last_date=heard.local_date.max(),
        )
    # By days where they are to be counted: a recording may be played as two tracks in one day.
    entries = by_item(plays, tracks, "track", *dict.fromkeys((*by, *(["local_date"] if days else []))))
    heard = _recorded(entries, tracks)
    return heard.group_by("item_id", *by).agg(
        plays=heard.plays.sum().cast("int64"),
        ms_played=heard.ms_played.sum().cast("int64"),
        **({"days": heard.local_date.nunique()} if days else {}),
        first_date=heard.first_date.min(),
        last_date=heard.last_date.max(),
        track_ids=heard.entry_id.nunique(),
    )


def by_entry(plays: ir.Table, tracks: ir.Table, *, days: bool = False) -> ir.Table:
    """Tracks as `by_item`, with `name` and `artist_name`: the catalogue's, else the play's own (the first by alphabet where
    it spells them in several ways), else null.
    """
    # Under a name of its own it is worked out once, though two read it.
    entries = named_items(by_item(plays, tracks, "track", days=days), tracks, "track").alias("entries_named")
    # Most have their names by now: only for the others those of every play are compared.
    nameless = entries.filter(entries.name.isnull() | entries.artist_name.isnull())
    asked = plays.select("title", "maker", spelt_id="uri").semi_join(nameless, [("spelt_id", "item_id")])
    spelt = asked.group_by("spelt_id").agg(spelt_title=asked.title.min(), spelt_maker=asked.maker.min())
    joined = entries.left_join(spelt, [("item_id", "spelt_id")])
    return joined.mutate(
        name=ibis.coalesce(joined.name, joined.spelt_title),
        artist_name=ibis.coalesce(joined.artist_name, joined.spelt_maker),
    ).select(entries.columns)


def numbers(plays: ir.Table, tracks: ir.Table, *by: str) -> ir.Table:
    """How many works were played: `tracks`, `artists` and `albums`, the rows of `by_item` of each.

    One row, or one for each value of the columns `by` that has plays.
    """
    whole = told(plays.uri, plays.maker, plays.collection)
    names = {
        "title": ibis.null("string") if told(plays.uri) else plays.uri.isnull().ifelse(plays.title, ibis.null(str))
    }
    works = plays.select(*by, "uri", "maker", "collection", **names).distinct()
    known = entered(works, tracks) if whole else with_entry(works, tracks)
    maker, collection = (
        known[slot] if told(plays[slot]) or whole else ibis.coalesce(known[slot], known[f"entry_{slot}"])
        for slot in ("maker", "collection")
    )
    # Under a name of its own it is worked out once, though two read it.
    heard = known.select(*by, "entry_id", maker=maker, collection=collection).alias("works_told")
    pairs = heard.filter(heard.collection.notnull()).select(*by, "collection", "maker").distinct()
    heard = heard.group_by(by) if by else heard
    counts = heard.agg(tracks=ibis._.entry_id.nunique(), artists=ibis._.maker.nunique())
    if not by:
        return counts.cross_join(pairs.agg(albums=pairs.count()))
    albums = pairs.group_by(by).agg(albums=pairs.count())
    return counts.left_join(albums, list(by)).select(*by, "tracks", "artists", albums=ibis._.albums.fill_null(0))
