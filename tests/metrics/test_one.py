"""Reports of one artist or one track, by hand, and against their twins."""

from datetime import date
from typing import Any

import pytest
import twin
import twin_counts
from drawing import drawn
from histories import ME, LakeDouble, Row, play, track
from hypothesis import given
from hypothesis import strategies as st
from lives import CATALOGUE, YEARS, answer, asked_of, same

from groovelog.errors import NothingToTell
from groovelog.reports import Question, run

SINGLE, ALBUM = "spotify:track:1", "spotify:track:2"


def song(started: str, uri: str | None, title: str | None, artist: str | None) -> Row:
    return play(started, track_uri=uri, track_name=title, artist_name=artist)


def lake() -> LakeDouble:
    """Two entries of one recording by Band, another song of theirs, one of Choir; some plays tell names, some URIs alone."""
    return LakeDouble(
        [
            song("2024-06-01T10:00", SINGLE, "Song", "Band"),
            song("2024-06-02T11:00", ALBUM, None, None),
            song("2024-06-03T12:00", None, "Song", "Band"),
            song("2024-06-04T13:00", "spotify:track:3", "Air", "Band"),
            song("2024-06-05T14:00", "spotify:track:4", "Song", "Choir"),
        ],
        [
            track(1, "Song", "Band", "Single") | {"recording_id": SINGLE},
            track(2, "Song (2020)", "Band", "Best of") | {"recording_id": SINGLE},
            track(3, "Air", "Band") | {"recording_id": "spotify:track:3"},
            track(4, "Song", "Choir"),
        ],
    )


def days(**asked: Any) -> list[int]:
    """The days of June of the plays that are told of, the first of them first."""
    return sorted(row["local_date"].day for row in run(lake(), "recent-plays", Question(**asked)).rows.to_pylist())


def test_an_artist_is_named_by_the_play_or_by_the_catalogue() -> None:
    assert days(artist="Band") == [1, 2, 3, 4]
    assert days(artist="Choir") == [5]


@pytest.mark.parametrize("told", [SINGLE, ALBUM])
def test_a_track_by_the_uri_of_any_entry_is_its_recording(told: str) -> None:
    assert days(track=told) == [1, 2]


def test_a_track_by_its_title_is_every_recording_of_that_title_and_plays_that_spell_it() -> None:
    assert days(track="Song") == [1, 2, 3, 5]
    assert days(track="Song (2020)") == [1, 2]
    assert days(track="Song", artist="Band") == [1, 2, 3]


def test_the_answer_stands_on_the_plays_of_the_one_and_says_so() -> None:
    told = run(lake(), "overview", Question(artist="Choir", track="Song"))
    assert (told.basis.plays, told.from_date, told.of_one) == (1, date(2024, 6, 5), "Song by Choir")
    assert (told.as_json()["artist"], told.as_json()["track"]) == ("Choir", "Song")
    assert "artist" not in run(lake(), "overview", Question()).as_json()


def test_nothing_of_the_one_is_said_in_a_sentence() -> None:
    with pytest.raises(NothingToTell, match=r"^me has no plays of Nobody\.$"):
        run(lake(), "heatmap", Question(artist="Nobody"))
    with pytest.raises(NothingToTell, match=r"^me has no plays of Song by Choir to 2024-06-04\.$"):
        run(lake(), "heatmap", Question(artist="Choir", track="Song", to_date=date(2024, 6, 4)))


def test_first_and_last_months_are_those_of_the_one() -> None:
    double = LakeDouble([song(f"2024-0{month}-10T10:00", None, "Air", who) for month, who in enumerate("ABBA", 1)])
    rows = run(double, "listening-by-month", Question(artist="B")).rows.to_pylist()
    assert [(row["month"].month, row["plays"]) for row in rows] == [(2, 1), (3, 1)]


def of_one(plays: list[Row], artist: str | None, wanted: str | None) -> list[Row]:
    """The same, slowly."""
    recordings = {
        row.get("recording_id") or row["track_id"]
        for row in CATALOGUE
        if wanted in (row["track_id"], row.get("recording_id"), row["track_name"])
    }
    entries = {row["track_id"] for row in CATALOGUE if (row.get("recording_id") or row["track_id"]) in recordings}

    def is_it(row: Row) -> bool:
        uri = twin.uri(row)
        return uri in entries or wanted in (uri, twin.title(row)) if uri or twin.title(row) else False

    found = [row for row in plays if artist is None or twin_counts.artist(row, CATALOGUE) == artist]
    return [row for row in found if wanted is None or is_it(row)]


@given(
    history=YEARS,
    artist=st.sampled_from([None, "Band", "Choir"]),
    wanted=st.sampled_from([None, "spotify:track:1", "spotify:track:2", "spotify:track:9", "Air", "Song", "Elsewhere"]),
    first=st.sampled_from([None, date(2024, 3, 1)]),
)
@drawn(40)
def test_as_the_twins_count_the_plays_of_the_one(
    history: list[Row], artist: str | None, wanted: str | None, first: date | None
) -> None:
    asked = Question(artist=artist, track=wanted, from_date=first, count="30s", kind="track")
    double = LakeDouble(history, CATALOGUE, [ME])
    kept = of_one(asked_of(history, asked), artist, wanted)
    counted = [row for row in kept if row["counted"]]
    assert same(answer(double, "heatmap", asked), twin.heatmap(counted))
    assert same(answer(double, "listening-by-month", asked), twin.by_month(kept, counted))
    (totals,) = answer(double, "overview", asked)
    assert same([totals], [twin.overview(kept, counted, CATALOGUE)])
