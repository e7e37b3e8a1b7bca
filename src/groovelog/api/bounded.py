"""In front of the API: no body too large, no answer kept by anybody on the way, no fault without an answer."""

import asyncio
import logging
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from groovelog.api.problem_json import problem
from groovelog.api.problems import FAULT

# Of a body that is no upload: a key's wishes.
LARGEST_BODY = 64 * 1024
TOO_LARGE = "The body is larger than the {megabytes:,.1f} MB that are taken here."

log = logging.getLogger(__name__)


@dataclass
class Bounded:
    """`largest_upload` in bytes, for the body of `upload_path`."""

    app: ASGIApp
    largest_upload: int
    upload_path: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.largest_upload if scope["path"].endswith(self.upload_path) else LARGEST_BODY
        begun = False
        size = 0

        async def received() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > limit:
                raise _too_large(limit)
            return message

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        try:
            told = Headers(scope=scope).get("content-length", "")
            if told.isdecimal() and int(told) > limit:
                answer = problem(413, _too_large(limit).detail)
                await answer(scope, receive, sent)
                return
            await self.app(scope, received, sent)
        except (asyncio.CancelledError, KeyboardInterrupt, SystemExit):
            raise
        except ClientDisconnect:
            log.debug("The other side hung up")
        except BaseException as error:  # the outermost handler; panics of the Delta library are BaseExceptions
            # Only its kind: DuckDB quotes rows in what it says.
            log.error("The API failed: %s", type(error).__name__)
            log.debug("The API failed", exc_info=True)
            if begun:
                raise
            await problem(500, FAULT)(scope, receive, sent)


def _too_large(limit: int) -> HTTPException:
    return HTTPException(413, TOO_LARGE.format(megabytes=limit / 1e6))
