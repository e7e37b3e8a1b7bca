"""What a failed call of the Web API means: told by status, reason and the few texts that Spotify has no code for."""

from dataclasses import dataclass
from enum import StrEnum

from groovelog.spotify.sending import Answer

# Where Spotify names no time: the window of its rate limit, and an hour before a quota is tried again.
RATE_RETRY_S, QUOTA_RETRY_S = 30, 3_600
# A day is the longest ever seen (85,771 s); a header of more is not believed.
LONGEST_RETRY_S = 36 * 3_600
TOO_MANY_REQUESTS, SERVER_ERROR = 429, 500


class Kind(StrEnum):
    """Why a call failed; as the ledger, and blocks, name it."""

    RATE_LIMIT = "rate_limit"
    QUOTA_EXCEEDED = "quota_exceeded"
    PREMIUM_LAPSED = "premium_lapsed"
    NOT_ON_ALLOWLIST = "not_on_allowlist"
    SCOPE_MISSING = "scope_missing"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 (no secret)
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    BAD_REQUEST = "bad_request"
    SERVER_ERROR = "server_error"
    NONSENSE = "nonsense"


@dataclass(frozen=True)
class Fault:
    """One failed call; `retry_after_s`: for how long Spotify asks to be left alone, where it is a limit."""

    kind: Kind
    status: int
    retry_after_s: int = 0


class CallFailed(Exception):
    """A call that Spotify answered with a fault; inside this package only."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


def judge(answer: Answer) -> None:
    """Raises CallFailed for an answer that is not the one asked for: a fault, or a body that is no JSON object."""
    if answer.status < 200 or 300 <= answer.status < 400:
        raise CallFailed(Fault(Kind.NONSENSE, answer.status))
    if answer.status >= 400:
        raise CallFailed(classified(answer))
    if answer.body.strip() and not isinstance(answer.json, dict):
        raise CallFailed(Fault(Kind.NONSENSE, answer.status))


def classified(answer: Answer) -> Fault:
    """The fault of an answer of 400 and more."""
    reason, text = _told(answer)
    if answer.status == TOO_MANY_REQUESTS:
        quota = reason == "QUOTA_EXCEEDED"
        kind = Kind.QUOTA_EXCEEDED if quota else Kind.RATE_LIMIT
        return Fault(kind, answer.status, _retry_after(answer, QUOTA_RETRY_S if quota else RATE_RETRY_S))
    if answer.status >= SERVER_ERROR:
        return Fault(Kind.SERVER_ERROR, answer.status)
    if answer.status == 403:
        return Fault(_of_403(answer, text), answer.status)
    return Fault({401: Kind.TOKEN_REFUSED, 404: Kind.NOT_FOUND}.get(answer.status, Kind.BAD_REQUEST), answer.status)


def _of_403(answer: Answer, text: str) -> Kind:
    """403 has many meanings and no code; the texts are those seen in 2026."""
    said = text.lower()
    if "scope" in said or "insufficient_scope" in answer.headers.get("WWW-Authenticate", ""):
        return Kind.SCOPE_MISSING
    if "premium" in said:
        return Kind.PREMIUM_LAPSED
    if "not registered" in said or "not approved" in said:
        return Kind.NOT_ON_ALLOWLIST
    return Kind.FORBIDDEN


def _told(answer: Answer) -> tuple[str, str]:
    """Reason and message of the body, which may be JSON of either of two shapes, or plain text."""
    told = answer.json
    error = told.get("error") if isinstance(told, dict) else None
    if isinstance(error, dict):
        return str(error.get("reason")), str(error.get("message"))
    return "", answer.body[:1_000].decode("utf-8", "replace")


def _retry_after(answer: Answer, default: int) -> int:
    """Seconds; a header that is no whole number of them, or is missing, counts as `default`."""
    told = answer.headers.get("Retry-After", "").strip()
    if not (told.isascii() and told.isdigit()):
        return default
    return min(int(told[:9]), LONGEST_RETRY_S)
