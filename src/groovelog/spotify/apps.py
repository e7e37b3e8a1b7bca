"""API apps: what a developer registers at Spotify so that listeners can connect, and where Spotify is."""

import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from groovelog.errors import NoCredentials, UsageError

DASHBOARD = "https://developer.spotify.com/dashboard"
REDIRECT_URI = "http://127.0.0.1:8888/callback"
LOOPBACK = ("127.0.0.1", "::1")

# An app takes 5 people since 2026-02-11; older ones keep their 25.
USERS, USERS_BEFORE_2026 = 5, 25

# Seen in 2026: refused after 476 to 650 calls of a developer account within 24 hours; Spotify tells no number.
DAILY_BUDGET = 480


@dataclass(frozen=True)
class App:
    """One client id. Without a secret it signs in with PKCE. Apps of one `developer` share their quota.

    `listeners` have it in a `.env.NAME` of their own; where it stands nowhere else, it is theirs alone (not `shared`).
    Raises UsageError for a redirect address that Spotify does not take.
    """

    client_id: str
    secret: str | None = field(default=None, repr=False)
    redirect_uri: str = REDIRECT_URI
    developer: str = ""
    most_users: int = USERS
    listeners: frozenset[str] = frozenset()
    shared: bool = True

    def __post_init__(self) -> None:
        if not _taken_by_spotify(self.redirect_uri):
            raise UsageError(
                f"Spotify does not take the redirect address {self.redirect_uri}: it has to begin with https://, or with "
                f"http://127.0.0.1 and a port. Use {REDIRECT_URI}, here and on {DASHBOARD}."
            )

    @property
    def account(self) -> str:
        """Whose quota its calls use."""
        return self.developer or self.client_id


@dataclass(frozen=True)
class Limits:
    """Seconds that a request may take: to connect, for each read, and as a whole. What hangs may end nowhere near 60.

    Once `stopping` is set, no answer is waited for, and nothing more is sent.
    """

    connect_s: float = 5
    read_s: float = 10
    total_s: float = 12
    stopping: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)


@dataclass(frozen=True)
class Setup:
    """Everything that speaking to Spotify needs from outside: apps, the two hosts, the calls a developer account may send
    within 24 hours."""

    apps: tuple[App, ...] = ()
    api_url: str = "https://api.spotify.com/v1"
    accounts_url: str = "https://accounts.spotify.com"
    daily_budget: int = DAILY_BUDGET
    limits: Limits = field(default_factory=Limits)

    def app(self, client_id: str) -> App:
        """Raises NoCredentials where it is not set up, or no longer."""
        for app in self.apps:
            if app.client_id == client_id:
                return app
        raise NoCredentials(f"The API app {client_id} is not set up here. {WHAT_TO_PUT_WHERE}")

    def app_for(self, listener: str, client_id: str | None, users: dict[str, int]) -> App:
        """The app to sign a listener in with: the one of their own `.env.NAME`, else the one they had, else the first with room.

        `users` counts the listeners of each client id, without this one. Raises NoCredentials where no app is set up.
        """
        shared = [app for app in self.apps if app.shared]
        own = [app for app in self.apps if listener in app.listeners]
        had = [app for app in shared if app.client_id == client_id]
        room = [app for app in shared if users.get(app.client_id, 0) < app.most_users]
        for app in own + had + room + shared:
            return app
        raise NoCredentials(NO_APP)


def _taken_by_spotify(redirect_uri: str) -> bool:
    """https anywhere, http on a loopback address alone (since 2025-11-27), where a port is needed to listen on."""
    try:
        address = urlsplit(redirect_uri)
        port = address.port
    except ValueError:
        return False
    if address.scheme == "https":
        return bool(address.hostname)
    return address.scheme == "http" and address.hostname in LOOPBACK and bool(port)


WHAT_TO_PUT_WHERE = (
    f"Make one at {DASHBOARD} (Create app, Web API) with exactly this redirect URI: {REDIRECT_URI}\n"
    "Then put these three lines into a file named .env in the home folder or in the folder you are in, and let only "
    "yourself read it (chmod 600 .env); or set them in the environment:\n"
    "SPOTIFY_CLIENT_ID=(the app's Client ID)\n"
    "SPOTIFY_CLIENT_SECRET=(the app's Client secret)\n"
    f"SPOTIFY_REDIRECT_URI={REDIRECT_URI}"
)
NO_APP = f"No Spotify API app is set up. {WHAT_TO_PUT_WHERE}"
