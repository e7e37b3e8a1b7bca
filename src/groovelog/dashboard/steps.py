"""The steps of time in which a page draws how something moves."""

from dataclasses import dataclass
from datetime import date

from groovelog.dashboard.periods import Period

YEAR_DAYS = 366
MONTHS_UP_TO = 550  # days; longer in quarters
QUARTERS_UP_TO = 4 * YEAR_DAYS  # days; longer in years


@dataclass(frozen=True)
class Steps:
    """From the first to the last day, in steps of a month, a quarter or a year."""

    first: date
    last: date
    per: str


def steps_of(period: Period, first: date, last: date) -> Steps:
    """Those of a period in a record; of less than a year, the twelve months up to its end."""
    begins, ends = period.first or first, period.last or last
    days = (ends - begins).days + 1
    if days > QUARTERS_UP_TO:
        return Steps(begins, ends, "year")
    if days > MONTHS_UP_TO:
        return Steps(begins, ends, "quarter")
    year = date(ends.year - (ends.month < 12), ends.month % 12 + 1, 1)
    return Steps(max(min(begins, year), first), ends, "month")
