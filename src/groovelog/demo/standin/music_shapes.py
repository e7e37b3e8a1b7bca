"""Spotify's JSON objects of what can be heard, with the fields that development mode leaves."""

import hashlib

from groovelog.demo.catalogue import Album, Artist, Track
from groovelog.demo.spoken import Episode, Show
from groovelog.demo.standin.written import invented_id

Json = dict[str, object]


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
