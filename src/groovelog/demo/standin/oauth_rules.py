"""Rules of OAuth that need no memory: who asks, whether a verifier fits, whether a redirect URI is registered."""

import base64
import hashlib
from collections.abc import Mapping
from urllib.parse import urlsplit

from groovelog.demo.standin.accounts import App


def client_of(authorization: str | None, form: Mapping[str, str]) -> tuple[str, str | None]:
    """Client id and secret of a request for a token: Basic auth, or the id in the form without a secret."""
    if authorization is None:
        return form.get("client_id", ""), None
    try:
        client_id, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
    except ValueError:
        return "", None
    return client_id, secret


def challenge_of(verifier: str) -> str:
    """PKCE's S256: the unpadded urlsafe base64 of the verifier's SHA-256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def is_registered(redirect_uri: str, app: App) -> bool:
    """Letter by letter, but a loopback address that was registered without a port stands for every port."""
    if redirect_uri in app.redirect_uris:
        return True
    parts = urlsplit(redirect_uri)
    if parts.scheme != "http" or parts.hostname not in {"127.0.0.1", "::1"}:
        return False
    host = "[::1]" if parts.hostname == "::1" else "127.0.0.1"
    return parts._replace(netloc=host).geturl() in app.redirect_uris
