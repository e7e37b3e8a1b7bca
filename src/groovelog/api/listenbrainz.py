"""Scrobbles in: the part of ListenBrainz' API that scrobbling programs use, for programs that let one choose its address.

POST /1/submit-listens    keeps listens in the inbox; answered when they are on the disk
GET  /1/validate-token    whose token this is
GET  /1/user/NAME/listens, listen-count, playing-now    what is kept of the listener whose token it is

The same under /apis/listenbrainz/1. A token is an API key: of scope submit or write to bring listens in, of any to read.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from groovelog.access import Viewer
from groovelog.api.listenbrainz_answers import as_listens, as_playing
from groovelog.api.listenbrainz_asked import span
from groovelog.api.listenbrainz_rates import Rates
from groovelog.api.listenbrainz_rules import LARGEST_BODY, Submission, submission
from groovelog.errors import GroovelogError, UsageError
from groovelog.lake import inbox, listens
from groovelog.lake.appending import Together
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener
from groovelog.pipeline import playing_now
from groovelog.sources.listenbrainz import LISTENBRAINZ
from groovelog.sources.source import Row
from groovelog.state import api_keys
from groovelog.state.api_keys import ApiKey
from groovelog.state.database import State

PLACES = ("/1", "/apis/listenbrainz/1")
BRINGING = ("submit", "write")

NO_TOKEN = "You need to provide an Authorization header: Token, and an API key."  # noqa: S105
BAD_TOKEN = "Invalid authorization token."  # noqa: S105
LATER = "Nothing was kept just now. Send it again later."

log = logging.getLogger(__name__)


@dataclass
class Endpoint:
    """What the routes share. `snapshot` gives the lake's last published state to one thread."""

    home: Home
    state: State
    snapshot: Callable[[], Snapshot]
    rates: Rates = field(default_factory=Rates)

    def __post_init__(self) -> None:
        self.together = Together(self.home, LISTENBRAINZ.name)

    def token(self, request: Request) -> str | None:
        """The second word of the header, as ListenBrainz takes it, whatever the first is."""
        words = request.headers.get("authorization", "").split()
        if len(words) == 1:
            raise HTTPException(401, BAD_TOKEN)
        return words[1] if words else None

    def key(self, request: Request, token: str | None) -> ApiKey | None:
        """The key that a token is, None for none; the request is counted. Raises HTTPException 429 where it is one too many."""
        now = datetime.now(UTC)
        found = api_keys.find(self.state, token, now) if token is not None else None
        sender = found.key_id if found else f"from {request.client.host if request.client else 'nowhere'}"
        allowed, request.state.headers = self.rates.count(sender, now)
        if not allowed:
            raise HTTPException(429, "Too many requests. Wait until the time that X-RateLimit-Reset-In tells is over.")
        return found

    def listener(self, listener_id: str) -> Listener | None:
        known = self.snapshot().listeners()
        return next((person for person in known if person.listener_id == listener_id), None)


def routes(home: Home, state: State, snapshot: Callable[[], Snapshot], rates: Rates | None = None) -> list[BaseRoute]:
    """The routes for one home; `state` is of that home too."""
    endpoint = Endpoint(home, state, snapshot, rates or Rates())
    own = [
        Route("/submit-listens", _submitting(endpoint), methods=["POST"]),
        Route("/validate-token", _answering(endpoint, _validate)),
        Route("/user/{name:path}/listens", _answering(endpoint, _listens)),
        Route("/user/{name:path}/listen-count", _answering(endpoint, _listen_count)),
        Route("/user/{name:path}/playing-now", _answering(endpoint, _playing_now)),
    ]
    app = Starlette(routes=own, exception_handlers={HTTPException: _refused})
    return [Mount(place, app=app) for place in PLACES]


def _answering(
    endpoint: Endpoint, answer: Callable[[Endpoint, Request], dict[str, Any]]
) -> Callable[[Request], Response]:
    """A route that runs in a thread: it reads the lake."""

    def answered(request: Request) -> Response:
        with _refusing():
            told = answer(endpoint, request)
        return JSONResponse(told, headers=request.state.headers)

    return answered


@contextmanager
def _refusing() -> Iterator[None]:
    """Our errors as statuses."""
    try:
        yield
    except UsageError as error:
        raise HTTPException(400, error.message) from error
    except GroovelogError as error:
        # Its words name places of this machine, which are nobody's business outside.
        log.warning("A scrobbling program was told to come again: %s", error.message)
        raise HTTPException(503, LATER) from error


