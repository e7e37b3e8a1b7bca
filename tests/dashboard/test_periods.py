from datetime import date

import pytest

from groovelog.dashboard.periods import ALL_TIME, MONTH, WEEK, YEAR, Period, key_of, keys, period, within


@pytest.mark.parametrize(
    ("kind", "day", "key", "first", "last"),
    [
        (YEAR, date(2024, 2, 29), "2024", date(2024, 1, 1), date(2024, 12, 31)),
        (MONTH, date(2024, 2, 29), "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (WEEK, date(2024, 2, 29), "2024-W09", date(2024, 2, 26), date(2024, 3, 3)),
        (WEEK, date(2024, 12, 30), "2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
    ],
)
def test_a_day_lies_in_the_period_of_its_key(kind, day, key, first, last) -> None:
    assert key_of(kind, day) == key
    assert period(kind, key) == Period(kind, first, last)


def test_periods_are_offered_latest_first_and_without_holes() -> None:
    assert keys(MONTH, date(2023, 11, 30), date(2024, 1, 1)) == ["2024-01", "2023-12", "2023-11"]


def test_a_period_ends_with_the_record() -> None:
    year = period(YEAR, "2024")
    assert within(year, date(2023, 5, 1), date(2024, 11, 22)) == Period(YEAR, date(2024, 1, 1), date(2024, 11, 22))
    assert within(Period(ALL_TIME), date(2023, 5, 1), date(2024, 11, 22)) == Period(ALL_TIME)
