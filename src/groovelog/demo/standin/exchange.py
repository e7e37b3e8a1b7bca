"""One request and its answer: what befalls it, and the record of it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from groovelog.demo.standin.faults import INSTEAD, SPOILT, Fault
from groovelog.demo.standin.state import Call, Standin

# Makes the usual answer, with lists as of a time.
Usual = Callable[[datetime], Response]


@dataclass(frozen=True)
class Asker:
    """Whom a request comes from, as far as its token or form tells."""

    user_id: str | None
    client_id: str | None


async def answered(standin: Standin, request: Request, query: str, asker: Asker, usual: Usual) -> Response:
    """The answer, with the fault that is on order for it, if any."""
    path = request.url.path.rstrip("/")
    call = Call(request.method, path, query, asker.user_id, asker.client_id, None, standin.clock.now())
    place = len(standin.calls)
    standin.calls.append(call)
    fault = standin.faults.taken(request.method, path, asker.user_id)
    response = usual(standin.clock.now()) if fault is None else await faulty(standin, request, fault, usual)
    standin.calls[place] = replace(call, status=response.status_code)
    return response


async def faulty(standin: Standin, request: Request, fault: Fault, usual: Usual) -> Response:
    now = standin.clock.now()
    if fault.kind in INSTEAD:
        if fault.carried_out:
            usual(now)
        return INSTEAD[fault.kind](fault)
    if fault.kind == "hang":
        await hung(request, fault.seconds)
        return usual(standin.clock.now())
    if fault.kind == "stale":
        return usual(now - timedelta(minutes=fault.minutes))
    response = usual(now)
    return Response(
        SPOILT[fault.kind](bytes(response.body), fault), response.status_code, media_type="application/json"
    )


async def hung(request: Request, seconds: float) -> None:
    """Wait, but no longer than somebody waits for the answer: a stand-in that stops would wait too."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await request.receive())["type"] != "http.disconnect":
                pass