def _submitting(endpoint: Endpoint) -> Callable[[Request], Any]:
    async def submitted(request: Request) -> Response:
        key = await run_in_threadpool(_bringing, endpoint, request)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise HTTPException(413, f"The body is longer than {LARGEST_BODY} bytes.")
        kept = _answering(endpoint, partial(_submit, bytes(body), key))
        return await run_in_threadpool(kept, request)

    return submitted


def _bringing(endpoint: Endpoint, request: Request) -> ApiKey:
    """The key that may bring listens in; nobody else's body is read. Raises HTTPException."""
    with _refusing():
        token = endpoint.token(request)
        key = endpoint.key(request, token)
    if key is None:
        raise HTTPException(401, NO_TOKEN if token is None else BAD_TOKEN)
    if key.scope not in BRINGING:
        raise HTTPException(403, "This API key may only read. To bring listens in, make one of scope submit.")
    return key


def _submit(body: bytes, key: ApiKey, endpoint: Endpoint, _request: Request) -> dict[str, Any]:
    now = datetime.now(UTC)
    told = submission(body, now)
    if told.kind == "playing_now":
        _plays_now(key.listener_id, told, now)
    else:
        endpoint.together.append(key.listener_id, told.rows)
    return {"status": "ok"}


def _plays_now(listener_id: str, told: Submission, now: datetime) -> None:
    (row,) = told.rows
    try:
        lasts = timedelta(milliseconds=float(row["duration"]))
    except TypeError:  # nobody told how long it is
        lasts = playing_now.LASTS
    playing_now.tell(
        listener_id,
        playing_now.PlayingNow(row["track_name"], row["artist_name"], row["release_name"] or None, now, now + lasts),
    )


def _validate(endpoint: Endpoint, request: Request) -> dict[str, Any]:
    token = endpoint.token(request) or request.query_params.get("token")
    key = endpoint.key(request, token)
    if token is None:
        raise HTTPException(400, "You need to provide an Authorization token.")
    person = endpoint.listener(key.listener_id) if key else None
    if person is None:
        return {"code": 200, "message": "Token invalid.", "valid": False}
    return {"code": 200, "message": "Token valid.", "valid": True, "user_name": person.name}


def _listens(endpoint: Endpoint, request: Request) -> dict[str, Any]:
    person, waiting, snapshot = _asked(endpoint, request)
    found = listens.listens(snapshot, person.listener_id, waiting, span(request.query_params))
    return as_listens(person.name, found, listens.totals(snapshot, person.listener_id, waiting))


def _listen_count(endpoint: Endpoint, request: Request) -> dict[str, Any]:
    person, waiting, snapshot = _asked(endpoint, request)
    return {"payload": {"count": listens.totals(snapshot, person.listener_id, waiting).count}}


def _playing_now(endpoint: Endpoint, request: Request) -> dict[str, Any]:
    person, _, _ = _asked(endpoint, request)
    return as_playing(person.name, playing_now.of(person.listener_id, datetime.now(UTC)))


def _asked(endpoint: Endpoint, request: Request) -> tuple[Listener, list[Row], Snapshot]:
    """The listener of the address, what waits for them, and the lake, if whoever asks may see them.

    Raises HTTPException: 401 without a token that is known, 404 for a name that is not the asker's own. Whether there is
    somebody of that name is not told.
    """
    token = endpoint.token(request)
    key = endpoint.key(request, token)
    viewer: Viewer | None = request.scope.get("state", {}).get("viewer")
    if token is not None:
        viewer = Viewer(key.listener_id) if key else None
    if viewer is None:
        raise HTTPException(401, NO_TOKEN if token is None else BAD_TOKEN)
    name = request.path_params["name"]
    # A row is in the inbox, in the lake, or in both: in this order none slips through.
    own = viewer.listener_id or next(
        (one.listener_id for one in endpoint.snapshot().listeners() if one.name == name), ""
    )
    waiting = inbox.waiting(endpoint.home, own, LISTENBRAINZ.name) if own else []
    snapshot = endpoint.snapshot()
    person = next((one for one in snapshot.listeners() if one.name == name and viewer.sees(one)), None)
    if person is None:
        raise HTTPException(404, "There is no such user, or none whom this token may see.")
    return person, waiting, snapshot


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (what it is registered for)
    headers = {**request.scope.get("state", {}).get("headers", {}), **(error.headers or {})}
    return JSONResponse({"code": error.status_code, "error": error.detail}, error.status_code, headers)
