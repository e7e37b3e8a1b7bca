"""The browser's way back: a listener of our own on the redirect address, for one use."""

import errno
import http.client
import json
import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from groovelog.errors import SignInError
from groovelog.spotify.apps import LOOPBACK

HEALTH_S = 3
BACK = "Groovelog has Spotify's answer. Go back to the terminal; this page can be closed."
FOREIGN = "This is not the sign-in that Groovelog waits for. Open the address that it printed last."


@dataclass(frozen=True)
class Returned:
    """What Spotify gave the browser to take along: a code, or the error in its place; and our word."""

    state: str = field(repr=False)
    code: str | None = field(repr=False)
    error: str | None = None


class PortTaken(Exception):
    """Another program listens on the redirect address."""


def returned(address: str) -> Returned | None:
    """What a redirected address says; None for one that is none."""
    try:
        told = parse_qs(urlsplit(address.strip()).query)
    except ValueError:
        return None
    state, code, error = (told.get(name, [None])[0] for name in ("state", "code", "error"))
    return Returned(state, code, error) if state and (code or error) else None


def is_loopback(redirect_uri: str) -> bool:
    return urlsplit(redirect_uri).scheme == "http" and urlsplit(redirect_uri).hostname in LOOPBACK


@contextmanager
def listening(redirect_uri: str, state: str, came: "queue.Queue[Returned]") -> Iterator[None]:
    """Put what comes back with this state into the queue; whatever else comes is refused. Raises PortTaken."""
    address = urlsplit(redirect_uri)

    class Handler(_Handler):
        path_awaited, state_awaited, came_back = address.path or "/", state, came

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in (address.hostname or "") else socket.AF_INET
        daemon_threads = True

    try:
        server = Server((address.hostname or "", address.port or 0), Handler)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken from error
        raise SignInError(f"Groovelog cannot listen on {redirect_uri}: {error.strerror}.") from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def served_by_groovelog(redirect_uri: str) -> bool:
    """Whether a Groovelog answers on the redirect address's port."""
    address = urlsplit(redirect_uri)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=HEALTH_S)
    with closing(connection):
        try:
            connection.request("GET", "/healthz")
            told = json.loads(connection.getresponse().read(1_000))
        except (OSError, http.client.HTTPException, ValueError):
            return False
    return isinstance(told, dict) and told.get("status") == "ok"


class _Handler(BaseHTTPRequestHandler):
    """Answers the redirect alone; says nothing on stderr, where the code would show."""

    path_awaited: str
    state_awaited: str
    came_back: "queue.Queue[Returned]"
    timeout = 10

    def do_GET(self) -> None:
        told = returned(self.path)
        if urlsplit(self.path).path != self.path_awaited:
            self._say(404, "There is nothing here.")
        elif told is None or told.state != self.state_awaited:
            self._say(400, FOREIGN)
        else:
            self._say(200, BACK)
            self.came_back.put(told)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _say(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        # The address has the code in it: it stays with this page.
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)
