"""Playlists and saved tracks as last seen."""

import ibis
import ibis.expr.types as ir


def latest(playlists: ir.Table) -> ir.Table:
    """Of each playlist the state that was changed last, of several the one that came in last; with `states`, their number."""
    order = [
        playlists.modified_on.isnull(),
        ibis.desc("modified_on"),
        ibis.desc("captured_at"),
        ibis.desc("snapshot_id"),
    ]
    placed = playlists.mutate(
        state_no=ibis.row_number().over(group_by="playlist_id", order_by=order),
        states=playlists.count().over(group_by="playlist_id"),
    )
    return placed.filter(placed.state_no == 0).drop("state_no")


def playlist_list(playlists: ir.Table, playlist_tracks: ir.Table, top: int | None = None) -> ir.Table:
    """Every playlist by name; the columns are described in the report `playlist-list`."""
    dates = playlist_tracks.group_by("playlist_id", "snapshot_id").agg(
        first_added=playlist_tracks.added_at.min().date(), last_added=playlist_tracks.added_at.max().date()
    )
    joined = latest(playlists).left_join(dates, ["playlist_id", "snapshot_id"])
    rows = joined.select(
        "playlist_name", "entries", "first_added", "last_added", "modified_on", "captured_at", "states", "playlist_id"
    )
    return rows.order_by("playlist_name", "playlist_id").limit(top)


def entries(playlist_tracks: ir.Table, playlists: ir.Table, top: int | None = None) -> ir.Table:
    """Every entry of every playlist; the columns are described in the report `playlist-tracks`."""
    joined = playlist_tracks.join(
        latest(playlists).select("playlist_id", "snapshot_id", "playlist_name"), ["playlist_id", "snapshot_id"]
    )
    rows = joined.select(
        "playlist_name", "position", "track_name", "artist_name", "album_name",
        "kind", "track_uri", "playlist_id", added_on=joined.added_at.date(),
    ).relocate("added_on", after="album_name")  # fmt: skip
    return rows.order_by("playlist_name", "playlist_id", "position").limit(top)


def last_library(saved_tracks: ir.Table) -> ir.Table:
    """The rows of the library that came in last."""
    snapshots = saved_tracks.group_by("snapshot_id").agg(seen_at=saved_tracks.captured_at.max())
    order = [ibis.desc("seen_at"), ibis.desc("snapshot_id")]
    last = snapshots.order_by(order).limit(1).select("snapshot_id")
    return saved_tracks.join(last, "snapshot_id")


def library(saved_tracks: ir.Table, top: int | None = None) -> ir.Table:
    """The saved tracks that came in last; the columns are described in the report `library`."""
    joined = last_library(saved_tracks)
    rows = joined.select(
        "position",
        "track_name",
        "artist_name",
        "album_name",
        "captured_at",
        "track_uri",
        added_on=joined.added_at.date(),
    ).relocate("added_on", after="album_name")
    return rows.order_by("position").limit(top)
