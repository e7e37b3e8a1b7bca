"""Quarters of a year, numbered: a life is lived and written down quarter by quarter."""

from datetime import UTC, date, datetime


def quarter_of(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def first_day(quarter: int) -> date:
    return date(quarter // 4, quarter % 4 * 3 + 1, 1)


def second_of(day: date) -> int:
    """The second of UTC, since 1970, at which a day begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def year_begins(year: int) -> int:
    return second_of(date(year, 1, 1))
