"""The way in and out of a group's server: `/signin`, `/join/WORD`, `/signout`, and the first half of the way by Spotify."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from html import escape
from ipaddress import IPv6Address, ip_address
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from groovelog.access import Viewer
from groovelog.config import Settings
from groovelog.errors import GroovelogError, NotAdmitted, TooManyAttempts, UsageError
from groovelog.lake.home import Home
from groovelog.pipeline import joining
from groovelog.pipeline.joining import Joined
from groovelog.server import cookies, doors
from groovelog.server.addresses import Addresses
from groovelog.spotify.apps import App
from groovelog.state import sessions
from groovelog.state.database import State, open_state
from groovelog.state.invitations import Invitation

STALE = "This page was open for too long, or was not ours. Send it again."


@dataclass(frozen=True)
class Door:
    """What the routes know of the server."""

    home: Home
    addresses: Addresses

    @property
    def secure(self) -> bool:
        return self.addresses.secure

    def apps(self, settings: Settings) -> list[App]:
        """Those by which a browser that is here comes back here from Spotify."""
        return [
            app
            for app in settings.spotify(self.home).apps
            if app.shared and self.addresses.comes_back(app.redirect_uri)
        ]


Answering = Callable[[Door, State, Settings, Request, dict[str, str]], Response]


def routes(door: Door) -> list[Route]:
    """What they do they do in threads: a password takes a while to compare, and the lake to open."""
    return [
        Route("/signin", _in_thread(door, _sign_in), methods=["GET", "POST"]),
        Route("/signin/spotify", _in_thread(door, _by_spotify), methods=["GET"]),
        Route("/join/{word}", _in_thread(door, _join), methods=["GET", "POST"]),
        Route("/join/{word}/spotify", _in_thread(door, _join_by_spotify), methods=["GET"]),
        Route("/signout", _in_thread(door, _sign_out), methods=["GET", "POST"]),
    ]


def in_by(door: Door, joined: Joined, to: str) -> Response:
    """Send a browser on, signed in."""
    answer = RedirectResponse(to, status_code=303, headers={"Cache-Control": "no-store"})
    cookies.give(answer, "session", joined.word, secure=door.secure)
    cookies.take_away(answer, "form", secure=door.secure)
    return answer


def _in_thread(door: Door, answering: Answering) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        told = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
        return await run_in_threadpool(
            _answer, door, answering, request, {name: values[0] for name, values in told.items()}
        )

    return endpoint


def _answer(door: Door, answering: Answering, request: Request, told: dict[str, str]) -> Response:
    settings = Settings()
    try:
        with open_state(door.home.root, settings.sealing_key) as state:
            return answering(door, state, settings, request, told)
    except GroovelogError as error:
        status = 403 if isinstance(error, NotAdmitted) else 400
        return doors.page(
            "This did not work", doors.link("/signin", "To the sign-in"), bad=error.message, status=status
        )


def _sign_in(door: Door, state: State, settings: Settings, request: Request, told: dict[str, str]) -> Response:
    to = _own_path(told.get("next") or request.query_params.get("next"))
    if _viewer(request) is not None:
        return RedirectResponse(to, status_code=303)
    shown = partial(_sign_in_page, door, settings, request, to, told.get("name", ""))
    if request.method == "GET":
        return shown()
    if not cookies.is_own_form(request, told.get("form", ""), secure=door.secure):
        return shown(bad=STALE, status=403)
    try:
        name, password = told.get("name", ""), told.get("password", "")
        joined = joining.sign_in(door.home, state, name, password, address=_address(request), now=datetime.now(UTC))
    except TooManyAttempts as error:
        answer = shown(bad=error.message, status=429)
        answer.headers["Retry-After"] = str(error.wait_s)
        return answer
    except NotAdmitted as error:
        return shown(bad=error.message, status=403)
    return in_by(door, joined, to)


def _sign_in_page(
    door: Door, settings: Settings, request: Request, to: str, name: str, *, bad: str | None = None, status: int = 200
) -> Response:
    fields = doors.field("name", "Name", fill="username", value=name)
    fields += doors.field("password", "Password", kind="password", fill="current-password")
    word = cookies.form_word(request, secure=door.secure)
    inner = doors.form(fields, word, "Sign in", action="/signin", hidden=[("next", to)])
    apps = door.apps(settings)
    for number, app in enumerate(apps, start=1):
        which = f" (app {number})" if len(apps) > 1 else ""
        inner += doors.link(f"/signin/spotify?{urlencode({'app': app.client_id})}", f"Sign in with Spotify{which}")
    inner += doors.words("No account yet? The owner of this Groovelog invites you with a link.")
    answer = doors.page("Sign in", inner, bad=bad, status=status)
    cookies.give(answer, "form", word, secure=door.secure)
    return answer


def _by_spotify(door: Door, state: State, settings: Settings, request: Request, _told: dict[str, str]) -> Response:
    from groovelog.pipeline import signing_in  # noqa: PLC0415 (0.4 s that the start of the server can do without)

    client_id = request.query_params.get("app", "")
    if client_id not in {app.client_id for app in door.apps(settings)}:
        raise UsageError("No API app leads back to this address. Sign in with your name and password.")
    begun = signing_in.begin_naming(state, settings.spotify(door.home), client_id, now=datetime.now(UTC))
    return to_spotify(door, begun.address, begun.state)


def to_spotify(door: Door, address: str, state_word: str, invitation: str = "") -> Response:
    """Send the browser to Spotify; only the same one may come back, which its cookie shows."""
    answer = RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
    cookies.give(answer, "spotify", f"{state_word}.{invitation}", secure=door.secure)
    return answer


def _join(door: Door, state: State, settings: Settings, request: Request, told: dict[str, str]) -> Response:
    word, now = request.path_params["word"], datetime.now(UTC)
    invited = joining.invitation(state, word, now=now)
    shown = partial(_join_page, door, settings, request, invited, told.get("name", ""))
    if request.method == "GET":
        return shown()
    if not cookies.is_own_form(request, told.get("form", ""), secure=door.secure):
        return shown(bad=STALE, status=403)
    try:
        joined = joining.join(
            door.home, state, word, password=told.get("password", ""), timezone=told.get("timezone") or "UTC", now=now,
            name=told.get("name"),
        )  # fmt: skip
    except UsageError as error:
        return shown(bad=error.message, status=400)
    return in_by(door, joined, "/")


def _join_page(
    door: Door,
    settings: Settings,
    request: Request,
    invited: Invitation,
    name: str,
    *,
    bad: str | None = None,
    status: int = 200,
) -> Response:
    if invited.listener is None:
        title, lead = (
            "Be the owner",
            "You run this Groovelog. Choose your name and a password; then invite your friends.",
        )
        fields = doors.field("name", "Name", fill="username", value=name, note="As a listener here, or a new one.")
    else:
        title, lead = f"Welcome, {invited.listener}", "Choose a password, and you are in. What you play stays private."
        fields = f'<input type="hidden" name="name" autocomplete="username" value="{escape(invited.listener)}">'
    note = f"At least {joining.LEAST_PASSWORD} characters; several words do well."
    fields += doors.field("password", "Password", kind="password", fill="new-password", note=note)
    fields += doors.field(
        "timezone", "Time zone, if you are new here", fill="off", value="UTC", note="As Europe/Lisbon or Asia/Tokyo."
    )
    word = cookies.form_word(request, secure=door.secure)
    inner = doors.words(lead) + doors.form(fields, word, "Join")
    if invited.listener is not None and door.apps(settings):
        inner += doors.link(f"{request.url.path}/spotify", "Join with Spotify")
    answer = doors.page(title, inner, bad=bad, status=status)
    cookies.give(answer, "form", word, secure=door.secure)
    return answer


def _join_by_spotify(door: Door, state: State, settings: Settings, request: Request, _told: dict[str, str]) -> Response:
    from groovelog.pipeline import signing_in  # noqa: PLC0415 (as above)

    word, now = request.path_params["word"], datetime.now(UTC)
    listener = joining.invitation(state, word, now=now).listener
    if listener is None or not door.apps(settings):
        raise UsageError("Join with a password. Spotify can be connected afterwards, on the page Connect.")
    setup = settings.spotify(door.home)
    begun = signing_in.begin_sign_in(door.home, state, setup, listener, timezone="UTC", by="join", now=now)
    return to_spotify(door, begun.address, begun.state, word)


def _sign_out(door: Door, state: State, _settings: Settings, request: Request, told: dict[str, str]) -> Response:
    viewer = _viewer(request)
    if viewer is None or viewer.listener_id is None:
        return RedirectResponse("/signin", status_code=303)
    word = cookies.form_word(request, secure=door.secure)
    bad = None
    if request.method == "POST":
        if cookies.is_own_form(request, told.get("form", ""), secure=door.secure):
            return _out(door, state, request, viewer.listener_id, everywhere=told.get("everywhere") == "1")
        bad = STALE
    inner = doors.form("", word, "Sign out here")
    inner += doors.form("", word, "Sign out everywhere", hidden=[("everywhere", "1")])
    inner += doors.link("/", "Back to Groovelog")
    answer = doors.page("Sign out", inner, bad=bad, status=403 if bad else 200)
    cookies.give(answer, "form", word, secure=door.secure)
    return answer


def _out(door: Door, state: State, request: Request, listener_id: str, *, everywhere: bool) -> Response:
    if everywhere:
        sessions.end_all(state, listener_id)
    else:
        sessions.end(state, cookies.of(request, "session", secure=door.secure) or "")
    answer = RedirectResponse("/signin", status_code=303, headers={"Clear-Site-Data": '"cache", "storage"'})
    cookies.take_away(answer, "session", secure=door.secure)
    return answer


def _viewer(request: Request) -> Viewer | None:
    viewer: Viewer | None = request.state.viewer
    return viewer


def _own_path(told: str | None) -> str:
    """Where to go after the sign-in: a place of ours, whatever the address says."""
    if not told or not told.startswith("/") or told.startswith("//") or "\\" in told or not told.isprintable():
        return "/"
    parts = urlsplit(told)
    return told if not parts.scheme and not parts.netloc and not told.startswith(("/signin", "/signout")) else "/"


def _address(request: Request) -> str:
    """Where a request comes from; of IPv6 the half that one household has."""
    host = request.client.host if request.client else ""
    try:
        told = ip_address(host)
    except ValueError:
        return host
    return str(IPv6Address(int(told) >> 64 << 64)) if isinstance(told, IPv6Address) else str(told)
