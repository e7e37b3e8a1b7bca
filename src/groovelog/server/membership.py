"""Who asks: every request and every websocket of a group's server has a member behind it, or goes no further."""

import asyncio
import re
from collections import OrderedDict
from datetime import UTC, datetime
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from groovelog.access import PERSONAL, Viewer, viewer_of
from groovelog.server import cookies
from groovelog.state.database import State
from groovelog.state.sessions import COOKIE

# What is answered without a sign-in: health, the way in, and the fonts of its pages.
OPEN = frozenset({"/healthz", "/readyz", "/signin", "/signout", "/callback"})
OPEN_BELOW = ("/signin/", "/join/", "/app/static/")
# Where a program may show a key in place of a cookie: those routes look themselves, and answer 401 in their own words.
KEYED = ("/api/", "/1/", "/apis/", "/metrics")

# How soon an open page is closed after its session has ended elsewhere, in seconds.
LOOK_S = 1
ENDED = 4401  # of the codes that are free for applications (RFC 6455, 7.4.2); as HTTP's 401

# The id by which a page comes back to the state it had, as Streamlit tells it the page.
_STATE_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
MOST_TOLD = 100_000


class Members:
    """Puts who asks into `scope["state"]["viewer"]`: in a group the member of the session, else who it is installed for."""

    def __init__(self, app: ASGIApp, state: State, *, group: bool, secure: bool) -> None:
        self._app, self._state, self._group, self._secure = app, state, group, secure
        self._told: OrderedDict[tuple[bytes, str | None], None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        viewer = await self._viewer(scope) if self._group else PERSONAL
        scope["state"] = {**scope.get("state", {}), "viewer": viewer}
        if not self._group:
            await self._app(scope, receive, send)
        elif viewer is None:
            await self._without(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send, viewer)
        else:
            await self._app(scope, receive, send)

    async def _viewer(self, scope: Scope) -> Viewer | None:
        word = cookies.session_word(Headers(scope=scope).get("cookie", ""), secure=self._secure)
        if word is None:
            return None
        # In a thread: a first look of the hour writes, and may wait for another writer.
        return await asyncio.to_thread(viewer_of, self._state, {COOKIE: word}, datetime.now(UTC))

    async def _without(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path in OPEN or path.startswith((*OPEN_BELOW, *KEYED)):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["type"] == "http" and scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            query = scope["query_string"].decode("latin-1")
            back = quote(path + (f"?{query}" if query else ""), safe="")
            answer = RedirectResponse(f"/signin?next={back}", status_code=303, headers={"Cache-Control": "no-store"})
            await answer(scope, receive, send)
            return
        await PlainTextResponse("Sign in first, at /signin.", status_code=401)(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send, viewer: Viewer) -> None:
        """Pass messages on as long as the session holds: asked at each that comes in, and every second besides."""
        ended = asyncio.Event()
        self._without_foreign_state(scope, viewer)

        async def look() -> None:
            while await self._viewer(scope) == viewer:
                await asyncio.sleep(LOOK_S)
            ended.set()

        async def receiving() -> Message:
            coming, ending = asyncio.ensure_future(receive()), asyncio.ensure_future(ended.wait())
            await asyncio.wait({coming, ending}, return_when=asyncio.FIRST_COMPLETED)
            ending.cancel()
            if not ended.is_set() and await self._viewer(scope) != viewer:
                ended.set()
            if not ended.is_set():
                return coming.result()
            if not coming.done():
                coming.cancel()
            await send({"type": "websocket.close", "code": ENDED, "reason": "Signed out."})
            return {"type": "websocket.disconnect", "code": ENDED}

        async def sending(message: Message) -> None:
            if ended.is_set():
                return
            self._note(message.get("bytes") or b"", viewer)
            await send(message)

        looking = asyncio.create_task(look())
        try:
            await self._app(scope, receiving, sending)
        finally:
            looking.cancel()

    def _without_foreign_state(self, scope: Scope, viewer: Viewer) -> None:
        """A page that comes back after a break names the state it had: only where this member was told of it."""
        name = b"sec-websocket-protocol"
        entries = [part.strip() for key, value in scope["headers"] if key == name for part in value.split(b",")]
        if len(entries) > 2 and (entries[2], viewer.listener_id) not in self._told:
            kept = [(key, value) for key, value in scope["headers"] if key != name]
            scope["headers"] = [*kept, (name, b", ".join(entries[:2]))]

    def _note(self, told: bytes, viewer: Viewer) -> None:
        for found in _STATE_ID.findall(told):
            self._told[found, viewer.listener_id] = None
            self._told.move_to_end((found, viewer.listener_id))
        while len(self._told) > MOST_TOLD:
            self._told.popitem(last=False)
