"""Mood, contexts and profiles, by hand."""

from datetime import date, timedelta
from typing import Any

import pytest
from histories import LakeDouble, Row, match, play, track

from groovelog.errors import NothingToTell
from groovelog.metrics.context_rules import CONTEXTS, RULES
from groovelog.reports import Question, run
from groovelog.tables import REFERENCES, TRACK_MATCHES


def rows(lake: LakeDouble, name: str, **asked: Any) -> list[Row]:
    answer: list[Row] = run(lake, name, Question(**asked)).rows.to_pylist()
    return answer


def told_of(features: dict[int, Row], plays: list[Row], tracks: int = 9) -> LakeDouble:
    """Tracks 1 to `tracks` by the artist X, some with audio features, and plays of them."""
    lake = LakeDouble(plays, [track(number, f"Song {number}", "X") for number in range(1, tracks + 1)])
    lake.fill(TRACK_MATCHES, [match(number, f"r{number}") for number in features])
    lake.fill(REFERENCES, [{"reference": "songs", "ref_id": f"r{number}", **row} for number, row in features.items()])
    return lake


def of(number: int, started: str = "2024-06-01T10:00", minutes: float | None = 3, artist: str | None = "X") -> Row:
    return play(started, minutes, track_uri=f"spotify:track:{number}", track_name=f"Song {number}", artist_name=artist)


def feeling(valence: float | None, energy: float | None = 0.5, **more: Any) -> Row:
    return {"valence": valence, "energy": energy, **more}


# Seven weeks from Monday 3 June 2024 on, with ten plays of one track in each.
VALENCES = (0.5, 0.4, 0.6, 0.5, 0.9, 0.1, 0.5)


def seven_weeks(plays_a_week: int = 10) -> LakeDouble:
    mondays = [date(2024, 6, 3) + timedelta(weeks=week) for week in range(len(VALENCES))]
    plays = [
        of(number, f"{monday}T{10 + hour}:00")
        for number, monday in enumerate(mondays, 1)
        for hour in range(plays_a_week)
    ]
    return told_of({week + 1: feeling(valence) for week, valence in enumerate(VALENCES)}, plays)


def test_dips_and_peaks_lie_outside_the_listeners_own_range() -> None:
    # Median 0.5; deviations 0, .1, .1, 0, .4, .4, 0, whose median is 0.1: 0.5 ± 2 × 1.4826 × 0.1.
    told = rows(seven_weeks(), "mood")
    assert [row["starts_on"] for row in told[:2]] == [date(2024, 6, 3), date(2024, 6, 10)]
    assert [row["valence"] for row in told] == list(VALENCES)
    assert [row["valence_note"] for row in told] == [None, None, None, None, "peak", "dip", None]
    assert {(round(row["valence_low"], 5), round(row["valence_high"], 5)) for row in told} == {(0.20348, 0.79652)}
    # Every week of the same energy: a range of no width, and nothing outside it.
    assert {(row["energy_note"], row["energy_low"], row["energy_high"]) for row in told} == {(None, 0.5, 0.5)}


def test_steps_of_few_plays_are_not_judged() -> None:
    told = rows(seven_weeks(9), "mood")
    assert {(row["valence_note"], row["valence_low"]) for row in told} == {(None, None)}
    assert [row["valence"] for row in told] == list(VALENCES)


def test_a_step_of_which_little_is_known_has_no_mean() -> None:
    # Two of seven known is under three in ten; the next week all are.
    plays = [of(1), of(1), *[of(2)] * 5, *[of(1, "2024-06-08T10:00")] * 3]
    told = rows(told_of({1: feeling(0.5)}, plays), "mood")
    assert [(row["plays"], row["known"], row["valence"]) for row in told] == [(7, 2, None), (3, 3, 0.5)]
    assert told[0]["coverage"] == pytest.approx(2 / 7)


def test_valence_alone_is_no_mood() -> None:
    (row,) = rows(told_of({1: feeling(0.5), 2: feeling(0.9, None)}, [of(1), of(2)]), "mood", per="year")
    assert (row["starts_on"], row["known"], row["valence"]) == (date(2024, 1, 1), 1, 0.5)


