"""What is asked from outside: whether the server lives."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


def routes() -> list[Route]:
    return [Route("/healthz", _alive)]


async def _alive(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})
