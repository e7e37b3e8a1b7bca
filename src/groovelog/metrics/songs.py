"""Songs with what is known of their sound and their plays: those of playlists, of a library, of references."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from groovelog.metrics.audio import as_known, with_audio
from groovelog.metrics.playlists import PLAYLIST, heard
from groovelog.metrics.saved import last_library, standing

SOUND = ("energy", "valence", "acousticness", "danceability", "tempo", "key", "mode")
UNTOLD = 0.25
ON_SPOTIFY = "spotify:track:"  # how the URI of a track begins that can be written into a playlist


def of_playlist(
    playlist_id: str,
    *,
    history: ir.Table,
    playlists: ir.Table,
    playlist_tracks: ir.Table,
    tracks: ir.Table,
    audio: ir.Table,
    references: ir.Table,
) -> ir.Table:
    """The entries of one playlist as last seen, in their order.

    Only what was played is matched to references. An entry without a match has the sound of the row with its Spotify id.

    `kind`, `uri`, `name`, `artist`, `recording`, the columns of SOUND (null for what is no track), `plays`, `last_played`.
    """
    last = standing(playlists, playlist_tracks)
    one = last.filter(last.playlist_id == playlist_id).select(PLAYLIST)
    entries = playlist_tracks.join(one, PLAYLIST)
    works = entries.mutate(uri=entries.track_uri, title=entries.track_name, maker=entries.artist_name)
    matched = with_audio(works, tracks, as_known(audio))
    known = _with_recording(_by_id(matched, as_known(references)), tracks)
    played = known.left_join(heard(history, tracks), [("recording", "item_id")])
    is_track = played.kind == "track"
    rows = played.select(
        "position", "kind", "uri", "recording", "last_played", name="title", artist="maker",
        plays=played.plays.fill_null(0).cast("int64"),
        **{name: is_track.ifelse(played[name], ibis.null(played[name].type())) for name in SOUND},
    )  # fmt: skip
    return rows.order_by("position")


def of_library(history: ir.Table, saved_tracks: ir.Table, tracks: ir.Table, audio: ir.Table) -> ir.Table:
    """Every recording that was heard or saved, that is on Spotify, and whose sound is known: columns as of a playlist."""
    sounds = tracks.join(as_known(audio), [("track_id", "audio_of")])
    sounds = sounds.filter(sounds.track_id.startswith(ON_SPOTIFY), sounds.energy.notnull())
    sounds = sounds.mutate(recording=ibis.coalesce(sounds.recording_id, sounds.track_id))
    placed = sounds.mutate(place=ibis.row_number().over(group_by=sounds.recording, order_by=sounds.track_id))
    ids = tracks.select(catalogue_id="track_id", saved_recording="recording_id")
    library = last_library(saved_tracks).select("track_uri").join(ids, [("track_uri", "catalogue_id")])
    saved = library.select(saved_id=ibis.coalesce(library.saved_recording, library.track_uri)).distinct()
    joined = placed.filter(placed.place == 0).left_join(heard(history, tracks), [("recording", "item_id")])
    joined = joined.left_join(saved, [("recording", "saved_id")])
    joined = joined.filter(joined.plays.notnull() | joined.saved_id.notnull())
    rows = joined.select(
        "recording", "last_played", *SOUND, uri="track_id", name="track_name", artist="artist_name",
        plays=joined.plays.fill_null(0).cast("int64"),
    )  # fmt: skip
    return rows.order_by("recording")


def of_references(
    references: ir.Table,
    track_matches: ir.Table,
    history: ir.Table,
    tracks: ir.Table,
    *,
    near: Mapping[str, float],
    top: int,
) -> ir.Table:
    """Rows of references that are on Spotify and of which the listener heard nothing: columns as of a playlist.

    The `top` whose sound is nearest to the values `near`, by the sum of squares; what a row does not tell counts as far as
    half the scale.
    """
    known = as_known(references).filter(
        references.track_id.startswith(ON_SPOTIFY), references.energy.notnull(), references.track_name.notnull()
    )
    matched = track_matches.filter(track_matches.verdict == "matched").select("reference", "ref_id", "track_id")
    entries = matched.join(tracks.select("track_id", "recording_id"), "track_id")
    entries = entries.mutate(recording=ibis.coalesce(entries.recording_id, entries.track_id))
    played = entries.semi_join(heard(history, tracks), [("recording", "item_id")])
    fresh = known.anti_join(played, ["reference", "ref_id"])
    placed = fresh.mutate(place=ibis.row_number().over(group_by=fresh.track_id, order_by=["reference", "ref_id"]))
    rows = placed.filter(placed.place == 0).select(
        "reference", *SOUND, uri="track_id", recording="track_id", name="track_name", artist="artist_name"
    )
    far = sum(((rows[name] - value) ** 2).fill_null(UNTOLD) for name, value in near.items())
    return rows.order_by(ibis.asc(far), "uri").limit(top)


def _by_id(entries: ir.Table, references: ir.Table) -> ir.Table:
    """The entries with the sound of the row of a reference with their URI, where no match tells it."""
    placed = references.filter(references.track_id.notnull()).mutate(
        place=ibis.row_number().over(group_by="track_id", order_by=["reference", "ref_id"])
    )
    rows = placed.filter(placed.place == 0).select(
        id_of="track_id", **{f"{name}_by_id": placed[name] for name in SOUND}
    )
    joined = entries.left_join(rows, [("uri", "id_of")])
    sound = {name: joined.has_audio.ifelse(joined[name], joined[f"{name}_by_id"]) for name in SOUND}
    return joined.mutate(**sound).select(*entries.columns)


def _with_recording(entries: ir.Table, tracks: ir.Table) -> ir.Table:
    catalogue = tracks.select("recording_id", catalogue_id="track_id")
    joined = entries.left_join(catalogue, [("entry_id", "catalogue_id")])
    return joined.mutate(recording=ibis.coalesce(joined.recording_id, joined.entry_id)).drop(
        "recording_id", "catalogue_id"
    )
