"""Pages of a list: Link headers (RFC 8288) and how many entries there are in all."""

from typing import TypeVar

from fastapi import Request
from starlette.responses import Response

Entry = TypeVar("Entry")

TOTAL = "X-Total-Count"
HEADERS = {
    TOTAL: {"description": "Entries in all.", "schema": {"type": "integer"}},
    "Link": {
        "description": "The pages before and after: rel first, prev, next, last.",
        "schema": {"type": "string"},
    },
}


def links(request: Request, total: int, limit: int, offset: int) -> dict[str, str]:
    """The headers of a page. Addresses are told without a host: a proxy in front has another."""
    last = max(0, (total - 1) // limit * limit)
    pages = {"first": 0, "last": last}
    if offset > 0:
        pages["prev"] = max(0, offset - limit)
    if offset + limit < total:
        pages["next"] = offset + limit
    told = (f'<{_at(request, limit, at)}>; rel="{name}"' for name, at in pages.items())
    return {TOTAL: str(total), "Link": ", ".join(told)}


def page(request: Request, response: Response, entries: list[Entry], limit: int, offset: int) -> list[Entry]:
    """The entries of the page; its headers go to the response."""
    response.headers.update(links(request, len(entries), limit, offset))
    return entries[offset : offset + limit]


def _at(request: Request, limit: int, offset: int) -> str:
    url = request.url.include_query_params(limit=limit, offset=offset)
    return f"{url.path}?{url.query}"
