"""Playlists and libraries shaped as Spotify's account data have them."""

import json
from collections.abc import Sequence
from typing import Any

from spotify_export import Row


def track(number: int = 0, **other: Any) -> Row:
    """An item of a playlist; other keys replace what is told of the track."""
    told = {
        "trackName": f"Title {number}",
        "artistName": "Artist",
        "albumName": "Album",
        "trackUri": f"spotify:track:{number:022}",
        **other,
    }
    return {"track": told, "episode": None, "audiobook": None, "localTrack": None, "addedDate": "2020-02-29"}


def playlist(name: Any = "Mix", *items: Any, **other: Any) -> Row:
    return {
        "name": name,
        "lastModifiedDate": "2021-03-04",
        "collaborators": ["planted-user-name"],
        "items": list(items),
        "description": "For the road",
        "numberOfFollowers": 0,
        **other,
    }


def playlists(*told: Any) -> bytes:
    return json.dumps({"playlists": list(told)}, indent=1).encode()


def saved(number: int = 0, **other: Any) -> Row:
    """A track of a library."""
    return {
        "artist": "Artist", "album": "Album", "track": f"Title {number}", "uri": f"spotify:track:{number:022}", **other
    }  # fmt: skip


def library(tracks: Sequence[Any]) -> bytes:
    rest = dict.fromkeys(("albums", "shows", "episodes", "bannedTracks", "artists", "bannedArtists", "other"), ())
    return json.dumps({"tracks": tracks, **rest}).encode()
