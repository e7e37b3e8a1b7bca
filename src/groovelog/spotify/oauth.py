"""Sign-in at Spotify's accounts host: the address to open, the exchange of a code, the refresh of a token.

With the app's secret: Authorization Code. Without: the same with PKCE. Everything is read from the answer itself, since
spotipy puts the scopes asked for in place of those granted, and trips over answers of another shape.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NoReturn

from spotipy.cache_handler import MemoryCacheHandler
from spotipy.oauth2 import SpotifyOAuth, SpotifyPKCE

from groovelog.errors import SignInError, SpotifyDown
from groovelog.spotify.apps import DASHBOARD, App, Setup
from groovelog.spotify.faults import SERVER_ERROR, TOO_MANY_REQUESTS, classified
from groovelog.spotify.sending import Answer, Sender

# Spotify's tokens last an hour; what it does not say, or says of a longer time, is not relied on.
LONGEST_ACCESS_S = 3_600


@dataclass(frozen=True)
class Granted:
    """What the accounts host gave. `refresh` is None where it gave no new one; `scopes` None where it did not say."""

    access: str = field(repr=False)
    access_expires_at: datetime
    refresh: str | None = field(repr=False)
    scopes: frozenset[str] | None


class ConsentEnded(Exception):
    """invalid_grant: the refresh token has expired or was revoked, or the code was used or is too old."""


class Throttled(SpotifyDown):
    """The accounts host asks to be left alone for `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__("Spotify's sign-in host has been asked too often. Try again later.")
        self.retry_after_s = retry_after_s


class _TokenRefused(Exception):
    """What the accounts host answered in place of a token; inside this file only."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def begin(setup: Setup, app: App, scopes: Collection[str], state: str) -> tuple[str, str | None]:
    """The address to open in a browser, and the PKCE verifier to keep for the exchange, where the app has no secret.

    The consent page is shown in any case: a group shares browsers, and nobody is to sign in as another unasked.
    """
    spotify = _spotify(setup, app, scopes)
    address = spotify.get_authorize_url(state=state)
    # spotipy would write show_dialog=True.
    return f"{address}&show_dialog=true", getattr(spotify, "code_verifier", None)


def exchange(setup: Setup, app: App, code: str, verifier: str | None, now: datetime) -> Granted:
    """Tokens for the code that the browser brought. Raises SignInError or SpotifyDown."""
    spotify = _spotify(setup, app, ())
    try:
        if isinstance(spotify, SpotifyPKCE):
            spotify.code_verifier, spotify.code_challenge = verifier, "sent before"
            spotify.get_access_token(code, check_cache=False)
        else:
            spotify.get_access_token(code, as_dict=False, check_cache=False)
    except _TokenRefused as refused:
        try:
            _refused(app, refused.answer)
        except ConsentEnded:
            raise SignInError("Spotify does not take this sign-in: it is too old, or was used. Try again.") from None
    return _granted(spotify._session.answer, now)


def refresh(setup: Setup, app: App, refresh_token: str, now: datetime) -> Granted:
    """A fresh access token. Raises ConsentEnded, SignInError for an app that Spotify does not know, SpotifyDown."""
    spotify = _spotify(setup, app, ())
    try:
        spotify.refresh_access_token(refresh_token)
    except _TokenRefused as refused:
        _refused(app, refused.answer)
    return _granted(spotify._session.answer, now)


def _spotify(setup: Setup, app: App, scopes: Collection[str]) -> SpotifyOAuth | SpotifyPKCE:
    told = {
        "client_id": app.client_id,
        "redirect_uri": app.redirect_uri,
        "scope": list(scopes),
        "cache_handler": MemoryCacheHandler(),
        "requests_session": Sender(setup.limits, _judge),
        "open_browser": False,
    }
    spotify = SpotifyOAuth(client_secret=app.secret, **told) if app.secret else SpotifyPKCE(**told)
    spotify.OAUTH_AUTHORIZE_URL = f"{setup.accounts_url}/authorize"
    spotify.OAUTH_TOKEN_URL = f"{setup.accounts_url}/api/token"
    return spotify


def _judge(answer: Answer) -> None:
    """Let through only what spotipy can read without tripping, and what is a token."""
    told = answer.json
    if answer.status != 200 or not isinstance(told, dict):
        raise _TokenRefused(answer)
    if not (isinstance(told.get("access_token"), str) and told["access_token"] and type(told.get("expires_in")) is int):
        raise _TokenRefused(answer)


def _granted(answer: Answer, now: datetime) -> Granted:
    told = answer.json
    kept, scope = told.get("refresh_token"), told.get("scope")
    return Granted(
        access=told["access_token"],
        access_expires_at=now + timedelta(seconds=min(max(told["expires_in"], 0), LONGEST_ACCESS_S)),
        refresh=kept if isinstance(kept, str) and kept else None,
        scopes=frozenset(scope.split()) if isinstance(scope, str) else None,
    )


def _refused(app: App, answer: Answer) -> NoReturn:
    """Tell a dead consent from a wrong secret from a host in trouble: only the first ends a sign-in."""
    told = answer.json
    error = told.get("error") if isinstance(told, dict) else None
    if error == "invalid_grant" and answer.status == 400:
        raise ConsentEnded
    if error == "invalid_client":
        wrong = "client id or secret" if app.secret else "client id"
        raise SignInError(f"Spotify does not know this {wrong} ({app.client_id}). Compare them with {DASHBOARD}.")
    if answer.status == TOO_MANY_REQUESTS:
        raise Throttled(classified(answer).retry_after_s)
    if 400 <= answer.status < SERVER_ERROR:
        raise SignInError(
            f"Spotify refuses the sign-in through the app {app.client_id}. Is its redirect URI on {DASHBOARD} exactly "
            f"{app.redirect_uri}?"
        )
    raise SpotifyDown(f"Spotify's sign-in host is in trouble (it answered {answer.status}). Try again later.")
