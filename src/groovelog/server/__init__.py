"""The one ASGI app and how it is served: the dashboard, a health check, the guard of every route; inbox and poller."""

import asyncio
import contextlib
import errno
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit import config as streamlit_config

from groovelog.dashboard import faults, served
from groovelog.dashboard.theme import streamlit_options
from groovelog.errors import UsageError
from groovelog.lake.home import Home
from groovelog.server import connecting, health
from groovelog.server.guard import OwnPagesOnly
from groovelog.server.poller import Poller
from groovelog.server.taking import keep_taking

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SCRIPT = Path(served.__file__).with_name("app.py")
SHUTDOWN_SECONDS = 2


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
        routes=[*health.routes(), *connecting.routes(home)],
        middleware=[Middleware(OwnPagesOnly, hosts=hosts)],
        on_script_error=faults.show,
    )


@asynccontextmanager
async def _alive(home: Home, _app: st.App) -> AsyncIterator[None]:
    """Prepare the first page while the browser is still opening; empty the inbox, and poll Spotify, till the end."""
    preparing = asyncio.create_task(asyncio.to_thread(_prepare))
    stopping = asyncio.Event()
    taker = asyncio.create_task(keep_taking(home, stopping))
    polling = asyncio.create_task(_keep_polling(home, preparing, stopping))
    yield
    stopping.set()
    # DuckDB complains of a query that the interpreter leaves behind.
    await asyncio.gather(taker, polling, preparing)


async def _keep_polling(home: Home, preparing: asyncio.Task[None], stopping: asyncio.Event) -> None:
    """Ask Spotify for plays when it is time, once the first page is prepared."""
    await asyncio.wait([preparing])
    poller = Poller(home)
    poller.start()
    await stopping.wait()
    await asyncio.to_thread(poller.stop)


def _prepare() -> None:
    # Loads what the server does without.
    from groovelog.dashboard import ahead  # noqa: PLC0415

    ahead.prepare()


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
