"""Ask Spotify now, as `groovelog collect` does."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException

from groovelog.access import Viewer
from groovelog.api.asking import Given, Shared, Writer, whose
from groovelog.api.shapes import CollectedTold, OfListener
from groovelog.config import Settings
from groovelog.errors import LakeError, NotSignedIn, StateError
from groovelog.model import CollectedOf, Listener
from groovelog.pipeline import as_json
from groovelog.state import sign_ins
from groovelog.state.database import open_state

NOT_CONNECTED = "{name} is not connected to Spotify. The page Connect, or groovelog login --listener NAME, does it."
NOBODY = "Nobody is connected to Spotify. The page Connect, or groovelog login --listener NAME, does it."

router = APIRouter(tags=["collecting"])


@router.post("/collect", response_model=CollectedTold)
def collect_now(viewer: Writer, of: Given, asked: Annotated[OfListener, Query()]) -> dict[str, Any]:
    """Ask Spotify for what was played last, then for top lists, playlists and saved tracks not read today.

    Whoever runs Groovelog for themselves asks, without a name, for everybody who is connected.
    """
    persons = _chosen(of, viewer, asked.listener)
    # 0.3 s that nothing else here needs.
    from groovelog.pipeline import web_api  # noqa: PLC0415
    from groovelog.spotify.client import connect  # noqa: PLC0415

    settings = Settings()
    with open_state(of.home.root, settings.sealing_key) as state:
        client_of = partial(connect, settings.spotify(of.home), state, clock=of.clock)
        told = web_api.collect(of.home, state, client_of, persons, of.clock)
    if not told.listeners:
        raise HTTPException(409, web_api.ELSEWHERE.format(name=told.busy[0]))
    if len(told.failed) == len(told.listeners):
        _refuse(of, told.failed[0])
    return as_json.collected(told)


def _chosen(of: Shared, viewer: Viewer, name: str | None) -> list[Listener]:
    connected = {sign_in.listener_id for sign_in in sign_ins.all_of(of.state)}
    with of.lake() as snapshot:
        known = snapshot.listeners()
    if name is None and viewer.listener_id is None:
        found = [person for person in known if person.listener_id in connected]
        if not found:
            raise NotSignedIn(NOBODY)
        return found
    person = whose(viewer, known, name)
    if person.listener_id not in connected:
        raise NotSignedIn(NOT_CONNECTED.format(name=person.name))
    return [person]


def _refuse(of: Shared, one: CollectedOf) -> None:
    """Nothing was read of anybody. Raises HTTPException (429 where it is told when to ask again, else 502), or what is of
    the lake as it is: that Spotify answered badly would not be true of it.
    """
    if isinstance(one.cause, LakeError | StateError):
        raise one.cause
    if one.until is None:
        raise HTTPException(502, one.fault)
    seconds = max(1, int((one.until - of.clock()).total_seconds()))
    raise HTTPException(429, one.fault, {"Retry-After": str(seconds)})
