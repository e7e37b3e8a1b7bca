"""Serving: who is answered, and how it starts and stops. Asked over the wire, as a browser would."""

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from groovelog.errors import UsageError
from groovelog.lake.home import Home
from groovelog.server import serve

SERVE = "import sys, pathlib; from groovelog.server import serve; from groovelog.lake.home import Home; "
SERVE += "serve(Home(pathlib.Path(sys.argv[1])), port=0)"
WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@contextmanager
def served(root: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    with subprocess.Popen([sys.executable, "-c", SERVE, str(root)], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        assert said.startswith("Groovelog is at http://127.0.0.1:")
        try:
            yield server, int(said.split(":")[2].split()[0])
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with served(tmp_path_factory.mktemp("home")) as (_, port):
        yield port


def asked(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, str | None, bytes]:
    """Status, content type and body of an answer; `{port}` in a header becomes the port."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        told = {"Host": "127.0.0.1:{port}", **headers}
        connection.putrequest(method, path, skip_host=True)
        for name, value in told.items():
            connection.putheader(name, value.replace("{port}", str(port)))
        connection.endheaders()
        answer = connection.getresponse()
        body = b"" if answer.status == http.client.SWITCHING_PROTOCOLS else answer.read()
        return answer.status, answer.getheader("content-type"), body


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}", "LOCALHOST:{port}"])
def test_it_answers_under_its_own_names(port: int, host: str) -> None:
    status, _, body = asked(port, "/healthz", Host=host, Origin=f"http://{host}")
    assert (status, body) == (200, b'{"status":"ok"}')


@pytest.mark.parametrize(
    "path", ["/", "/data", "/healthz", "/_stcore/health", "/app/static/instrument-sans-LICENSE.txt"]
)
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:80", "10.0.0.1:{port}"]
)
def test_another_host_name_gets_nothing(port: int, path: str, host: str) -> None:
    assert asked(port, path, Host=host)[0] == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://evil.example:{port}", "http://127.0.0.1:3000"]
)
def test_another_site_gets_nothing(port: int, origin: str) -> None:
    assert asked(port, "/", Origin=origin)[0] == 403
    assert asked(port, "/_stcore/upload_file/a/b", "PUT", Origin=origin)[0] == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://127.0.0.1:{port}"}, 101),
        ({"Origin": "http://evil.example"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 421),
    ],
)
def test_only_the_own_page_gets_a_websocket(port: int, headers: dict[str, str], status: int) -> None:
    assert asked(port, "/_stcore/stream", **WEBSOCKET, **headers)[0] == status


def test_fonts_come_from_here(port: int) -> None:
    status, kind, body = asked(port, "/app/static/instrument-sans-latin-wght-normal.woff2")
    assert (status, kind, body[:4]) == (200, "font/woff2", b"wOF2")


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=rf"Port {port} on 127\.0\.0\.1 is taken .* --port {port + 1}"):
            serve(Home(tmp_path), port=port)


def test_it_stops_in_silence_at_ctrl_c(tmp_path: Path) -> None:
    with served(tmp_path) as (server, port):
        assert asked(port, "/healthz")[0] == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=15) == 0
        assert server.stderr is not None
        assert server.stderr.read() == ""
