"""Spotify's JSON objects, with the fields that development mode leaves."""

import hashlib
from datetime import datetime
from functools import cache

from groovelog.demo.catalogue import Album, Artist, Track
from groovelog.demo.spoken import Episode, Show
from groovelog.demo.standin.accounts import Entry, Listed, Playlist, Saved
from groovelog.demo.uris import BASE62, LENGTH

LETTERS = "".join(BASE62.tolist())

Json = dict[str, object]


@cache
def invented_id(*words: str) -> str:
    """22 letters and digits that are always the same for the same words."""
    number = int.from_bytes(hashlib.sha256("\n".join(words).encode()).digest(), "big")
    letters = ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


def id_of(uri: str) -> str:
    return uri.rpartition(":")[2]


def in_ms(moment: datetime) -> int:
    """Milliseconds since 1970, cut."""
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000


def timestamp(moment: datetime) -> str:
    """As `played_at` is told: 2026-11-22T10:00:00.123Z."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def whole_seconds(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def thing(api: str, uri: str) -> Json:
    """What every object has; `api` is the address of the Web API, without a slash at its end."""
    kind, id = uri.split(":")[1:3]
    return {
        "external_urls": {"spotify": f"https://open.spotify.com/{kind}/{id}"},
        "href": f"{api}/{kind}s/{id}",
        "id": id,
        "type": kind,
        "uri": uri,
    }


def artist_uri(artist: Artist) -> str:
    return f"spotify:artist:{invented_id('artist', artist.name)}"


def album_uri(album: Album) -> str:
    return f"spotify:album:{invented_id('album', album.artist.name, album.name, str(album.released))}"


def artist_object(api: str, artist: Artist) -> Json:
    """As inside of tracks and albums."""
    return {**thing(api, artist_uri(artist)), "name": artist.name}


def whole_artist(api: str, artist: Artist) -> Json:
    return {**artist_object(api, artist), "images": []}


def album_object(api: str, album: Album) -> Json:
    return {
        **thing(api, album_uri(album)),
        "album_type": "album",
        "artists": [artist_object(api, album.artist)],
        "images": [],
        "name": album.name,
        "release_date": str(album.released),
        "release_date_precision": "day",
        "total_tracks": 10,
    }


def track_object(api: str, track: Track) -> Json:
    return {
        **thing(api, track.uri),
        "album": album_object(api, track.album),
        "artists": [artist_object(api, track.album.artist)],
        "disc_number": 1,
        "duration_ms": track.length_ms,
        "explicit": False,
        "external_ids": {"isrc": isrc(track)},
        "is_local": False,
        "is_playable": True,
        "name": track.name,
        "track_number": 1,
    }


def isrc(track: Track) -> str:
    """Of ZZ, which is no country."""
    number = int.from_bytes(hashlib.sha256(track.uri.encode()).digest()[:4], "big")
    return f"ZZINV{track.album.released:%y}{number % 100_000:05d}"


def local_object(uri: str) -> Json:
    """A file of the user's own: spotify:local:ARTIST:ALBUM:TITLE:SECONDS, its words with + for spaces."""
    artist, album, title, seconds = (word.replace("+", " ") for word in uri.split(":")[2:6])
    return {
        "album": {
            "album_type": None, "artists": [], "external_urls": {}, "href": None, "id": None, "images": [], "name": album,
            "release_date": None, "release_date_precision": None, "total_tracks": 0, "type": "album", "uri": None,
        },
        "artists": [{"external_urls": {}, "href": None, "id": None, "name": artist, "type": "artist", "uri": None}],
        "disc_number": 0,
        "duration_ms": int(seconds) * 1000,
        "explicit": False,
        "external_ids": {},
        "external_urls": {},
        "href": None,
        "id": None,
        "is_local": True,
        "name": title,
        "track_number": 0,
        "type": "track",
        "uri": uri,
    }  # fmt: skip


def show_object(api: str, show: Show) -> Json:
    return {
        **thing(api, f"spotify:show:{invented_id('show', show.name)}"),
        "copyrights": [],
        "description": "",
        "explicit": False,
        "html_description": "",
        "images": [],
        "is_externally_hosted": False,
        "languages": ["en"],
        "media_type": "audio",
        "name": show.name,
        "total_episodes": 620,
    }


def episode_object(api: str, episode: Episode) -> Json:
    return {
        **thing(api, episode.uri),
        "audio_preview_url": None,
        "description": "",
        "duration_ms": episode.length_ms,
        "explicit": False,
        "html_description": "",
        "images": [],
        "is_externally_hosted": False,
        "is_playable": True,
        "language": "en",
        "languages": ["en"],
        "name": episode.name,
        "release_date": str(episode.show.first),
        "release_date_precision": "day",
        "show": show_object(api, episode.show),
    }


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
        "added_at": whole_seconds(entry.added_at),
        "added_by": user_object(api, entry.added_by),
        "is_local": entry.uri.startswith("spotify:local:"),
        item_key: item,
    }
