"""Listeners: those whose own reports the viewer sees."""

from fastapi import APIRouter

from groovelog import access
from groovelog.api.asking import Given, Reader, seen
from groovelog.api.shapes import Listeners
from groovelog.lake.people import consents

router = APIRouter(tags=["listeners"])


@router.get("/listeners", response_model=Listeners)
def list_listeners(viewer: Reader, of: Given) -> dict[str, object]:
    """Yourself; whoever runs Groovelog for themselves sees everybody."""
    with of.lake() as snapshot:
        said = consents(snapshot)
        people = seen(viewer, snapshot.listeners(), None)
    return {
        "listeners": [
            {
                "name": person.name,
                "timezone": person.timezone,
                "plays": person.plays,
                "invented": person.invented,
                "shares": access.shares(said, person),
            }
            for person in people
        ]
    }
