"""Discovery and diversity by hand, and against their twin."""

from datetime import date
from math import log2
from typing import Any

import pytest
import twin_discovery as twin
from drawing import drawn
from histories import LakeDouble, Row, match, play
from hypothesis import given
from lives import CATALOGUE, PERIOD, YEARS, answer, asked_of, numbered, same

from groovelog.reports import Question
from groovelog.tables import PLAYS, REFERENCES, TRACK_MATCHES

# Of two entries nobody tells how popular they are.
POPULARITY = {"spotify:track:1": 40, "spotify:track:3": 0, "spotify:track:4": 91}


def with_popularity(lake: LakeDouble) -> LakeDouble:
    numbers = {1: 40, 2: None, 3: 0, 4: 91}
    lake.fill(TRACK_MATCHES, [match(number, f"r{number}") for number in numbers])
    lake.fill(
        REFERENCES,
        [{"reference": "songs", "ref_id": f"r{number}", "popularity": popular} for number, popular in numbers.items()],
    )
    return lake


def ask(plays: list[Row], name: str, **asked: Any) -> list[Row]:
    return answer(with_popularity(LakeDouble(numbered(plays), CATALOGUE)), name, Question(**asked))


def by(artist: str | None, *days: str, title: str = "Song", minutes: float = 3) -> list[Row]:
    return [
        play(f"{day}T10:00", minutes, track_uri=None, track_name=title, artist_name=artist, album_name=None)
        for day in days
    ]


def test_what_is_still_played_after_ninety_days_stayed() -> None:
    plays = [
        *by("Stayed", "2024-01-01", "2024-02-01", "2024-03-31"),  # 90 days later, in a leap year
        *by("A day short", "2024-01-02", "2024-02-01", "2024-03-31"),
        *by("Twice", "2024-01-03", "2024-04-05"),
        *by("Late", "2024-01-07", "2024-01-08"),  # 90 days before the end
        *by("New", "2024-01-08"),
        *by("Twice", "2024-04-06", minutes=0.1),  # a skip: the end of the record
    ]
    rows = ask(plays, "first-plays")
    assert [(row["name"], row["fate"]) for row in rows] == [
        ("New", "too early"), ("Late", "faded"), ("Twice", "faded"), ("A day short", "faded"), ("Stayed", "stayed"),
    ]  # fmt: skip
    assert [(row["plays"], row["days_with_plays"]) for row in rows] == [(1, 1), (2, 2), (2, 2), (3, 3), (3, 3)]
    assert rows[-1]["first_played"] == date(2024, 1, 1)


def test_a_first_play_is_the_first_ever() -> None:
    plays = [
        *by("Old", "2024-01-01", "2024-02-02"),
        *by("New", "2024-02-01"),
        *by("Skipped", "2024-02-01", minutes=0.1),
    ]
    rows = ask(plays, "first-plays", from_date=date(2024, 2, 1))
    assert [row["name"] for row in rows] == ["New"]
    # its fate is as seen from the end of the period
    plays += by("New", "2024-03-01", "2024-06-01")
    assert [row["fate"] for row in ask(plays, "first-plays", to_date=date(2024, 2, 28))] == ["too early", "too early"]
    assert [row["fate"] for row in ask(plays, "first-plays")] == ["stayed", "faded"]


def test_two_first_plays_at_one_instant_go_by_name() -> None:
    plays = [*by("b", "2024-01-01"), *by("A", "2024-01-01"), *by(None, "2024-01-01", title="X")]
    assert [row["name"] for row in ask(plays, "first-plays")] == ["A", "b"]


def test_exploring_is_playing_a_track_for_the_first_time() -> None:
    plays = [
        *by("A", "2024-01-31", "2024-02-01", "2024-02-02"),
        *by("A", "2024-02-29", title="Second"),
        *by("B", "2024-02-29", "2024-02-29"),
        *by(None, "2024-02-10", title="No artist"),
        *by("A", "2024-04-01"),
    ]
    january, february, march, april = ask(plays, "discovery")
    assert list(january.values()) == [
        date(2024, 1, 1),
        1,
        1,
        1,
        1.0,
        1,
        1,
        1.0,
        0.0,
        1.0,
        0,
        0,
        1,
    ]  # 61 days are too early
    # Six plays of four tracks, three of them new; five of them by two artists, of which B is new and has two.
    assert list(february.values()) == [
        date(2024, 2, 1), 6, 2, 1, 0.5, 4, 3, 0.5, 0.5, pytest.approx(0.4), 0, 0, 1,
    ]  # fmt: skip
    assert list(march.values()) == [date(2024, 3, 1), 0, 0, 0, None, 0, 0, None, None, None, 0, 0, 0]
    assert (april["artists"], april["new_artists"], april["repeat_share"]) == (1, 0, 1.0)


def test_new_before_the_period_is_not_new_in_it() -> None:
    plays = [*by("A", "2024-02-05", "2024-02-20"), *by("B", "2024-02-20")]
    (row,) = ask(plays, "discovery", from_date=date(2024, 2, 10))
    assert (row["artists"], row["new_artists"], row["plays_of_new_artists"]) == (2, 1, 0.5)


