"""How the stand-in says no, in Spotify's words."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.responses import JSONResponse, PlainTextResponse, Response

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
PREMIUM_LAPSED = (
    "Active premium subscription required for the owner of the app. When the subscription status changes, "
    "it can take a few hours before requests are allowed again."
)
NOT_REGISTERED = "User not registered in the Developer Dashboard"


class Refused(Exception):
    """The Web API's no: a JSON error, with a reason where Spotify gives one."""

    def __init__(
        self, status: int, message: str, *, reason: str | None = None, headers: Mapping[str, str] = NO_HEADERS
    ) -> None:
        super().__init__(message)
        told: dict[str, object] = {"status": status, "message": message}
        self.status = status
        self.body = {"error": told if reason is None else {**told, "reason": reason}}
        self.headers = headers

    def response(self) -> Response:
        return JSONResponse(self.body, self.status, self.headers)


class RefusedInText(Refused):
    """A no whose body is plain text, as Spotify's gateway answers for the app as a whole."""

    def response(self) -> Response:
        return PlainTextResponse(str(self), self.status)


class TokenRefused(Exception):
    """The token endpoint's no: always 400, with an error code of OAuth."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error

    def response(self) -> Response:
        return JSONResponse({"error": self.error, "error_description": str(self)}, 400)


def rate_limited(retry_after: int) -> Refused:
    return Refused(429, "API rate limit exceeded", headers={"Retry-After": str(retry_after)})


def quota_exceeded(retry_after: int) -> Refused:
    return Refused(429, "Too many requests", reason="QUOTA_EXCEEDED", headers={"Retry-After": str(retry_after)})


def lacks_scope() -> Refused:
    return Refused(
        403,
        "Insufficient client scope",
        headers={"WWW-Authenticate": 'Bearer realm="spotify", error="insufficient_scope"'},
    )
