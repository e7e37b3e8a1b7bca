"""What goes wrong, as problem+json (RFC 9457): which status each error has, and what may be told of it."""

import logging
import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from groovelog import errors
from groovelog.api.problem_json import problem
from groovelog.errors import GroovelogError

# Error -> status; of several that fit the first. What has none is 500.
STATUSES: tuple[tuple[type[GroovelogError], int], ...] = (
    (errors.UsageError, 422),
    (errors.NotFoundError, 404),
    (errors.NotAllowed, 403),
    (errors.NothingToTell, 404),
    (errors.ImportFailed, 422),
    (errors.LakeBusyError, 409),
    (errors.LakeError, 503),
    (errors.BackupError, 503),
    (errors.StateError, 503),
    (errors.Blocked, 429),
    (errors.NoCredentials, 409),
    (errors.NotSignedIn, 409),
    (errors.ScopeMissing, 409),
    (errors.SpotifyError, 502),
)
BUSY = "Another program is writing into the lake and has not ended. Ask again in a minute."
# Sentences about the lake, its backups and state.db name places on the server's disk.
OUT_OF_ORDER = "What this Groovelog keeps cannot be used just now. Its log says why, to whoever runs it."
FAULT = "A fault in Groovelog. Its log says more, to whoever runs it."
HOME = "the home folder"
SHARING = " Each decides that for themselves, on the page Settings."

log = logging.getLogger(__name__)


class Problem(BaseModel):
    """What went wrong, and what to do."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:groovelog:problem:not-found",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "There is no report 'top-artist'. Did you mean top-artists?",
                }
            ]
        }
    )

    type: str = Field(description="Which kind of problem, for programs.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="A sentence for people: what is wrong, and what to do.")


def of_error(error: GroovelogError, home: Path) -> Response:
    """The answer that tells of an error, without what is nobody's business outside the server's machine."""
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
    headers = {}
    if isinstance(error, errors.LakeBusyError):
        detail, headers = BUSY, {"Retry-After": "60"}
    elif isinstance(error, errors.LakeError | errors.StateError | errors.BackupError):
        log.warning("The API could not answer: %s", error.message)
        detail = OUT_OF_ORDER
    else:
        detail = error.message.replace(str(home), HOME)
        if isinstance(error, errors.NobodyShows | errors.NotShown):
            detail += SHARING
    kind = "nothing-to-tell" if isinstance(error, errors.NothingToTell) else None
    return problem(status, detail, kind, headers)


def handle(app: FastAPI, home: Path) -> None:
    """Let the app answer every error as a problem."""

    def of_groovelog(_request: Request, error: Exception) -> Response:
        assert isinstance(error, GroovelogError)  # noqa: S101 - what it is registered for
        return of_error(error, home)

    def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers = {"Allow": ", ".join(_methods(app, request))}
        # FastAPI's word for a body that is no text at all; one that is no JSON is 422.
        status = 422 if error.status_code == HTTPStatus.BAD_REQUEST else error.status_code
        return problem(status, _sentence(error), headers=headers)

    def of_question(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - what it is registered for
        return problem(422, " ".join(dict.fromkeys(map(_wrong, error.errors()))))

    app.add_exception_handler(GroovelogError, of_groovelog)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(RequestValidationError, of_question)


def _sentence(error: HTTPException) -> str:
    """Starlette's own say no more than the status."""
    told = {
        404: "There is nothing at this address. /api/docs lists what there is.",
        405: "This address does not take that method. /api/docs tells which it takes.",
        400: "The body of the request cannot be read.",
    }
    plain = error.detail == HTTPStatus(error.status_code).phrase or error.status_code == HTTPStatus.BAD_REQUEST
    return told.get(error.status_code, error.detail) if plain else error.detail


def _methods(app: FastAPI, request: Request) -> list[str]:
    """The methods that the address takes, as described. Starlette tells those of the first route alone."""
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    described = app.openapi()["paths"].items()
    found = [methods for template, methods in described if re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path)]
    return sorted(method.upper() for methods in found for method in methods) or ["GET"]


def _wrong(told: dict[str, Any]) -> str:
    """What is wrong with one value, without the value."""
    name = ".".join(str(part) for part in told["loc"][1:]) or "the body"
    if told["type"] == "extra_forbidden":
        return f"There is nothing called {name} to ask here."
    if told["type"] == "missing":
        return f"{name} is missing."
    return f"{name}: {told['msg']}."
