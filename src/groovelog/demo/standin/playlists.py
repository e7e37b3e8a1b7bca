"""Endpoints of playlists, but for what changes their items."""

from groovelog.demo.catalogue import Track
from groovelog.demo.spoken import Episode
from groovelog.demo.standin.accounts import Entry, Playlist
from groovelog.demo.standin.asked import Asked, Page
from groovelog.demo.standin.music_shapes import Json, episode_object, local_object, track_object
from groovelog.demo.standin.refusals import Refused
from groovelog.demo.standin.shapes import entry_object, playlist_object
from groovelog.demo.standin.written import invented_id

FIRST_ITEMS = 100  # of the playlist object itself


def playlists(asked: Asked) -> Json:
    """Those of others that are collaborative show with a scope of their own."""
    shown = [
        playlist
        for playlist in asked.standin.library.playlists_of(asked.user_id)
        if playlist.owner == asked.user_id
        or not playlist.collaborative
        or "playlist-read-collaborative" in asked.consent.scopes
    ]
    page = asked.page()
    rows = [
        {**described(asked, one), asked.items_key: {"href": items_url(asked, one), "total": len(one.entries)}}
        for one in shown[page.rows]
    ]
    return page.of(rows, len(shown))


def playlist(asked: Asked) -> Json:
    """With its first 100 items, if they may be read."""
    wanted = of_path(asked)
    if not asked.standin.library.may_read_items(asked.user_id, wanted):
        return described(asked, wanted)
    return playlist_with_items(asked, wanted)


def items(asked: Asked) -> Json:
    wanted = of_path(asked)
    if not asked.standin.library.may_read_items(asked.user_id, wanted):
        raise Refused(403, "Forbidden")
    return page_of(asked, wanted, asked.page())


def create_playlist(asked: Asked) -> Json:
    if not isinstance(asked.body, dict) or not asked.body.get("name"):
        raise Refused(400, "Missing required field: name")
    public, collaborative = asked.body.get("public", True), asked.body.get("collaborative", False)
    if public and collaborative:
        raise Refused(400, "Collaborative playlists can only be private")
    asked.needs("playlist-modify-public" if public else "playlist-modify-private")
    library = asked.standin.library
    created = Playlist(
        id=invented_id("created", asked.user_id, str(len(library.playlists))),
        owner=asked.user_id,
        name=asked.body["name"],
        public=bool(public),
        collaborative=bool(collaborative),
        description=asked.body.get("description"),
    )
    library.create(created)
    return playlist_with_items(asked, created)


def of_path(asked: Asked) -> Playlist:
    """The playlist that the path names. Raises Refused."""
    try:
        return asked.standin.library.playlists[asked.path["id"]]
    except KeyError as error:
        raise Refused(404, "Resource not found") from error


def items_url(asked: Asked, playlist: Playlist) -> str:
    return f"{asked.api}/playlists/{playlist.id}/{asked.items_key}"


def described(asked: Asked, playlist: Playlist) -> Json:
    owner = asked.standin.accounts.get(playlist.owner)
    return playlist_object(asked.api, playlist, owner.display_name if owner else None)


def playlist_with_items(asked: Asked, playlist: Playlist) -> Json:
    first = Page(items_url(asked, playlist), FIRST_ITEMS, 0, {})
    return {**described(asked, playlist), asked.items_key: page_of(asked, playlist, first)}


def page_of(asked: Asked, playlist: Playlist, page: Page) -> Json:
    rows = [
        entry_object(asked.api, entry, item_object(asked, entry), asked.item_key)
        for entry in playlist.entries[page.rows]
    ]
    return page.of(rows, len(playlist.entries))


def item_object(asked: Asked, entry: Entry) -> Json | None:
    """None for what is no longer there, and for episodes unless they are asked for."""
    if entry.uri.startswith("spotify:local:"):
        return local_object(entry.uri)
    match asked.standin.items.get(entry.uri):
        case Track() as track:
            return track_object(asked.api, track)
        case Episode() as episode if "episode" in asked.query.get("additional_types", "").split(","):
            return episode_object(asked.api, episode)
        case _:
            return None
