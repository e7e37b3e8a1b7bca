"""Events since a cursor."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from groovelog.api.asking import Given, Reader, seen
from groovelog.api.happened import happened
from groovelog.api.shapes import Events, ListenerName, Strict

router = APIRouter(tags=["events"])


class Since(Strict):
    """From where on."""

    after: Annotated[str, Field(pattern=r"^[0-9]{8}-[0-9a-f]{12}$")] | None = Field(
        None,
        description="The cursor: `next` of the last answer, or the id of an event.",
        examples=["00000012-5b1e0a77c3d9"],
    )
    listener: ListenerName | None = None
    limit: int = Field(100, ge=1, le=1_000, description="Events at most.", examples=[100])


@router.get("/events", response_model=Events)
def list_events(viewer: Reader, of: Given, asked: Annotated[Since, Query()]) -> dict[str, Any]:
    """What happened, the oldest first: imports done, gaps opened and closed, new obsessions, consent to be given again.

    All follow from what is kept, in the order of the runs that brought them; ask again with `next` for what came since.
    """
    with of.lake() as snapshot:
        people = seen(viewer, snapshot.listeners(), asked.listener)
        found = [event for person in people for event in happened(snapshot, of.state, person)]
    found.sort(key=lambda event: event["id"])
    page = [event for event in found if event["id"] > (asked.after or "")][: asked.limit]
    return {"events": page, "next": page[-1]["id"] if page else asked.after}
