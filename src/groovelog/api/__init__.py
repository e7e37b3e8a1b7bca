"""The HTTP API, /api/v1: the same reports, imports and verbs as the commands, for programs.

FastAPI takes most of a second to load, which the start of a server can do without: `later` loads it at the first request.
"""

import threading
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from groovelog.lake.home import Home
from groovelog.state.database import State

if TYPE_CHECKING:
    from fastapi import FastAPI

# As the page takes them: an export of many years has some 50 MB.
LARGEST_UPLOAD = 500 * 1024**2


def app(home: Home, state: State, largest_upload: int = LARGEST_UPLOAD) -> "FastAPI":
    """The API of one home and its state, to be mounted under /api; `largest_upload` in bytes.

    Who asks without a key is told by scope["state"]["viewer"], an `access.Viewer`, if anybody is.
    """
    from groovelog.api.building import build  # noqa: PLC0415 - see above

    return build(home, state, largest_upload)


class Later:
    """The API, made when it is first asked."""

    def __init__(self, home: Home, state: State) -> None:
        self._home, self._state = home, state
        self._made: ASGIApp | None = None
        self._making = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        made = self._made
        if made is None:
            made = await run_in_threadpool(self._make)
        await made(scope, receive, send)

    def _make(self) -> ASGIApp:
        with self._making:
            if self._made is None:
                self._made = app(self._home, self._state)
            return self._made
