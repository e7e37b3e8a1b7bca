"""Pages of the Web API in any order, overlapping and repeated, with damaged rows, and an export among them: the same plays."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from drawn import copy_of
from export_rows import TITLES, extended, instant, uri
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import NOW, bring, plays, plays_anew, sound

from groovelog.errors import SpotifyDown, UsageError
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import add_listener, receipts
from groovelog.pipeline.polling import keep_page

BEGIN = instant("2026-11-20 20:00")
LENGTH_MS = 180_000
ISO = "%Y-%m-%dT%H:%M:%S.%fZ"

Row = dict[str, Any]
# The instants of plays, as minutes and letters.
Heard = tuple[tuple[int, str], ...]


def row(minute: int, letter: str, **other: Any) -> Row:
    """The play that ended then."""
    title, artist = TITLES[letter]
    track = {"uri": uri(letter), "name": title, "artists": [{"name": artist}], "duration_ms": LENGTH_MS}
    played_at = f"{BEGIN + timedelta(minutes=minute):{ISO}}"
    return {"track": track, "played_at": played_at, "context": None, **other}


def page(*rows: Any) -> Row:
    return {"items": list(rows), "limit": 50, "next": None, "cursors": None}


def tell(home: Home, listener: str, *pages: Row) -> list[tuple[int, int, int]]:
    """Keep the pages, each as a poll; what was stored, known and unreadable."""
    with suppress(UsageError):
        add_listener(home, listener, "UTC", now=NOW)
    with open_snapshot(home.lake) as snapshot:
        (listener_id,) = [person.listener_id for person in snapshot.listeners() if person.name == listener]
    polls = [keep_page(home, listener_id, one, calls=1, now=NOW)[0] for one in pages]
    return [(poll.stored, poll.duplicates, poll.unreadable) for poll in polls]


def exported(minute: int, letter: str, start: bool) -> Row:
    """The same play in an export; where the API's instant is the start, it ended a song later."""
    stop: datetime = BEGIN + timedelta(minutes=minute + (3 if start else 0))
    return extended(stop, letter, ms=LENGTH_MS)


DAMAGES: tuple[Any, ...] = (
    None, {}, 7, {"track": None}, {"track": {}}, {"track": {"name": "Água"}}, {"track": "x"}, {"played_at": None},
    {"played_at": "soon"}, {"played_at": "9999-01-01T00:00:00Z"}, {"track": {"uri": {}}}, {"context": "x"},
)  # fmt: skip


def damaged(sound_row: Row, damage: Any) -> Any:
    return {**sound_row, **damage} if isinstance(damage, dict) and damage else damage


def test_a_damaged_row_costs_itself_and_comes_in_once_it_is_sound(home: Home) -> None:
    whole = [row(5 * number, "abc"[number % 3]) for number in range(len(DAMAGES) + 1)]
    wrong = [whole[0], *(damaged(one, damage) for one, damage in zip(whole[1:], DAMAGES, strict=True))]
    assert tell(home, "me", page(*wrong), page(*whole)) == [(1, 0, len(DAMAGES)), (len(DAMAGES), 1, 0)]
    rows = len(whole)
    assert [(one.rows, one.unreadable) for one in reversed(receipts(home))] == [(rows, len(DAMAGES)), (rows, 0)]
    assert len(plays(home)) == rows
    assert sound(home)


def test_missing_fields_local_files_and_episodes_are_plays(home: Home) -> None:
    local = {"uri": "spotify:local:Somebody:Demos:Take+1:200", "name": "Take 1", "id": None, "is_local": True}
    episode = {"uri": "spotify:episode:e", "name": "Talk", "type": "episode", "show": {"name": "Show"}}
    bare = {"id": "0" * 22}
    rows = [
        row(number * 5, "a", **{key: track}) for number, (key, track) in enumerate(
            [("track", local), ("track", episode), ("track", bare)]
        )
    ]  # fmt: skip
    renamed = row(30, "b")
    renamed["item"] = renamed.pop("track")
    assert tell(home, "me", page(*rows, renamed)) == [(4, 0, 0)]
    told = [(play["kind"], play["track_uri"] or play["episode_uri"]) for play in plays(home)]
    assert sorted(told) == sorted([
        ("track", local["uri"]), ("episode", "spotify:episode:e"), ("track", f"spotify:track:{'0' * 22}"), ("track", uri("b")),
    ])  # fmt: skip


