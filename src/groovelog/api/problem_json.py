"""A problem as it is told: application/problem+json (RFC 9457). Free of FastAPI, for what stands in front of the API."""

import json
from http import HTTPStatus

from starlette.responses import Response

PROBLEM_JSON = "application/problem+json"


def problem(status: int, detail: str, kind: str | None = None, headers: dict[str, str] | None = None) -> Response:
    """The answer that tells of it."""
    title = HTTPStatus(status).phrase
    kind = kind or title.lower().replace(" ", "-")
    told = {"type": f"urn:groovelog:problem:{kind}", "title": title, "status": status, "detail": detail}
    return Response(json.dumps(told, ensure_ascii=False), status, headers, PROBLEM_JSON)
