"""Serving the stand-in over real HTTP."""

import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import uvicorn
from starlette.types import ASGIApp

from groovelog.demo.standin.app import asgi_app
from groovelog.demo.standin.state import Standin

SHUTDOWN_SECONDS = 1


def served(standin: Standin, port: int = 0) -> AbstractContextManager[str]:
    """The stand-in's address, http://127.0.0.1:PORT, while a thread serves it; by default on any free port."""
    return app_served(asgi_app(standin), port)


@contextmanager
def app_served(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """The address of an app while a thread serves it."""
    with closing(socket.create_server(("127.0.0.1", port))) as listening:
        # asyncio does it only for sockets that name their protocol; without it a small answer waits 40 ms for the
        # acknowledgement of its headers.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                access_log=False,
                lifespan="off",
                log_config=None,
                loop="asyncio",
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
                ws="none",
            )
        )
        serving = threading.Thread(target=server.run, args=([listening],), name="stand-in Spotify", daemon=True)
        # The socket takes connections already, so that nobody has to wait for the thread.
        serving.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            serving.join()
