"""The ASGI app: Spotify's two hosts under one address, and what turns the clock and orders faults."""

from datetime import datetime, timedelta
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from groovelog.demo.standin.consent import consent_page, token
from groovelog.demo.standin.faults import Fault
from groovelog.demo.standin.state import Standin
from groovelog.demo.standin.web_api import web_api
from groovelog.demo.standin.written import timestamp

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")


def asgi_app(standin: Standin) -> Starlette:
    return Starlette(
        routes=[
            Route("/authorize", partial(consent_page, standin), methods=["GET", "POST"]),
            Route("/api/token", partial(token, standin), methods=["POST"]),
            Route("/v1/{path:path}", partial(web_api, standin), methods=METHODS),
            Route("/standin/clock", partial(clock, standin), methods=["GET", "POST"]),
            Route("/standin/faults", partial(faults, standin), methods=["POST", "DELETE"]),
            Route("/standin/calls", partial(calls, standin)),
        ]
    )


async def clock(standin: Standin, request: Request) -> Response:
    """POST {"now": ISO 8601} sets it, {"advance_s": seconds} moves it; both and GET answer the time."""
    if request.method == "POST":
        try:
            match await request.json():
                case {"now": str(text)}:
                    standin.clock.set(aware(text))
                case {"advance_s": (int() | float()) as seconds}:
                    standin.clock.advance(timedelta(seconds=seconds))
                case _:
                    raise ValueError('send {"now": ISO 8601 with an offset} or {"advance_s": seconds}')
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)
    return JSONResponse({"now": timestamp(standin.clock.now())})


async def faults(standin: Standin, request: Request) -> Response:
    """POST the fields of a Fault, or a list of such; DELETE takes back all that are on order."""
    if request.method == "DELETE":
        standin.faults.clear()
    else:
        try:
            told = await request.json()
            ordered = [Fault(**fields) for fields in (told if isinstance(told, list) else [told])]
        except (TypeError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)
        for fault in ordered:
            standin.faults.order(fault)
    return Response(status_code=204)


async def calls(standin: Standin, request: Request) -> Response:
    """Every request since the start, the oldest first."""
    return JSONResponse([{**vars(call), "at": timestamp(call.at)} for call in standin.calls])


def aware(text: str) -> datetime:
    """Raises ValueError for no time and for one without an offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no offset; write {text}Z for UTC")
    return moment
