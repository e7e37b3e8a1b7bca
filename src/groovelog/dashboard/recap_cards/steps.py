"""Steps of time that a card has room for."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

from groovelog.dashboard.texts.wording import MONTHS

Step = Literal["day", "week", "month", "year"]

RAYS = 400  # lines that a disc has room for
DAYS_AS_COLUMNS = 31
MONTHS_AS_COLUMNS = 24


def for_disc(first: date, last: date) -> Step:
    days = (last - first).days + 1
    if days <= RAYS:
        return "day"
    return "week" if days <= 7 * RAYS else "month"


def for_columns(first: date, last: date) -> Step:
    if (last - first).days < DAYS_AS_COLUMNS:
        return "day"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return "month" if months <= MONTHS_AS_COLUMNS else "year"


def start(day: date, step: Step) -> date:
    """The first day of the step that a day is in; weeks begin on Monday."""
    if step == "week":
        return day - timedelta(days=day.weekday())
    if step == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if step == "year" else day


def every(first: date, last: date, step: Step) -> list[date]:
    return list(dict.fromkeys(start(day, step) for day in _days(first, last)))


def tally(days: Iterable[date], first: date, last: date, step: Step) -> dict[date, int]:
    """How many of the days lie in each step from first to last."""
    counted = Counter(start(day, step) for day in days)
    return {begin: counted[begin] for begin in every(first, last, step)}


def ticks(begins: list[date], step: Step) -> dict[int, str]:
    """What stands below the columns, by their places: short enough that none touches another."""
    if step == "year":
        gap = 1 if len(begins) <= 9 else 2
        return {place: str(begin.year) for place, begin in enumerate(begins) if (len(begins) - 1 - place) % gap == 0}
    if step == "month":
        letters = 3 if len(begins) <= 8 else 1
        return {place: MONTHS[begin.month - 1][:letters] for place, begin in enumerate(begins)}
    gap = 1 if len(begins) <= 14 else 5
    return {place: str(begin.day) for place, begin in enumerate(begins) if place % gap == 0}


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
