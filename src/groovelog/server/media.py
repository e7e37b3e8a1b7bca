"""Files that pages have made, at /media: given to whom they were made for, and to nobody else."""

from email.message import Message as Header

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from groovelog.access import Viewer
from groovelog.dashboard.downloads import FOR

PATH = "/media/"


class OwnMedia:
    """Turn away who asks for a file of another member. Streamlit asks nobody: an address that was passed on would do.

    Needs `scope["state"]["viewer"]`. A file tells by its type for whom it is (`dashboard.downloads`); in a group one
    that does not is for nobody.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PATH):
            await self._app(scope, receive, send)
            return
        viewer: Viewer | None = scope["state"]["viewer"]
        refused = False

        async def sent(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                kind, whose = _read(headers.get("content-type", ""))
                refused = viewer is None or viewer.listener_id != whose
                if refused:
                    # As for a file that is not there.
                    await PlainTextResponse("There is no such file.", status_code=404)(scope, receive, send)
                    return
                headers["content-type"] = kind
                headers["cache-control"] = "private, no-store"
                message = {**message, "headers": headers.raw}
            if not refused:
                await send(message)

        await self._app(scope, receive, sent)


def _read(content_type: str) -> tuple[str, str | None]:
    """The type without the mark, and whose it is."""
    header = Header()
    header["content-type"] = content_type
    whose = header.get_param(FOR)
    header.del_param(FOR)
    return header["content-type"], None if whose is None else str(whose)
