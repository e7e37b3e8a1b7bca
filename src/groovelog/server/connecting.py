"""The server's part in a sign-in: `/connect` sends the browser to Spotify, `/callback` is where it comes back to.

State and verifier stay here; a sign-in that a terminal began ends here too, and the terminal is told. In a group one
connects one's own listener alone, and comes back in the browser that left.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from groovelog.access import Viewer
from groovelog.config import Settings
from groovelog.dashboard.pages import SPOTIFY
from groovelog.errors import GroovelogError, NotAdmitted, NotAllowed, SignInError, UsageError
from groovelog.lake import people
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import joining
from groovelog.server import cookies, doors
from groovelog.server.signing_in import Door, in_by, to_spotify
from groovelog.spotify.callback import Returned, returned
from groovelog.state import pending
from groovelog.state.database import State, open_state

CONNECT, CALLBACK = "/connect", "/callback"

# The address of the page has Spotify's code in it: it goes nowhere else.
_HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Frame-Options": "DENY"}


def routes(door: Door, *, group: bool) -> list[Route]:
    """The routes for one home. Both run in threads: they wait for Spotify."""
    return [
        Route(CONNECT, _telling(door, _connect, group=group)),
        Route(CALLBACK, _telling(door, _come_back, group=group)),
    ]


def _telling(
    door: Door, answer: Callable[[Door, Request, bool], Response], *, group: bool
) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        try:
            answered = answer(door, request, group)
        except GroovelogError as error:
            answered = _page(error.message, status=403 if isinstance(error, NotAllowed | NotAdmitted) else 400)
        if request.url.path == CALLBACK:
            cookies.take_away(answered, "spotify", secure=door.secure)
        return answered

    return endpoint


def _connect(door: Door, request: Request, group: bool) -> Response:
    """?listener=NAME&timezone=TZ: begin, and send the browser to Spotify; &write=yes asks to write playlists, too."""
    listener = request.query_params.get("listener")
    if not listener:
        raise UsageError("Whom to connect? Use the button on the page Connect.")
    if group:
        _check_own(door, request.state.viewer, listener)
    timezone = request.query_params.get("timezone", "UTC")
    from groovelog.pipeline import signing_in  # noqa: PLC0415 (0.4 s that the start of the server can do without)

    settings, writing = Settings(), request.query_params.get("write") == "yes"
    with open_state(door.home.root, settings.sealing_key) as state:
        setup, now = settings.spotify(door.home), datetime.now(UTC)
        begun = signing_in.begin_sign_in(
            door.home, state, setup, listener, timezone=timezone, by="page", now=now, writing=writing
        )
    answer = to_spotify(door, begun.address, begun.state)
    answer.headers.update(_HEADERS)
    return answer


def _come_back(door: Door, request: Request, group: bool) -> Response:
    """?state=...&code=..., from Spotify: finish. Back to the page that began it, unless that was a terminal."""
    came = returned(str(request.url))
    if came is None:
        raise UsageError("Spotify's answer is missing in this address. Begin the sign-in anew.")
    from groovelog.pipeline import signing_in  # noqa: PLC0415 (as above)

    settings = Settings()
    setup, now = settings.spotify(door.home), datetime.now(UTC)
    with open_state(door.home.root, settings.sealing_key) as state:
        by = pending.begun_by(state, came.state)
        invitation = _of_this_browser(door, request, came) if group and by != "terminal" else ""
        if by == "sign-in":
            account_id = signing_in.finish_naming(state, setup, came, now=now)
            return _in(door, joining.sign_in_connected(door.home, state, account_id, now=now))
        if group and by != "join":
            _check_may_finish(door, state, request.state.viewer, came)
        if by == "join":
            joining.invitation(state, invitation, now=now)
        signed_in = signing_in.finish_sign_in(door.home, state, setup, came, now=now)
        if by == "join":
            joined = joining.join_connected(door.home, state, invitation, signed_in.listener, now=now)
            return _in(door, joined)
    if by == "page":  # which tells what is missing, too
        to = f"/{SPOTIFY}?{urlencode({'listener': signed_in.listener})}"
        return RedirectResponse(to, status_code=303, headers=_HEADERS)
    return _page(signing_in.in_words(signed_in), status=200)


def _of_this_browser(door: Door, request: Request, came: Returned) -> str:
    """The invitation that this browser left with, if any. Raises SignInError where another one left."""
    from groovelog.pipeline.signing_in import FOREIGN  # noqa: PLC0415 (as above)

    left_with, _, invitation = (cookies.of(request, "spotify", secure=door.secure) or "").partition(".")
    if left_with != came.state:
        raise SignInError(FOREIGN)
    return invitation


def _check_own(door: Door, viewer: Viewer, listener: str) -> None:
    """Raises NotAllowed for another listener than the member's own."""
    with open_snapshot(door.home.lake) as snapshot:
        known = snapshot.listeners()
    name = people.as_known(known, listener)
    if not any(person.name == name and viewer.sees(person) for person in known):
        raise NotAllowed("You can connect your own listener to Spotify, and nobody else's.")


def _check_may_finish(door: Door, state: State, viewer: Viewer | None, came: Returned) -> None:
    """A page's sign-in is finished by the member who began it; a terminal's by whoever has its word."""
    begun = pending.listener_of(state, came.state)
    if pending.begun_by(state, came.state) == "page" and begun is not None:
        if viewer is None:
            raise NotAllowed("Sign in to Groovelog first.")
        _check_own(door, viewer, begun)


def _in(door: Door, joined: joining.Joined) -> Response:
    answer = in_by(door, joined, "/")
    answer.headers.update(_HEADERS)
    return answer


def _page(text: str, *, status: int) -> Response:
    back = doors.link(f"/{SPOTIFY}", "To Groovelog") + doors.words("Or back to the terminal.")
    answer = doors.page("Spotify", doors.words(text) + back, status=status)
    answer.headers.update(_HEADERS)
    return answer