def test_diversity_of_equal_and_of_unequal_shares() -> None:
    plays = [
        *by("A", "2024-01-01"), *by("B", "2024-01-01"), *by("C", "2024-01-01"), *by("D", "2024-01-01"),
        *by("A", *["2024-02-01"] * 3), *by("B", "2024-02-01"),
        *by("A", "2024-04-01", "2024-04-02"),
    ]  # fmt: skip
    equal, unequal, none, alone = ask(plays, "diversity")
    assert list(equal.values())[1:] == [4, 4, 2.0, 4.0, 4.0, 0.0, 0.25]
    # 3/4 and 1/4: 2 - 3/4 log2 3 bits; 1 / (9/16 + 1/16); Gini |3 - 1| * 2 / (2 * 2 * 4)
    bits = 2 - 0.75 * log2(3)
    assert list(unequal.values())[1:] == [4, 2, *map(pytest.approx, (bits, 2**bits, 1.6, 0.25, 0.75))]
    assert list(none.values()) == [date(2024, 3, 1), 0, 0, None, None, None, None, None]
    assert list(alone.values())[1:] == [2, 1, 0.0, 1.0, 1.0, 0.0, 1.0]


def test_weeks_begin_on_monday_and_steps_hold_a_leap_day() -> None:
    plays = [*by("A", "2024-02-25", "2024-02-26", "2024-03-04")]  # a Sunday, two Mondays
    weeks = ask(plays, "diversity", per="week")
    assert [(row["starts_on"], row["plays"]) for row in weeks] == [
        (date(2024, 2, 19), 1), (date(2024, 2, 26), 1), (date(2024, 3, 4), 1),
    ]  # fmt: skip
    days = ask([*by("A", "2024-02-28", "2024-03-01")], "diversity", per="day")
    assert [row["starts_on"].day for row in days] == [28, 29, 1]
    assert [row["starts_on"].month for row in ask(plays, "diversity", per="quarter")] == [1]
    years = ask([*by("A", "2022-12-31", "2024-01-01")], "diversity", per="year")
    assert [row["plays"] for row in years] == [1, 0, 1]


def test_popularity_is_weighed_by_plays_and_told_of_enough_of_them() -> None:
    known = [play("2024-01-01T10:00"), play("2024-01-02T10:00"), *by("Band", "2024-01-03", title="Air")]
    unknown = [row for month in range(1, 8) for row in by("Else", f"2024-0{month}-01")]
    (row,) = ask([*known, *unknown], "mainstream")
    # 40 twice, 91 once, in ten plays
    assert list(row.values()) == [date(2024, 1, 1), 10, 57.0, 40.0, 3, pytest.approx(0.3)]
    (row,) = ask([*known, *unknown, *by("Else", "2024-09-01")], "mainstream")
    assert list(row.values())[2:] == [None, None, 3, pytest.approx(3 / 11)]


def test_a_period_without_a_counted_play() -> None:
    short = [play("2024-01-01T10:00", 0.1)]
    assert ask(short, "first-plays") == []
    for name in ("discovery", "diversity", "mainstream"):
        (row,) = ask(short, name)
        assert not any(value for column, value in row.items() if column != "starts_on")


FIRST, LAST = PERIOD
CASES = [
    ("first-plays", Question()),
    ("first-plays", Question(what="recording", count="all", timezone="Asia/Tokyo", from_date=FIRST, to_date=LAST)),
    ("discovery", Question()),
    (
        "discovery",
        Question(per="quarter", count="all", kind="all", timezone="Asia/Tokyo", from_date=FIRST, to_date=LAST),
    ),
    ("diversity", Question()),
    ("diversity", Question(per="week", what="album", count="all", timezone="America/New_York", from_date=FIRST)),
    ("mainstream", Question(per="quarter")),
    ("mainstream", Question(count="all", to_date=LAST)),
]


@pytest.fixture(scope="module")
def lake() -> LakeDouble:
    return with_popularity(LakeDouble([], CATALOGUE))


@pytest.mark.parametrize(("name", "asked"), CASES)
@drawn(15)
@given(history=YEARS)
def test_report_equals_its_twin(lake: LakeDouble, name: str, asked: Question, history: list[Row]) -> None:
    lake.fill(PLAYS, history)
    plays, tracks = asked_of(history, asked), CATALOGUE
    past = asked_of(history, asked, all_time=True)
    what, per = asked.what or "artist", asked.per or ("year" if name == "mainstream" else "month")
    first, last = asked.from_date, asked.to_date
    expected = {
        "first-plays": lambda: twin.first_plays(past, tracks, what, first, last),
        "discovery": lambda: twin.discovery(plays, past, tracks, per, first=first, last=last),
        "diversity": lambda: twin.diversity(plays, tracks, what, per),
        "mainstream": lambda: twin.mainstream(plays, tracks, POPULARITY, per),
    }
    assert same(answer(lake, name, asked), expected[name]())
