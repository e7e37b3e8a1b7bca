"""api.spotify.com: who may ask for what, and the endpoints."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from groovelog.demo.standin import listening, playlist_items, playlists, saved
from groovelog.demo.standin.asked import Asked
from groovelog.demo.standin.exchange import Asker, answered
from groovelog.demo.standin.music_shapes import Json, track_object
from groovelog.demo.standin.oauth import Consent
from groovelog.demo.standin.refusals import NOT_REGISTERED, Refused, RefusedInText
from groovelog.demo.standin.shapes import user_object
from groovelog.demo.standin.state import Standin
from groovelog.demo.standin.written import invented_id


def profile(asked: Asked) -> Json:
    """Needs no scope: what the scopes of a profile showed is gone in development mode."""
    account = asked.standin.accounts[asked.user_id]
    return {
        **user_object(asked.api, asked.user_id),
        "account_id": invented_id("account", asked.user_id)[:10],
        "display_name": account.display_name,
        "images": [],
    }


def track(asked: Asked) -> Json:
    return track_object(asked.api, asked.track(f"spotify:track:{asked.path['id']}"))


@dataclass(frozen=True)
class Endpoint:
    """A path below /v1 and what it answers; None is an empty body. `scopes` are needed whatever is asked for."""

    method: str
    path: str
    scopes: tuple[str, ...]
    answer: Callable[[Asked], object]
    status: int = 200

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return pattern_of(self.path)


def pattern_of(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path))


ENDPOINTS = (
    Endpoint("GET", "/me", (), profile),
    Endpoint("GET", "/me/player/recently-played", ("user-read-recently-played",), listening.recently_played),
    Endpoint("GET", "/me/top/tracks", ("user-top-read",), listening.top_tracks),
    Endpoint("GET", "/me/top/artists", ("user-top-read",), listening.top_artists),
    Endpoint("GET", "/me/tracks", ("user-library-read",), saved.saved_tracks),
    Endpoint("GET", "/me/playlists", ("playlist-read-private",), playlists.playlists),
    Endpoint("POST", "/me/playlists", (), playlists.create_playlist, 201),
    Endpoint("GET", "/me/library/contains", (), saved.contains),
    Endpoint("PUT", "/me/library", (), saved.save),
    Endpoint("DELETE", "/me/library", (), saved.remove),
    Endpoint("GET", "/playlists/{id}", (), playlists.playlist),
    Endpoint("GET", "/playlists/{id}/items", ("playlist-read-private",), playlists.items),
    Endpoint("POST", "/playlists/{id}/items", (), playlist_items.add_items, 201),
    Endpoint("PUT", "/playlists/{id}/items", (), playlist_items.change_items),
    Endpoint("DELETE", "/playlists/{id}/items", (), playlist_items.remove_items),
    Endpoint("GET", "/tracks/{id}", (), track),
)

# What development mode lost in 2026, under any method, but for the endpoints above.
GONE = tuple(
    map(
        pattern_of,
        (
            "/(tracks|albums|artists|episodes|shows|audiobooks|chapters)", "/artists/{id}/top-tracks",
            "/artists/{id}/related-artists", "/browse/.+", "/markets", "/users/{id}(/playlists)?",
            "/me/(tracks|albums|episodes|shows|audiobooks|following)(/contains)?", "/playlists/{id}/tracks",
            "/playlists/{id}/followers(/contains)?", "/audio-features(/{id})?", "/audio-analysis/{id}", "/recommendations(/.+)?",
        ),
    )
)  # fmt: skip


async def web_api(standin: Standin, request: Request) -> Response:
    authorization = request.headers.get("authorization")
    try:
        consent = standin.oauth.bearer(authorization)
    except Refused as refused:
        no = refused.response()
        return await answered(standin, request, request.url.query, Asker(None, None), lambda _: no)
    sent = await request.body()
    asker = Asker(consent.user_id, consent.app.client_id)

    def usual(as_of: datetime) -> Response:
        try:
            return allowed(standin, request, consent, sent, as_of)
        except Refused as refused:
            return refused.response()

    return await answered(standin, request, request.url.query, asker, usual)


def allowed(standin: Standin, request: Request, consent: Consent, sent: bytes, as_of: datetime) -> Response:
    """The answer to somebody signed in. Raises Refused."""
    if consent.app.users is not None and consent.user_id not in consent.app.users:
        raise RefusedInText(403, NOT_REGISTERED)
    standin.quota.charge(consent.app.developer, standin.clock.now())
    api = f"{str(request.base_url).rstrip('/')}/v1"
    path = request.url.path.removeprefix("/v1").rstrip("/")
    endpoint, held = found(request.method, path)
    asked = Asked(
        standin=standin,
        consent=consent,
        api=api,
        url=f"{api}{path}",
        path=held,
        query=dict(request.query_params),
        body=parsed(sent),
        as_of=as_of,
    )
    asked.needs(*endpoint.scopes)
    told = endpoint.answer(asked)
    return Response(status_code=endpoint.status) if told is None else JSONResponse(told, endpoint.status)


def found(method: str, path: str) -> tuple[Endpoint, dict[str, str]]:
    """The endpoint, and what stands in its path. Raises Refused."""
    for endpoint in ENDPOINTS:
        if endpoint.method == method and (match := endpoint.pattern.fullmatch(path)):
            return endpoint, match.groupdict()
    if any(pattern.fullmatch(path) for pattern in GONE):
        raise Refused(403, "Forbidden")
    raise Refused(404, "Service not found")


def parsed(sent: bytes) -> object:
    try:
        return json.loads(sent) if sent else None
    except ValueError as error:
        raise Refused(400, "Error parsing JSON.") from error
