"""How long a time a figure over the years shows, and in which steps."""

from dataclasses import dataclass, replace
from datetime import date

from groovelog.dashboard.asked import RECORD, Asked
from groovelog.dashboard.periods import Period

LEAST_DAYS = 150  # fewer make no course: the whole record is shown, with them in it
MONTHS_UP_TO_DAYS = 4 * 366


@dataclass(frozen=True)
class Course:
    """What a figure over time asks, for the days that it shows, and its steps: month or quarter.

    `chosen` is the period of the page where it is too short for a course of its own.
    """

    asked: Asked
    per: str
    first: date
    last: date
    chosen: Period | None = None


def course(asked: Asked) -> Course:
    """The course of the page's period, else of the whole record. There are plays, as on every page."""
    basis = asked.answer("overview")
    first, last = _days(basis.from_date, basis.to_date)
    chosen = None
    if (last - first).days < LEAST_DAYS and asked.period.first is not None:
        record = asked.ever("overview")
        first, last = _days(record.from_date, record.to_date)
        chosen, asked = asked.period, replace(asked, period=RECORD)
    return Course(asked, "month" if (last - first).days <= MONTHS_UP_TO_DAYS else "quarter", first, last, chosen)


def _days(first: date | None, last: date | None) -> tuple[date, date]:
    """Raises ValueError for an answer without plays, of which there is no course."""
    if first is None or last is None:
        raise ValueError("no plays, no course")
    return first, last
