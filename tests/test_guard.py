"""What the guard refuses before any route: in the words of who asks, and by size without reading on."""

import asyncio
import json
from itertools import chain, repeat
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from groovelog.config import Hosting
from groovelog.server.addresses import addresses
from groovelog.server.guard import UPLOAD, BodyLimit, OwnPagesOnly

PORT = 8888
MEGABYTE = bytes(1024**2)
PATHS = ("/api/v1/imports", "/data")


async def read(request: Request) -> Response:
    size = 0
    async for piece in request.stream():
        size += len(piece)
    return PlainTextResponse(str(size))


def asked(path: str, *, megabytes: int = 0, **headers: str) -> tuple[int, str, str]:
    """Status, kind and text of the answer to a POST whose body comes in pieces of a megabyte, all the same one."""
    app = Starlette(
        routes=[Route(one, read, methods=["POST"]) for one in PATHS],
        middleware=[
            Middleware(OwnPagesOnly, addresses=addresses(Hosting(), "127.0.0.1", PORT)), Middleware(BodyLimit)
        ],
    )  # fmt: skip
    pieces = chain(
        repeat({"type": "http.request", "body": MEGABYTE, "more_body": True}, megabytes),
        [{"type": "http.request", "body": b"", "more_body": False}],
    )
    sent: list[Any] = []

    async def receive() -> Any:
        return next(pieces)

    async def send(message: Any) -> None:
        sent.append(message)

    told = {"host": f"127.0.0.1:{PORT}", **headers}
    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "scheme": "http", "http_version": "1.1", "headers": [(name.encode(), value.encode()) for name, value in told.items()],
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    kind = dict(sent[0]["headers"])[b"content-type"].decode()
    return sent[0]["status"], kind, b"".join(message.get("body", b"") for message in sent[1:]).decode()


@pytest.mark.parametrize(
    ("headers", "status", "said"),
    [
        ({"host": "evil.example"}, 421, "Groovelog does not answer under this host name."),
        ({"origin": "http://evil.example"}, 403, "Groovelog answers only its own pages."),
        ({"content-length": str(UPLOAD + 1)}, 413, "This is more than Groovelog takes at once."),
    ],
)
def test_a_program_is_refused_as_the_api_refuses(headers: dict[str, str], status: int, said: str) -> None:
    answered, kind, text = asked("/api/v1/imports", **headers)
    assert (answered, kind) == (status, "application/problem+json")
    told = json.loads(text)
    assert (told["status"], told["detail"], set(told)) == (status, said, {"type", "title", "status", "detail"})
    assert asked("/data", **headers) == (status, "text/plain; charset=utf-8", said)


def test_an_upload_of_the_most_that_is_taken_is_read() -> None:
    most = UPLOAD // 1024**2
    assert asked("/api/v1/imports", megabytes=most) == (200, "text/plain; charset=utf-8", str(UPLOAD))


def test_an_upload_that_tells_no_length_ends_where_it_is_too_large() -> None:
    assert asked("/api/v1/imports", megabytes=UPLOAD // 1024**2 + 1)[0] == 413
