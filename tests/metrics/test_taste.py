"""How taste moves, by hand and against its twin."""

from datetime import UTC, date, datetime, timedelta
from math import log2, sqrt
from typing import Any

import pytest
import twin_taste as twin
from drawing import drawn
from histories import ME, LakeDouble, Row, play
from hypothesis import given
from lives import CATALOGUE, PERIOD, YEARS, answer, asked_of, numbered, same

from groovelog.reports import Question
from groovelog.tables import PLAYS, TOP_ITEMS


def ask(plays: list[Row], name: str, **asked: Any) -> list[Row]:
    return answer(LakeDouble(numbered(plays), CATALOGUE), name, Question(**asked))


def song(day: str, title: str = "Song", times: int = 1, **columns: Any) -> list[Row]:
    """`times` plays on one day of a track that is told by its names alone."""
    names = {"track_uri": None, "track_name": title, "artist_name": "Band", **columns}
    return [play(f"{day}T10:{minute:02}", **names) for minute in range(times)]


def daily(first: str, days: int, title: str = "Song", times: int = 1) -> list[Row]:
    begin = date.fromisoformat(first)
    return [row for nth in range(days) for row in song(str(begin + timedelta(days=nth)), title, times)]


# ---- time-ranges


def told(position: int, name: str, time_range: str = "short_term", day: int = 1, **columns: Any) -> Row:
    captured_at = datetime(2024, 6, day, 12, tzinfo=UTC)
    named = {"uri": f"spotify:artist:{name}", "item_type": "artist", "name": name, "artist_name": None}
    return {
        "listener_id": ME.listener_id, "captured_at": captured_at, "time_range": time_range, "position": position,
        **named, **columns,
    }  # fmt: skip


def test_a_range_holds_its_last_day_and_as_many_as_it_says() -> None:
    plays = [
        *song("2024-06-28", "Now"),
        *song("2024-06-01", "Month"),  # 28 days with the 28th
        *song("2024-05-31", "Half"),
        *song("2023-12-30", "Half"),  # 182 days back from 28 June 2024, a leap year
        *song("2023-12-29", "Year"),
        *song("2023-06-30", "Year"),  # 365 days
        *song("2023-06-29", "Before"),
    ]
    rows = {row["name"]: row for row in ask(plays, "time-ranges", what="track")}
    assert {name: [row[f"plays_{of}"] for of in ("short", "medium", "long")] for name, row in rows.items()} == {
        "Now": [1, 1, 1],
        "Month": [1, 1, 1],
        "Half": [0, 2, 2],
        "Year": [0, 0, 2],
    }
    assert (rows["Half"]["rank_short"], rows["Half"]["rank_medium"], rows["Year"]["rank_medium"]) == (None, 1, None)


def test_the_latest_list_of_the_web_api_stands_beside() -> None:
    lake = LakeDouble(numbered(song("2024-06-28", artist_name="Choir") + song("2024-06-28")), CATALOGUE)
    lists = [
        told(1, "Band", day=1),  # an older list
        told(1, "Else", day=2),
        told(2, "band", day=2),  # spelt otherwise
        told(3, "Choir", day=2),
        told(7, "Band", "long_term", day=1),
        told(1, "Band", day=2, item_type="track", uri="spotify:track:3"),
    ]
    lake.fill(TOP_ITEMS, lists)
    rows = answer(lake, "time-ranges", Question(top=2))
    assert [(row["name"], row["rank_short"], row["api_rank_short"], row["api_rank_long"]) for row in rows] == [
        ("Band", 1, None, 7),
        ("Choir", 2, 3, None),
        ("Else", None, 1, None),
        ("band", None, 2, None),
    ]
    by_uri = answer(lake, "time-ranges", Question(what="track"))
    assert [(row["name"], row["artist_name"], row["api_rank_short"]) for row in by_uri][-1] == ("Band", None, 1)
    before = answer(lake, "time-ranges", Question(to_date=date(2024, 6, 1)))
    assert [(row["name"], row["plays_long"], row["api_rank_short"]) for row in before] == [("Band", 0, 1)]


# ---- drift


def test_drift_is_0_where_shares_are_the_same_and_1_where_nothing_is() -> None:
    plays = [
        *song("2024-01-01", "A", 2), *song("2024-01-02", "B", 2),
        *song("2024-04-01", "A", 1), *song("2024-04-02", "B", 1),
        *song("2024-10-01", "C", 3),
        *song("2025-01-01", "C", 1), *song("2025-01-01", "A", 1),
    ]  # fmt: skip
    rows = ask(plays, "drift", what="track")
    assert [row["starts_on"].month for row in rows] == [1, 4, 7, 10, 1]
    assert [row["plays"] for row in rows] == [4, 2, 0, 3, 2]
    # C is all of one and half of the other: the middle is 3/4 and 1/4, whose entropy is 2 - 3/4 log2 3
    last = sqrt(2 - 0.75 * log2(3) - 0.5)
    assert [row["drift"] for row in rows] == [None, 0.0, None, 1.0, pytest.approx(last)]
    assert [row["kept_share"] for row in rows] == [None, 1.0, None, 0.0, 0.5]
    # halves of A and B, of A and C: the middle is 1/2, 1/4, 1/4, so 1.5 - 1 bits
    assert [row["drift_from_first"] for row in rows] == [0.0, 0.0, None, 1.0, pytest.approx(sqrt(0.5))]


