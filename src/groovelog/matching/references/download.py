"""Fetch a reference from its public home. The only place of Groovelog that opens a connection to another machine's.

What came so far is kept under a name of its own, so that the next call goes on from there; nothing is used before its
checksum is right.
"""

import http.client
import re
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError

from filelock import FileLock, Timeout

from groovelog.errors import DownloadFailed, UsageError
from groovelog.matching.files import checksum
from groovelog.matching.references.sets import SPOTIFY_TRACKS, Set

Progress = Callable[[int, int | None], None]

_CHUNK = 1 << 16
# So long nothing may come before a connection counts as broken.
SILENCE_S = 30
# A wrong address shall not fill the disk; the known files are a hundredth of this.
LARGEST = 4_000_000_000


@dataclass(frozen=True)
class Download:
    """A set that can be fetched: where from, and the checksum of the file known to be right."""

    known: Set
    address: str
    sha256: str


DOWNLOADS = {
    download.known.name: download
    for download in (
        Download(
            SPOTIFY_TRACKS,
            "https://huggingface.co/datasets/maharshipandya/spotify-tracks-dataset/resolve/main/dataset.csv",
            "b202fa49909b2d5cef71a04b1d21243cfeb36414535f2ca9272aa646721177bd",
        ),
    )
}


def fetch(address: str, sha256: str, target: Path, progress: Progress) -> None:
    """Bring the file at an address (http or https) to `target`, going on from what is there of it.

    `progress` is told the bytes there are and the bytes there will be, where the server says so. Raises DownloadFailed, in
    plain words, for no network, what a server refuses, and a file of another checksum.
    """
    if not address.lower().startswith(("https://", "http://")):
        raise UsageError(f"--url {address}: an address begins with https:// or http://.")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        held = FileLock(target.with_name(f".{target.name}.lock"), timeout=0, mode=0o600).acquire()
    except Timeout:
        raise DownloadFailed(f"Another process is downloading {target.stem} just now.") from None
    with held:
        if target.exists() and checksum(target) == sha256:
            return
        resumed = _fetch(address, target, progress)
        if resumed and checksum(target) != sha256:  # what was there is not the beginning of what came
            target.unlink()
            _fetch(address, target, progress)
        found = checksum(target)
        if found != sha256:
            target.unlink()
            raise DownloadFailed(
                f"What came from {address} is not the file that is known: its SHA-256 is {found}, not {sha256}. Nothing was "
                "used of it. If the set has a new version that you trust, --sha256 takes it."
            )


def _fetch(address: str, target: Path, progress: Progress) -> bool:
    """Returns whether the server sent only what was missing."""
    there = target.stat().st_size if target.exists() else 0
    try:
        response = _opened(address, there)
    except HTTPError as error:
        if there and error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:  # nothing comes after what is there
            return True
        raise DownloadFailed(
            f"{address} answered {error.code} {error.reason}. Nothing was changed; --url gives another address."
        ) from error
    with closing(response):
        resumed = response.status == http.client.PARTIAL_CONTENT and _starts_at(response, there)
        done = there if resumed else 0
        total = _total(response, done)
        with target.open("ab" if resumed else "wb") as file:
            progress(done, total)
            while chunk := _read(response, address, done):
                done += file.write(chunk)
                progress(done, total)
                if done > LARGEST:
                    raise DownloadFailed(f"{address} sends more than {LARGEST / 1e9:g} GB, which no known set has.")
    if total is not None and done < total:
        raise _broken(address, done, "the server sent no more")
    return resumed


def _opened(address: str, there: int) -> http.client.HTTPResponse:
    headers = {"User-Agent": "groovelog", "Accept-Encoding": "identity"}
    if there:
        headers["Range"] = f"bytes={there}-"
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (http and https alone come so far)
    try:
        response: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=SILENCE_S)  # noqa: S310
    except HTTPError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise DownloadFailed(
            f"{address} could not be reached: {_why(error)}. Is there a network? A file that you fetched by other means can "
            "be read with `groovelog reference add FILE`."
        ) from error
    return response


def _read(response: http.client.HTTPResponse, address: str, done: int) -> bytes:
    try:
        return response.read(_CHUNK)
    except (OSError, http.client.HTTPException) as error:
        raise _broken(address, done, _why(error)) from error


def _broken(address: str, done: int, why: str) -> DownloadFailed:
    return DownloadFailed(
        f"The connection to {address} broke after {done / 1e6:,.1f} MB: {why}. The same command goes on from there."
    )


def _why(error: Exception) -> str:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return f"nothing came for {SILENCE_S} seconds"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return str(reason) or type(reason).__name__


def _starts_at(response: http.client.HTTPResponse, there: int) -> bool:
    return re.match(rf"bytes {there}-", response.headers.get("Content-Range", "")) is not None


def _total(response: http.client.HTTPResponse, done: int) -> int | None:
    length = response.headers.get("Content-Length", "")
    return done + int(length) if length.isdigit() else None
