"""A request to the Web API, as its endpoint sees it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from groovelog.demo.catalogue import Item, Track
from groovelog.demo.standin.music_shapes import Json
from groovelog.demo.standin.oauth import Consent
from groovelog.demo.standin.refusals import Refused, lacks_scope
from groovelog.demo.standin.state import Standin

MOST, USUAL = 50, 20  # rows of a page


@dataclass(frozen=True)
class Asked:
    """`api` is the address of the Web API without a slash at its end; `path` holds what stands for {id}; `as_of` is now,
    or earlier where a stale answer is on order. `body` is the JSON that was sent, None without any.
    """

    standin: Standin
    consent: Consent
    api: str
    url: str
    path: dict[str, str]
    query: dict[str, str]
    body: object
    as_of: datetime

    @property
    def user_id(self) -> str:
        return self.consent.user_id

    @property
    def item_key(self) -> str:
        return "track" if self.consent.app.old_names else "item"

    @property
    def items_key(self) -> str:
        return "tracks" if self.consent.app.old_names else "items"

    def number(self, name: str, usual: int, least: int, most: int) -> int:
        """A whole number of the query. Raises Refused."""
        try:
            told = int(self.query.get(name, usual))
        except ValueError as error:
            raise Refused(400, f"Invalid {name}") from error
        if not least <= told <= most:
            raise Refused(400, f"Invalid {name}")
        return told

    def needs(self, *scopes: str) -> None:
        """Raises Refused unless every scope was granted."""
        if not set(scopes) <= set(self.consent.scopes):
            raise lacks_scope()

    def track(self, uri: str) -> Track:
        """Raises Refused for what is no track of the catalogue."""
        item: Item | None = self.standin.items.get(uri)
        if not isinstance(item, Track):
            raise Refused(404, "Resource not found")
        return item

    def page(self, offset_most: int = 100_000) -> "Page":
        return Page(
            self.url, self.number("limit", USUAL, 1, MOST), self.number("offset", 0, 0, offset_most), self.query
        )


@dataclass(frozen=True)
class Page:
    """Which rows of a list are asked for, counted from 0."""

    url: str
    limit: int
    offset: int
    query: dict[str, str]

    @property
    def rows(self) -> slice:
        return slice(self.offset, self.offset + self.limit)

    def at(self, offset: int) -> str:
        return f"{self.url}?{urlencode({**self.query, 'offset': offset, 'limit': self.limit})}"

    def of(self, items: list[Json], total: int) -> Json:
        """The paging object around the rows of this page."""
        before, after = self.offset - self.limit, self.offset + self.limit
        return {
            "href": self.at(self.offset),
            "items": items,
            "limit": self.limit,
            "next": self.at(after) if after < total else None,
            "offset": self.offset,
            "previous": self.at(max(0, before)) if self.offset else None,
            "total": total,
        }