def test_steps_by_the_listeners_clock() -> None:
    # Half an hour before and after the clocks of Lisbon went from 1 to 2, and a leap day.
    plays = [of(1, "2024-03-31T00:30"), of(1, "2024-03-31T02:30"), of(1, "2024-02-29T23:59")]
    lake = told_of({1: feeling(0.5)}, plays)
    assert [(row["hour"], row["plays"]) for row in rows(lake, "mood", per="hour")] == [(0, 1), (2, 1), (23, 1)]
    assert [(row["weekday"], row["plays"]) for row in rows(lake, "mood", per="weekday")] == [(4, 1), (7, 2)]
    assert [row["starts_on"] for row in rows(lake, "mood", per="day")] == [date(2024, 2, 29), date(2024, 3, 31)]
    assert [row["starts_on"] for row in rows(lake, "mood", per="quarter")] == [date(2024, 1, 1)]


def test_quadrants_with_the_middle_counted_as_high() -> None:
    features = {
        1: feeling(0.5, 0.5),
        2: feeling(0.49, 0.5),
        3: feeling(0.49, 0.49),
        4: feeling(0.5, 0.49),
        5: feeling(None),
    }
    told = rows(told_of(features, [of(1), of(1, artist="A"), of(2), of(3), of(4), of(5), of(6)]), "mood-quadrants")
    assert [(row["quadrant"], row["valence"], row["energy"], row["plays"], row["share"]) for row in told] == [
        ("happy", "high", "high", 2, 0.4),
        ("tense", "low", "high", 1, 0.2),
        ("sad", "low", "low", 1, 0.2),
        ("calm", "high", "low", 1, 0.2),
        ("unknown", None, None, 2, None),
    ]
    # One play each: the first by name.
    assert (told[0]["top_artist"], told[0]["ms_played"]) == ("A", 360_000)


WORKOUT = {"energy": 0.7, "tempo": 120.1}
FOCUS = {"instrumentalness": 0.5, "speechiness": 0.32, "energy": 0.69, "tempo": 120.0}
PARTY = {"danceability": 0.7, "energy": 0.6, "valence": 0.5}


def test_a_track_that_fits_several_contexts_is_of_the_first() -> None:
    features = {1: WORKOUT | PARTY | {"energy": 0.8}, 2: PARTY | {"tempo": 100.0}, 3: FOCUS}
    told = {row["context"]: row for row in rows(told_of(features, [of(1), of(1), of(2), of(3)]), "contexts")}
    assert [told[name]["plays"] for name in ("workout", "focus", "relaxation", "party")] == [2, 1, 0, 1]
    assert [told[name]["fits"] for name in ("workout", "focus", "relaxation", "party")] == [2, 1, 0, 3]
    assert [told[name]["share"] for name in ("workout", "focus", "relaxation", "party")] == [0.5, 0.25, 0.0, 0.25]
    assert told["unclassified"]["fits"] is None


def test_what_would_decide_and_is_missing_is_unknown() -> None:
    all_low = {
        **dict.fromkeys(("danceability", "instrumentalness", "acousticness", "valence"), 0.1),
        "speechiness": 0.9,
    }
    features = {
        1: all_low | {"energy": 0.9, "tempo": 100.0},  # nothing fits
        2: all_low | {"energy": 0.9, "tempo": None},  # workout, if it were fast
        3: all_low | {"energy": 0.9, "tempo": 0.0},  # 0 is not known
        4: all_low | {"energy": 0.1, "tempo": None},  # not workout, however fast
    }
    told = {row["context"]: row for row in rows(told_of(features, [of(1), of(2), of(3), of(4), of(5)]), "contexts")}
    assert (told["unclassified"]["plays"], told["unknown"]["plays"]) == (2, 3)
    assert (told["unclassified"]["share"], told["unknown"]["share"]) == (1.0, None)


