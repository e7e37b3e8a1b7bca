"""What the server logs, and how: plain lines, or JSON objects a line each; secrets are struck out of every one.

A request is logged by the template of its route, its status and how long it took: never its address, which may hold a name,
a token or a code, nor who sent it.
"""

import json
import logging
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from groovelog.config import LogFormat

STRUCK = "***"

# The last line of defence: nothing of this is ever logged on purpose.
_SECRETS = re.compile(
    r"""
    (?P<kept> \b(?:authorization|bearer|token|basic)\b ["']? [\s:=]+ (?:(?:bearer|token|basic)\s+)? )   # headers
        ["']? (?=\S*[0-9]) [A-Za-z0-9._~+/=-]{12,}
    | (?P<name> [?&;\s"'{]? \b(?:\w*token|code|state|client_secret|code_verifier|password|secret|secret_key|key|word) )
        (?P<sign> ["']? \s* (?:=|["']\s*:) \s* ["']? ) [^\s"'&,;}]+                                      # parameters, JSON
    | \b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}\b           # an API key
    | \b[0-9a-f]{32}(?:[0-9a-f]{32})?\b                                                                  # a client's secret
    | (?<![\w-]) (?-i: (?=[\w-]*[0-9]) (?=[\w-]*[A-Z]) (?=[\w-]*[a-z])) [\w-]{40,} =*                   # tokens, words
    """,
    re.VERBOSE | re.IGNORECASE,
)

_requests = logging.getLogger("groovelog.requests")


def struck(text: str) -> str:
    """The text without anything that looks like a key, token or password.

    >>> struck("GET /callback?code=abc&state=xyz")
    'GET /callback?code=***&state=***'
    """
    return _SECRETS.sub(_replaced, text)


def _replaced(found: re.Match[str]) -> str:
    if found["name"] is not None:
        return f"{found['name']}{found['sign']}{STRUCK}"
    return f"{found['kept'] or ''}{STRUCK}"


class Plain(logging.Formatter):
    """A line for people."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s:%(name)s:%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return struck(super().format(record))


class Json(logging.Formatter):
    """One JSON object a line: time (ISO 8601, UTC), level, logger, message, the fields of a request, exception."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": struck(record.getMessage()),
        }
        told |= getattr(record, "fields", {})
        if record.exc_info:
            told["exception"] = struck(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


FORMATTERS: dict[LogFormat, type[logging.Formatter]] = {"plain": Plain, "json": Json}


def set_up(log_format: LogFormat) -> None:
    """Log to stderr in this form from now on, whatever library logs."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATTERS[log_format]())
    logging.getLogger().handlers[:] = [handler]
    logging.setLogRecordFactory(_struck_record)
    # Libraries that print by handlers of their own go through ours.
    for logger in map(logging.getLogger, list(logging.root.manager.loggerDict)):
        if logger.handlers:
            logger.handlers.clear()
            logger.propagate = True


def _struck_record(*told: Any, **named: Any) -> logging.LogRecord:
    """Struck where it is made, too, for a library that is loaded later may bring a handler of its own."""
    record = logging.LogRecord(*told, **named)
    with suppress(KeyError, TypeError, ValueError):  # a message that its arguments do not fit: the handler tells that
        record.msg, record.args = struck(record.getMessage()), None
    return record


def request(method: str, route: str, status: int, ms: float) -> None:
    """One request that is over."""
    level = logging.WARNING if status >= 500 else logging.INFO
    fields = {"method": method, "route": route, "status": status, "ms": round(ms, 1)}
    _requests.log(level, "%s %s %d %.1f ms", method, route, status, ms, extra={"fields": fields})