# ---- obsessions


def test_ten_plays_in_a_week_and_five_times_the_base_rate_are_an_obsession() -> None:
    # A record of 107 days; 100 are outside the week. The base rate is 0.5 / 100 * 7, so that 10 plays are 285.7 times it.
    plays = [*daily("2024-01-10", 5, times=2), *song("2024-01-01", "Else"), *song("2024-04-16", "Else")]
    (row,) = ask(plays, "obsessions")
    assert list(row.values()) == [
        "Song", "Band", date(2024, 1, 10), date(2024, 1, 14), 5, 10, 0, 0, pytest.approx(10 / 0.035), 1.0,
    ]  # fmt: skip
    assert ask([*daily("2024-01-10", 3, times=3), *plays[10:]], "obsessions") == []


def test_what_is_always_played_is_no_obsession() -> None:
    assert ask(daily("2024-01-01", 60, times=2), "obsessions") == []
    # 102 plays in 60 days, 7 a day from 1 to 7 February, else 1. A window with six of the days has 43 plays and a base rate
    # of 59.5 / 53 * 7, which is 5.47 times less; one with five of them has 37, which is 4.3 times.
    steady = [*daily("2024-01-01", 60), *daily("2024-02-01", 7, times=6)]
    (row,) = ask(steady, "obsessions")
    assert (row["from_date"], row["to_date"], row["plays"]) == (date(2024, 1, 31), date(2024, 2, 8), 51)
    assert (row["plays_before"], row["plays_after"]) == (30, 21)
    assert row["times_base"] == pytest.approx(49 / (53.5 / 53 * 7))


def test_windows_that_share_a_day_are_one_obsession_and_others_two() -> None:
    far = song("2024-12-31", "Else")
    once = [*song("2024-01-10", times=10), *song("2024-01-16", times=10), *far]
    assert [(row["days"], row["plays"]) for row in ask(once, "obsessions")] == [(7, 20)]
    twice = [*song("2024-01-10", times=10), *song("2024-01-17", times=11), *far]
    assert [(row["days"], row["plays"]) for row in ask(twice, "obsessions")] == [(1, 11), (1, 10)]


def test_a_record_of_one_week_has_no_base_rate() -> None:
    assert ask(daily("2024-01-01", 7, times=3), "obsessions") == []


def test_the_share_of_an_obsession_is_of_everything_that_counts() -> None:
    others = [*song("2024-01-10", "Else", 10), play("2024-01-10T12:00", 0.1), *song("2024-12-31", "Else")]
    (row, _) = ask([*song("2024-01-10", times=10), *others], "obsessions")
    assert row["share_of_plays"] == 0.5


# ---- favourites


def test_an_all_time_favourite_is_played_in_half_a_year_of_months() -> None:
    months = [f"2024-{month:02}-15" for month in range(1, 13)]
    steady = [row for day in months[::2] for row in song(day)]  # six months
    burst = [row for day in months[::2] for row in song(day, "Burst")] + song("2024-02-01", "Burst", 7)
    fewer = [row for day in months[:5] for row in song(day, "Fewer")]
    rows = ask([*steady, *burst, *fewer, *song("2024-12-31", "Else")], "all-time-favourites")
    assert [tuple(row.values())[:3] for row in rows] == [(1, "Song", "Band")]
    (row,) = rows
    assert (row["months_with_plays"], row["months_since_first"], row["steadiness"]) == (6, 12, 0.5)
    assert (row["busiest_month_share"], row["ms_played"]) == (pytest.approx(1 / 6), 6 * 180_000)
    # in November it is not a year yet
    assert ask([*steady, *song("2024-12-31", "Else")], "all-time-favourites", to_date=date(2024, 11, 30)) == []


def test_a_favourite_is_forgotten_after_more_than_half_a_year() -> None:
    plays = [*daily("2024-01-01", 5, times=3), *daily("2024-01-01", 4, "Four days", times=4)]
    assert ask([*plays, *song("2024-07-03", "Else")], "forgotten-favourites") == []  # 180 days
    (row,) = ask([*plays, *song("2024-07-04", "Else")], "forgotten-favourites")
    assert list(row.values()) == ["Song", "Band", 15, 5, date(2024, 1, 1), date(2024, 1, 5), 181]
    assert len(ask(plays, "forgotten-favourites", to_date=date(2024, 7, 4))) == 1
    assert len(ask([*plays, *song("2024-02-05", "Else")], "forgotten-favourites", window=30)) == 1


