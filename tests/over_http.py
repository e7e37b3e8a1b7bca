"""An ASGI app of this process, served over HTTP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def over_http(app: ASGIApp) -> Iterator[str]:
    """Its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    (port,) = {socket.getsockname()[1] for one in server.servers for socket in one.sockets}
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
