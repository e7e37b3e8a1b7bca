"""The reports of playlists against their plain-Python twins, on histories and playlists drawn at random."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import twin
import twin_playlists
from heard_rows import CATALOGUE, HEARD, NAMES, fill
from histories import ME, LakeDouble, Row
from hypothesis import given
from hypothesis import strategies as st
from test_heard_against_twin import EXAMPLES, counted, equal, none_at_all

from groovelog.reports import Question, find, run
from groovelog.tables import PLAYLIST_TRACKS, PLAYLISTS, SAVED_TRACKS

# Half a year and 90 days before the last day of these histories, and around.
DAYS = st.sampled_from(
    [None, date(2023, 9, 1), date(2023, 10, 3), date(2023, 10, 4), date(2024, 1, 2), date(2024, 1, 3)]
)
SEEN = st.sampled_from([datetime(2024, 1, 5, tzinfo=UTC), datetime(2024, 4, 1, 23, tzinfo=UTC)])


@st.composite
def entries(draw: st.DrawFn) -> Row:
    number = draw(st.integers(0, 5))
    title, artist, album = NAMES.get(number, (draw(st.sampled_from([None, "A", "Z"])), "x", None))
    added = draw(DAYS)
    return {
        "kind": draw(st.sampled_from(["track", "track", "track", "episode"])),
        "track_uri": f"spotify:track:{number}" if number else None,
        "track_name": title, "artist_name": artist, "album_name": album,
        "added_at": added and datetime(added.year, added.month, added.day, tzinfo=UTC),
    }  # fmt: skip


@st.composite
def playlists(draw: st.DrawFn) -> tuple[list[Row], list[Row], list[Row]]:
    """States of playlists, their entries, and saved tracks."""
    states: list[Row] = []
    listed: list[Row] = []
    for place in draw(st.lists(st.sampled_from(["p1", "p9", "export:1", "export:2"]), unique=True)):
        for state in ("s1", "s2")[: draw(st.integers(1, 2))]:
            key = {"listener_id": ME.listener_id, "playlist_id": place, "snapshot_id": state}
            rows = [key | row | {"position": at} for at, row in enumerate(draw(st.lists(entries(), max_size=8)), 1)]
            named = {"playlist_name": draw(st.sampled_from(["Mix", "Run"])), "entries": len(rows)}
            states.append(key | named | {"modified_on": draw(DAYS), "captured_at": draw(SEEN)})
            listed += rows
    saved = [
        {**row, "listener_id": ME.listener_id, "position": 1, "captured_at": seen, "snapshot_id": f"{seen}"}
        for row, seen in draw(st.lists(st.tuples(entries(), SEEN), max_size=6))
    ]
    return states, listed, [{name: value for name, value in row.items() if name != "kind"} for row in saved]


@pytest.fixture(scope="module")
def lake() -> LakeDouble:
    return LakeDouble()


def filled(lake: LakeDouble, history: list[Row], told: tuple[list[Row], list[Row], list[Row]]) -> LakeDouble:
    fill(lake, history)
    for table, rows in zip((PLAYLISTS, PLAYLIST_TRACKS, SAVED_TRACKS), told, strict=True):
        lake.fill(table, rows)
    return lake


@pytest.mark.parametrize("asked", [Question(), Question(count="all")], ids=["30s", "all"])
@EXAMPLES
@given(history=HEARD, told=playlists())
def test_health_equals_its_twin(lake: LakeDouble, asked: Question, history: list[Row], told: Any) -> None:
    filled(lake, history, told)
    states, listed, _ = told
    kept = twin.considered(history, ME.listener_id, "all", first=None, last=None, zone=None)
    heard = [
        play for play in kept if play["kind"] == "track" and twin.counts(play, asked.count or "30s", history, CATALOGUE)
    ]
    expected = twin_playlists.health(kept, heard, states, listed, CATALOGUE)
    assert equal(run(lake, "playlist-health", asked).rows.to_pylist(), expected)
    if asked.count is None and states:
        stale = twin_playlists.stale(expected, twin_playlists.today(kept, states))
        assert equal(run(lake, "stale-playlists", asked).rows.to_pylist(), stale)


@EXAMPLES
@given(told=playlists())
def test_overlap_equals_its_twin(lake: LakeDouble, told: Any) -> None:
    filled(lake, [], told)
    expected = twin_playlists.overlap(told[0], told[1], CATALOGUE)
    assert equal(run(lake, "playlist-overlap", Question()).rows.to_pylist(), expected)


@pytest.mark.parametrize(
    "question",
    [Question(), Question(count="all", from_date=date(2024, 3, 31), timezone="Asia/Kathmandu")],
    ids=["30s", "march"],
)
@EXAMPLES
@given(history=HEARD, told=playlists())
def test_plays_of_playlists_equal_their_twin(
    lake: LakeDouble, question: Question, history: list[Row], told: Any
) -> None:
    filled(lake, history, told)
    asked = question.settled(find("playlist-plays"))
    if none_at_all(history, asked):
        return
    expected = twin_playlists.plays_of(counted(history, asked), *told, CATALOGUE)
    assert equal(run(lake, "playlist-plays", question).rows.to_pylist(), expected)