def test_what_is_no_page_is_told(home: Home) -> None:
    for answer in ({"items": {}}, {"items": "x"}, {"error": {"status": 500}}):
        with pytest.raises(SpotifyDown):
            tell(home, "me", answer)
    assert tell(home, "me", {"items": None}, {"items": []}) == [(0, 0, 0)] * 2


def test_a_context_without_a_uri_keeps_its_type(home: Home) -> None:
    contexts = [{"type": "playlist", "uri": "spotify:playlist:x"}, {"type": "collection", "uri": None}, None]
    tell(home, "me", page(*(row(number * 5, "a", context=context) for number, context in enumerate(contexts))))
    told = sorted(plays(home), key=lambda play: play["played_at"])
    assert [play["context_uri"] for play in told] == ["spotify:playlist:x", "spotify:collection", None]


@st.composite
def heard(draw: st.DrawFn) -> Heard:
    """Plays one after another, of three minutes and more."""
    steps = draw(st.lists(st.tuples(st.sampled_from([3, 4, 10, 45]), st.sampled_from("abc")), min_size=1, max_size=8))
    minute, told = 0, []
    for step, letter in steps:
        minute += step
        told.append((minute, letter))
    return tuple(told)


@dataclass(frozen=True)
class Arrival:
    """An export (None), or a page with these of the plays, some of them damaged."""

    places: tuple[int, ...] | None
    damages: tuple[tuple[int, Any], ...] = ()


@st.composite
def arrivals(draw: st.DrawFn, plays: int) -> list[Arrival]:
    """Pages and one export, in any order; all plays are told soundly by the last page."""
    place = st.integers(0, plays - 1)
    damages = st.lists(st.tuples(place, st.sampled_from(DAMAGES)), max_size=2).map(tuple)
    pages = st.builds(Arrival, st.lists(place, max_size=plays + 2).map(tuple), damages)
    drawn = draw(st.lists(pages, max_size=4))
    whole = Arrival(tuple(range(plays)))
    return draw(st.permutations([*drawn, whole, Arrival(None)]))


def bring_all(home: Home, listener: str, history: Heard, order: Sequence[Arrival], start: bool) -> None:
    for arrival in order:
        if arrival.places is None:
            bring(home, *(exported(*one, start=start) for one in history), listener=listener, timezone="UTC")
            continue
        wrong = dict(arrival.damages)
        rows = [row(*history[place]) for place in arrival.places]
        told = [
            damaged(one, wrong[place]) if place in wrong else one
            for place, one in zip(arrival.places, rows, strict=True)
        ]
        (counts,) = tell(home, listener, page(*told))
        assert sum(counts) == len(told)


def hold(home: Home, history: Heard, order: Sequence[Arrival], start: bool) -> None:
    bring_all(home, "at once", history, [Arrival(tuple(range(len(history)))), Arrival(None)], start)
    bring_all(home, "bit by bit", history, order, start)
    at_once = plays(home, "at once")
    assert len(at_once) == len(history)
    assert plays(home, "bit by bit") == at_once
    assert plays_anew(home, "bit by bit") == at_once
    assert sound(home)


@settings(max_examples=3, deadline=None, derandomize=True)
@given(heard(), st.booleans(), st.data())
def test_order_and_overlap_of_pages_do_not_matter(
    empty_lake: Path, history: Heard, start: bool, data: st.DataObject
) -> None:
    order = data.draw(arrivals(len(history)))
    with copy_of(empty_lake) as home:
        hold(home, history, order, start)


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(heard(), st.booleans(), st.data())
def test_order_and_overlap_of_pages_do_not_matter_at_length(
    empty_lake: Path, history: Heard, start: bool, data: st.DataObject
) -> None:
    order = data.draw(arrivals(len(history)))
    with copy_of(empty_lake) as home:
        hold(home, history, order, start)
