"""The calls of the Web API that Groovelog sends, for one listener; pages of 50, as Spotify sends them.

An answer is a JSON object; nothing inside it is checked here.
"""

import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from groovelog.errors import Refused, SpotifyDown
from groovelog.spotify import quota, scopes
from groovelog.spotify.apps import Setup
from groovelog.spotify.calling import Call, Calling
from groovelog.spotify.tokens import utc_now
from groovelog.state.database import State
from groovelog.state.sign_ins import SignIn

Page = dict[str, Any]

PAGE, MOST_ITEMS = 50, 100

PROFILE = Call(quota.PROFILE)
RECENTLY_PLAYED = Call(quota.RECENTLY_PLAYED, scopes.PLAYS)
TOP = Call(quota.TOP_ITEMS, scopes.TOP)
PLAYLISTS = Call(quota.PLAYLISTS, scopes.PLAYLISTS)
SAVED_TRACKS = Call(quota.SAVED_TRACKS, scopes.SAVED)
TRACK = Call(quota.TRACK)
CREATE = Call(quota.WRITING, scopes.WRITE_PLAYLISTS, again=False)
ADD = Call(quota.WRITING, scopes.WRITE_PLAYLISTS, again=False)
REPLACE = Call(quota.WRITING, scopes.WRITE_PLAYLISTS)
UNFOLLOW = Call(quota.WRITING, scopes.WRITE_LIBRARY, empty=True)

# What a page's `next` leads to.
_PATHS = {
    "/me/player/recently-played": RECENTLY_PLAYED,
    "/me/top/tracks": TOP,
    "/me/top/artists": TOP,
    "/me/playlists": PLAYLISTS,
    "/me/tracks": SAVED_TRACKS,
}
_ID = re.compile(r"[0-9A-Za-z]+")
_PLAYABLE = re.compile(r"spotify:(track|episode):[0-9A-Za-z]+")


