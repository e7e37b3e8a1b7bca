"""Endpoints of somebody's library: saved tracks, and what is in it by URI."""

from collections.abc import Mapping
from types import MappingProxyType

from groovelog.demo.standin.asked import Asked
from groovelog.demo.standin.music_shapes import Json
from groovelog.demo.standin.refusals import Refused
from groovelog.demo.standin.shapes import saved_object

MOST_URIS = 40
OF_LIBRARY = ("track", "album", "episode", "show", "audiobook")
# The scope that a kind of URI needs, to be kept and to be asked for.
KEPT_WITH: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(OF_LIBRARY, "user-library-modify")
    | {"user": "user-follow-modify", "playlist": "playlist-modify-public"}
)
ASKED_WITH: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(OF_LIBRARY, "user-library-read")
    | {"user": "user-follow-read", "artist": "user-follow-read", "playlist": "playlist-read-private"}
)


def saved_tracks(asked: Asked) -> Json:
    saved = asked.standin.library.saved[asked.user_id]
    tracks = [one for one in saved if one.uri.startswith("spotify:track:")]
    page = asked.page()
    rows = [saved_object(asked.api, one, asked.track(one.uri)) for one in tracks[page.rows]]
    return page.of(rows, len(tracks))


def save(asked: Asked) -> None:
    for uri in uris_of(asked, KEPT_WITH):
        asked.standin.library.save(asked.user_id, uri, asked.standin.clock.now())


def remove(asked: Asked) -> None:
    for uri in uris_of(asked, KEPT_WITH):
        asked.standin.library.remove(asked.user_id, uri)


def contains(asked: Asked) -> list[bool]:
    return [asked.standin.library.contains(asked.user_id, uri) for uri in uris_of(asked, ASKED_WITH)]


def uris_of(asked: Asked, scopes: Mapping[str, str]) -> list[str]:
    """The URIs of the query, each of a kind that it may be and that a scope was granted for. Raises Refused."""
    uris = [uri for uri in asked.query.get("uris", "").split(",") if uri]
    if not 0 < len(uris) <= MOST_URIS:
        raise Refused(400, "Invalid uris" if uris else "Missing required field: uris")
    kinds = {uri.split(":")[1] if uri.startswith("spotify:") and uri.count(":") == 2 else "" for uri in uris}
    if not kinds <= scopes.keys():
        raise Refused(400, "Invalid URI")
    asked.needs(*(scopes[kind] for kind in kinds))
    return uris
