"""Months and hours of the week, by hand."""

from datetime import date

from answers import answer
from histories import LakeDouble, Row, marked, play

from groovelog.metrics.rhythm import artist_hours, by_month, heatmap, seasons, weekparts


def months(plays: list[Row]) -> list[tuple[date, int, int]]:
    table, _ = marked()
    return [tuple(row.values()) for row in LakeDouble(plays).ask(by_month(table))]


def cells(plays: list[Row]) -> dict[tuple[int, int], tuple[int, int]]:
    table, _ = marked()
    rows = LakeDouble(plays).ask(heatmap(table))
    return {(row["weekday"], row["hour"]): (row["plays"], row["ms_played"]) for row in rows}


def test_a_month_without_plays_is_there_with_zero_also_over_the_turn_of_a_year() -> None:
    plays = [play("2023-11-30T23:59", minutes=3), play("2024-01-01T00:00", minutes=2)]
    assert months(plays) == [
        (date(2023, 11, 1), 1, 180_000),
        (date(2023, 12, 1), 0, 0),
        (date(2024, 1, 1), 1, 120_000),
    ]


def test_a_month_in_which_nothing_counts_is_there_with_zero() -> None:
    plays = [play("2024-01-31T10:00", minutes=0.1), play("2024-02-29T10:00", minutes=1)]
    assert months(plays) == [(date(2024, 1, 1), 0, 0), (date(2024, 2, 1), 1, 60_000)]


def test_no_plays_no_months() -> None:
    assert months([]) == []


def test_all_cells_of_the_week_are_there_without_plays() -> None:
    assert cells([]) == {(weekday, hour): (0, 0) for weekday in range(1, 8) for hour in range(24)}


def test_a_play_over_midnight_lies_in_the_hour_it_began() -> None:
    # 2 June 2024 was a Sunday
    week = cells([play("2024-06-02T23:58", minutes=10)])
    assert week[7, 23] == (1, 600_000)
    assert week[1, 0] == (0, 0)


def test_equal_hours_of_different_weeks_add_up() -> None:
    # two Mondays at seven
    week = cells([play("2024-06-03T07:00", minutes=1), play("2024-06-10T07:59", minutes=2)])
    assert week[1, 7] == (2, 180_000)


def test_cells_are_in_the_order_of_the_week() -> None:
    assert list(cells([])) == sorted(cells([]))


def test_hours_of_artists_are_shares_of_all_that_was_played_then() -> None:
    table, tracks = marked()
    plays = [
        *[play(f"2024-06-0{day}T07:30", 3, artist_name="a") for day in (1, 2, 3)],
        play("2024-06-03T07:40", 2, artist_name="b"),
        play("2024-06-03T23:58", 4, artist_name="b"),
        play("2024-06-03T23:10", 0.1, artist_name="a"),
        play("2024-06-03T23:20", artist_name=None, track_uri=None),
    ]
    rows = answer("artist-hours", artist_hours(table, tracks, 2), plays)
    assert [tuple(row.values()) for row in rows] == [
        (1, "a", 7, 3, 540_000, 4, 0.75),
        (2, "b", 7, 1, 120_000, 4, 0.25),
        (2, "b", 23, 1, 240_000, 2, 0.5),
    ]
    assert {row["artist_name"] for row in answer("artist-hours", artist_hours(table, tracks, 1), plays)} == {"a"}


def parts(plays: list[Row]) -> list[Row]:
    table, _ = marked()
    return answer("weekparts", weekparts(table), plays)


def test_workdays_and_weekend() -> None:
    # Friday 31 May to Monday 3 June 2024
    plays = [
        play("2024-05-31T10:00", minutes=3, skipped=False),
        play("2024-05-31T10:30", minutes=0.1, skipped=True),
        play("2024-06-02T23:58", minutes=4),
        play("2024-06-03T08:00", minutes=3, skipped=False),
    ]
    workdays, weekend = parts(plays)
    assert tuple(workdays.values()) == ("workdays", 2, 2, 2, 360_000, 180_000, 1.0, 1 / 3, 8)
    assert tuple(weekend.values()) == ("weekend", 2, 1, 1, 240_000, 120_000, 0.5, None, 23)


def test_a_part_of_the_week_that_the_record_lacks() -> None:
    weekend = parts([play("2024-05-31T10:00", minutes=0.1)])[1]
    assert tuple(weekend.values()) == ("weekend", 0, 0, 0, 0, None, None, None, None)


def test_december_belongs_to_the_season_of_the_january_that_follows() -> None:
    plays = [
        play("2023-11-30T23:59", artist_name="b"),
        play("2024-02-29T10:00", artist_name="b"),
        play("2023-12-01T00:00", artist_name="a"),
        play("2024-06-01T00:00", minutes=0.1),
    ]
    table, tracks = marked()
    rows = answer("seasons", seasons(table, tracks), plays)
    assert [tuple(row.values()) for row in rows] == [
        ("Sep-Nov", 2023, date(2023, 9, 1), 1, 180_000, 1, 1, 1, "b", 1),
        ("Dec-Feb", 2024, date(2023, 12, 1), 2, 360_000, 2, 1, 2, "a", 1),
        ("Mar-May", 2024, date(2024, 3, 1), 0, 0, 0, 0, 0, None, None),
        ("Jun-Aug", 2024, date(2024, 6, 1), 0, 0, 0, 0, 0, None, None),
    ]
