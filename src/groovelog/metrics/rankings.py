"""The most played. Order: plays (or time, or days), then names, then id, so that no two rows can change places."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.entries import entered, with_maker
from groovelog.metrics.items import NAMES, by_entry, by_item, named_items
from groovelog.metrics.works import UNIT_SEPARATOR

RANKS_BY = {"plays": "plays", "time": "ms_played", "days": "days"}


def top_tracks(plays: ir.Table, tracks: ir.Table, top: int | None = None, by: str = "plays") -> ir.Table:
    """Catalogue entries by counted plays: `rank`, `track_name`, `artist_name`, `plays`, `ms_played`.

    An entry that nobody names keeps its rank and has null names. Two entries of equal names (single and album) stay
    two rows. See `items.by_entry`. `by` time they are ranked by ms_played, by days by the local days on which a counted
    play began, told as `days` then.
    """
    ranked = _ranked(by_entry(plays.filter(plays.counted), tracks, days=by == "days"), by, NAMES, top)
    return ranked.select("rank", "artist_name", *_counts(by), track_name="name").relocate("track_name", after="rank")


def top_artists(plays: ir.Table, tracks: ir.Table, top: int | None = None, by: str = "plays") -> ir.Table:
    """Artists by counted plays: `rank`, `artist_name`, `plays`, `ms_played`. See `items`, and `top_tracks` for `by`."""
    artists = by_item(plays.filter(plays.counted), tracks, "artist", days=by == "days").rename(artist_name="item_id")
    return _ranked(artists, by, ("artist_name",), top).select("rank", "artist_name", *_counts(by))


def top_albums(plays: ir.Table, tracks: ir.Table, top: int | None = None, by: str = "plays") -> ir.Table:
    """Albums by counted plays: `rank`, `album_name`, `artist_name`, `plays`, `ms_played`.

    See `items`, and `top_tracks` for `by`.
    """
    albums = named_items(by_item(plays.filter(plays.counted), tracks, "album", days=by == "days"), tracks, "album")
    ranked = _ranked(albums.rename(album_name="name"), by, ("album_name", "artist_name"), top)
    return ranked.select("rank", "album_name", "artist_name", *_counts(by))


def top_recordings(plays: ir.Table, tracks: ir.Table, top: int | None, by: str) -> ir.Table:
    """Recordings by counted plays of all their entries; the columns are described in the report `top-recordings`.

    The recording of an entry is the catalogue's; an entry without one is its own. Names are the catalogue's (see
    `items.named_items`). Plays with neither URI nor title are left out. See `top_tracks` for `by`.
    """
    recordings = named_items(
        by_item(plays.filter(plays.counted), tracks, "recording", days=by == "days"), tracks, "recording"
    )
    ranked = _ranked(recordings, by, NAMES, top)
    # The id of an entry of mere names is these names.
    own_names = ranked.item_id.contains(UNIT_SEPARATOR)
    told = ranked.mutate(recording_id=own_names.ifelse(ibis.null("string"), ranked.item_id), track_name=ranked.name)
    return told.select("rank", "recording_id", "track_name", "artist_name", "track_ids", *_counts(by))


def top_credited_artists(plays: ir.Table, tracks: ir.Table, audio: ir.Table, top: int | None, by: str) -> ir.Table:
    """Every artist credited, by counted plays; a play counts once for each: `rank`, `artist_name`, `plays`, `ms_played`.

    Credited are those that the source lists with the play; else those of the row of a reference that its entry is matched
    to; else the artist as the play spells it; else the catalogue's. Plays without any are left out. See `top_tracks` for `by`.
    """
    counted = plays.filter(plays.counted)
    days = ["local_date"] if by == "days" else []

    def tallied(rows: ir.Table, *names: str) -> ir.Table:
        return rows.group_by(*names, *days).agg(plays=rows.count(), ms_played=rows.ms_played.sum())

    # Where the source lists the artists, nothing else of the play is asked.
    listed = tallied(counted.filter(counted.credited_artists.notnull()), "credited_artists")
    unlisted = tallied(counted.filter(counted.credited_artists.isnull()), "uri", "title", "maker")
    known = with_maker(entered(unlisted, tracks), tracks)
    joined = known.left_join(audio.select("audio_of", "reference_artists"), [("entry_id", "audio_of")])
    told = joined.mutate(credited_artists=ibis.coalesce(joined.reference_artists, joined.maker)).select(listed.columns)
    every = listed.cast(told.schema()).union(told)
    lists = every.group_by("credited_artists", *days).agg(plays=every.plays.sum(), ms_played=every.ms_played.sum())
    # Distinct, for a list may name an artist twice; the other columns tell it from any other list.
    each = lists.select(*lists.columns, artist_name=lists.credited_artists.split("\n").unnest()).distinct()
    each = each.filter(each.artist_name != "")
    summed = each.group_by("artist_name").agg(
        plays=each.plays.sum(),
        ms_played=each.ms_played.sum().fill_null(0),
        **({"days": each.local_date.nunique()} if days else {}),
    )
    return _ranked(summed, by, ("artist_name",), top).select("rank", "artist_name", *_counts(by))


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


def _counts(by: str) -> tuple[str, ...]:
    """The columns of counts that are told."""
    return ("plays", "ms_played", *(["days"] if by == "days" else []))
