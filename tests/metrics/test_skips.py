"""Skips and attention, by hand."""

from typing import Any

import pytest
from histories import LakeDouble, Row, match, play, track

from groovelog.reports import Question, run
from groovelog.tables import REFERENCES, TRACK_MATCHES


def rows(lake: LakeDouble, name: str, **asked: Any) -> list[Row]:
    answer: list[Row] = run(lake, name, Question(**asked)).rows.to_pylist()
    return answer


def song(
    number: int, skipped: bool | None, minutes: float | None = 3, started: str = "2024-06-01T10:00", **told: Any
) -> Row:
    names = {"track_uri": f"spotify:track:{number}", "track_name": f"Song {number}", "artist_name": "X"}
    return play(started, minutes, **{"skipped": skipped, "play_id": number, **names, **told})


CATALOGUE = [track(1, "Song 1", "X", "Album"), track(2, "Song 2", "X", "Album"), track(3, "Song 3", "Y", "Album")]


def test_a_play_whose_skip_nobody_tells_is_in_no_rate() -> None:
    lake = LakeDouble([song(1, True, 0.2), song(1, False), song(1, None)], CATALOGUE)
    assert rows(lake, "skips") == [
        {
            "name": "X",
            "artist_name": None,
            "plays": 2,
            "skips": 1,
            "skip_rate": 0.5,
            "unknown": 1,
            "ms_before_skip": 12_000,
        }
    ]


def test_without_a_known_skip_there_is_no_rate() -> None:
    (row,) = rows(LakeDouble([song(1, None)], CATALOGUE), "skips", what="track")
    assert (row["name"], row["artist_name"], row["plays"], row["skip_rate"], row["ms_before_skip"]) == (
        "Song 1", "X", 0, None, None
    )  # fmt: skip


def test_most_skips_come_first_then_plays_then_names() -> None:
    plays = [song(1, False), song(2, True), song(2, False), song(3, True), song(3, True, None)]
    lake = LakeDouble([*plays, song(4, True, track_name="A")], [*CATALOGUE, track(4, "A", "X")])
    told = [(row["name"], row["plays"], row["skips"]) for row in rows(lake, "skips", what="track")]
    assert told == [("Song 3", 2, 2), ("Song 2", 2, 1), ("A", 1, 1), ("Song 1", 1, 0)]
    assert len(rows(lake, "skips", what="track", top=2)) == 2
    # The skipped play of unknown duration tells no time.
    assert rows(lake, "skips", what="track")[0]["ms_before_skip"] == 180_000


def test_single_and_album_version_are_one_recording() -> None:
    same = [row | {"recording_id": "spotify:track:1"} for row in CATALOGUE[:2]]
    lake = LakeDouble([song(1, True), song(2, True)], same)
    assert [(row["name"], row["skips"]) for row in rows(lake, "skips", what="recording")] == [("Song 1", 2)]
    assert len(rows(lake, "skips", what="track")) == 2


def test_hours_weekdays_and_months_come_in_their_order() -> None:
    plays = [
        song(1, True, started="2024-06-01T23:59"),  # a Saturday
        song(1, True, started="2024-06-02T00:00"),
        song(1, False, started="2024-02-29T09:00"),  # a Thursday
    ]
    lake = LakeDouble(plays, CATALOGUE)
    assert [row["name"] for row in rows(lake, "skips", what="hour")] == ["00:00", "09:00", "23:00"]
    assert [row["name"] for row in rows(lake, "skips", what="weekday")] == ["Thursday", "Saturday", "Sunday"]
    assert [(row["name"], row["skips"]) for row in rows(lake, "skips", what="month")] == [
        ("2024-02", 0),
        ("2024-06", 2),
    ]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("platform", [("ios", 1), (None, 0)]),
        ("shuffle", [("on", 1), (None, 0)]),
        ("reason", [("clickrow", 1), (None, 0)]),
        ("context", [("workout", 1), ("unknown", 0)]),
    ],
)
def test_what_nobody_tells_is_a_row_without_a_name(what: str, told: list[tuple[str | None, int]]) -> None:
    known = song(1, True, platform="ios", shuffle=True, reason_start="clickrow")
    lake = LakeDouble([known, song(2, False)], CATALOGUE)
    lake.fill(TRACK_MATCHES, [match(1, "r1")])
    lake.fill(REFERENCES, [{"reference": "songs", "ref_id": "r1", "energy": 0.9, "tempo": 140.0}])
    assert [(row["name"], row["skips"]) for row in rows(lake, "skips", what=what)] == told


