"""Who uses the stand-in: accounts with the plays of a life, what they keep, and the apps they sign in to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from groovelog.demo.catalogue import Track

SCOPES = (
    "playlist-modify-private", "playlist-modify-public", "playlist-read-collaborative", "playlist-read-private",
    "ugc-image-upload", "user-follow-modify", "user-follow-read", "user-library-modify", "user-library-read",
    "user-modify-playback-state", "user-read-currently-playing", "user-read-email", "user-read-playback-position",
    "user-read-playback-state", "user-read-private", "user-read-recently-played", "user-top-read",
)  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """One playback of a track: when it began and ended, and when Spotify learnt of it. All times are aware.

    `context` is the URI of the playlist, album or artist that it was played from.
    """

    track: Track
    started_at: datetime
    stopped_at: datetime
    told_at: datetime
    context: str | None = None

    @property
    def ms_played(self) -> int:
        return (self.stopped_at - self.started_at) // timedelta(milliseconds=1)


@dataclass(frozen=True)
class Entry:
    """A place in a playlist; `uri` may be of a track, an episode, a local file, or of nothing that is still there.

    Very old entries do not tell when and by whom they were added.
    """

    uri: str
    added_at: datetime | None = None
    added_by: str | None = None


@dataclass(frozen=True)
class Playlist:
    """A playlist as of one version; `owner` is the id of a user, who need not be an account of the stand-in."""

    id: str
    owner: str
    name: str
    entries: tuple[Entry, ...] = ()
    public: bool = False
    collaborative: bool = False
    description: str | None = None
    version: int = 1


@dataclass(frozen=True)
class Saved:
    """A track in somebody's library."""

    uri: str
    added_at: datetime


@dataclass(frozen=True)
class Account:
    """Somebody with Spotify; `playlists` are those in their library, their own and those they follow."""

    user_id: str
    display_name: str | None
    plays: tuple[Listed, ...] = ()
    playlists: tuple[Playlist, ...] = ()
    saved: tuple[Saved, ...] = ()


@dataclass(frozen=True)
class App:
    """A client id of a developer's account, in development mode.

    Without a `client_secret` it can only use PKCE. `users` are those on its allowlist, None for everybody. `rotates`:
    every refresh brings a new refresh token, as before June 2026. `old_names`: answers have `tracks` and `track` where
    development mode has `items` and `item`.
    """

    client_id: str
    client_secret: str | None
    redirect_uris: tuple[str, ...]
    developer: str = "developer"
    users: frozenset[str] | None = None
    rotates: bool = False
    old_names: bool = False
