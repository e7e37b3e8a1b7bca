"""Playlists as they are now, by the reports playlist-list and playlist-tracks."""

from dataclasses import replace
from typing import Annotated, Any

import pyarrow.compute as pc
from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from groovelog.api.asking import Given, Reader
from groovelog.api.paging import HEADERS, page
from groovelog.api.reports import answered
from groovelog.api.shapes import Id, PageOfListener, Playlists, PlaylistTracks
from groovelog.errors import NotFoundError
from groovelog.reports import Question

router = APIRouter(tags=["playlists"])


@router.get("/playlists", response_model=Playlists, responses={200: {"headers": HEADERS}})
def list_playlists(
    request: Request, response: Response, viewer: Reader, of: Given, asked: Annotated[PageOfListener, Query()]
) -> dict[str, Any]:
    """Every playlist of a listener in its latest state."""
    with of.lake() as snapshot:
        answer = answered(snapshot, viewer, "playlist-list", Question(asked.listener))
    rows = page(request, response, answer.as_json()["rows"], asked.limit, asked.offset)
    return {"listener": answer.listener, "playlists": rows}


@router.get("/playlists/{playlist_id}/tracks", response_model=PlaylistTracks, responses={200: {"headers": HEADERS}})
def list_playlist_tracks(
    *,
    request: Request,
    response: Response,
    viewer: Reader,
    of: Given,
    playlist_id: Annotated[Id, Path(description="As listed.", examples=["37i9dQZF1DXexample"])],
    asked: Annotated[PageOfListener, Query()],
) -> dict[str, Any]:
    """The entries of one playlist, in their order."""
    with of.lake() as snapshot:
        answer = answered(snapshot, viewer, "playlist-tracks", Question(asked.listener))
    own = replace(answer, rows=answer.rows.filter(pc.field("playlist_id") == playlist_id))
    if not own.rows.num_rows:
        raise NotFoundError(f"There is no playlist {playlist_id} with entries. /api/v1/playlists lists them.")
    rows = page(request, response, own.as_json()["rows"], asked.limit, asked.offset)
    return {"listener": answer.listener, "playlist_id": playlist_id, "tracks": rows}