def test_completion_is_reached_to_the_millisecond() -> None:
    # Of 200 s: 99.999, 100, 250 and 0 s, which are just under a half, a half, more than all, and nothing.
    ms = (99_999, 100_000, 250_000, 0)
    lake = LakeDouble([song(1, None, number / 60_000, length_ms=200_000) for number in ms], CATALOGUE)
    reached = {row["percent"]: (row["plays"], row["share"]) for row in rows(lake, "completion")}
    assert len(reached) == 21
    assert (reached[0], reached[45], reached[50], reached[55], reached[100]) == (
        (4, 1.0), (3, 0.75), (2, 0.5), (1, 0.25), (1, 0.25)
    )  # fmt: skip


def test_a_length_may_come_from_the_match_or_from_a_play_to_the_end() -> None:
    plays = [song(1, None, 1), song(2, None, 2, reason_end="trackdone"), song(2, None, 1), song(3, None, 1)]
    lake = LakeDouble([row | {"play_id": number} for number, row in enumerate(plays)], CATALOGUE)
    lake.fill(TRACK_MATCHES, [match(1, "r1")])
    lake.fill(REFERENCES, [{"reference": "songs", "ref_id": "r1", "duration_ms": 240_000}])
    told = {row["percent"]: row for row in rows(lake, "completion")}
    # A quarter of song 1; all and half of song 2; of song 3 nobody knows.
    assert [told[percent]["plays"] for percent in (25, 30, 50, 55, 100)] == [3, 2, 2, 1, 1]
    assert (told[0]["known"], told[0]["unknown"], told[25]["share"]) == (3, 1, 1.0)


def test_an_estimated_duration_tells_nothing_of_completion() -> None:
    lake = LakeDouble([song(1, None, None, length_ms=200_000, sources="lastfm")], CATALOGUE)
    first, *_ = rows(lake, "completion")
    assert (first["plays"], first["share"], first["known"], first["unknown"]) == (0, None, 0, 1)


def test_reasons_of_both_moments_with_plain_words() -> None:
    plays = [
        song(1, False, reason_start="clickrow", reason_end="trackdone"),
        song(1, True, 1, reason_start="trackdone", reason_end="fwdbtn"),
        song(1, None, reason_start="trackdone", reason_end="brand-new"),
        song(1, None, reason_start=None, reason_end=None),
    ]
    told = [tuple(row.values()) for row in rows(LakeDouble(plays, CATALOGUE), "reasons")]
    assert told == [
        ("start", "trackdone", "the track had run to its end", 2, 0.5, 240_000, 1.0),
        ("start", "clickrow", "a track was chosen from a list", 1, 0.25, 180_000, 0.0),
        ("start", None, None, 1, 0.25, 180_000, None),
        ("end", "brand-new", None, 1, 0.25, 180_000, None),
        ("end", "fwdbtn", "the button for the next track", 1, 0.25, 60_000, 1.0),
        ("end", "trackdone", "the track had run to its end", 1, 0.25, 180_000, 0.0),
        ("end", None, None, 1, 0.25, 180_000, None),
    ]


def test_a_period_in_which_nothing_counts_has_no_rows_but_the_curve() -> None:
    lake = LakeDouble([song(1, True, 0.1)], CATALOGUE)
    assert rows(lake, "skips", count="30s") == rows(lake, "reasons", count="30s") == []
    curve = rows(lake, "completion", count="30s")
    assert {(row["plays"], row["share"], row["known"], row["unknown"]) for row in curve} == {(0, None, 0, 0)}
