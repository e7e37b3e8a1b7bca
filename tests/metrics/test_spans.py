"""Steps, windows and periods beside each other, by hand."""

from datetime import date
from typing import Any

from answers import answer
from histories import Row, marked, play

from groovelog.metrics.spans import compare, over_time, rolling

SKIP = 0.1  # minutes: kept, and does not count


def stepped(plays: list[Row], per: str) -> list[tuple[Any, ...]]:
    table, tracks = marked()
    return [tuple(row.values()) for row in answer("listening-over-time", over_time(table, tracks, per), plays)]


def windows(
    plays: list[Row], window: int, first: date | None = None, last: date | None = None
) -> list[tuple[Any, ...]]:
    table, _ = marked()
    return [tuple(row.values()) for row in answer("rolling", rolling(table, window, first, last), plays)]


def spans(plays: list[Row], first: date | None = None, last: date | None = None) -> list[Row]:
    table, tracks = marked()
    return answer("compare", compare(table, tracks, first, last), plays)


def test_a_week_begins_on_monday_also_over_the_turn_of_a_year() -> None:
    # Sunday 31 December 2023 and Monday 1 January 2024; a week later a skip alone
    plays = [play("2023-12-31T23:59"), play("2024-01-01T00:00", artist_name="Duo"), play("2024-01-08T10:00", SKIP)]
    assert stepped(plays, "week") == [
        (date(2023, 12, 25), 1, 180_000, 1, 1, 1),
        (date(2024, 1, 1), 1, 180_000, 1, 1, 1),
        (date(2024, 1, 8), 0, 0, 0, 0, 0),
    ]


def test_steps_of_every_sort() -> None:
    plays = [play("2024-02-29T10:00"), play("2024-05-01T10:00")]
    assert [row[0] for row in stepped(plays, "day")][:2] == [date(2024, 2, 29), date(2024, 3, 1)]
    assert [row[0] for row in stepped(plays, "month")] == [date(2024, month, 1) for month in (2, 3, 4, 5)]
    assert [row[:2] for row in stepped(plays, "quarter")] == [(date(2024, 1, 1), 1), (date(2024, 4, 1), 1)]
    assert [row[:2] for row in stepped(plays, "year")] == [(date(2024, 1, 1), 2)]


def test_no_plays_no_steps() -> None:
    assert stepped([], "week") == []


def test_a_window_counts_days_and_not_rows() -> None:
    # 1, 2 and 5 March: the window of three days that ends on the 5th has lost the 2nd
    plays = [play("2024-03-01T10:00"), play("2024-03-02T10:00"), play("2024-03-02T11:00"), play("2024-03-05T10:00")]
    assert windows(plays, 3) == [
        (date(2024, 3, 1), 1, 180_000, 1, False),
        (date(2024, 3, 2), 3, 540_000, 2, False),
        (date(2024, 3, 3), 3, 540_000, 2, True),
        (date(2024, 3, 4), 2, 360_000, 1, True),
        (date(2024, 3, 5), 1, 180_000, 1, True),
    ]


def test_the_first_windows_of_a_period_reach_back_before_it() -> None:
    plays = [play("2024-03-01T10:00"), play("2024-03-02T10:00"), play("2024-03-03T10:00")]
    assert windows(plays, 2, date(2024, 3, 2), date(2024, 3, 2)) == [(date(2024, 3, 2), 2, 360_000, 2, True)]


def test_a_window_of_one_day_is_that_day() -> None:
    assert windows([play("2024-03-31T00:30"), play("2024-03-31T02:30")], 1) == [
        (date(2024, 3, 31), 2, 360_000, 1, True)
    ]


def test_compare_of_a_month_that_ends_on_a_leap_day() -> None:
    plays = [
        play("2023-02-10T10:00", 6, session_id=1),
        play("2024-01-15T10:00", 2, artist_name="Duo", session_id=2),
        play("2024-02-10T10:00", 3, artist_name="New", session_id=3),
        play("2024-02-29T10:00", SKIP),
    ]
    this, before, earlier = spans(plays, date(2024, 2, 1), date(2024, 2, 29))
    assert [(row["span"], row["from_date"], row["to_date"]) for row in (this, before, earlier)] == [
        ("this period", date(2024, 2, 1), date(2024, 2, 29)),
        ("the one before", date(2024, 1, 3), date(2024, 1, 31)),  # 29 days
        ("a year earlier", date(2023, 2, 1), date(2023, 2, 28)),
    ]
    assert (this["plays"], this["counted_plays"], this["ms_played"], this["new_artists"]) == (2, 1, 180_000, 1)
    assert [row["change_ms"] for row in (this, before, earlier)] == [None, 0.5, -0.5]
    # the record begins on 10 February 2023
    assert [row["in_record"] for row in (this, before, earlier)] == [True, True, False]


def test_without_dates_the_last_28_days_of_the_record() -> None:
    this, before, earlier = spans([play("2024-06-30T10:00")])
    assert (this["from_date"], this["to_date"], this["in_record"]) == (date(2024, 6, 3), date(2024, 6, 30), False)
    assert (before["from_date"], before["to_date"], before["plays"]) == (date(2024, 5, 6), date(2024, 6, 2), 0)
    assert (earlier["from_date"], earlier["to_date"], earlier["change_ms"]) == (
        date(2023, 6, 3),
        date(2023, 6, 30),
        None,
    )


def test_an_artist_is_new_in_the_span_of_its_first_counted_play_ever() -> None:
    plays = [play("2023-01-01T10:00"), play("2024-06-30T10:00"), play("2024-06-29T10:00", SKIP, artist_name="Hasty")]
    assert [row["new_artists"] for row in spans(plays)] == [0, 0, 0]


def test_no_plays_nothing_to_compare() -> None:
    assert spans([]) == []
