"""What is asked from outside: whether the server lives, whether it can do its work, and its numbers.

None tells a path or a name. /healthz and /readyz answer everybody. /metrics answers who runs Groovelog for themselves, the
owner of a group, and a key of scope read or write; not whoever comes from this machine, for behind a proxy all do.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from groovelog.access import Viewer
from groovelog.errors import GroovelogError
from groovelog.lake import inbox
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot
from groovelog.server.metrics import Metrics
from groovelog.state import api_keys
from groovelog.state.database import State

# A batch waits for a minute; for longer while an import holds the lake, which takes minutes where it is of many years.
STUCK = timedelta(minutes=15)

NO_LAKE = "the lake cannot be read"
NO_STATE = "state.db cannot be used"
INBOX_STUCK = "plays that came in wait for more than 15 minutes"

log = logging.getLogger(__name__)


def routes(home: Home, state: State, snapshot: Callable[[], Snapshot], metrics: Metrics) -> list[Route]:
    """The routes for one home; `snapshot` gives the lake's last published state to one thread."""

    def ready(_request: Request) -> JSONResponse:
        return _ready({"lake": _lake(snapshot), "state": _state(state), "inbox": _inbox(home)})

    def numbers(request: Request) -> Response:
        if not _may_see_numbers(state, request):
            told = "The metrics are for the owner, or for a key of scope read: Authorization: Bearer KEY"
            return PlainTextResponse(told, status_code=401, headers={"WWW-Authenticate": "Bearer"})
        try:
            return Response(metrics.page(), media_type=CONTENT_TYPE_PLAIN_0_0_4)
        except GroovelogError as error:
            log.warning("The metrics cannot be told: %s", error.message)
            return PlainTextResponse("The metrics cannot be told just now; /readyz says why.", status_code=503)

    return [Route("/healthz", _alive), Route("/readyz", ready), Route("/metrics", numbers)]


async def _alive(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


def _ready(faults: dict[str, str | None]) -> JSONResponse:
    ready = not any(faults.values())
    checks = {what: fault or "ok" for what, fault in faults.items()}
    return JSONResponse({"status": "ready" if ready else "not ready", "checks": checks}, 200 if ready else 503)


def _lake(snapshot: Callable[[], Snapshot]) -> str | None:
    try:
        snapshot().connection.execute("SELECT max(number) FROM commits").fetchall()
    except Exception as error:  # noqa: BLE001 (whatever it is, it cannot be read)
        return _fault(NO_LAKE, error)
    return None


def _state(state: State) -> str | None:
    try:
        with state.reading() as connection:
            connection.execute("SELECT count(*) FROM api_keys").fetchall()
    except GroovelogError as error:
        return _fault(NO_STATE, error)
    return None


def _inbox(home: Home) -> str | None:
    since = inbox.backlog(home).since
    return INBOX_STUCK if since is not None and datetime.now(UTC) - since > STUCK else None


def _fault(told: str, error: Exception) -> str:
    log.warning("Not ready: %s: %s", told, error.message if isinstance(error, GroovelogError) else type(error).__name__)
    return told


def _may_see_numbers(state: State, request: Request) -> bool:
    viewer: Viewer | None = request.scope.get("state", {}).get("viewer")
    if viewer is not None and viewer.owner:
        return True
    words = request.headers.get("authorization", "").split()
    key = api_keys.find(state, words[1], datetime.now(UTC)) if len(words) == 2 else None
    return key is not None and key.scope != "submit"
