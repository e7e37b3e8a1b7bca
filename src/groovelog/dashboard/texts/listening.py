"""What is said of months and of hours of the week; a claim has its neutral variant."""

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from groovelog.dashboard.periods import ALL_TIME, MONTH, YEAR, Period
from groovelog.dashboard.texts.wording import (
    ENOUGH_PLAYS,
    STANDS_OUT,
    WEEKDAYS,
    counted,
    duration,
    month,
    period_name,
)

MONTHS_SUB = "Hours of counted plays by month, the whole record. Press a month to go in"
WEEK_SUB = "Minutes of counted plays by weekday and hour, in a mean week. Press an hour to read it"
ENOUGH_MONTHS = 4


@dataclass(frozen=True)
class MonthFinding:
    """The title of the months and the month it speaks of."""

    title: str
    marked: date | None = None


@dataclass(frozen=True)
class HourFinding:
    """The title of the week's hours and the cell it speaks of: weekday (Monday is 0) and hour."""

    title: str
    marked: tuple[int, int] | None = None


def months_finding(hours: Mapping[date, int], period: Period) -> MonthFinding:
    """`hours` holds the ms played in each month of the record."""
    chosen = months_in(hours, period)
    in_period = {start: hours[start] for start in chosen}
    if not any(in_period.values()):
        return MonthFinding("No listening in this period")
    fullest = max(in_period, key=lambda start: (in_period[start], start))
    if period.kind == MONTH:
        place = 1 + sum(ms > in_period[fullest] for ms in hours.values())
        rank = "the fullest" if place == 1 else f"number {place}"
        return MonthFinding(f"{month(fullest)}: {duration(in_period[fullest])}, {rank} of {len(hours)} months", fullest)
    if period.kind not in {ALL_TIME, YEAR}:
        return MonthFinding(f"Where these days lie among {counted(len(hours), 'month', 'months')}")
    usual = statistics.median(in_period.values())
    if len(in_period) < ENOUGH_MONTHS:
        return MonthFinding(f"{counted(len(in_period), 'month', 'months')} so far, {duration(sum(in_period.values()))}")
    if in_period[fullest] < STANDS_OUT * usual:
        even = "An even record" if period.first is None else f"An even {period_name(period)}"
        return MonthFinding(f"{even}: about {duration(usual)} a month")
    return MonthFinding(
        f"{month(fullest)} was the fullest month: {duration(in_period[fullest])}, usual {duration(usual)}", fullest
    )


def week_finding(cells: Mapping[tuple[int, int], int], plays: int) -> HourFinding:
    """`cells` holds the ms played by weekday (Monday is 0) and hour, all 168 of them."""
    if plays < ENOUGH_PLAYS:
        return HourFinding("Too few plays to speak of a rhythm yet")
    first, second = sorted(cells, key=lambda cell: cells[cell], reverse=True)[:2]
    if cells[first] == cells[second]:
        return HourFinding("No single hour of the week stands out")
    if cells[first] < STANDS_OUT * cells[second]:
        return HourFinding(f"{_hour(first)} is the fullest hour, closely before {_hour(second)}", first)
    return HourFinding(f"{_hour(first)} beats every other hour of the week", first)


def months_in(months: Iterable[date], period: Period) -> frozenset[date]:
    """The months, given by their first days, that a period touches."""
    if period.first is None or period.last is None:
        return frozenset(months)
    first = period.first.replace(day=1)
    return frozenset(start for start in months if first <= start <= period.last)


def _hour(cell: tuple[int, int]) -> str:
    return f"{WEEKDAYS[cell[0]]} at {cell[1]:02d}:00"
