"""Our cookies: the session's, the one that a form's word is compared with, the one of a way to Spotify and back."""

import secrets
from typing import Literal

from starlette.requests import Request, cookie_parser
from starlette.responses import Response

from groovelog.state import sessions

Kind = Literal["session", "form", "spotify"]

# How long a browser keeps them, in seconds; the session itself ends when the server says so. 400 days is the longest that
# browsers keep any (RFC 6265bis, 5.5).
_AGES: dict[Kind, int | None] = {"session": 400 * 86_400, "form": None, "spotify": 600}


def name(kind: Kind, *, secure: bool) -> str:
    """Over https with the prefix by which a browser takes it from this very host alone."""
    base = sessions.SECURE_COOKIE if secure else sessions.COOKIE
    return base if kind == "session" else f"{base}-{kind}"


def give(answer: Response, kind: Kind, value: str, *, secure: bool) -> None:
    answer.set_cookie(
        name(kind, secure=secure), value, max_age=_AGES[kind], path="/", secure=secure, httponly=True, samesite="lax"
    )


def take_away(answer: Response, kind: Kind, *, secure: bool) -> None:
    answer.delete_cookie(name(kind, secure=secure), path="/", secure=secure, httponly=True, samesite="lax")


def of(request: Request, kind: Kind, *, secure: bool) -> str | None:
    return request.cookies.get(name(kind, secure=secure)) or None


def session_word(header: str, *, secure: bool) -> str | None:
    """The session's word in a Cookie header; over https of the cookie with the prefix alone."""
    return cookie_parser(header).get(name("session", secure=secure)) or None


def form_word(request: Request, *, secure: bool) -> str:
    """The word that a form of this browser carries; the one it has, else a new one."""
    return of(request, "form", secure=secure) or secrets.token_urlsafe(32)


def is_own_form(request: Request, told: str, *, secure: bool) -> bool:
    """Whether a form was given to this browser: only a page of ours knows the word in its cookie."""
    known = of(request, "form", secure=secure)
    return known is not None and secrets.compare_digest(known.encode(), told.encode())
