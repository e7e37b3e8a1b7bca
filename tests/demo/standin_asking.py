"""A client of the stand-in Spotify that knows nothing of it but HTTP, and small lives to ask about."""

import base64
import http.client
import json
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from groovelog.demo.catalogue import Track, invent
from groovelog.demo.standin import Account, App, Clock, Listed, Standin, approved
from groovelog.demo.standin.app import asgi_app

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CALLBACK = "http://127.0.0.1:8888/callback"
EVERYTHING = (
    "user-read-recently-played user-top-read user-library-read user-library-modify playlist-read-private "
    "playlist-read-collaborative playlist-modify-private playlist-modify-public user-follow-read user-follow-modify"
)
CATALOGUE = invent(7, count=4)
TRACKS = [replace(track, length_ms=180_000) for track in CATALOGUE.tracks]
APP = App("client-a", "secret-a", (CALLBACK,))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)

    @property
    def parameters(self) -> dict[str, str]:
        """Of the address that a redirect leads to."""
        return dict(parse_qsl(urlsplit(self.headers["Location"]).query))


class Stage:
    """One server for all tests: starting and stopping one takes uvicorn 0.2 s."""

    def __init__(self) -> None:
        self.address = ""
        self._app: ASGIApp = JSONResponse("nothing is on")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def show(self, standin: Standin) -> str:
        """Its address, until another is shown."""
        self._app = asgi_app(standin)
        return self.address

    def sign_in(self, *plays: Listed, clock: Clock | None = None) -> "Signed":
        """Ann, with these plays."""
        return sign_in(self.show(standin_of(*plays, clock=clock)))


def ask(
    address: str, path: str, method: str = "GET", body: object = None, *, timeout: float = 20, **headers: str
) -> Answer:
    """A body of bytes is sent as it is, any other as JSON."""
    sent = body if body is None or isinstance(body, bytes) else json.dumps(body)
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=timeout)) as connection:
        connection.request(method, path, sent, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


@dataclass(frozen=True)
class Signed:
    """Somebody signed in."""

    address: str
    token: str

    def ask(self, path: str, method: str = "GET", body: object = None, **query: object) -> Answer:
        """A path below /v1."""
        asked = f"/v1{path}?{urlencode(query)}" if query else f"/v1{path}"
        return ask(self.address, asked, method, body, Authorization=f"Bearer {self.token}")

    def played(self, **query: object) -> list[str]:
        """The times of recently played, without their date."""
        answer = self.ask("/me/player/recently-played", **query)
        assert answer.status == 200, answer.body
        return [row["played_at"][11:] for row in answer.told["items"]]


def authorize_url(address: str, scope: str = EVERYTHING, client_id: str = "client-a", **more: str) -> str:
    asked = {"client_id": client_id, "response_type": "code", "redirect_uri": CALLBACK, "scope": scope, "state": "s1"}
    return f"{address}/authorize?{urlencode({**asked, **more})}"


def code_for(address: str, user_id: str = "ann", **more: str) -> str:
    back = approved(authorize_url(address, **more), user_id)
    return dict(parse_qsl(urlsplit(back).query))["code"]


def token(address: str, client: str | None = "client-a:secret-a", **form: str) -> Answer:
    """An answer of the token endpoint; `client` proves itself by Basic auth, None does not."""
    basic = {} if client is None else {"Authorization": f"Basic {base64.b64encode(client.encode()).decode()}"}
    return ask(address, "/api/token", "POST", urlencode(form).encode(), **basic)


def exchanged(address: str, code: str, **more: str) -> Answer:
    return token(address, grant_type="authorization_code", code=code, redirect_uri=CALLBACK, **more)


def sign_in(address: str, user_id: str = "ann", scope: str = EVERYTHING, client: str = "client-a:secret-a") -> Signed:
    code = code_for(address, user_id, scope=scope, client_id=client.split(":", maxsplit=1)[0])
    answer = token(address, client, grant_type="authorization_code", code=code, redirect_uri=CALLBACK)
    return Signed(address, answer.told["access_token"])


def play(number: int, stopped_at: datetime, *, seconds: float = 180, late: timedelta = timedelta()) -> Listed:
    """Of the track with a number; told at its end, or so much later."""
    return Listed(TRACKS[number], stopped_at - timedelta(seconds=seconds), stopped_at, stopped_at + late)


def every_five_minutes(count: int, until: datetime = NOON) -> tuple[Listed, ...]:
    """The last of them ends at `until`."""
    return tuple(play(number % 10, until - timedelta(minutes=5 * number)) for number in reversed(range(count)))


def standin_of(*plays: Listed, clock: Clock | None = None, app: App = APP) -> Standin:
    """With one account, ann."""
    return Standin(clock or Clock(NOON), [Account("ann", "Ann", plays)], [app], items=TRACKS)


def ms(moment: datetime) -> int:
    """Since 1970."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def track_of(row: dict[str, Any]) -> Track:
    return next(track for track in TRACKS if track.uri == row["track"]["uri"])
