"""Steps of local time: days, weeks from Monday on, months, quarters, years; and hours and weekdays, which come again.

A step of the calendar has a number, so that steps can be counted.
"""

import ibis
import ibis.expr.types as ir

# What a row of a report calls its step; a step of the calendar is told by its first day.
LABELS = {
    **dict.fromkeys(("day", "week", "month", "quarter", "year"), "starts_on"), "hour": "hour", "weekday": "weekday",
}  # fmt: skip
MONDAY_BEFORE = 3  # days from Monday, 29 December 1969, to 1 January 1970, which is day 0


def number(dates: ir.DateValue, per: str) -> ir.IntegerValue:
    """The number of the step that a date lies in; the next step has the next number."""
    if per == "day":
        step = dates.epoch_days()
    elif per == "week":
        step = (dates.epoch_days() + MONDAY_BEFORE) // 7
    elif per == "month":
        step = dates.year() * 12 + dates.month() - 1
    elif per == "quarter":
        step = dates.year() * 4 + dates.quarter() - 1
    else:
        step = dates.year()
    return step.cast("int64")


def first_day(numbers: ir.IntegerValue, per: str) -> ir.DateValue:
    """The first day of the step of that number."""
    if per == "day":
        return day(numbers)
    if per == "week":
        return day(numbers * 7 - MONDAY_BEFORE)
    if per == "month":
        return ibis.date(numbers // 12, numbers % 12 + 1, 1)
    if per == "quarter":
        return ibis.date(numbers // 4, numbers % 4 * 3 + 1, 1)
    return ibis.date(numbers, 1, 1)


def day(numbers: ir.IntegerValue) -> ir.DateValue:
    """The date of a day number, which is `epoch_days` of it."""
    return ibis.date("1970-01-01") + numbers.cast("int32").as_interval("D")


def every(plays: ir.Table, per: str) -> ir.Table:
    """The numbers of all steps from the first of the plays to the last: `step`. No plays, no rows."""
    ends = plays.agg(first=plays.local_date.min(), last=plays.local_date.max())
    numbers = ends.mutate(first=number(ends.first, per), last=number(ends.last, per))
    return numbers.select(step=ibis.range(numbers.first, numbers.last + 1).unnest())


def step(plays: ir.Table, per: str) -> ir.Value:
    """The step in which a play began, as rows tell it: its first day, the hour (0 to 23), or the weekday (1 is Monday)."""
    if per == "hour":
        return plays.local_hour
    if per == "weekday":
        return plays.local_date.day_of_week.index() + 1
    return first_day(number(plays.local_date, per), per)
