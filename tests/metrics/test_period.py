"""Local days, by hand."""

from datetime import date

from histories import LakeDouble, Row, play

from groovelog.metrics.period import localised, within
from groovelog.metrics.unbound import unbound
from groovelog.tables import PLAYS

TABLE = unbound(PLAYS)


def clock(zone: str, *plays: Row) -> list[tuple[str, int]]:
    table = localised(TABLE, zone).order_by("started_at")
    return [(str(row["local_date"]), row["local_hour"]) for row in LakeDouble(plays).ask(table)]


def test_a_late_evening_in_lisbon_is_the_next_day_in_kathmandu() -> None:
    # 22:30 UTC, and Kathmandu is 5:45 ahead of it: 04:15
    assert clock("Asia/Kathmandu", play("2024-02-28T22:30")) == [("2024-02-29", 4)]


def test_the_hour_that_new_york_leaves_out_in_spring() -> None:
    # 06:59 and 07:00 UTC on 10 March 2024: 01:59 by winter time, then 03:00 by summer time
    plays = [play("2024-03-10T06:59"), play("2024-03-10T07:00")]
    assert clock("America/New_York", *plays) == [("2024-03-10", 1), ("2024-03-10", 3)]


def test_the_hour_that_new_york_has_twice_in_autumn() -> None:
    # 05:30 and 06:30 UTC on 3 November 2024 are both 01:30
    plays = [play("2024-11-03T05:30"), play("2024-11-03T06:30")]
    assert clock("America/New_York", *plays) == [("2024-11-03", 1), ("2024-11-03", 1)]


def test_the_zone_is_told() -> None:
    assert LakeDouble([play("2024-06-01T10:00")]).ask(localised(TABLE, "Asia/Tokyo"))[0]["timezone"] == "Asia/Tokyo"


def days(first: date | None, last: date | None) -> list[int]:
    lake = LakeDouble([play(f"2024-06-{day:02d}T23:59") for day in range(1, 6)])
    return [row["local_date"].day for row in lake.ask(within(TABLE, first, last).order_by("local_date"))]


def test_both_ends_of_a_period_belong_to_it() -> None:
    assert days(date(2024, 6, 2), date(2024, 6, 4)) == [2, 3, 4]


def test_an_end_left_open_is_open() -> None:
    assert days(None, date(2024, 6, 2)) == [1, 2]
    assert days(date(2024, 6, 4), None) == [4, 5]
    assert days(None, None) == [1, 2, 3, 4, 5]
