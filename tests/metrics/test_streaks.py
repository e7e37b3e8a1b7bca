"""Streaks, regularity and records, by hand."""

from datetime import date
from typing import Any

import pytest
from answers import answer
from histories import Row, marked, play, track

from groovelog.metrics.frequency import frequency
from groovelog.metrics.records import records
from groovelog.metrics.streaks import streaks

SKIP = 0.1  # minutes: kept, and does not count


def told(plays: list[Row], last: date | None = None) -> list[tuple[Any, ...]]:
    table, _ = marked()
    return [tuple(row.values()) for row in answer("streaks", streaks(table, None, last), plays)]


def often(plays: list[Row]) -> Row:
    table, _ = marked()
    (row,) = answer("frequency", frequency(table), plays)
    return row


def most(plays: list[Row], tracks: list[Row] = ()) -> dict[str, tuple[Any, ...]]:
    table, catalogue = marked()
    rows = answer("records", records(table, catalogue), plays, tracks)
    return {row.pop("record"): tuple(row.values()) for row in rows}


def on(*days: str, hour: str = "10:00") -> list[Row]:
    return [play(f"{day}T{hour}") for day in days]


def test_a_streak_goes_over_a_leap_day_and_the_longest_comes_first() -> None:
    plays = on("2024-02-26", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-05")
    assert told(plays) == [
        (1, date(2024, 2, 28), date(2024, 3, 1), 3, 3, 540_000, False),
        (2, date(2024, 2, 26), date(2024, 2, 26), 1, 1, 180_000, False),
        (3, date(2024, 3, 5), date(2024, 3, 5), 1, 1, 180_000, True),
    ]


def test_a_day_on_which_nothing_counts_ends_a_streak() -> None:
    plays = [*on("2024-06-01", "2024-06-03"), play("2024-06-02T10:00", SKIP)]
    assert [row[3] for row in told(plays)] == [1, 1]


def test_a_streak_up_to_the_day_before_the_end_is_current() -> None:
    yesterday = [*on("2024-06-01"), play("2024-06-02T10:00", SKIP)]
    assert [row[-1] for row in told(yesterday)] == [True]
    assert [row[-1] for row in told(yesterday, date(2024, 6, 3))] == [False]


def test_a_clockwork_is_regular() -> None:
    # the same hour on each of 15 days, also over the night on which the clocks change
    days = [f"2024-03-{day:02}" for day in range(24, 32)] + [f"2024-04-{day:02}" for day in range(1, 8)]
    row = often(on(*days, hour="08:30"))
    assert (row["regularity_day"], row["regularity_week"]) == (1, 1)
    assert (row["calendar_days"], row["share_of_days"], row["longest_gap"], row["mean_gap"]) == (15, 1, None, None)


def test_kappa_by_hand() -> None:
    # Two days: hours 8 and 9, then 9 and 10. Of 24 pairs one is on both times, 21 are off both times.
    plays = [*on("2024-06-01", "2024-06-02", hour="09:00"), *on("2024-06-01", hour="08:00"), *on("2024-06-02")]
    row = often(plays)
    po, pe = 22 / 24, (2 / 24) ** 2 + (22 / 24) ** 2
    assert row["regularity_day"] == pytest.approx((po - pe) / (1 - pe))
    assert row["regularity_week"] is None  # the record is shorter


def test_gaps_and_plays_of_a_day() -> None:
    # 1, 2, 5 and 7 June: gaps of 2 days and of 1
    plays = [*on("2024-06-01", "2024-06-02", "2024-06-05", "2024-06-07"), *on("2024-06-07", hour="12:00")]
    row = often(plays)
    assert (row["calendar_days"], row["days_with_plays"], row["longest_gap"], row["mean_gap"]) == (7, 4, 2, 1.5)
    assert (row["plays_per_day_mean"], row["plays_per_day_median"]) == (1.25, 1)
    assert row["sessions_per_day"] == 1  # histories give every day its session


def test_a_record_without_counted_plays() -> None:
    row = often([play("2024-06-01T10:00", SKIP), play("2024-06-10T10:00", SKIP)])
    assert (row["calendar_days"], row["days_with_plays"], row["share_of_days"]) == (10, 0, 0)
    others = set(row) - {"calendar_days", "days_with_plays", "share_of_days"}
    assert {name: row[name] for name in others} == dict.fromkeys(others)


def test_records_of_three_days() -> None:
    other = {"track_uri": "spotify:track:2", "track_name": "Other", "artist_name": "Duo"}
    plays = [
        play("2024-05-31T23:50", 20, session_id=1),
        play("2024-06-01T00:10", 4, session_id=1),
        play("2024-06-03T10:00", 2, session_id=2, **other),
        play("2024-06-03T11:00", 2, session_id=2, **other),
        play("2024-06-03T12:00", 2, session_id=2),
    ]
    found = most(plays, [track(1, "Song", "Band"), track(2, "Other", "Duo")])
    friday, saturday, monday = date(2024, 5, 31), date(2024, 6, 1), date(2024, 6, 3)
    assert found["most time in a day"] == (1_200_000, "ms", friday, friday, None, None, 1, 1_200_000)
    assert found["most plays in a day"] == (3, "plays", monday, monday, None, None, 3, 360_000)
    assert found["most time in a week"][2:4] == (date(2024, 5, 27), date(2024, 6, 2))
    assert found["most plays in a month"][0:4] == (4, "plays", saturday, date(2024, 6, 30))
    assert found["longest session"] == (1_440_000, "ms", friday, saturday, None, None, 2, 1_440_000)
    assert found["most repeated track in a day"] == (2, "plays", monday, monday, "Other", "Duo", 2, 240_000)
    assert found["most tracks in a day"] == (2, "tracks", monday, monday, None, None, 3, 360_000)
    assert found["most time with an artist in a day"] == (1_200_000, "ms", friday, friday, "Band", None, 1, 1_200_000)
    assert found["longest streak"] == (2, "days", friday, saturday, None, None, 2, 1_440_000)
    assert found["longest silence"] == (1, "days", date(2024, 6, 2), date(2024, 6, 2), None, None, None, None)


def test_of_equal_records_the_earliest_and_of_one_day_the_first_by_name() -> None:
    names = [{"track_uri": f"spotify:track:{number}", "artist_name": name} for number, name in ((1, "b"), (2, "a"))]
    plays = [play(f"2024-06-0{day}T10:00", **columns) for day in (2, 1) for columns in names]
    found = most(plays, [track(1, "b", "b"), track(2, "a", "a")])
    assert found["most repeated track in a day"][2:5] == (date(2024, 6, 1), date(2024, 6, 1), "a")
    assert found["most time with an artist in a day"][4] == "a"


def test_no_counted_plays_no_records() -> None:
    assert most([play("2024-06-01T10:00", SKIP)]) == {}
