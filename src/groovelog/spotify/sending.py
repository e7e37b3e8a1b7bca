"""One request to Spotify, bounded in time and size, judged before spotipy sees the answer.

spotipy's own handling sleeps for hours, hides status and reason, and logs addresses and headers (its 2.26.0). So it is
given this session: it sends once, and raises what `judge` raises. A request runs in a thread of its own, because neither
the resolving of a name nor an answer that drips byte by byte is bounded by the timeouts of a socket.
"""

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.structures import CaseInsensitiveDict

from groovelog.errors import SpotifyDown
from groovelog.spotify.apps import Limits

# The largest answer, a page of 50 with every field, has some 200 KB.
LARGEST_BYTES = 8_000_000


@dataclass(frozen=True)
class Answer:
    """What came back. `json` is None where the body is none, which an empty body is."""

    status: int
    headers: CaseInsensitiveDict[str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


class Sender(requests.Session):
    """A session for spotipy. `answer` is the last one; `judge` looks at each, and raises for one that cannot be used."""

    def __init__(self, limits: Limits, judge: Callable[[Answer], None]) -> None:
        super().__init__()
        keep_quiet()
        self._limits = limits
        self._judge = judge
        self.answer: Answer | None = None
        # Else requests puts what ~/.netrc has for the host in place of the token.
        self.auth = _as_it_is

    def request(self, method: str | bytes, url: str | bytes, *_: Any, **options: Any) -> requests.Response:
        """Raises SpotifyDown where nothing comes in time, else what `judge` raises."""
        self.answer = None
        options |= {"timeout": (self._limits.connect_s, self._limits.read_s), "stream": True, "allow_redirects": False}
        response = self._in_time(lambda: super(Sender, self).request(method, url, **options))
        self.answer = Answer(response.status_code, response.headers, response.content)
        self._judge(self.answer)
        return response

    def _in_time(self, send: Callable[[], requests.Response]) -> requests.Response:
        came: list[requests.Response] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                came.append(_read(send()))
            except BaseException as error:  # noqa: BLE001 (handed to the thread that waits)
                failed.append(error)

        thread = threading.Thread(target=run, name="request to Spotify", daemon=True)
        thread.start()
        thread.join(self._limits.total_s)
        if came:
            return came[0]
        if not failed or isinstance(failed[0], requests.Timeout):
            raise SpotifyDown("Spotify does not answer in time. Try again later.", hung=True)
        if isinstance(failed[0], (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)):
            raise SpotifyDown("Spotify's answer broke off, or makes no sense. Try again later.") from None
        if isinstance(failed[0], requests.RequestException):
            # Without its cause: that one carries the request, and its headers the token.
            raise SpotifyDown("Spotify cannot be reached. Is this machine connected to the internet?") from None
        raise failed[0]


def keep_quiet() -> None:
    """At DEBUG spotipy logs tokens, codes and secrets, and urllib3 the address of every request."""
    for name in ("spotipy", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _read(response: requests.Response) -> requests.Response:
    """Read the body, and no more of it than an answer can have."""
    body = bytearray()
    with response:
        for chunk in response.iter_content(65_536):
            body += chunk
            if len(body) > LARGEST_BYTES:
                raise requests.exceptions.ContentDecodingError("too long")
    response._content = bytes(body)  # where requests keeps a body that was read
    return response


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
