"""Whatever JSON Spotify answers, in whatever place of a page: rows are counted, and nothing but our own errors comes out."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scene import NOON, TRACKS, Setting, account, song

from groovelog.demo.standin.music_shapes import track_object
from groovelog.errors import SpotifyDown, SpotifyError
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.asking import ask_playlists, ask_saved_tracks, ask_top_items
from groovelog.pipeline.polling import keep_page
from groovelog.state import polls

Setup = Callable[..., Setting]
Page = dict[str, Any]

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=8)
JUNK = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))
# Where junk stands in an item: () is the whole item.
PLACES = [
    (), ("played_at",), ("context",), ("context", "uri"), ("context", "type"), ("track",), ("track", "uri"),
    ("track", "id"), ("track", "name"), ("track", "artists"), ("track", "artists", 0), ("track", "artists", 0, "name"),
    ("track", "album"), ("track", "album", "name"), ("track", "external_ids"), ("track", "external_ids", "isrc"),
    ("track", "duration_ms"), ("track", "type"), ("added_at",), ("id",), ("snapshot_id",), ("items",), ("uri",),
]  # fmt: skip
DAMAGE = st.lists(st.tuples(st.sampled_from(PLACES), JUNK), max_size=3)
FAST = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def spoilt(item: Any, damage: list[tuple[tuple[str | int, ...], Any]]) -> Any:
    """The item with junk in these places, as far as they are still there."""
    told = [deepcopy(item)]
    for place, junk in damage:
        at: Any = told
        *way, last = (0, *place)
        try:
            for step in way:
                at = at[step]
            at[last] = junk
        except (IndexError, KeyError, TypeError):
            continue
    return told[0]


def as_sent(page: Any) -> Any:
    """Through the bytes that Python makes of it and reads again: NaN and lone surrogates are among them."""
    return json.loads(json.dumps(page))


def played(number: int) -> Page:
    """A sound item of a page of recently played tracks."""
    at = song(number, NOON - timedelta(minutes=5 * number)).stopped_at
    track = track_object("", TRACKS[number % len(TRACKS)])
    return {"track": track, "played_at": at.isoformat(), "context": {"type": "album", "uri": "spotify:album:1"}}


@pytest.fixture
def ann(setting: Setup) -> tuple[Setting, str]:
    made = setting(account("ann"))
    with open_snapshot(made.home.lake) as snapshot:
        return made, snapshot.listeners()[0].listener_id


@FAST
@given(st.lists(DAMAGE, min_size=1, max_size=8))
@example([[((), "\ud800")], [(("track", "name"), "\x00\ud800")], [(("played_at",), "9999-12-31T23:59:59.999-23:59")]])
@example([[(("track", "duration_ms"), float("nan"))], [(("track", "duration_ms"), 10**30)]])
def test_every_row_of_a_page_is_stored_known_or_unreadable(ann: tuple[Setting, str], damage: list[Any]) -> None:
    at, listener_id = ann
    items = [spoilt(played(number), each) for number, each in enumerate(damage)]
    made, _ = keep_page(at.home, listener_id, as_sent({"items": items}), calls=1, now=NOON)
    assert made.stored + made.duplicates + made.unreadable == len(items)
    sound = [each for each in damage if not each]
    assert made.stored + made.duplicates >= len(sound)


@FAST
@given(st.dictionaries(st.sampled_from(["items", "cursors", "next", "x"]), JUNK))
def test_an_answer_that_is_no_page_is_told(ann: tuple[Setting, str], page: Page) -> None:
    at, listener_id = ann
    try:
        made, _ = keep_page(at.home, listener_id, as_sent(page), calls=1, now=NOON)
    except SpotifyDown:
        assert not isinstance(page.get("items", ""), list)
    else:
        assert made.stored + made.duplicates + made.unreadable == len(page["items"] or ())


class Answering:
    """A client whose every answer is this page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def top(self, *_: object) -> Page:
        return self.page

    playlists = playlist_items = saved_tracks = top


@FAST
@given(st.lists(DAMAGE, max_size=4), st.none() | st.integers(0, 4), JUNK, st.booleans())
@example([], None, {"items": {"items": None}}, True)
def test_lists_of_anything_are_kept_or_refused(
    ann: tuple[Setting, str], damage: list[Any], total: int | None, junk: Any, whole: bool
) -> None:
    at, listener_id = ann
    sound = {
        "track": track_object("", TRACKS[0]), "added_at": "2026-11-01T00:00:00Z", "id": "3cEYpjA9oz9GiPac4AsH4n",
        "name": "A list", "snapshot_id": "s", "items": {"total": 1}, "uri": "spotify:track:1",
    }  # fmt: skip
    rows = [spoilt(sound, each) for each in damage]
    page = as_sent({"items": junk} if whole else {"items": rows, "total": total})
    for ask in (ask_top_items, ask_playlists, ask_saved_tracks):
        polls.forget(at.state, listener_id)
        try:
            ask(at.home, at.state, listener_id, Answering(page), NOON)  # type: ignore[arg-type]
        except SpotifyError:
            assert not isinstance(page["items"], list)
