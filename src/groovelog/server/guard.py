"""Who is answered, before any route is: requests under our own names and from our own pages."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class OwnPagesOnly:
    """Turn away requests that another site made the browser send (DNS rebinding, cross-site websockets)."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            headers = Headers(scope=scope)
            host, origin = headers.get("host", "").lower(), headers.get("origin")
            if host not in self._hosts:
                refusal = PlainTextResponse("Groovelog does not answer under this host name.", status_code=421)
                await refusal(scope, receive, send)
                return
            if origin is not None and urlsplit(origin).netloc.lower() != host:
                refusal = PlainTextResponse("Groovelog answers only its own pages.", status_code=403)
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)
