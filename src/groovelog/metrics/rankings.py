"""The most played. Order: plays (or time, or days), then names, then id, so that no two rows can change places."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics import works
from groovelog.metrics.works import by_collection, by_entry, by_maker, entered, entry_tallies, named_items

RANKS_BY = {"plays": "plays", "time": "ms_played", "days": "days"}


def top_tracks(plays: ir.Table, tracks: ir.Table, top: int | None = None, by: str = "plays") -> ir.Table:
    """Catalogue entries by counted plays: `rank`, `track_name`, `artist_name`, `plays`, `ms_played`.

    An entry that nobody names keeps its rank and has null names. Two entries of equal names (single and album) stay
    two rows. See `works.by_entry`. `by` time they are ranked by ms_played, by days by the local days on which a counted
    play began, told as `days` then.
    """
    entries = by_entry(plays.filter(plays.counted), tracks, days=by == "days")
    ranked = _ranked(entries, by, ("title", "maker", "entry_id"), top)
    return ranked.rename(track_name="title", artist_name="maker").drop("entry_id")


def top_artists(plays: ir.Table, tracks: ir.Table, top: int | None = None, by: str = "plays") -> ir.Table:
    """Artists by counted plays: `rank`, `artist_name`, `plays`, `ms_played`. See `works.by_maker`, and `top_tracks` for `by`."""
    makers = by_maker(plays.filter(plays.counted), tracks, days=by == "days")
    return _ranked(makers, by, ("maker",), top).rename(artist_name="maker")


def top_albums(plays: ir.Table, tracks: ir.Table, top: int | None = None, by: str = "plays") -> ir.Table:
    """Albums by counted plays: `rank`, `album_name`, `artist_name`, `plays`, `ms_played`.

    See `works.by_collection`, and `top_tracks` for `by`.
    """
    collections = by_collection(plays.filter(plays.counted), tracks, days=by == "days")
    return _ranked(collections, by, ("collection", "maker"), top).rename(album_name="collection", artist_name="maker")


def top_recordings(plays: ir.Table, tracks: ir.Table, top: int | None, by: str) -> ir.Table:
    """Recordings by counted plays of all their entries; the columns are described in the report `top-recordings`.

    The recording of an entry is the catalogue's; an entry without one is its own. Names are the catalogue's (see
    `works.named_items`). Plays with neither URI nor title are left out. See `top_tracks` for `by`.
    """
    days = by == "days"
    heard = entry_tallies(plays.filter(plays.counted), tracks, days=days)
    catalogue = tracks.select("recording_id", catalogue_id="track_id")
    joined = heard.filter(heard.entry_id.notnull()).left_join(catalogue, [("entry_id", "catalogue_id")])
    joined = joined.mutate(item_id=ibis.coalesce(joined.recording_id, joined.entry_id))
    items = works.added_up(joined, "item_id", days=days, track_ids=joined.entry_id.nunique())
    named = named_items(items, tracks, "recording")
    ranked = _ranked(named, by, ("name", "artist_name", "item_id"), top)
    # The id of an entry of mere names is these names.
    own_names = ranked.item_id.contains(works.UNIT_SEPARATOR)
    told = ranked.mutate(recording_id=own_names.ifelse(ibis.null("string"), ranked.item_id))
    columns = ("rank", "recording_id", "name", "artist_name", "track_ids", "plays", "ms_played")
    return told.select(*columns, *(["days"] if days else [])).rename(track_name="name")


def top_credited_artists(plays: ir.Table, tracks: ir.Table, audio: ir.Table, top: int | None, by: str) -> ir.Table:
    """Every artist credited, by counted plays; a play counts once for each: `rank`, `artist_name`, `plays`, `ms_played`.

    Credited are those that the source lists with the play; else those of the row of a reference that its entry is matched
    to; else the artist as the play spells it; else the catalogue's. Plays without any are left out. See `top_tracks` for `by`.
    """
    counted = plays.filter(plays.counted)
    days = by == "days"
    # Where the source lists the artists, nothing else of the play is asked.
    listed = counted.credited_artists.notnull()
    slim = counted.mutate(
        **{name: listed.ifelse(ibis.null("string"), counted[name]) for name in ("uri", "title", "maker")}
    )
    tallies = works.tallied(slim, "credited_artists", "uri", "title", "maker", days=days)
    known = entered(tallies, tracks)
    credits = audio.select("audio_of", "reference_artists")
    catalogue = tracks.select(catalogue_id="track_id", entry_maker="artist_name")
    joined = known.left_join(credits, [("entry_id", "audio_of")]).left_join(catalogue, [("entry_id", "catalogue_id")])
    credited = ibis.coalesce(joined.credited_artists, joined.reference_artists, joined.maker, joined.entry_maker)
    # Distinct, for a list may name an artist twice; the columns of a tally tell it from any other.
    each = joined.select(*tallies.columns, artist_name=credited.split("\n").unnest()).distinct()
    each = each.filter(each.artist_name != "")
    return _ranked(works.added_up(each, "artist_name", days=days), by, ("artist_name",), top)


def top_shows(plays: ir.Table, top: int | None, by: str) -> ir.Table:
    """Shows by counted plays of their episodes: `rank`, `show_name`, `episodes`, `plays`, `ms_played`. See `top_tracks` for `by`.

    An episode is its URI, else its title. Plays without the name of a show are left out.
    """
    counted = plays.filter(plays.counted, plays.maker.notnull())
    days = {"days": counted.local_date.nunique()} if by == "days" else {}
    shows = counted.group_by(show_name="maker").agg(
        episodes=ibis.coalesce(counted.uri, counted.title).nunique(),
        plays=counted.count(),
        ms_played=counted.ms_played.sum().fill_null(0),
        **days,
    )
    return _ranked(shows, by, ("show_name",), top)


def _ranked(rows: ir.Table, by: str, names: tuple[str, ...], top: int | None) -> ir.Table:
    """The first `top` rows (None: all), in order, with `rank` from 1 in front."""
    order = [ibis.desc(RANKS_BY[by]), *(ibis.asc(name) for name in names)]
    if top is not None:
        rows = rows.order_by(order).limit(top)
    ranked = rows.mutate(rank=ibis.row_number().over(order_by=order) + 1)
    return ranked.relocate("rank").order_by("rank")
