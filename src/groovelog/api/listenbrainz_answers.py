"""Listens as ListenBrainz answers them."""

from typing import Any
from uuid import UUID, uuid5

from groovelog.lake.listens import Listen, Totals
from groovelog.pipeline.playing_now import PlayingNow

# What `recording_msid` is made in: the same names have the same one here, though another than at ListenBrainz.
_NAMES = UUID("5b0e6f5c-0d1b-4d8e-9d53-6f6d3c6b6b1a")
_SPOTIFY = "spotify:track:"


def as_listens(name: str, found: list[Listen], totals: Totals) -> dict[str, Any]:
    return {
        "payload": {
            "count": len(found),
            "user_id": name,
            "listens": [_listen(name, listen) for listen in found],
            "latest_listen_ts": totals.latest or 0,
            "oldest_listen_ts": totals.oldest or 0,
        }
    }


def as_playing(name: str, playing: PlayingNow | None) -> dict[str, Any]:
    listens = []
    if playing is not None:
        metadata = _metadata(playing.track_name, playing.artist_name, playing.album_name, {})
        listens = [{"playing_now": True, "track_metadata": metadata}]
    return {"payload": {"count": len(listens), "user_id": name, "playing_now": True, "listens": listens}}


def _listen(name: str, listen: Listen) -> dict[str, Any]:
    uri = listen.track_uri or ""
    added = {
        "duration_ms": listen.length_ms,
        "isrc": listen.isrc,
        "media_player": listen.platform,
        "spotify_id": f"https://open.spotify.com/track/{uri[len(_SPOTIFY) :]}" if uri.startswith(_SPOTIFY) else None,
    }
    return {
        "listened_at": listen.listened_at,
        "user_name": name,
        "recording_msid": str(uuid5(_NAMES, f"{listen.artist_name}\x1f{listen.track_name}")),
        "track_metadata": _metadata(listen.track_name, listen.artist_name, listen.album_name, added),
    }


def _metadata(track_name: str, artist_name: str, album_name: str | None, added: dict[str, Any]) -> dict[str, Any]:
    album = {} if album_name is None else {"release_name": album_name}
    told = {key: value for key, value in added.items() if value is not None}
    return {"artist_name": artist_name, "track_name": track_name, **album, "additional_info": told}