def test_the_fullest_hour_and_the_rule_in_words() -> None:
    plays = [of(1, f"2024-06-0{day}T{hour}:30") for day, hour in ((1, "23"), (2, "07"), (3, "07"), (4, "23"))]
    first, *others = rows(told_of({1: WORKOUT}, plays), "contexts")
    assert (first["fullest_hour"], first["top_artist"]) == (7, "X")
    assert first["rule"] == "energy ≥ 0.7 and tempo > 120 BPM" == RULES["workout"]
    assert {(row["plays"], row["ms_played"], row["fullest_hour"], row["top_artist"]) for row in others} == {
        (0, 0, None, None)
    }
    assert [row["context"] for row in (first, *others)] == list(RULES)
    assert all(0 <= bound.value <= 1 or bound.feature == "tempo" for context in CONTEXTS for bound in context.bounds)


def test_shares_of_contexts_by_step() -> None:
    plays = [of(1), of(2), of(3), of(3, "2024-07-01T10:00"), of(3, "2024-07-01T11:00"), of(3, "2024-07-01T12:00"),
             of(3, "2024-07-01T13:00"), of(1, "2024-08-01T10:00")]  # fmt: skip
    told = rows(told_of({1: WORKOUT, 2: FOCUS}, plays), "contexts-over-time")
    assert [(row["starts_on"].month, row["known"], row["workout"], row["focus"]) for row in told] == [
        (6, 2, 0.5, 0.5), (7, 0, None, None), (8, 1, 1.0, 0.0)
    ]  # fmt: skip


def test_a_mean_is_of_the_plays_that_tell_the_feature() -> None:
    features = {1: feeling(0.2, tempo=100.0), 2: feeling(0.6, tempo=0.0), 3: feeling(None, loudness=-8.0)}
    (row,) = rows(told_of(features, [of(1), of(1), of(2), of(3), of(4)]), "audio-profile", per="all")
    assert (row["plays"], row["known"], row["coverage"]) == (5, 4, 0.8)
    # Valence of three plays: (0.2 + 0.2 + 0.6) / 3; the tempo of 0 is none; loudness is told of one in five alone.
    assert (row["valence"], row["tempo"], row["loudness"], row["energy"]) == (0.333333, 100.0, None, 0.5)
    assert [column for column in row if column in ("hour", "weekday", "starts_on")] == []
    assert [row["hour"] for row in rows(told_of(features, [of(1)]), "audio-profile")] == [10]


def test_tempo_in_steps_with_those_between_and_the_unknown_last() -> None:
    features = {1: feeling(0.5, tempo=119.9), 2: feeling(0.5, tempo=140.0), 3: feeling(0.5, tempo=0.0)}
    told = [tuple(row.values()) for row in rows(told_of(features, [of(1), of(1), of(2), of(3), of(4)]), "tempo")]
    assert told == [
        (110, 120, 2, pytest.approx(2 / 3)),
        (120, 130, 0, 0.0),
        (130, 140, 0, 0.0),
        (140, 150, 1, pytest.approx(1 / 3)),
        (None, None, 2, None),
    ]


def test_all_keys_with_the_top_track() -> None:
    features = {
        1: {"key": 1, "mode": 0},
        2: {"key": 1, "mode": 0},
        3: {"key": 1, "mode": 0},
        4: {"key": None, "mode": 1},
    }
    told = rows(told_of(features, [of(3), of(2), of(2), of(1), of(1), of(4)]), "keys")
    assert len(told) == 24
    assert [(row["key"], row["mode"]) for row in told[:3]] == [(0, "major"), (0, "minor"), (1, "major")]
    minor = told[3]
    assert (minor["key_name"], minor["plays"], minor["share"]) == ("C♯ minor", 5, 1.0)
    assert (minor["top_track"], minor["top_track_artist"]) == ("Song 1", "X")
    assert {row["plays"] for row in told if row is not minor} == {0}


@pytest.mark.parametrize(
    "name", ["mood", "mood-quadrants", "contexts", "contexts-over-time", "audio-profile", "tempo", "keys"]
)
def test_nothing_is_told_without_audio_features(name: str) -> None:
    with pytest.raises(NothingToTell, match="needs audio features"):
        run(told_of({}, [of(1)]), name, Question())
    with pytest.raises(NothingToTell, match="none of these plays has any"):
        run(told_of({1: feeling(0.5)}, [of(1, minutes=0.1)]), name, Question())
