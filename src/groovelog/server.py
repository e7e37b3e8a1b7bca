"""The one ASGI app and how it is served: the dashboard, a health check, the guard of every route, and the inbox's taker."""

import asyncio
import contextlib
import errno
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
import uvicorn
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config as streamlit_config

from groovelog import connecting, pipeline
from groovelog.dashboard import faults, served
from groovelog.dashboard.theme import streamlit_options
from groovelog.errors import GroovelogError, LakeBusyError, UsageError
from groovelog.lake.home import Home
from groovelog.lake.inbox import LONGEST_WAIT

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SCRIPT = Path(served.__file__).with_name("app.py")
SHUTDOWN_SECONDS = 2
# How often the inbox is looked at; how soon after a failure again; how long to wait for another writer.
LOOK_S, TRY_AGAIN_S, LOCK_S = 1, 30, 5

log = logging.getLogger(__name__)


def serve(home: Home, host: str = "127.0.0.1", port: int = 8888) -> None:
    """Serve until Ctrl-C; prints the address once the port is taken."""
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(
            asgi_app(home, port),
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
    )
    sys.stderr.write(f"Groovelog is at http://{_in_url(host)}:{port} (stop it with Ctrl-C)\n")
    sys.stderr.flush()
    with listening, contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def asgi_app(home: Home, port: int) -> st.App:
    """The app for one home; answers only where it is addressed by a loopback name and this port."""
    served.publish(home)
    for name, value in streamlit_options().items():
        streamlit_config.set_option(name, value)
    hosts = frozenset(f"{_in_url(name)}:{port}" for name in LOOPBACK)
    return st.App(
        SCRIPT,
        lifespan=partial(_alive, home),
        routes=[Route("/healthz", _health), *connecting.routes(home)],
        middleware=[Middleware(OwnPagesOnly, hosts=hosts)],
        on_script_error=faults.show,
    )


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


@asynccontextmanager
async def _alive(home: Home, _app: st.App) -> AsyncIterator[None]:
    """Prepare the first page while the browser is still opening; empty the inbox till the end."""
    preparing = asyncio.create_task(asyncio.to_thread(_prepare))
    stopping = asyncio.Event()
    taker = asyncio.create_task(_keep_taking(home, stopping))
    yield
    stopping.set()
    # DuckDB complains of a query that the interpreter leaves behind.
    await asyncio.gather(taker, preparing)


async def _keep_taking(home: Home, stopping: asyncio.Event) -> None:
    """Write what waits in the inbox when it is due, and all of it at the end; in a thread, so that no page waits."""
    while not stopping.is_set():
        taken = await asyncio.to_thread(_take, home, LONGEST_WAIT)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), LOOK_S if taken else TRY_AGAIN_S)
    await asyncio.to_thread(_take, home, timedelta(0))


def _take(home: Home, least_age: timedelta) -> bool:
    """Whether nothing went wrong. What was not written goes on waiting, on disk."""
    try:
        pipeline.take_inbox(home, now=datetime.now(UTC), least_age=least_age, wait_s=LOCK_S)
    except LakeBusyError:
        return True  # a large import, as a rule
    except GroovelogError as error:
        log.warning("What came in waits and is tried again: %s", error.message)
    except BaseException as error:  # the outermost handler; panics of the Delta library are BaseExceptions
        # Only its kind: DuckDB quotes rows in what it says.
        log.warning("What came in waits and is tried again: %s", type(error).__name__)
        log.debug("The inbox was not taken", exc_info=True)
    else:
        return True
    return False


def _prepare() -> None:
    # Loads what the server does without.
    from groovelog.dashboard import ahead  # noqa: PLC0415

    ahead.prepare()


async def _health(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


def _listen(host: str, port: int) -> socket.socket:
    if host not in LOOPBACK:
        raise UsageError(
            f"Groovelog has no sign-in yet, so it listens only on this machine's own addresses: "
            f"127.0.0.1, localhost or ::1, not {host}."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without the protocol told, asyncio leaves small answers to wait for 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        raise UsageError(
            f"Port {port} on {host} is taken by another program, perhaps by a Groovelog that is running already. "
            f"Stop that one, or choose another port: groovelog serve --port {port + 1}"
        ) from error
    listening.listen()
    return listening


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
