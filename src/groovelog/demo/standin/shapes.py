"""Spotify's JSON objects of who hears and keeps what, with the fields that development mode leaves."""

from groovelog.demo.catalogue import Track
from groovelog.demo.standin.accounts import Entry, Listed, Playlist, Saved
from groovelog.demo.standin.music_shapes import Json, thing, track_object
from groovelog.demo.standin.written import invented_id, timestamp, whole_seconds


def context_object(api: str, uri: str | None) -> Json | None:
    if uri is None:
        return None
    told = thing(api, uri)
    return {key: told[key] for key in ("type", "href", "external_urls", "uri")}


def play_object(api: str, play: Listed) -> Json:
    return {
        "track": track_object(api, play.track),
        "played_at": timestamp(play.stopped_at),
        "context": context_object(api, play.context),
    }


def saved_object(api: str, saved: Saved, track: Track) -> Json:
    return {"added_at": whole_seconds(saved.added_at), "track": track_object(api, track)}


def user_object(api: str, user_id: str) -> Json:
    return thing(api, f"spotify:user:{user_id}")


def playlist_object(api: str, playlist: Playlist, owner_name: str | None) -> Json:
    """All but the items."""
    return {
        **thing(api, f"spotify:playlist:{playlist.id}"),
        "collaborative": playlist.collaborative,
        "description": playlist.description,
        "images": [],
        "name": playlist.name,
        "owner": {**user_object(api, playlist.owner), "display_name": owner_name},
        "public": playlist.public,
        "snapshot_id": snapshot_id(playlist),
    }


def snapshot_id(playlist: Playlist) -> str:
    return invented_id(playlist.id, str(playlist.version))


def entry_object(api: str, entry: Entry, item: Json | None, item_key: str) -> Json:
    return {
        "added_at": whole_seconds(entry.added_at) if entry.added_at else None,
        "added_by": user_object(api, entry.added_by) if entry.added_by else None,
        "is_local": entry.uri.startswith("spotify:local:"),
        item_key: item,
    }
