"""The server's part in a sign-in: `/connect` sends the browser to Spotify, `/callback` is where it comes back to.

State and verifier stay here; a sign-in that a terminal began ends here too, and the terminal is told.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from groovelog.config import Settings
from groovelog.dashboard.pages import SPOTIFY
from groovelog.errors import GroovelogError, UsageError
from groovelog.lake.home import Home
from groovelog.spotify.callback import returned
from groovelog.state import pending
from groovelog.state.database import open_state

CONNECT, CALLBACK = "/connect", "/callback"

# The address of the page has Spotify's code in it: it goes nowhere else.
_HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Frame-Options": "DENY"}


def routes(home: Home) -> list[Route]:
    """The routes for one home. Both run in threads: they wait for Spotify."""
    return [Route(CONNECT, _telling(home, _connect)), Route(CALLBACK, _telling(home, _come_back))]


def _telling(home: Home, answer: Callable[[Home, Request], Response]) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        try:
            return answer(home, request)
        except GroovelogError as error:
            return _page(error.message, status=400)

    return endpoint


def _connect(home: Home, request: Request) -> Response:
    """?listener=NAME&timezone=TZ: begin, and send the browser to Spotify; &write=yes asks to write playlists, too."""
    listener = request.query_params.get("listener")
    if not listener:
        raise UsageError("Whom to connect? Use the button on the page Connect.")
    timezone = request.query_params.get("timezone", "UTC")
    from groovelog.pipeline import signing_in  # noqa: PLC0415 (0.4 s that the start of the server can do without)

    settings, writing = Settings(), request.query_params.get("write") == "yes"
    with open_state(home.root, settings.sealing_key) as state:
        setup, now = settings.spotify(home), datetime.now(UTC)
        begun = signing_in.begin_sign_in(
            home, state, setup, listener, timezone=timezone, by="page", now=now, writing=writing
        )
    return RedirectResponse(begun.address, status_code=303, headers=_HEADERS)


def _come_back(home: Home, request: Request) -> Response:
    """?state=...&code=..., from Spotify: finish. Back to the page that began it, unless that was a terminal."""
    came = returned(str(request.url))
    if came is None:
        raise UsageError("Spotify's answer is missing in this address. Begin the sign-in anew.")
    from groovelog.pipeline import signing_in  # noqa: PLC0415 (as above)

    settings = Settings()
    with open_state(home.root, settings.sealing_key) as state:
        by = pending.begun_by(state, came.state)
        signed_in = signing_in.finish_sign_in(home, state, settings.spotify(home), came, now=datetime.now(UTC))
    if by == "page":  # which tells what is missing, too
        to = f"/{SPOTIFY}?{urlencode({'listener': signed_in.listener})}"
        return RedirectResponse(to, status_code=303, headers=_HEADERS)
    return _page(signing_in.in_words(signed_in), status=200)


def _page(text: str, *, status: int) -> HTMLResponse:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    back = f'<p><a href="/{SPOTIFY}">To Groovelog</a>, or back to the terminal.</p>'
    html = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Groovelog</title>{paragraphs}{back}</html>'
    return HTMLResponse(html, status_code=status, headers=_HEADERS)
