"""Recommendations: songs for a moment or a purpose with their reasons, by the same code as `groovelog recommend`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from groovelog.api.asking import Given, Reader
from groovelog.api.shapes import ListenerName, Strict, SuggestionsTold, Text
from groovelog.pipeline.recommending import recommend
from groovelog.recommend.suggestions import CONTEXTS, MOST, NOW, Wanted

router = APIRouter(tags=["recommendations"])


class Wish(Strict):
    """What is asked for, as of `groovelog recommend`."""

    listener: ListenerName | None = None
    context: Annotated[Text, Field(max_length=30, json_schema_extra={"enum": list(CONTEXTS)})] = Field(
        NOW, description="What for; now: hour, weekday and the session under way decide.", examples=[NOW]
    )
    novelty: float = Field(
        Wanted().novelty,
        ge=0,
        le=1,
        description="From 0, what they know, to 1, what they never played.",
        examples=[0.3],
    )
    n: int = Field(Wanted().n, ge=1, le=MOST, description="Suggestions at most.", examples=[10])


@router.get("/recommendations", response_model=SuggestionsTold)
def list_recommendations(viewer: Reader, of: Given, asked: Annotated[Wish, Query()]) -> dict[str, Any]:
    """Songs for a listener whose own reports you see: each with its reasons, and the method with why it was used."""
    wanted = Wanted(asked.context, asked.novelty, asked.n)
    with of.lake() as snapshot:
        return recommend(of.home, snapshot, viewer, asked.listener, wanted, of.clock()).as_json()
