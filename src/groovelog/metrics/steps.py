"""Steps of time: days, weeks, months, quarters and years one after the other; hours and weekdays that come again."""

import ibis.expr.types as ir

# Ibis' letter of each step of the calendar. A week begins on its Monday.
CALENDAR = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
# What a row of a report calls its step; a step of the calendar is told by its first day.
LABELS = {**dict.fromkeys(CALENDAR, "starts_on"), "hour": "hour", "weekday": "weekday"}


def step(plays: ir.Table, per: str) -> ir.Value:
    """The step in which a play began, by local date and hour: a date, the hour (0 to 23), or the weekday (1 is Monday)."""
    if per == "hour":
        return plays.local_hour
    if per == "weekday":
        return plays.local_date.day_of_week.index() + 1
    return plays.local_date.truncate(CALENDAR[per]).cast("date")
