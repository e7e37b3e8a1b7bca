"""The one ASGI app and how it is served: the dashboard, the way in, the guard of every route; inbox and poller."""

import asyncio
import contextlib
import errno
import logging
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import streamlit as st
import uvicorn
from filelock import Timeout
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from streamlit import config as streamlit_config

from groovelog import api
from groovelog.api import listenbrainz
from groovelog.config import Hosting, Settings
from groovelog.dashboard import faults, served
from groovelog.dashboard.theme import streamlit_options
from groovelog.errors import UsageError
from groovelog.lake.home import Home
from groovelog.pipeline import joining
from groovelog.pipeline.locks import serving
from groovelog.server import connecting, health, logs, signing_in
from groovelog.server.addresses import LOOPBACK, addresses
from groovelog.server.backing_up import keep_backing_up
from groovelog.server.guard import BodyLimit, OwnPagesOnly, SecurityHeaders
from groovelog.server.media import OwnMedia
from groovelog.server.membership import Members
from groovelog.server.metrics import Metrics
from groovelog.server.poller import Poller
from groovelog.server.signing_in import Door
from groovelog.server.taking import keep_taking
from groovelog.server.watching import Watched
from groovelog.state.database import State, open_state

SCRIPT = Path(served.__file__).with_name("app.py")
SHUTDOWN_SECONDS = 2
# How long a thread of Python runs while others wait for their turn. An answer takes some twenty turns, so that with the 5 ms
# of the interpreter a page that is being put together would cost it 100.
TURN_S = 0.001


def serve(home: Home, host: str = "127.0.0.1", port: int = 8888, *, dashboard_only: bool = False) -> None:
    """Serve until Ctrl-C; prints the address once the port is taken.

    One server at a time has a home: it polls, takes in scrobbles and answers programs. Beside it others may show its
    dashboard: `dashboard_only` serves the pages, the way in and what is seen from outside, and neither the API nor scrobbles.
    Raises UsageError where the port, or the home, is another's.
    """
    settings = Settings()
    logs.set_up(settings.logged_as())
    hosting = settings.hosting(home)
    sys.setswitchinterval(TURN_S)
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    with listening, contextlib.ExitStack() as held:
        if not dashboard_only:
            held.enter_context(_alone(home, port))
        app = asgi_app(home, port, host, hosting, dashboard_only=dashboard_only)
        server = uvicorn.Server(
            uvicorn.Config(
                app, access_log=False, log_config=None, log_level="warning", timeout_graceful_shutdown=SHUTDOWN_SECONDS
            )
        )
        known = addresses(hosting, host, port)
        sys.stderr.write(f"Groovelog is at {known.base} (stop it with Ctrl-C)\n")
        if is_for_group(hosting, host):
            _invite_owner(home, known.base)
        sys.stderr.flush()
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listening])


def is_for_group(hosting: Hosting, host: str) -> bool:
    """Whether one has to sign in: wherever others than this machine come in, and where it is so set."""
    return hosting.group or hosting.public_url is not None or host not in LOOPBACK


def asgi_app(
    home: Home,
    port: int,
    host: str = "127.0.0.1",
    hosting: Hosting | None = None,
    *,
    dashboard_only: bool = False,
) -> st.App:
    """The app for one home; answers only where it is addressed by a name of its own and this port."""
    hosting = hosting or Hosting()
    group, known = is_for_group(hosting, host), addresses(hosting, host, port)
    served.publish(home, for_group=group)
    for name, value in streamlit_options().items():
        streamlit_config.set_option(name, value)
    door = Door(home, known)
    state = State(home.root, Settings().sealing_key)
    metrics = Metrics(home, state, served.snapshot)
    return st.App(
        SCRIPT,
        lifespan=partial(_alive, home, state, metrics, dashboard_only),
        routes=[
            *health.routes(home, state, served.snapshot, metrics),
            *(() if dashboard_only else _for_programs(home, state)),
            *connecting.routes(door, group=group),
            *(signing_in.routes(door) if group else ()),
        ],
        middleware=[
            Middleware(Watched, metrics=metrics),
            Middleware(SecurityHeaders, secure=known.secure),
            Middleware(OwnPagesOnly, addresses=known),
            Middleware(Members, state=state, group=group, secure=known.secure),
            Middleware(OwnMedia),
            Middleware(BodyLimit),
        ],
        on_script_error=faults.show,
    )


def _for_programs(home: Home, state: State) -> list[BaseRoute]:
    """What programs ask, of the one server that has the home."""
    return [*listenbrainz.routes(home, state, served.snapshot), Mount("/api", api.Later(home, state))]


@asynccontextmanager
async def _alive(home: Home, state: State, metrics: Metrics, dashboard_only: bool, _app: st.App) -> AsyncIterator[None]:
    """Prepare the first page while the browser is still opening; empty the inbox, poll Spotify, and back up, till the end."""
    logging.getLogger().addHandler(metrics.handler)
    preparing = asyncio.create_task(asyncio.to_thread(_prepare))
    stopping = asyncio.Event()
    working = [preparing]
    if not dashboard_only:
        working.append(asyncio.create_task(keep_taking(home, stopping)))
        working.append(asyncio.create_task(_keep_polling(home, preparing, stopping)))
        working.append(asyncio.create_task(keep_backing_up(home, preparing, stopping)))
    yield
    stopping.set()
    # DuckDB complains of a query that the interpreter leaves behind.
    await asyncio.gather(*working)
    state.close()
    logging.getLogger().removeHandler(metrics.handler)


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
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without the protocol told, asyncio leaves small answers to wait for 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        if error.errno in {errno.EADDRNOTAVAIL, socket.EAI_NONAME}:
            raise UsageError(
                f"This machine has no address {host}. To listen on all it has: groovelog serve --host 0.0.0.0"
            ) from error
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        raise UsageError(
            f"Port {port} on {host} is taken by another program, perhaps by a Groovelog that is running already. "
            f"Stop that one, or choose another port: groovelog serve --port {port + 1}"
        ) from error
    listening.listen()
    return listening


@contextlib.contextmanager
def _alone(home: Home, port: int) -> Iterator[None]:
    """Have the home to oneself among servers. The lock is the system's: who is killed has it no longer."""
    try:
        home.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = contextlib.ExitStack()
        held.enter_context(serving(home))
    except Timeout as error:
        raise UsageError(
            f"Another Groovelog server has the lake in {home.root}. Stop that one, or show its dashboard a second time: "
            f"groovelog serve --dashboard-only --port {port + 1}"
        ) from error
    except OSError as error:
        raise UsageError(f"The home folder {home.root} cannot be used: {error.strerror}.") from error
    with held:
        yield


def _invite_owner(home: Home, base: str) -> None:
    """As long as there is no owner, whoever reads this terminal can become it."""
    with open_state(home.root) as state:
        word = joining.owners_invitation(state, now=datetime.now(UTC))
    if word is not None:
        sys.stderr.write(f"There is no owner yet. Open this once, within seven days, to be it: {base}/join/{word}\n")
