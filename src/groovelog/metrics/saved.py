"""Playlists and saved tracks as last seen."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.saved_rules import SAME_LIST

FROM_EXPORT = "export:"  # how an id begins that was made of the playlist's name
LIST = ("playlist_id", "snapshot_id")


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


def standing(playlists: ir.Table, playlist_tracks: ir.Table) -> ir.Table:
    """`latest`, with each playlist once: of one that an export and the Web API told, what was told later stands.

    Exports have no ids. So a playlist is taken for the same when its name is, and `SAME_LIST` of the smaller is in the
    other; of one whose entries the Web API does not show that cannot be said. An export tells of the day of its last change.
    """
    last = latest(playlists)
    pairs = _told_twice(last, playlist_tracks)
    newer = pairs.changed_on.fill_null(ibis.date(1, 1, 1)) > pairs.seen_at.date()
    gone = pairs.select(gone_id=newer.ifelse(pairs.asked_id, pairs.export_id)).distinct()
    return last.anti_join(gone, [("playlist_id", "gone_id")])


def _told_twice(last: ir.Table, playlist_tracks: ir.Table) -> ir.Table:
    """Pairs of one playlist: `export_id`, `changed_on` as the export tells it, `asked_id`, `seen_at` by the Web API."""
    from_export = last.playlist_id.startswith(FROM_EXPORT)
    exported = last.filter(from_export).select(
        export_id="playlist_id", called="playlist_name", changed_on="modified_on"
    )
    asked = last.filter(~from_export).select(asked_id="playlist_id", asked_name="playlist_name", seen_at="captured_at")
    held = playlist_tracks.filter(playlist_tracks.track_uri.notnull()).join(last.select(LIST), LIST)
    held = held.select("playlist_id", "track_uri").distinct()
    sizes = held.group_by(size_of="playlist_id").agg(size=held.count())
    named = exported.join(asked, [("called", "asked_name")])
    named = named.join(sizes.select(asked_size_of="size_of", asked_size="size"), [("asked_id", "asked_size_of")])
    named = named.left_join(sizes, [("export_id", "size_of")])
    named = named.select(
        "export_id", "changed_on", "asked_id", "seen_at", "asked_size", size=named["size"].fill_null(0)
    )
    both = named.select("export_id", "asked_id").join(
        held.select(export_list="playlist_id", uri="track_uri"), [("export_id", "export_list")]
    )
    both = both.join(held, [("asked_id", "playlist_id"), ("uri", "track_uri")])
    common = both.group_by(common_export="export_id", common_asked="asked_id").agg(common=both.count())
    joined = named.left_join(common, [("export_id", "common_export"), ("asked_id", "common_asked")])
    enough = joined.common.fill_null(0) >= SAME_LIST * ibis.least(joined["size"], joined.asked_size)
    return joined.filter(enough).select("export_id", "changed_on", "asked_id", "seen_at")


def playlist_list(playlists: ir.Table, playlist_tracks: ir.Table, top: int | None = None) -> ir.Table:
    """Every playlist by name; the columns are described in the report `playlist-list`."""
    dates = playlist_tracks.group_by("playlist_id", "snapshot_id").agg(
        first_added=playlist_tracks.added_at.min().date(), last_added=playlist_tracks.added_at.max().date()
    )
    joined = standing(playlists, playlist_tracks).left_join(dates, ["playlist_id", "snapshot_id"])
    rows = joined.select(
        "playlist_name", "entries", "first_added", "last_added", "modified_on", "captured_at", "states", "playlist_id"
    )
    return rows.order_by("playlist_name", "playlist_id").limit(top)


def entries(playlist_tracks: ir.Table, playlists: ir.Table, top: int | None = None) -> ir.Table:
    """Every entry of every playlist; the columns are described in the report `playlist-tracks`."""
    joined = playlist_tracks.join(standing(playlists, playlist_tracks).select(*LIST, "playlist_name"), LIST)
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
