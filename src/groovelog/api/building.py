"""Put the API together: its routes, its errors, its description."""

from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse

from groovelog.api import collecting, events, imports, keys, lake, listeners, playlists, recommendations, reports
from groovelog.api.asking import Shared
from groovelog.api.bounded import Bounded
from groovelog.api.docs_page import SECURITY, example_of, page
from groovelog.api.problem_json import PROBLEM_JSON
from groovelog.api.problems import Problem, handle
from groovelog.lake.home import Home
from groovelog.pipeline import import_jobs
from groovelog.state.database import State

VERSION = "/v1"
ABOUT = (
    "The reports, imports and verbs of Groovelog for programs. Send a key as `Authorization: Bearer KEY` (or `Token KEY`); a "
    "page of Groovelog asks by its session. You see your own reports, and of others what reports of the group tell, as far as "
    "they share. What goes wrong is told as application/problem+json."
)
# What any operation may answer, and when.
REFUSALS = {
    401: "No key and no session, or one that is not known or revoked.",
    403: "The key's scope is too small, somebody does not show that, or it is for the owner alone.",
    404: "There is no such thing that you may see, or nothing kept can answer.",
    406: "None of the forms that Accept asks for.",
    409: "Not now: something else is under way, or somebody is not connected.",
    413: "The body is too large.",
    415: "The body is of another kind.",
    422: "A value that cannot be right.",
    429: "Spotify's quota is used up; Retry-After tells when to ask again.",
    500: "A fault in Groovelog.",
    502: "Spotify does not do what was asked.",
    503: "What Groovelog keeps cannot be used just now.",
}
ALL = (401, 403, 404, 413, 422, 500, 503)
# Those of an operation beside ALL.
MORE = {
    "get_report": (406,),
    "start_import": (409, 415),
    "get_receipt": (409,),
    "list_import_rows": (409,),
    "collect_now": (409, 429, 502),
    "back_up_now": (409,),
    "push_now": (409,),
    "pull_now": (409,),
}

_bearer = HTTPBearer(auto_error=False, scheme_name="key", description="A key of scope read or write.")


def build(home: Home, state: State, largest_upload: int) -> FastAPI:
    """The API of one home and its state; `largest_upload` in bytes."""
    bounded = Middleware(Bounded, largest_upload=largest_upload, upload_path=f"{VERSION}/imports")
    app = FastAPI(
        title="Groovelog API",
        description=ABOUT,
        version="1",
        openapi_url=f"{VERSION}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[bounded],
        generate_unique_id_function=_name,
    )
    app.state.shared = Shared(home, state, import_jobs.of_home(home))
    for resource in (reports, listeners, playlists, recommendations, imports, collecting, events, lake, keys):
        app.include_router(resource.router, prefix=VERSION, dependencies=[Depends(_bearer)])
    handle(app, home.root.absolute())
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]

    @app.get("/docs", include_in_schema=False)
    def docs(request: Request) -> HTMLResponse:
        base = request.scope.get("root_path", "")
        told = {**app.openapi(), "servers": [{"url": base}]}
        return HTMLResponse(page(told), headers={"Content-Security-Policy": SECURITY})

    return app


def _name(route: APIRoute) -> str:
    return route.name


def _described(app: FastAPI) -> dict[str, Any]:
    """The description, made once: FastAPI's, with every refusal, and with examples of what is answered."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = schema["components"]["schemas"]
        schemas |= {"Problem": Problem.model_json_schema()}
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _complete(operation, schema)
        app.openapi_schema = schema
    return app.openapi_schema


def _complete(operation: dict[str, Any], schema: dict[str, Any]) -> None:
    # A session, or an install on one's own machine, asks without a key.
    operation["security"] = [{"key": []}, {}]
    answers = operation["responses"]
    for status in sorted((*ALL, *MORE.get(operation["operationId"], ()))):
        answers[str(status)] = {
            "description": REFUSALS[status],
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    for answer in answers.values():
        told = answer.get("content", {}).get("application/json")
        if told is not None:
            told["example"] = example_of(told["schema"], schema)
