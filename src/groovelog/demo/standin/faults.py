"""Faults on order: what the next requests get instead of, or done to, their answer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from starlette.responses import HTMLResponse, PlainTextResponse, Response

from groovelog.demo.standin.refusals import (
    NOT_REGISTERED,
    PREMIUM_LAPSED,
    Refused,
    RefusedInText,
    TokenRefused,
    quota_exceeded,
    rate_limited,
)

Body = dict[str, list[dict[str, object]]]


@dataclass(frozen=True)
class Fault:
    """What befalls the next `times` requests whose path begins with `path`, of one user and method or of all.

    `kind` is a key of INSTEAD or of SPOILT, or `hang` (the answer waits `seconds`) or `stale` (a list as of `minutes` ago).
    `retry_after` in seconds belongs to `rate_limited` and `quota_exceeded`, `status` to `server_error`, `plays` to `missing`
    and `duplicate`. With `carried_out` what was asked for is done before the fault hides it.
    """

    kind: str
    times: int = 1
    path: str = "/v1"
    user_id: str | None = None
    method: str | None = None
    status: int = 503
    retry_after: int = 5
    seconds: float = 0.0
    minutes: float = 0.0
    plays: int = 1
    carried_out: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no fault. There are {', '.join(sorted(KINDS))}.")

    def befalls(self, method: str, path: str, user_id: str | None) -> bool:
        return path.startswith(self.path) and self.user_id in {None, user_id} and self.method in {None, method}


def server_error(fault: Fault) -> Response:
    page = "<html><head><title>Error</title></head><body><h1>Server Error</h1></body></html>"
    return HTMLResponse(page, fault.status)


INSTEAD: Mapping[str, Callable[[Fault], Response]] = MappingProxyType(
    {
        "unauthorized": lambda _: Refused(401, "The access token expired").response(),
        "forbidden": lambda _: Refused(403, "Forbidden").response(),
        "premium_lapsed": lambda _: RefusedInText(403, PREMIUM_LAPSED).response(),
        "not_registered": lambda _: RefusedInText(403, NOT_REGISTERED).response(),
        "not_found": lambda _: Refused(404, "Resource not found").response(),
        "rate_limited": lambda fault: rate_limited(fault.retry_after).response(),
        "quota_exceeded": lambda fault: quota_exceeded(fault.retry_after).response(),
        "server_error": server_error,
        "invalid_grant": lambda _: TokenRefused("invalid_grant", "Refresh token revoked").response(),
        "nonsense": lambda _: PlainTextResponse("ok, said the heron", 200, media_type="application/json"),
    }
)


def without_newest(body: Body, fault: Fault) -> Body:
    return {**body, "items": body["items"][fault.plays :]}


def with_twins(body: Body, fault: Fault) -> Body:
    items = body["items"]
    return {**body, "items": [twin for row in items[: fault.plays] for twin in (row, row)] + items[fault.plays :]}


def without_track(body: Body, _: Fault) -> Body:
    first, *rest = body["items"]
    return {**body, "items": [{**first, "track": None}, *rest]}


def without_time(body: Body, _: Fault) -> Body:
    first, *rest = body["items"]
    return {**body, "items": [{key: told for key, told in first.items() if key != "played_at"}, *rest]}


def through_json(spoil: Callable[[Body, Fault], Body]) -> Callable[[bytes, Fault], bytes]:
    """An answer without rows stays as it is."""

    def spoilt(body: bytes, fault: Fault) -> bytes:
        told = json.loads(body)
        return json.dumps(spoil(told, fault)).encode() if told.get("items") else body

    return spoilt


SPOILT: Mapping[str, Callable[[bytes, Fault], bytes]] = MappingProxyType(
    {
        "truncated": lambda body, _: body[: len(body) // 2],
        "missing": through_json(without_newest),
        "duplicate": through_json(with_twins),
        "damaged_track": through_json(without_track),
        "damaged_time": through_json(without_time),
    }
)
KINDS = {*INSTEAD, *SPOILT, "hang", "stale"}


class Faults:
    """The faults on order; of several that befall one request the first one ordered does."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        self._ordered.append(fault)

    def clear(self) -> None:
        self._ordered.clear()

    def taken(self, method: str, path: str, user_id: str | None) -> Fault | None:
        """The fault of a request, which is then one request nearer to its end."""
        for place, fault in enumerate(self._ordered):
            if fault.befalls(method, path, user_id):
                self._ordered[place : place + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                return fault
        return None
