"""What was played: the work behind a play, by its catalogue entry, by its maker, by its collection.

Work, maker and collection are track, artist and album; episode and twice its show; chapter and twice its audiobook.
"""

import ibis
import ibis.expr.types as ir

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
    return plays.mutate(**{slot: ibis.coalesce(*(plays[name] for name in names)) for slot, names in WORK[kind].items()})


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


def by_entry(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """Plays and time by catalogue entry: `entry_id`, `title`, `maker`, `plays`, `ms_played`.

    The names are the catalogue's, else the play's own (the first by alphabet where it spells them in several ways),
    else null. Plays with neither URI nor title are left out.
    """
    linked = plays.uri.notnull()
    # Names tell works apart only where there is no URI; else a million titles would be hashed for nothing.
    slim = plays.select(
        "uri",
        "ms_played",
        title=_unless(linked, plays.title),
        maker=_unless(linked, plays.maker),
        spelt_title="title",
        spelt_maker="maker",
    )
    spelt = slim.group_by("uri", "title", "maker").agg(
        plays=slim.count(),
        ms_played=slim.ms_played.sum(),
        spelt_title=slim.spelt_title.min(),
        spelt_maker=slim.spelt_maker.min(),
    )
    entered = with_entry(spelt, tracks)
    entered = entered.filter(entered.entry_id.notnull())
    return entered.group_by("entry_id").agg(
        title=ibis.coalesce(entered.entry_title.min(), entered.spelt_title.min()),
        maker=ibis.coalesce(entered.entry_maker.min(), entered.spelt_maker.min()),
        plays=entered.plays.sum(),
        ms_played=entered.ms_played.sum().fill_null(0),
    )


def by_maker(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """Plays and time by maker as the play spells it, else as the catalogue does: `maker`, `plays`, `ms_played`.

    Plays whose maker nobody tells are left out.
    """
    # Two scans, the second of few rows, cost less than one that hashes the URI of every play.
    told = _tallied(plays.filter(plays.maker.notnull()), "maker")
    untold = _tallied(plays.filter(plays.maker.isnull(), plays.uri.notnull()), "uri")
    linked = untold.join(tracks, [("uri", "track_id")])
    linked = linked.select("plays", "ms_played", maker="artist_name").filter(ibis._.maker.notnull())
    return _added_up(told.union(linked.select(told.columns)), "maker")


def by_collection(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """Plays and time by collection and maker, each as the play spells it, else as the catalogue does.

    Columns `collection`, `maker`, `plays`, `ms_played`. Plays whose collection nobody tells are left out; equal titles
    of different makers stay apart.
    """
    complete = plays.collection.notnull() & plays.maker.notnull()
    told = _tallied(plays.filter(complete), "collection", "maker")
    untold = with_entry(_tallied(plays.filter(~complete), "collection", "maker", "uri", "title"), tracks)
    linked = untold.mutate(
        collection=ibis.coalesce(untold.collection, untold.entry_collection),
        maker=ibis.coalesce(untold.maker, untold.entry_maker),
    )
    linked = linked.filter(linked.collection.notnull())
    return _added_up(told.union(linked.select(told.columns)), "collection", "maker")


def _unless(condition: ir.BooleanValue, column: ir.Column) -> ir.Column:
    return condition.ifelse(ibis.null(str), column)


def _tallied(plays: ir.Table, *by: str) -> ir.Table:
    return plays.group_by(by).agg(plays=plays.count(), ms_played=plays.ms_played.sum())


def _added_up(tallies: ir.Table, *by: str) -> ir.Table:
    """The sum of tallies; plays of unknown duration add no time."""
    return tallies.group_by(by).agg(plays=tallies.plays.sum(), ms_played=tallies.ms_played.sum().fill_null(0))
