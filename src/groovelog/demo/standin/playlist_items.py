"""Endpoints that change the items of a playlist."""

from groovelog.demo.standin.accounts import Entry, Playlist
from groovelog.demo.standin.asked import Asked
from groovelog.demo.standin.music_shapes import Json
from groovelog.demo.standin.playlists import of_path
from groovelog.demo.standin.refusals import Refused
from groovelog.demo.standin.shapes import snapshot_id

MOST_ITEMS = 100  # in one call


def add_items(asked: Asked) -> Json:
    """The body is a list of URIs or has them as `uris`; a `uris` of the query makes it ignored."""
    wanted = writable(asked)
    place = len(wanted.entries)
    match asked.body:
        case {"position": int(told)}:
            place = told
        case _ if "position" in asked.query:
            place = asked.number("position", 0, 0, len(wanted.entries))
    if not 0 <= place <= len(wanted.entries):
        raise Refused(400, "Index out of bounds")
    added = tuple(entry(asked, uri) for uri in uris_of(asked))
    return changed(asked, wanted, (*wanted.entries[:place], *added, *wanted.entries[place:]))


def change_items(asked: Asked) -> Json:
    """Replace all by `uris`, or move a range."""
    wanted = writable(asked)
    match asked.body:
        case {"range_start": int(start), "insert_before": int(before), **rest}:
            length = rest.get("range_length", 1)
            if not isinstance(length, int) or not 0 <= start < start + length <= len(wanted.entries):
                raise Refused(400, "Index out of bounds")
            moved, left = wanted.entries[start : start + length], list(wanted.entries)
            del left[start : start + length]
            place = before - length if before > start else before
            return changed(asked, wanted, (*left[:place], *moved, *left[place:]))
        case _:
            return changed(asked, wanted, tuple(entry(asked, uri) for uri in uris_of(asked)))


def remove_items(asked: Asked) -> Json:
    """Every entry of the URIs goes."""
    wanted = writable(asked)
    match asked.body:
        case {"items": [*rows]} if len(rows) <= MOST_ITEMS and all(isinstance(row, dict) for row in rows):
            gone = {row.get("uri") for row in rows}
        case _:
            raise Refused(400, "No uris provided")
    return changed(asked, wanted, tuple(one for one in wanted.entries if one.uri not in gone))


def writable(asked: Asked) -> Playlist:
    """The playlist that the path names, if the user may change it. Raises Refused."""
    wanted = of_path(asked)
    if not asked.standin.library.may_read_items(asked.user_id, wanted):
        raise Refused(403, "Forbidden")
    asked.needs("playlist-modify-public" if wanted.public else "playlist-modify-private")
    return wanted


def uris_of(asked: Asked) -> list[str]:
    """The URIs of the query or else of the body, a list or in `uris`. Raises Refused."""
    match asked.body:
        case _ if "uris" in asked.query:
            uris: list[object] = list(filter(None, asked.query["uris"].split(",")))
        case [*told] | {"uris": [*told]}:
            uris = told
        case _:
            raise Refused(400, "No uris provided")
    texts = [uri for uri in uris if isinstance(uri, str) and uri.startswith(("spotify:track:", "spotify:episode:"))]
    if len(texts) < len(uris):
        raise Refused(400, "Invalid track uri")
    if len(uris) > MOST_ITEMS:
        raise Refused(400, f"You can add a maximum of {MOST_ITEMS} tracks per request.")
    return texts


def entry(asked: Asked, uri: str) -> Entry:
    return Entry(uri, asked.standin.clock.now(), asked.user_id)


def changed(asked: Asked, playlist: Playlist, entries: tuple[Entry, ...]) -> Json:
    return {"snapshot_id": snapshot_id(asked.standin.library.change(playlist, entries))}
