"""Consents and tokens: Authorization Code with a secret or with PKCE, refresh, and the end after six months."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from groovelog.demo.standin.accounts import App
from groovelog.demo.standin.clock import Clock, months_after
from groovelog.demo.standin.oauth_rules import challenge_of, client_of
from groovelog.demo.standin.refusals import Refused, TokenRefused

CODE_LIVES = timedelta(minutes=10)
ACCESS_LIVES_S = 3_600
REFRESH_LIVES_MONTHS = 6  # from the user's consent, however often it is refreshed


@dataclass(frozen=True)
class Consent:
    """What a user allowed an app, and when. Taken with PKCE, its tokens need no secret."""

    user_id: str
    app: App
    scopes: tuple[str, ...]
    given_at: datetime
    pkce: bool


@dataclass(frozen=True)
class Code:
    """What an authorization code stands for; `challenge` is PKCE's, None without."""

    consent: Consent
    redirect_uri: str
    challenge: str | None


@dataclass(frozen=True)
class Client:
    """Who asks for a token; `proven` by the app's secret."""

    app: App
    proven: bool


class OAuth:
    """Every code and token that was given out."""

    def __init__(self, apps: Mapping[str, App], clock: Clock) -> None:
        self._apps = apps
        self._clock = clock
        self._codes: dict[str, Code] = {}
        self._refresh: dict[str, Consent] = {}
        self._access: dict[str, tuple[Consent, datetime]] = {}

    def code_for(self, consent: Consent, redirect_uri: str, challenge: str | None) -> str:
        code = secrets.token_urlsafe(48)
        self._codes[code] = Code(consent, redirect_uri, challenge)
        return code

    def token(self, authorization: str | None, form: Mapping[str, str]) -> dict[str, object]:
        """The body of the token endpoint's answer. Raises TokenRefused."""
        client = self._client(authorization, form)
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchanged(client, form)
            case "refresh_token":
                return self._refreshed(client, form.get("refresh_token", ""))
            case _:
                raise TokenRefused("unsupported_grant_type", "grant_type must be authorization_code or refresh_token")

    def bearer(self, authorization: str | None) -> Consent:
        """The consent behind a request to the API. Raises Refused."""
        if authorization is None:
            raise Refused(401, "No token provided")
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or token not in self._access:
            raise Refused(401, "Invalid access token")
        consent, expires_at = self._access[token]
        if self._clock.now() >= expires_at:
            raise Refused(401, "The access token expired")
        return consent

    def user_behind(self, form: Mapping[str, str]) -> str | None:
        """Whom a request for a token is about, where that can be told."""
        if (code := form.get("code", "")) in self._codes:
            return self._codes[code].consent.user_id
        consent = self._refresh.get(form.get("refresh_token", ""))
        return consent.user_id if consent else None

    def withdraw(self, user_id: str) -> None:
        """The user takes back every consent: all their tokens die."""
        self._refresh = {token: one for token, one in self._refresh.items() if one.user_id != user_id}
        self._access = {token: one for token, one in self._access.items() if one[0].user_id != user_id}

    def _client(self, authorization: str | None, form: Mapping[str, str]) -> Client:
        client_id, secret = client_of(authorization, form)
        app = self._app(client_id)
        if secret is None:
            return Client(app, proven=False)
        if app.client_secret is None or not secrets.compare_digest(secret.encode(), app.client_secret.encode()):
            raise TokenRefused("invalid_client", "Invalid client secret")
        return Client(app, proven=True)

    def _app(self, client_id: str) -> App:
        try:
            return self._apps[client_id]
        except KeyError as error:
            raise TokenRefused("invalid_client", "Invalid client") from error

    def _exchanged(self, client: Client, form: Mapping[str, str]) -> dict[str, object]:
        code = self._codes.pop(form.get("code", ""), None)
        if code is None or code.consent.app != client.app:
            raise TokenRefused("invalid_grant", "Invalid authorization code")
        if self._clock.now() >= code.consent.given_at + CODE_LIVES:
            raise TokenRefused("invalid_grant", "Authorization code expired")
        if form.get("redirect_uri") != code.redirect_uri:
            raise TokenRefused("invalid_grant", "Invalid redirect URI")
        if code.challenge is None and not client.proven:
            raise TokenRefused("invalid_client", "Invalid client secret")
        if code.challenge is not None and challenge_of(form.get("code_verifier", "")) != code.challenge:
            raise TokenRefused("invalid_grant", "code_verifier was incorrect")
        return self._given(code.consent, refresh_token=True)

    def _refreshed(self, client: Client, refresh_token: str) -> dict[str, object]:
        consent = self._refresh.get(refresh_token)
        if consent is None or consent.app != client.app:
            raise TokenRefused("invalid_grant", "Refresh token revoked")
        if not (client.proven or consent.pkce):
            raise TokenRefused("invalid_client", "Invalid client secret")
        if self._clock.now() >= months_after(consent.given_at, REFRESH_LIVES_MONTHS):
            raise TokenRefused("invalid_grant", "Refresh token expired")
        if client.app.rotates:
            del self._refresh[refresh_token]
        return self._given(consent, refresh_token=client.app.rotates)

    def _given(self, consent: Consent, *, refresh_token: bool) -> dict[str, object]:
        access = secrets.token_urlsafe(96)
        self._access[access] = (consent, self._clock.now() + timedelta(seconds=ACCESS_LIVES_S))
        told: dict[str, object] = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": ACCESS_LIVES_S,
            "scope": " ".join(consent.scopes),
        }
        if refresh_token:
            fresh = secrets.token_urlsafe(96)
            self._refresh[fresh] = consent
            told["refresh_token"] = fresh
        return told
