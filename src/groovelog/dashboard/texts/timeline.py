"""What Timeline says: of the years, of a fortnight, of one session."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from groovelog.dashboard.periods import Period
from groovelog.dashboard.texts.wording import (
    MONTHS,
    Headline,
    count,
    counted,
    day,
    days_of_month,
    duration,
    month,
    period_name,
    short_weekday_and_day_in_year,
    stretch,
    stretch_in_year,
    weekday_and_day,
)

FAR_ABOVE = 1.3  # times the usual, of the mean of several steps, to stand out among years
ENOUGH_MORNINGS = 5
ENOUGH_STEPS = 12
DAYS_RATHER_THAN_MONTHS = 21
BINGE, ROUTINE = "late-night binge", "morning routine"
LEGEND = {BINGE: "late night", ROUTINE: "morning routine"}
OTHER, EMPTY = "other sessions", "no counted plays"
OVER = {"week": "five-week mean", "day": "seven-day mean"}
WINDOWS = {"week": 5, "day": 7}
PRESS = {"week": "Press a week to go in", "day": "Press a day to go in"}
BLOCKS_SUB = "Each block is a session: plays with no silence longer than 30 minutes. Press one to open it"
NIGHTS = "Nights that ran long"
NIGHTS_SUB = "Late-night binges of the period, the longest first. Press one to open it"

NO_NIGHTS = "No session of two hours and more reached past midnight in this period"


@dataclass(frozen=True)
class Stretch:
    """Steps that stand out: their places, and the mean ms of one of them."""

    first: int
    last: int
    mean: float


def means(values: Sequence[int], window: int, silent: Sequence[bool]) -> list[float | None]:
    """The mean around each step; none where nothing was heard for long, nor where a neighbour is missing."""
    half = window // 2
    told: list[float | None] = []
    for place in range(len(values)):
        around = range(place - half, place + half + 1)
        whole = around[0] >= 0 and around[-1] < len(values) and not any(silent[near] for near in around)
        told.append(statistics.mean(values[near] for near in around) if whole else None)
    return told


def stands_out(values: Sequence[int], smooth: Sequence[float | None]) -> Stretch | None:
    """The stretch around the highest mean, as far as the means stay nearer to it than to the usual one."""
    known = [mean for mean in smooth if mean is not None]
    if len(known) < ENOUGH_STEPS:
        return None
    peak, usual = max(known), statistics.median(known)
    if not usual or peak < FAR_ABOVE * usual:
        return None
    least = (peak + usual) / 2
    first = last = smooth.index(peak)
    while first > 0 and (smooth[first - 1] or 0) >= least:
        first -= 1
    while last + 1 < len(smooth) and (smooth[last + 1] or 0) >= least:
        last += 1
    return Stretch(first, last, statistics.mean(values[first : last + 1]))


def headline(ms: int, first: date, last: date, period: Period, found: tuple[date, date] | None) -> Headline:
    span = _span(first, last) if period.first is None else period_name(period)
    before = f"{span}, {duration(ms)} of music."
    if found is None:
        return Headline(before)
    days = (found[1] - found[0]).days < DAYS_RATHER_THAN_MONTHS
    return Headline(before + " ", fortnight(*found) if days else _months(*found), " stands out.")


def _span(first: date, last: date) -> str:
    days = (last - first).days + 1
    if days < 60:
        return counted(days, "day", "days")
    if days < 700:
        return counted(round(days / 30.4), "month", "months")
    return counted(round(days / 365.25), "year", "years")


def _months(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    if first.year == last.year:
        return f"{MONTHS[first.month - 1]} to {month(last)}"
    return f"{month(first)} to {month(last)}"


def years_title(per: str, values: Sequence[int], found: Stretch | None, span: tuple[date, date] | None) -> str:
    if found is None or span is None:
        if len(values) < ENOUGH_STEPS:
            return f"{counted(len(values), per, per + 's')}, {duration(sum(values))} in all"
        if not statistics.median(values):
            heard = sum(1 for value in values if value)
            return f"Music in {count(heard)} of {counted(len(values), per, per + 's')}, {duration(sum(values))} in all"
        return f"No stretch stands out: about {duration(statistics.median(values))} a {per}"
    usual = duration(statistics.median(values))
    return f"{stretch(*span)}: {duration(found.mean)} a {per}, where {usual} is usual"


def years_sub(per: str) -> str:
    return f"Hours of counted plays by {per}; the line is a {OVER[per]}. {PRESS[per]}"


def step_name(per: str, start: date) -> str:
    return f"Week of {day(start)}" if per == "week" else weekday_and_day(start)


def fortnight(first: date, last: date) -> str:
    """As short as it goes: month and year once where they are one."""
    if (first.year, first.month) == (last.year, last.month):
        return days_of_month(first, last)
    return stretch_in_year(first, last)


def blocks_title(sessions: Sequence[Mapping[str, object]], ends: Mapping[str, datetime], days: int) -> str:
    """`ends` are the local ends of late-night sessions by their ids, the longest first."""
    mornings = sum(1 for row in sessions if row["label"] == ROUTINE)
    clockwork = "Mornings like clockwork" if mornings >= ENOUGH_MORNINGS else ""
    late = ""
    if ends:
        until = next(iter(ends.values()))
        late = (
            f"one night that ran until {until:%H:%M}"
            if len(ends) == 1
            else f"{len(ends)} late nights, the longest until {until:%H:%M}"
        )
    if clockwork and late:
        return f"{clockwork}, and {late}"
    if clockwork:
        return f"{clockwork}: {mornings} of {days} days began at their usual time"
    if late:
        return late[0].upper() + late[1:]
    ms = sum(int(str(row["ms_played"])) for row in sessions)
    return f"{counted(len(sessions), 'session', 'sessions')} in {counted(days, 'day', 'days')}, {duration(ms)}"


def session_name(begin: datetime, end: datetime, *, brief: bool = False) -> str:
    when = short_weekday_and_day_in_year(begin) if brief else weekday_and_day(begin)
    return f"{when}, {begin:%H:%M} to {end:%H:%M}"


def session_option(begin: datetime, end: datetime, plays: int, label: str | None) -> str:
    mark = f" · {LEGEND[label]}" if label else ""
    return f"{session_name(begin, end, brief=True)} · {counted(plays, 'play', 'plays')}{mark}"


def session_sub(row: Mapping[str, int], artists: Sequence[str]) -> str:
    """Counted plays, their time, what was skipped, and whose they mostly were."""
    said = [counted(row["plays"], "counted play", "counted plays"), f"{duration(row['ms_played'])} of sound"]
    if row["skips"]:
        said.append(f"{count(row['skips'])} skipped")
    most = max(sorted(set(artists)), key=artists.count, default=None)
    mostly = f" Mostly {most}." if most is not None and artists.count(most) * 2 > len(artists) else ""
    return ", ".join(said) + "." + mostly


def nothing_in(first: date, last: date) -> str:
    return f"No session from {day(first)} to {day(last)}. Choose another fortnight above."


def monday(one: date) -> date:
    return one - timedelta(days=one.weekday())