def test_a_comeback_needs_five_plays_before_and_three_within_thirty_days() -> None:
    before = daily("2024-01-01", 5)  # to the 5th; 180 silent days are over on 4 July
    back = [*song("2024-07-04"), *song("2024-07-05"), *song("2024-08-02")]  # the 30th day
    (row,) = ask([*before, *back, *song("2025-01-01")], "comebacks", window=180)
    assert list(row.values()) == ["Song", "Band", date(2024, 1, 6), date(2024, 7, 4), 180, 5, 4]
    assert ask([*before, *back], "comebacks", window=181) == []
    assert ask([*before[1:], *back], "comebacks") == []
    assert ask([*before, *back[:2], *song("2024-08-03")], "comebacks") == []


def test_a_comeback_lies_in_the_period_and_its_past_before_it() -> None:
    plays = [*daily("2024-01-01", 5), *daily("2024-08-01", 3)]
    assert len(ask(plays, "comebacks", from_date=date(2024, 8, 1))) == 1
    assert ask(plays, "comebacks", from_date=date(2024, 8, 2)) == []
    assert ask(plays, "comebacks", to_date=date(2024, 8, 2)) == []


def test_a_period_without_a_counted_play() -> None:
    for name in ("time-ranges", "obsessions", "all-time-favourites", "forgotten-favourites", "comebacks"):
        assert ask([play("2024-01-01T10:00", 0.1)], name) == []
    (row,) = ask([play("2024-01-01T10:00", 0.1)], "drift")
    assert list(row.values()) == [date(2024, 1, 1), 0, 0, None, None, None]


# ---- against the twin

API = [
    told(1, "Band", day=1),
    told(1, "Choir", day=2),
    told(2, "Elsewhere", day=2),
    told(1, "Band", "long_term", day=1),
    told(2, "Air", "long_term", day=1, item_type="track", uri="spotify:track:3", artist_name="Choir"),
    told(1, "Song", "medium_term", day=1, item_type="track", uri="spotify:track:2", artist_name="Band"),
    told(3, "Song", "medium_term", day=1, item_type="track", uri="spotify:track:77", artist_name=None),
]
FIRST, LAST = PERIOD
CASES = [
    ("time-ranges", Question(what="track", top=3)),
    ("time-ranges", Question(what="artist", count="all", to_date=date(2024, 6, 1))),
    ("drift", Question()),
    ("drift", Question(what="recording", per="month", count="all", from_date=FIRST, timezone="America/New_York")),
    ("obsessions", Question()),
    ("obsessions", Question(what="track", window=3, count="all", from_date=FIRST, to_date=LAST)),
    ("all-time-favourites", Question()),
    ("all-time-favourites", Question(what="artist", count="all", to_date=LAST)),
    ("forgotten-favourites", Question(what="artist", window=20)),
    ("forgotten-favourites", Question(count="all", timezone="America/New_York", to_date=LAST)),
    ("comebacks", Question(window=29, what="track")),
    ("comebacks", Question(what="artist", window=35, count="all", from_date=FIRST, to_date=LAST)),
]


@pytest.fixture(scope="module")
def lake() -> LakeDouble:
    lake = LakeDouble([], CATALOGUE)
    lake.fill(TOP_ITEMS, API)
    return lake


@pytest.mark.parametrize(("name", "asked"), CASES)
@drawn(15)
@given(history=YEARS)
def test_report_equals_its_twin(lake: LakeDouble, name: str, asked: Question, history: list[Row]) -> None:
    lake.fill(PLAYS, history)
    plays, tracks = asked_of(history, asked), CATALOGUE
    past = asked_of(history, asked, all_time=True)
    what = asked.what or ("artist" if name in ("time-ranges", "drift") else "recording")
    first, last = asked.from_date, asked.to_date
    expected = {
        "time-ranges": lambda: twin.time_ranges(plays, tracks, API, what, top=asked.top or 50, last=last),
        "drift": lambda: twin.drift(plays, tracks, what, asked.per or "quarter"),
        "obsessions": lambda: twin.obsessions(plays, tracks, what, asked.window or 7),
        "all-time-favourites": lambda: twin.all_time_favourites(plays, tracks, what, 50, last),
        "forgotten-favourites": lambda: twin.forgotten_favourites(plays, tracks, what, asked.window or 180, last),
        "comebacks": lambda: twin.comebacks(past, tracks, what, window=asked.window or 180, first=first, last=last),
    }
    assert same(answer(lake, name, asked), expected[name]())
