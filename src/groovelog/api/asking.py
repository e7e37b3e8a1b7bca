"""Who asks, and what everything that answers shares: the home, its state, the imports under way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from groovelog import access
from groovelog.access import Viewer
from groovelog.lake import published
from groovelog.lake.home import Home
from groovelog.lake.people import as_known
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener
from groovelog.pipeline.import_jobs import Jobs
from groovelog.reports import Question
from groovelog.state import api_keys, members
from groovelog.state.database import State

SCHEMES = ("bearer", "token")
CHALLENGE = {"WWW-Authenticate": "Bearer"}
NO_KEY = (
    "Sign in, or send a key: Authorization: Bearer KEY. groovelog keys create --listener NAME --scope read makes one."
)
NOT_KNOWN = (
    "This key is not known, or it was revoked. groovelog keys create --listener NAME --scope read makes another."
)
NOT_OWNER = "That is for the owner of this Groovelog alone."
NOT_FOR_THAT = "A key of scope {scope} cannot do that; it needs one of scope {needed}."


@dataclass(frozen=True)
class Shared:
    """What every request needs, made once for an app."""

    home: Home
    state: State
    jobs: Jobs
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def lake(self) -> Snapshot:
        """The lake as it was last published; close it after use. Raises LakeError."""
        return published.newest(self.home.lake)


def shared(request: Request) -> Shared:
    told: Shared = request.app.state.shared
    return told


def signed_in(request: Request) -> Viewer | None:
    """Who asks by a session, or on this machine alone; told by the server in front."""
    viewer: Viewer | None = request.scope.get("state", {}).get("viewer")
    return viewer


def reader(
    request: Request,
    of: Annotated[Shared, Depends(shared)],
    session: Annotated[Viewer | None, Depends(signed_in)],
) -> Viewer:
    """Who asks to read: by a key where one is sent, else by a session. Raises HTTPException (401, 403)."""
    return _viewer(request, of, session, "read")


def writer(
    request: Request,
    of: Annotated[Shared, Depends(shared)],
    session: Annotated[Viewer | None, Depends(signed_in)],
) -> Viewer:
    """Who asks to change something. Raises HTTPException (401, 403)."""
    return _viewer(request, of, session, "write")


def _viewer(request: Request, of: Shared, session: Viewer | None, needed: api_keys.Scope) -> Viewer:
    sent = request.headers.get("authorization")
    if sent is None:
        if session is None:
            raise HTTPException(401, NO_KEY, CHALLENGE)
        return session
    scheme, _, word = sent.partition(" ")
    key = api_keys.find(of.state, word.strip(), of.clock()) if scheme.lower() in SCHEMES else None
    if key is None:
        raise HTTPException(401, NOT_KNOWN, CHALLENGE)
    if key.scope not in (needed, "write"):
        raise HTTPException(403, NOT_FOR_THAT.format(scope=key.scope, needed=needed))
    return Viewer(key.listener_id)


Given = Annotated[Shared, Depends(shared)]
Reader = Annotated[Viewer, Depends(reader)]
Writer = Annotated[Viewer, Depends(writer)]


def owner(viewer: Writer, of: Given) -> Viewer:
    """Who runs this Groovelog: the owner of a group; where nobody is a member, whoever may write. Raises HTTPException (403)."""
    known = [] if viewer.owner else members.all_of(of.state)
    if known and not any(one.listener_id == viewer.listener_id and one.role == members.OWNER for one in known):
        raise HTTPException(403, NOT_OWNER)
    return viewer


Owner = Annotated[Viewer, Depends(owner)]


def whose(viewer: Viewer, known: list[Listener], name: str | None) -> Listener:
    """The listener asked for, or, unless told, the viewer's own.

    Raises NotFoundError, of others for a member the same for who is there and who is not; UsageError as `Question.choose`.
    """
    if name is not None:
        return access.seen(viewer, known, as_known(known, name))
    if viewer.listener_id is None:
        return Question().choose(known)
    return access.own(viewer, known)


def seen(viewer: Viewer, known: list[Listener], name: str | None) -> list[Listener]:
    """The listener asked for, or, unless told, everybody whose own reports the viewer sees. Raises NotFoundError."""
    if name is not None:
        return [whose(viewer, known, name)]
    return [person for person in known if viewer.sees(person)]
