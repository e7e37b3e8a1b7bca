"""Every request, watched from outside: how long it took and how it ended, for the metrics and the log."""

import re
import time

from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from groovelog.server import logs
from groovelog.server.metrics import Metrics

# What no route of ours answered: turned away before, or nobody's address.
NO_ROUTE = "(none)"
_CONVERTOR = re.compile(r":\w+\}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Watched:
    """The outermost part of the app, so that what the guard turns away is counted too."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # What fails before it answers is answered with 500, further out.
        status = 500
        began = time.perf_counter()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            took = time.perf_counter() - began
            method = scope["method"] if scope["method"] in METHODS else "other"
            route = template(scope)
            self._metrics.seen(method, route, status, took)
            logs.request(method, route, status, took * 1000)


def template(scope: Scope) -> str:
    """The route that answered, as it was declared: with {name}, not with the name."""
    route = scope.get("route")
    if route is None:
        return NO_ROUTE
    # Inside a mounted app, `root_path` is where it is mounted; our mounts have no parameters.
    root = scope.get("root_path", "")
    inner = "/..." if isinstance(route, Mount) else _CONVERTOR.sub("}", route.path)
    return f"{root}{inner}"
