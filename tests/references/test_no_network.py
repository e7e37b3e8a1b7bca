"""A reference is downloaded, Spotify and a bucket asked where somebody says so; no other code goes to another machine."""

import re
import socket
from pathlib import Path

import pytest
from reference_files import spotify_track, written

import groovelog
from calling import Call

SOURCE = Path(groovelog.__file__).parent
# What opens connections: of the standard library, and of the field's own libraries.
OPENING = re.compile(
    r"^\s*(?:import|from) (?:urllib\.request|http\.client|socket|ssl|ftplib|smtplib|requests|httpx|aiohttp|urllib3|s3fs)\b",
    re.MULTILINE,
)


GOING_OUT = {"matching/references/download.py", "spotify/sending.py", "lake/s3.py"}
# The server and the sign-in listen; a lease takes the name of the host; the stand-in for Spotify is this machine's own.
STAYING_IN = {
    "server/__init__.py", "spotify/callback.py", "state/leases.py", "demo/standin/approval.py", "demo/standin/serving.py",
}  # fmt: skip


def test_few_files_open_connections() -> None:
    found = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if OPENING.search(path.read_text("utf-8"))}
    assert found - STAYING_IN == GOING_OUT


def test_adding_and_listing_open_none(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert call("reference", "add", written(tmp_path, [spotify_track()])).code == 0
    assert call("reference", "list").code == 0
    told = call("reference", "download", "spotify-tracks")
    assert (told.code, "a connection was opened" in told.err) == (1, True)
