"""Who is answered, before any route is: requests under our own names and from our own pages, of a size that may be."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from groovelog.api.listenbrainz import PLACES
from groovelog.api.problem_json import problem
from groovelog.server.addresses import Addresses

TOO_LARGE = "This is more than Groovelog takes at once."
# Bytes of a body: of a form; of what the API takes (ListenBrainz's own limit for listens is 10,240,000 bytes); of exports,
# as much as Streamlit is told to take (`server.maxUploadSize`), and the frame around them.
FORM, KEYED, UPLOAD = 64 * 1024, 16 * 1024**2, 501 * 1024**2
# The API looks at the key before it reads a body.
PAGE_UPLOADS, KEYED_UPLOADS = "/_stcore/upload_file/", "/api/v1/imports"
API = "/api/"
KEYED_PATHS = (API, "/1/", "/apis/")


def refusal(scope: Scope, status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """The answer to what no route is asked: a problem, as the API tells them, to who asks the API, else a plain sentence."""
    if scope["path"].startswith(API):
        return problem(status, sentence, headers=headers)
    return PlainTextResponse(sentence, status, headers)


class OwnPagesOnly:
    """Turn away requests that another site made the browser send (DNS rebinding, cross-site websockets)."""

    def __init__(self, app: ASGIApp, addresses: Addresses) -> None:
        self._app = app
        self._addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            headers = Headers(scope=scope)
            host, origin = headers.get("host", "").lower(), headers.get("origin")
            if not self._addresses.takes(host):
                await refusal(scope, 421, "Groovelog does not answer under this host name.")(scope, receive, send)
                return
            foreign = origin is not None and not self._addresses.is_own(origin, host)
            if foreign and not _scrobbles(scope, headers):
                await refusal(scope, 403, "Groovelog answers only its own pages.")(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _scrobbles(scope: Scope, headers: Headers) -> bool:
    """Whether a program shows a key of its own to the routes for scrobbles: those in browsers come from their extension.

    A page of another site cannot send that header: the browser would ask first whether it may, without it.
    """
    return "authorization" in headers and any(scope["path"].startswith(f"{place}/") for place in PLACES)


class SecurityHeaders:
    """Tell the browser what our pages may do: nothing from elsewhere, in no frame. A route's own word comes first."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": _policy(),
            "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if secure:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)


class BodyLimit:
    """Refuse a body that is too large: by the length it tells, else where it becomes so. Stands behind the sign-in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _limit(scope)
        told = Headers(scope=scope).get("content-length", "0")
        if not told.isdecimal() or int(told) > limit:
            await refusal(scope, 413, TOO_LARGE, {"Connection": "close"})(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                raise HTTPException(413, TOO_LARGE, headers={"Connection": "close"})
            return message

        await self._app(scope, counted, send)


def _limit(scope: Scope) -> int:
    path = scope["path"]
    signed_in = scope.get("state", {}).get("viewer") is not None
    if path.startswith(KEYED_UPLOADS) or (signed_in and path.startswith(PAGE_UPLOADS)):
        return UPLOAD
    return KEYED if path.startswith(KEYED_PATHS) else FORM


@cache
def _policy() -> str:
    """What Streamlit's pages need, and no more: its one script in the page is named by its hash."""
    spec = find_spec("streamlit")
    page = Path(spec.origin or "").with_name("static") / "index.html" if spec else Path()
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    hashes = " ".join(f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts)
    return "; ".join(
        (
            "default-src 'self'", f"script-src 'self' blob: {hashes}", "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:", "media-src 'self' data: blob:", "font-src 'self' data:", "worker-src 'self' blob:",
            "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'",
        )
    )  # fmt: skip
