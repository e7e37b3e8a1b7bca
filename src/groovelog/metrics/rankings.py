"""The most played. Order: plays, then names, then id, so that no two rows can change places."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.works import by_collection, by_entry, by_maker


def top_tracks(plays: ir.Table, tracks: ir.Table, top: int | None = None) -> ir.Table:
    """Catalogue entries by counted plays: `rank`, `track_name`, `artist_name`, `plays`, `ms_played`.

    An entry that nobody names keeps its rank and has null names. Two entries of equal names (single and album) stay
    two rows. See `works.by_entry`.
    """
    entries = by_entry(plays.filter(plays.counted), tracks)
    ranked = _ranked(entries, ("title", "maker", "entry_id"), top)
    return ranked.select("rank", "plays", "ms_played", track_name="title", artist_name="maker").relocate(
        "plays", "ms_played", after="artist_name"
    )


def top_artists(plays: ir.Table, tracks: ir.Table, top: int | None = None) -> ir.Table:
    """Artists by counted plays: `rank`, `artist_name`, `plays`, `ms_played`. See `works.by_maker`."""
    makers = by_maker(plays.filter(plays.counted), tracks)
    return _ranked(makers, ("maker",), top).rename(artist_name="maker")


def top_albums(plays: ir.Table, tracks: ir.Table, top: int | None = None) -> ir.Table:
    """Albums by counted plays: `rank`, `album_name`, `artist_name`, `plays`, `ms_played`. See `works.by_collection`."""
    collections = by_collection(plays.filter(plays.counted), tracks)
    return _ranked(collections, ("collection", "maker"), top).rename(album_name="collection", artist_name="maker")


def _ranked(rows: ir.Table, names: tuple[str, ...], top: int | None) -> ir.Table:
    """The first `top` rows (None: all), in order, with `rank` from 1 in front."""
    order = [ibis.desc("plays"), *(ibis.asc(name) for name in names)]
    if top is not None:
        rows = rows.order_by(order).limit(top)
    ranked = rows.mutate(rank=ibis.row_number().over(order_by=order) + 1)
    return ranked.relocate("rank").order_by("rank")
