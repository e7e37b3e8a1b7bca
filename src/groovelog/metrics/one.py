"""Plays of one artist, or of one track."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.works import told


def of_one(plays: ir.Table, tracks: ir.Table, artist: str | None, track: str | None) -> ir.Table:
    """Of plays with `uri`, `title` and `maker` those of the artist and of the track, each if it is not None.

    An artist is the name as the play spells it, else as the catalogue does for its URI, as in `items`. A track is told by its
    URI, its recording, or its title: every entry of every recording that has such an entry, as the catalogue spells it, and
    plays that spell the title themselves.
    """
    if artist is not None:
        plays = plays.filter(_by(plays, tracks, artist))
    if track is not None:
        plays = plays.filter(_of_track(plays, tracks, track))
    return plays


def _by(plays: ir.Table, tracks: ir.Table, artist: str) -> ir.BooleanValue:
    spelt = plays.maker == artist
    if told(plays.maker):
        return spelt
    entries = tracks.filter(tracks.artist_name == artist)
    return spelt | (plays.maker.isnull() & plays.uri.isin(entries.track_id))


def _of_track(plays: ir.Table, tracks: ir.Table, track: str) -> ir.BooleanValue:
    catalogue = tracks.select(
        "track_id", "recording_id", "track_name", recorded=ibis.coalesce(tracks.recording_id, tracks.track_id)
    )
    named = ibis.or_(*(catalogue[name] == track for name in ("track_id", "recording_id", "track_name")))
    wanted = catalogue.filter(named)
    entries = catalogue.filter(catalogue.recorded.isin(wanted.recorded))
    return ibis.or_(plays.uri == track, plays.title == track, plays.uri.isin(entries.track_id))