class Client:
    """One listener's. `calls` counts the requests sent so far, `sign_in` tells whose account it is."""

    def __init__(self, calling: Calling, api_url: str) -> None:
        self._calling = calling
        self._api = urlsplit(api_url)

    @property
    def calls(self) -> int:
        return self._calling.calls

    @property
    def sign_in(self) -> SignIn:
        return self._calling.sign_in

    def me(self) -> Page:
        return self._calling.ask(PROFILE, lambda spotify: spotify._get("me"))

    def recently_played(self, after_ms: int | None = None, before_ms: int | None = None) -> Page:
        """Of the last 50 plays, those after or before an instant (Unix time in ms, itself not included); one of the two."""
        return self._calling.ask(
            RECENTLY_PLAYED,
            lambda spotify: spotify.current_user_recently_played(limit=PAGE, after=after_ms, before=before_ms),
        )

    def top(
        self,
        kind: Literal["tracks", "artists"],
        time_range: Literal["short_term", "medium_term", "long_term"],
        offset: int = 0,
    ) -> Page:
        """Of about four weeks, six months or a year; Spotify gives no counts."""

        def send(spotify: Any) -> Any:
            asked = spotify.current_user_top_tracks if kind == "tracks" else spotify.current_user_top_artists
            return asked(limit=PAGE, offset=offset, time_range=time_range)

        return self._calling.ask(TOP, send)

    def playlists(self, offset: int = 0) -> Page:
        return self._calling.ask(PLAYLISTS, lambda spotify: spotify.current_user_playlists(limit=PAGE, offset=offset))

    def playlist_items(self, playlist_id: str, offset: int = 0) -> Page:
        """Raises Refused or NotAtSpotify for a playlist whose items Spotify does not show."""
        known = _checked(playlist_id)
        return self._calling.ask(PLAYLISTS, lambda spotify: spotify.playlist_items(known, limit=PAGE, offset=offset))

    def saved_tracks(self, offset: int = 0) -> Page:
        return self._calling.ask(
            SAVED_TRACKS, lambda spotify: spotify.current_user_saved_tracks(limit=PAGE, offset=offset)
        )

    def track(self, track_id: str) -> Page:
        """Without a market, which would give another id."""
        known = _checked(track_id)
        return self._calling.ask(TRACK, lambda spotify: spotify.track(known))

    def next_page(self, page: Page) -> Page | None:
        """The page behind this one; None where there is none. Raises SpotifyDown where `next` leads elsewhere.

        The listener's token goes along, so it goes to no host but the one that is set.
        """
        address = page.get("next")
        if not address:
            return None
        told = urlsplit(address) if isinstance(address, str) else urlsplit("")
        if (told.scheme, told.netloc) != (self._api.scheme, self._api.netloc):
            raise SpotifyDown("A page of Spotify leads to another host. It is not followed.")
        call = _PATHS.get(told.path.removeprefix(self._api.path), PLAYLISTS)
        return self._calling.ask(call, lambda spotify: spotify.next(page))

    def create_playlist(self, name: str, description: str = "") -> Page:
        """A private playlist. After a failure it is looked for before another one is made."""

        def create() -> Page:
            return self._calling.ask(
                CREATE,
                lambda spotify: spotify.current_user_playlist_create(name, public=False, description=description),
            )

        try:
            return create()
        except SpotifyDown:
            made = self.playlists().get("items") or []
            return next((kept for kept in made if _is_new(kept, name, description)), None) or create()

    def replace_items(self, playlist_id: str, uris: list[str]) -> None:
        """Let the playlist have these items and no others, in this order."""
        known, items = _checked(playlist_id), _playable(uris)
        self._calling.ask(REPLACE, lambda spotify: spotify.playlist_replace_items(known, items[:MOST_ITEMS]))
        self.add_items(playlist_id, items[MOST_ITEMS:])

    def add_items(self, playlist_id: str, uris: list[str]) -> None:
        """Add them at the end, 100 a call. After a failure the playlist is read before they are sent again."""
        known, items = _checked(playlist_id), _playable(uris)
        if not items:
            return
        length = self._length(known)
        for first in range(0, len(items), MOST_ITEMS):
            batch = items[first : first + MOST_ITEMS]
            try:
                self._add(known, batch)
            except SpotifyDown:
                if self._length(known) == length:
                    self._add(known, batch)
            length += len(batch)

    def unfollow(self, playlist_id: str) -> None:
        """Take the playlist out of the listener's library. By the route of 2026: spotipy's own method calls one that is gone."""
        uri = f"spotify:playlist:{_checked(playlist_id)}"
        self._calling.ask(UNFOLLOW, lambda spotify: spotify._delete("me/library", uris=uri))

    def _add(self, playlist_id: str, batch: list[str]) -> None:
        # spotipy's own method sends a bare list, which the API's description does not know.
        self._calling.ask(ADD, lambda spotify: spotify._post(f"playlists/{playlist_id}/items", payload={"uris": batch}))

    def _length(self, playlist_id: str) -> int:
        page = self._calling.ask(PLAYLISTS, lambda spotify: spotify.playlist_items(playlist_id, limit=1))
        total = page.get("total")
        if not isinstance(total, int):
            raise SpotifyDown("Spotify does not tell how long the playlist is. Nothing is added to it.")
        return total


def connect(
    setup: Setup,
    state: State,
    listener_id: str,
    *,
    clock: Callable[[], datetime] = utc_now,
    sleep: Callable[[float], None] = time.sleep,
) -> Client:
    """The client of a listener who is signed in; sends nothing. Raises NotSignedIn, ReauthRequired, NoCredentials."""
    return Client(Calling(setup, state, listener_id, clock, sleep), setup.api_url)


def _is_new(playlist: Any, name: str, description: str) -> bool:
    """Whether it is the one that was just asked for: so named, so described, and still empty."""
    if not isinstance(playlist, dict):
        return False
    told = playlist.get("items") or playlist.get("tracks") or {}
    same = (playlist.get("name"), playlist.get("description") or "") == (name, description)
    return same and isinstance(told, dict) and told.get("total") == 0


def _checked(spotify_id: str) -> str:
    if not _ID.fullmatch(spotify_id):
        raise Refused(f"{spotify_id!r} is no id of Spotify.")
    return spotify_id


def _playable(uris: list[str]) -> list[str]:
    for uri in uris:
        if not _PLAYABLE.fullmatch(uri):
            raise Refused(f"{uri!r} cannot be put into a playlist of Spotify: it is no track or episode of it.")
    return uris
