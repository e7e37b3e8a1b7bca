"""Files that pages have made: each for whom it was made."""

import asyncio

import pytest
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from groovelog.access import PERSONAL, Viewer
from groovelog.server.media import OwnMedia

TYPES = {"mara": "text/csv; for=a1b2", "nobody": "image/png", "else": "text/csv; for=c3d4"}


def asked(viewer: Viewer | None, file: str) -> tuple[int, str, str]:
    """Status, type and body of a file, as Streamlit serves it, for this viewer."""
    sent: list[Message] = []

    async def media(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(b"plays", media_type=TYPES[file])(scope, receive, send)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": f"/media/{file}", "headers": [], "method": "GET", "state": {"viewer": viewer}}
    asyncio.run(OwnMedia(media)(scope, receive, send))
    start, body = sent
    return start["status"], Headers(raw=start["headers"])["content-type"], body["body"].decode()


def test_a_file_goes_to_whom_it_was_made_for_without_the_mark() -> None:
    assert asked(Viewer("a1b2"), "mara") == (200, 'text/csv; charset="utf-8"', "plays")


@pytest.mark.parametrize("viewer", [Viewer("c3d4"), Viewer("c3d4", owner=True), None])
def test_nobody_else_has_it_or_learns_that_it_is_there(viewer: Viewer | None) -> None:
    assert asked(viewer, "mara") == (404, "text/plain; charset=utf-8", "There is no such file.")


def test_in_a_group_a_file_without_a_mark_is_for_nobody() -> None:
    assert asked(Viewer("a1b2"), "nobody")[0] == 404


def test_whoever_runs_it_for_themselves_has_their_files() -> None:
    assert asked(PERSONAL, "nobody") == (200, "image/png", "plays")
