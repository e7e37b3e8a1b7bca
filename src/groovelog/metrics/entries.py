"""The catalogue entry of what was played, and what the catalogue knows of it."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.works import UNIT_SEPARATOR, told, unless


def entered(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """The plays with `entry_id`, and nothing else of the catalogue.

    It is the URI; without one, the smallest `track_id` whose exact names are `title` and `maker`; without that, the names
    themselves. It is null when a play has neither URI nor title.
    """
    if told(plays.uri):
        return plays.mutate(entry_id=plays.uri)
    linked = plays.uri.notnull()
    looked_up = plays.mutate(lookup_title=unless(linked, plays.title), lookup_maker=unless(linked, plays.maker))
    found = looked_up.left_join(_homonyms(tracks), ["lookup_title", "lookup_maker"])
    # Ibis takes a projection of a join into the next join, where a column made here is not known yet.
    return found.mutate(entry_id=ibis.coalesce(found.uri, found.homonym_id, _own_names(found))).select(
        *plays.columns, "entry_id"
    )


def unlinked_entries(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """The same for plays of which none has a URI: `entry_id` by their names. The catalogue is asked for these alone."""
    asked = plays.select("title", "maker")
    wanted = tracks.semi_join(asked, [("track_name", "title"), ("artist_name", "maker")])
    found = plays.left_join(_homonyms(wanted), [("title", "lookup_title"), ("maker", "lookup_maker")])
    return found.mutate(entry_id=ibis.coalesce(found.homonym_id, _own_names(found))).select(*plays.columns, "entry_id")


def with_entry(works: ir.Table, tracks: ir.Table) -> ir.Table:
    """The rows with `entry_id` and what the catalogue knows of it: `entry_title`, `entry_maker`, `entry_collection`."""
    catalogue = tracks.select(
        catalogue_id="track_id", entry_title="track_name", entry_maker="artist_name", entry_collection="album_name"
    )
    return entered(works, tracks).left_join(catalogue, [("entry_id", "catalogue_id")]).drop("catalogue_id")


def with_maker(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """The plays with `maker` as they tell it, else as the catalogue does for their URI.

    Without a maker no names are found in the catalogue: it is asked by URI alone.
    """
    if told(plays.maker):
        return plays
    asked = plays.mutate(lookup_uri=unless(plays.maker.notnull(), plays.uri))
    makers = tracks.select(catalogue_id="track_id", entry_maker="artist_name")
    joined = asked.left_join(makers, [("lookup_uri", "catalogue_id")])
    return joined.mutate(maker=ibis.coalesce(joined.maker, joined.entry_maker)).select(plays.columns)


def with_names(plays: ir.Table, tracks: ir.Table) -> ir.Table:
    """The plays with `title` and `maker` as they tell them, else as the catalogue does for their URI."""
    # Few do not tell them: the others are not looked for.
    asked = plays.mutate(lookup_uri=unless(plays.title.notnull() & plays.maker.notnull(), plays.uri))
    names = tracks.select(catalogue_id="track_id", entry_title="track_name", entry_maker="artist_name")
    joined = asked.left_join(names, [("lookup_uri", "catalogue_id")])
    return joined.mutate(
        title=ibis.coalesce(joined.title, joined.entry_title), maker=ibis.coalesce(joined.maker, joined.entry_maker)
    ).select(plays.columns)


def by_work(plays: ir.Table, *by: str, **sums: ir.Value) -> ir.Table:
    """`plays` and the `sums`, by what tells the catalogue entry: `uri`, else `title` and `maker`; and by other columns.

    There are many plays and few works, so that plays are added up before anything is looked up. Title and maker are null
    where there is a URI. No works yet: several rows may turn out to be of one entry.
    """
    linked = plays.uri.notnull()
    names = {
        name: ibis.null("string") if told(plays.uri) else unless(linked, plays[name]) for name in ("title", "maker")
    }
    others = {name: plays[name] for name in by}
    return plays.group_by(uri=plays.uri, **names, **others).agg(plays=plays.count(), **sums)


def _homonyms(tracks: ir.Table) -> ir.Table:
    """Entries by their exact names, of equal ones the smallest id."""
    return tracks.group_by(lookup_title=tracks.track_name, lookup_maker=tracks.artist_name).agg(
        homonym_id=tracks.track_id.min()
    )


def _own_names(plays: ir.Table) -> ir.StringValue:
    return plays.title + UNIT_SEPARATOR + plays.maker.fill_null("")
