"""Words for steps of time, and for how long something took."""

from datetime import date

from groovelog.dashboard.texts.wording import MONTHS, NB, counted, month

DAYS_IN_MONTH = 30.44
STEP = {"month": "month", "quarter": "quarter", "year": "year"}


def step(starts_on: date, per: str) -> str:
    """A step by its first day: "March 2018", "July to September 2018", "2018"."""
    if per == "year":
        return str(starts_on.year)
    if per == "month":
        return month(starts_on)
    return f"{MONTHS[starts_on.month - 1]} to{NB}{MONTHS[starts_on.month + 1]}{NB}{starts_on.year}"


def span(days: int) -> str:
    """Days in words of about their size: days, weeks up to ten, months up to two years, years with their months."""
    if days < 14:
        return counted(days, "day", "days")
    if days < 70:
        return counted(round(days / 7), "week", "weeks")
    months = round(days / DAYS_IN_MONTH)
    if months < 24:
        return counted(months, "month", "months")
    years, rest = divmod(months, 12)
    return counted(years, "year", "years") + (f" and {counted(rest, 'month', 'months')}" if rest else "")


def steps(number: int, per: str) -> str:
    return counted(number, STEP[per], f"{STEP[per]}s")
