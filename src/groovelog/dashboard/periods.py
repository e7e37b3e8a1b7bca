"""Stretches of local dates to look at: all time, a calendar year, month or ISO week, or any two dates."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ALL_TIME, YEAR, MONTH, WEEK, DATES = KINDS = ("All time", "Year", "Month", "Week", "Dates")


@dataclass(frozen=True)
class Period:
    """Local dates, both inclusive; a period of all time has none."""

    kind: str
    first: date | None = None
    last: date | None = None


def key_of(kind: str, day: date) -> str:
    """The year, month or week a day is in, as written in the address: 2024, 2024-05, 2024-W20."""
    if kind == YEAR:
        return f"{day.year:04d}"
    if kind == MONTH:
        return f"{day.year:04d}-{day.month:02d}"
    week = day.isocalendar()
    return f"{week.year:04d}-W{week.week:02d}"


def period(kind: str, key: str) -> Period:
    """The period behind such a key."""
    if kind == YEAR:
        year = int(key)
        return Period(kind, date(year, 1, 1), date(year, 12, 31))
    if kind == MONTH:
        year, month = (int(part) for part in key.split("-"))
        return Period(kind, date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    year, week = (int(part) for part in key.split("-W"))
    monday = date.fromisocalendar(year, week, 1)
    return Period(kind, monday, monday + timedelta(days=6))


def within(whole: Period, first: date, last: date) -> Period:
    """The part of a period that lies between two days."""
    if whole.first is None or whole.last is None:
        return whole
    return Period(whole.kind, max(whole.first, first), min(whole.last, last))


def before(looked_at: Period) -> Period | None:
    """The year, month or week before, or as many days; None before all time."""
    if looked_at.first is None or looked_at.last is None:
        return None
    if looked_at.kind == DATES:
        days = looked_at.last - looked_at.first
        last = looked_at.first - timedelta(days=1)
        return Period(DATES, last - days, last)
    whole = period(looked_at.kind, key_of(looked_at.kind, looked_at.first))
    assert whole.first is not None  # noqa: S101 - only all time has none
    return period(looked_at.kind, key_of(looked_at.kind, whole.first - timedelta(days=1)))


def keys(kind: str, first: date, last: date) -> list[str]:
    """Every year, month or week between two days, the latest first."""
    return list(dict.fromkeys(key_of(kind, day) for day in _days_back(last, first)))


def _days_back(last: date, first: date) -> Iterator[date]:
    return (last - timedelta(days=ago) for ago in range((last - first).days + 1))
