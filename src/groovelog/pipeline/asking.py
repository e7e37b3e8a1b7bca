"""What is asked of the Web API beside plays: top lists and saved tracks once a day (UTC), playlists that have changed.

What was read is remembered only when it is on disk.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal

from groovelog.errors import NotAtSpotify, Refused, SpotifyDown
from groovelog.lake import compact, top_items
from groovelog.lake.home import Home
from groovelog.lake.run import begins_again
from groovelog.lake.saved import keep_saved, known_playlists, latest_library, snapshot_id
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Entry, Playlist, TopList
from groovelog.pipeline.running import running
from groovelog.sources import spotify_asked
from groovelog.sources.found import Unusable
from groovelog.sources.saved import Saved
from groovelog.sources.spotify_api import items_of
from groovelog.spotify.client import Client
from groovelog.state import polls
from groovelog.state.database import State

RANGES: tuple[Literal["short_term", "medium_term", "long_term"], ...] = ("short_term", "medium_term", "long_term")
KINDS: tuple[tuple[Literal["tracks", "artists"], str], ...] = (("tracks", "track"), ("artists", "artist"))
PAGE = 50

Page = dict[str, Any]


def ask_top_items(home: Home, state: State, listener_id: str, client: Client, now: datetime) -> None:
    """The top tracks and artists of three time ranges, each once a day. Raises SpotifyError; what was read is kept."""
    lists: list[TopList] = []
    try:
        for kind, item_type in KINDS:
            for time_range in RANGES:
                if not _asked_today(state, listener_id, f"top {kind} {time_range}", now):
                    lists.append(spotify_asked.top_list(time_range, item_type, _items(client.top(kind, time_range))))
    finally:
        if lists:
            _keep_top(home, listener_id, lists, now)
            for told in lists:
                _remember(state, listener_id, f"top {told.item_type}s {told.time_range}", now)


def ask_saved_tracks(home: Home, state: State, listener_id: str, client: Client, now: datetime) -> None:
    """The saved tracks, once a day, page by page until the rest is known; kept where they have changed."""
    if _asked_today(state, listener_id, "saved tracks", now):
        return
    with open_snapshot(home.lake) as snapshot:
        known = latest_library(snapshot, listener_id, spotify_asked.NAME)
    read: tuple[Entry, ...] = ()
    library = None
    for page in _pages(client.saved_tracks):
        read += spotify_asked.library(_items(page))
        if library := spliced(read, known, page.get("total")):
            break
    library = library or read
    if library != known:
        _keep(home, listener_id, Saved(spotify_asked.NAME, library=library, library_id=snapshot_id(library, now)), now)
    _remember(state, listener_id, "saved tracks", now)


def spliced(read: tuple[Entry, ...], known: tuple[Entry, ...], total: Any) -> tuple[Entry, ...] | None:
    """All saved tracks, the latest first: what was read, and behind it what is known; None as long as more must be read.

    What was read ends with some that are known, which go on as they are known; and together they are `total`. So neither
    a track that was saved nor one that was taken out is passed over.
    """
    places = {entry: place for place, entry in enumerate(known)}
    for first, entry in enumerate(read):
        if (place := places.get(entry)) is not None:
            whole = read[:first] + known[place:]
            return whole if len(whole) == total and whole[: len(read)] == read else None
    return None


def ask_playlists(home: Home, state: State, listener_id: str, client: Client, now: datetime) -> None:
    """The list of playlists once a day, and of those that changed since they were kept what they hold.

    Where Spotify does not show that, name and description are kept. Raises SpotifyError; what was read is kept.
    """
    if _asked_today(state, listener_id, "playlists", now):
        return
    with open_snapshot(home.lake) as snapshot:
        known = known_playlists(snapshot, listener_id)
    read: list[Playlist] = []
    try:
        for told in _listed(client):
            if (told["id"], spotify_asked.version(told)) not in known:
                read.append(_whole(client, told))
    finally:
        if read:
            _keep(home, listener_id, Saved(spotify_asked.NAME, tuple(read)), now)
    _remember(state, listener_id, "playlists", now)


def _listed(client: Client) -> Iterator[Page]:
    seen = set()
    for page in _pages(client.playlists):
        for told in _items(page):
            playlist_id = told.get("id") if isinstance(told, dict) else None
            if isinstance(playlist_id, str) and playlist_id and playlist_id not in seen:
                seen.add(playlist_id)
                yield told


def _whole(client: Client, told: Page) -> Playlist:
    rows: list[Any] = []
    if spotify_asked.shows_items(told):
        try:
            for page in _pages(lambda offset: client.playlist_items(told["id"], offset)):
                rows += _items(page)
        except (NotAtSpotify, Refused):
            rows = []
    return spotify_asked.playlist(told, rows)


def _pages(ask: Callable[[int], Page]) -> Iterator[Page]:
    """Page after page, as long as they are full or more are said to follow."""
    offset = 0
    while True:
        page = ask(offset)
        yield page
        count = len(_items(page))
        offset += PAGE
        total = page.get("total")
        if not count or (offset >= total if isinstance(total, int) else count < PAGE):
            return


def _items(page: Page) -> list[Any]:
    try:
        return items_of(page)
    except Unusable as error:
        raise SpotifyDown(f"Spotify answered with something else: {error.reason}.") from error


@begins_again
def _keep_top(home: Home, listener_id: str, lists: list[TopList], now: datetime) -> None:
    with running(home, now) as run:
        top_items.keep(run, listener_id, lists)
        run.publish("collect")
        compact.tidy(home, run)


@begins_again
def _keep(home: Home, listener_id: str, told: Saved, now: datetime) -> None:
    with running(home, now) as run:
        if any(person.listener_id == listener_id for person in run.snapshot.listeners()):
            keep_saved(run, listener_id, {1: [replace(told, captured_at=now)]})
            run.publish("collect")
            compact.tidy(home, run)


def _asked_today(state: State, listener_id: str, what: str, now: datetime) -> bool:
    return polls.value(state, listener_id, what) == _day(now)


def _remember(state: State, listener_id: str, what: str, now: datetime) -> None:
    polls.set_value(state, listener_id, what, _day(now), at=now)


def _day(now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y-%m-%d}"
