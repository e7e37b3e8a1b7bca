"""Fetching a reference, from a server of this machine that can be told to misbehave."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from kept_references import commits, kept
from reference_files import spotify_track, text, track_id

from calling import Answer, Call
from groovelog.matching.references.download import DOWNLOADS

# Large enough to break off in the middle: 2,000 ids of 22 letters.
CONTENT = text([spotify_track(track_id=f"{number:022}") for number in range(2_000)]).encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@dataclass
class Server:
    """What it serves and how; `ranges` are the Range headers it was asked with, None where without."""

    content: bytes = CONTENT
    status: int | None = None
    breaks_after: int | None = None
    knows_ranges: bool = True
    redirects: bool = False
    address: str = ""
    ranges: list[str | None] = field(default_factory=list)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        if self.redirects and handler.path == "/dataset.csv":
            handler.send_response(302)
            handler.send_header("Location", "/elsewhere")
            handler.end_headers()
            return
        asked = handler.headers.get("Range")
        self.ranges.append(asked)
        if self.status is not None:
            handler.send_error(self.status)
            return
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and self.knows_ranges else 0
        if start >= len(self.content) > 0 and start:
            handler.send_error(416)
            return
        body = self.content[start:]
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(self.content) - 1}/{len(self.content)}")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: self.breaks_after])


@contextmanager
def served(server: Server) -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on stderr."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        server.address = f"http://127.0.0.1:{listening.server_port}/dataset.csv"
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()


Serve = Callable[[Server], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    stack = []

    def start(server: Server) -> Server:
        context = served(server)
        stack.append(context)
        return context.__enter__()

    yield start
    for context in stack:
        context.__exit__(None, None, None)


def download(call: Call, server: Server, *words: str, sha256: str = SHA256) -> Answer:
    return call("reference", "download", "spotify-tracks", "--url", server.address, "--sha256", sha256, *words)


def partial(home: Path) -> Path:
    return home / "downloads" / "spotify-tracks.csv"


def begun(home: Path, content: bytes) -> None:
    partial(home).parent.mkdir(parents=True)
    partial(home).write_bytes(content)


def test_it_is_fetched_read_and_licensed(home: Path, call: Call, serve: Serve) -> None:
    answer = download(call, serve(Server()), "--json")
    assert (answer.code, answer.json["reference"], answer.json["kept"]) == (0, "spotify-tracks", 2_000)
    assert "Licence: BSD, as its page on Hugging Face says" in answer.err
    (listed,) = call("reference", "list", "--json").json["references"]
    assert listed["licence"].startswith("BSD, as its page on Hugging Face says")
    assert (listed["home"], listed["sha256"], listed["rows"]) == (
        "https://huggingface.co/datasets/maharshipandya/spotify-tracks-dataset", SHA256, 2_000,
    )  # fmt: skip
    assert not partial(home).exists()


def test_what_is_there_is_not_fetched_again(home: Path, call: Call, serve: Serve) -> None:
    server = serve(Server())
    download(call, server)
    number = commits(home)
    assert download(call, server, "--json").json["outcome"] == "unchanged"
    assert (server.ranges, commits(home)) == ([None], number)


@pytest.mark.parametrize("knows_ranges", [True, False])
def test_it_goes_on_where_it_broke_off(home: Path, call: Call, serve: Serve, knows_ranges: bool) -> None:
    server = serve(Server(breaks_after=100_000))
    broken = download(call, server)
    assert (broken.code, "broke after 0.1 MB" in broken.err, "The same command goes on" in broken.err) == (
        1,
        True,
        True,
    )
    assert partial(home).stat().st_size == 100_000
    assert not (home / "lake").exists()
    server.breaks_after, server.knows_ranges = None, knows_ranges
    assert download(call, server, "--json").json["kept"] == 2_000
    assert server.ranges == [None, "bytes=100000-"]


def test_a_download_stopped_before_it_was_read_is_read(home: Path, call: Call, serve: Serve) -> None:
    begun(home, CONTENT)
    server = serve(Server())
    assert download(call, server, "--json").json["kept"] == 2_000
    assert server.ranges == []


@pytest.mark.parametrize("left", [b"something else", CONTENT + b"and more"])
def test_what_is_no_beginning_of_it_is_fetched_anew(home: Path, call: Call, serve: Serve, left: bytes) -> None:
    begun(home, left)
    server = serve(Server())
    assert download(call, server, "--json").json["kept"] == 2_000
    assert server.ranges == [f"bytes={len(left)}-", None]


def test_another_file_is_not_used(home: Path, call: Call, serve: Serve) -> None:
    answer = call("reference", "download", "spotify-tracks", "--url", serve(Server()).address)
    assert answer.code == 1
    assert f"its SHA-256 is {SHA256}, not {DOWNLOADS['spotify-tracks'].sha256}" in answer.err
    assert not partial(home).exists()
    assert not (home / "lake").exists()


@pytest.mark.parametrize(
    ("status", "said"), [(404, "answered 404 Not Found"), (500, "answered 500"), (403, "answered 403")]
)
def test_a_server_that_refuses(home: Path, call: Call, serve: Serve, status: int, said: str) -> None:
    answer = download(call, serve(Server(status=status)), "--json")
    assert (answer.code, said in answer.json["error"]["message"]) == (1, True)
    assert not (home / "lake").exists()


def test_redirects_are_followed(call: Call, serve: Serve) -> None:
    assert download(call, serve(Server(redirects=True)), "--json").json["kept"] == 2_000


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:9/dataset.csv", "could not be reached: Connection refused. Is there a network?"),
        ("http://nowhere.invalid/dataset.csv", "could not be reached"),
        ("file:///etc/hostname", "an address begins with https:// or http://"),
        ("http://", "could not be reached"),
    ],
)
def test_no_way_there(home: Path, call: Call, address: str, said: str) -> None:
    answer = call("reference", "download", "spotify-tracks", "--url", address)
    assert (answer.code, said in answer.err) == (1, True), answer.err
    assert not (home / "lake").exists()


def test_an_unknown_name(call: Call) -> None:
    answer = call("reference", "download", "everything")
    assert (answer.code, "There is: spotify-tracks." in answer.err) == (1, True)


def test_what_was_fetched_and_is_no_reference_is_told(home: Path, call: Call, serve: Serve) -> None:
    other = b"a,b\n1,2\n"
    answer = download(call, serve(Server(other)), sha256=hashlib.sha256(other).hexdigest())
    assert (answer.code, "no column that tells" in answer.err) == (1, True)
    assert not (home / "lake").exists()


def test_the_rows_are_those_served(home: Path, call: Call, serve: Serve) -> None:
    small = text([spotify_track("a", track_name="Ünder")]).encode()
    download(call, serve(Server(small)), sha256=hashlib.sha256(small).hexdigest())
    assert [(row["ref_id"], row["track_name"]) for row in kept(home)] == [(track_id("a"), "Ünder")]
