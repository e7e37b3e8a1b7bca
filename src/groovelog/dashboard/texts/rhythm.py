"""What is said of rhythm: hours, weekdays, days of a year, streaks, regularity and seasons; a claim has its neutral variant."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from groovelog.dashboard.periods import Period
from groovelog.dashboard.texts.wording import (
    ENOUGH_PLAYS,
    NB,
    STANDS_OUT,
    WEEKDAYS,
    Headline,
    count,
    counted,
    day,
    duration,
    percent,
    rounded,
    stretch,
    weekday_and_day,
    weekday_and_day_in_year,
)

CALENDAR_SUB = "A square is a day, a column a week from Monday to Sunday. Press a day to read it"
OUTLINES_SUB = "Minutes of counted plays in each hour of a mean day"
STREAKS_SUB = "Days in a row with a counted play, the longest first"
REGULARITY_SUB = "How often an hour repeats itself: 0 as chance would have it, 1 like a clock"
SEASONS_SUB = "Mean time a day in counted plays, a bar for each year; every three months have their own"
DAY_AFTER, WEEK_AFTER = "from one day to the next", "from one week to the next"
WORKDAYS, WEEKEND = "Monday to Friday", "Saturday and Sunday"
NO_REGULARITY = "–"
ONE_SEASON = "Seasons are compared over a longer time: choose a year, or all time."
OPEN_DAY = "See the day in the timeline"
LAST_MONTHS = "Last 12 months"
# As the report names them; a year begins with its January, which is in the first.
SEASONS = ("Dec-Feb", "Mar-May", "Jun-Aug", "Sep-Nov")
NUMBER_WORDS = (
    "Twelve", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
)  # fmt: skip
NIGHT_FROM, NIGHT_TO = 22, 4
ENOUGH_DAYS = 30  # of a season, before anything is claimed of it
SLIGHT, FAIR, CLEAR = 0.05, 0.2, 0.4  # kappa; below the first it is called chance

# milliseconds by weekday, Monday being 0, and hour
Cells = Mapping[tuple[int, int], int]
Told = tuple[str, str, str]


@dataclass(frozen=True)
class DayFinding:
    """The title of the calendar and the day it speaks of."""

    title: str
    marked: date | None = None


@dataclass(frozen=True)
class PartFinding:
    """The title of the two outlines, and whether it speaks of the weekend."""

    title: str
    weekend_marked: bool = False


@dataclass(frozen=True)
class SeasonFinding:
    """The title of the seasons and the one it speaks of, by its months."""

    title: str
    marked: str | None = None


def hour_in_words(hour: int) -> str:
    if hour in (0, 12):
        return "Noon" if hour else "Midnight"
    part = (
        "in the morning"
        if hour < 12
        else "in the afternoon"
        if hour < 18
        else "in the evening"
        if hour < 22
        else "at night"
    )
    return f"{NUMBER_WORDS[hour % 12]} {part}"


def headline(cells: Cells, first: date | None, last: date | None, plays: int) -> Headline:
    """The fullest hour of the day and the fullest day of the week, each only where it stands out."""
    if plays < ENOUGH_PLAYS:
        return Headline("", "Too few plays", " to hear a rhythm yet.")
    hours = [sum(cells[weekday, hour] for weekday in range(7)) for hour in range(24)]
    hour = fullest(hours)
    before = "No hour is yours alone. " if hour is None else f"{hour_in_words(hour)} is yours. "
    weekday = None if first is None or last is None else fullest_weekday(cells, first, last)
    if weekday is None:
        return Headline(before, "Every day", " of the week sounds alike.")
    late = max(range(24), key=lambda at: cells[weekday, at])
    light = late >= NIGHT_FROM or late < NIGHT_TO
    return Headline(before, f"{WEEKDAYS[weekday]} {'keeps the light on' if light else 'plays longest'}.")


def fullest(values: Sequence[float]) -> int | None:
    """The place of the one value that stands out from the usual, if there is one."""
    most = max(values)
    some = [value for value in values if value]
    if not most or values.count(most) > 1 or most < STANDS_OUT * statistics.median(some):
        return None
    return values.index(most)


def fullest_weekday(cells: Cells, first: date, last: date) -> int | None:
    """Of mean days: a period may have five Fridays and four Saturdays."""
    days = weekdays_between(first, last)
    if not all(days):
        return None
    return fullest([sum(cells[weekday, hour] for hour in range(24)) / days[weekday] for weekday in range(7)])


def weekdays_between(first: date, last: date) -> list[int]:
    """How many Mondays, Tuesdays and so on there are from one day to another."""
    days = (last - first).days + 1
    return [days // 7 + ((weekday - first.weekday()) % 7 < days % 7) for weekday in range(7)]


def lead(often: Mapping[str, Any]) -> str:
    """Of the one row of the report frequency."""
    of_days = f"Music on {count(often['days_with_plays'])} of {counted(often['calendar_days'], 'day', 'days')}"
    usual = rounded(often["plays_per_day_median"])
    sessions = rounded(often["sessions_per_day"], 1).removesuffix(rounded(0, 1)[1:])
    return (
        f"{of_days}. On such a day usually {usual}{NB}{'play' if usual == '1' else 'plays'}, "
        f"in {sessions}{NB}{'session' if sessions == '1' else 'sessions'} on average."
    )


def facts(cells: Cells, weeks: float, parts: Sequence[Mapping[str, Any]], often: Mapping[str, Any]) -> list[Told]:
    """Each a label, a value, and what makes it big or small.

    `parts` are the rows of the report weekparts, workdays first; `often` that of frequency.
    """
    (weekday, hour), most = max(cells.items(), key=lambda cell: cell[1])
    time, days = (sum(part[name] for part in parts) for name in ("ms_played", "calendar_days"))
    weekend = parts[1]
    quiet = often["calendar_days"] - often["days_with_plays"]
    gap = often["longest_gap"]
    return [
        ("Busiest hour", f"{WEEKDAYS[weekday][:3]} {hour:02d}:00", f"{duration(most / weeks)} in a mean week"),
        ("A mean day", duration(time / days if days else 0), f"over {counted(days, 'day', 'days')}"),
        (
            "Weekend share",
            percent(weekend["ms_played"], time),
            f"of the time, in {percent(weekend['calendar_days'], days)} of the days",
        ),
        (
            "Quiet days",
            count(quiet),
            f"of {count(often['calendar_days'])}" + (f", at most {count(gap)} in a row" if gap else ""),
        ),
    ]


def cell_words(cell: tuple[int, int], cells: Cells, plays: Mapping[tuple[int, int], int], weeks: float) -> str:
    """An hour of the week that was pressed."""
    weekday, hour = cell
    name = f"{WEEKDAYS[weekday]}, {hour:02d}:00 to {hour + 1:02d}:00"
    if not cells[cell]:
        return f"{name}: no counted play."
    place = 1 + sum(ms > cells[cell] for ms in cells.values())
    return (
        f"{name}: {duration(cells[cell] / weeks)} in a mean week, {counted(plays[cell], 'play', 'plays')} in all. "
        f"Number {place} of the 168 hours of the week."
    )


def calendar_finding(played: Mapping[date, int]) -> DayFinding:
    """`played` holds the ms of each day of the record."""
    with_music = sum(1 for ms in played.values() if ms)
    if not with_music:
        return DayFinding("No music in these days")
    of_days = f"Music on {count(with_music)} of {counted(len(played), 'day', 'days')}"
    longest = max(played, key=lambda each: (played[each], each))
    if with_music < 2 or sum(ms == played[longest] for ms in played.values()) > 1:
        return DayFinding(of_days)
    return DayFinding(f"The longest day was {weekday_of(longest)}: {duration(played[longest])}", longest)


def weekday_of(value: date) -> str:
    return weekday_and_day_in_year(value)


def day_words(value: date, row: Mapping[str, Any] | None) -> str:
    """A day that was pressed, of its row of the report listening-over-time."""
    name = weekday_and_day(value)
    if row is None or not row["plays"]:
        return f"{name}: no counted play."
    return (
        f"{name}: {duration(row['ms_played'])} in {counted(row['plays'], 'play', 'plays')} of "
        f"{counted(row['tracks'], 'track', 'tracks')} by {counted(row['artists'], 'artist', 'artists')}."
    )


def parts_finding(parts: Sequence[Mapping[str, Any]]) -> PartFinding:
    """`parts` are the rows of the report weekparts, workdays first."""
    workday, weekend = (part["ms_per_day"] for part in parts)
    if workday is None or weekend is None:
        return PartFinding("Workdays and weekend need a longer period")
    if sum(part["plays"] for part in parts) < ENOUGH_PLAYS:
        return PartFinding("Too few plays to set the weekend apart")
    values = f"{duration(weekend)} against {duration(workday)}"
    if weekend >= STANDS_OUT * workday:
        return PartFinding(f"A weekend day has more music than a workday: {values}", weekend_marked=True)
    if workday >= STANDS_OUT * weekend:
        return PartFinding(f"A weekend day has less music than a workday: {values}", weekend_marked=True)
    return PartFinding(f"Weekend or not, a day has about as much music: {values}")


def streaks_title(rows: Sequence[Mapping[str, Any]], period: Period) -> str:
    """`rows` are of the report streaks, the longest first."""
    if not rows:
        return "No day with music yet"
    longest = rows[0]
    if longest["days"] == 1:
        return "No two days in a row with music yet"
    going = ", and it goes on" if longest["current"] else ""
    many = f"{count(longest['days'])} days in a row"
    if len(rows) > 1 and rows[1]["days"] == longest["days"]:
        return f"{many}, more than once"
    of = "your longest" if period.first is None else "the longest of this time"
    return f"{many} from {day(longest['from_date'])} is {of}{going}"


def streak_when(row: Mapping[str, Any]) -> str:
    return stretch(row["from_date"], row["to_date"]) + (", still going" if row["current"] else "")


def regularity_title(often: Mapping[str, Any]) -> str:
    """How alike days, or weeks, are: whichever is more, in words."""
    known = [
        (often[name], words) for name, words in (("regularity_day", "day"), ("regularity_week", "week")) if often[name]
    ]
    if not known or often["calendar_days"] <= 7:
        return "Too little to tell how regular this is"
    most, words = max(known)
    if most < SLIGHT:
        return "The hours come as chance has it"
    if most < FAIR:
        return f"The hours drift, with a little habit from {words} to {words}"
    if most < CLEAR:
        return f"One {words} is rather like another"
    return f"One {words} repeats the other, almost by the clock"


def kappa(value: float | None) -> str:
    return NO_REGULARITY if value is None else rounded(value, 2).replace("-", "−")


def per_day(row: Mapping[str, Any], first: date, last: date) -> tuple[float, int]:
    """Mean ms a day of a season, over those of its days that lie in the period; and how many these are."""
    begins = row["starts_on"]
    month = begins.month + 3
    ends = date(begins.year + (month > 12), (month - 1) % 12 + 1, 1) - timedelta(days=1)
    days = (min(ends, last) - max(begins, first)).days + 1
    return (row["ms_played"] / days if days > 0 else 0.0), max(days, 0)


def seasons_finding(means: Mapping[str, tuple[float, int]]) -> SeasonFinding:
    """`means` holds for each season, by its months, ms a day and the days that this stands on."""
    known = {season: ms for season, (ms, days) in means.items() if days >= ENOUGH_DAYS}
    if len(known) < 2:
        return SeasonFinding("Seasons need more of a year")
    ranked = sorted(known, key=lambda season: known[season], reverse=True)
    most, second, next_least, least = ranked[0], ranked[1], ranked[-2], ranked[-1]
    high, low = duration(known[most]), duration(known[least])
    if known[most] < STANDS_OUT * known[least]:
        return SeasonFinding(
            f"The year is even: about {duration(statistics.mean(known.values()))} a day in every season"
        )
    if known[most] >= STANDS_OUT * known[second]:
        return SeasonFinding(f"{months_of(most)} has most music, {high} a day; {months_of(least)} least, {low}", most)
    if known[next_least] >= STANDS_OUT * known[least]:
        others = duration(statistics.mean(known[season] for season in ranked[:-1]))
        return SeasonFinding(f"{months_of(least)} is the quiet season: {low} a day, the others have {others}", least)
    return SeasonFinding(f"From {low} a day in {months_of(least)} to {high} in {months_of(most)}")


def months_of(season: str) -> str:
    """`Dec-Feb` as it is printed."""
    return season.replace("-", " to ")


def a_day(ms: float) -> str:
    return f"{duration(ms)} a day"


def season_note(row: Mapping[str, Any]) -> str:
    """Of the fullest year of a season."""
    if row["top_artist"] is None:
        return "No counted play"
    return f"{row['top_artist']} led in {row['season_year']}, {counted(row['top_artist_plays'], 'play', 'plays')}"


def regularity_facts(often: Mapping[str, Any]) -> list[Told]:
    median = often["plays_per_day_median"]
    gap = often["longest_gap"]
    return [
        (
            "A day with music",
            "–" if median is None else counted(round(median), "play", "plays"),
            "" if median is None else "the median of such days",
        ),
        (
            "Longest silence",
            "none" if gap is None else counted(gap, "day", "days"),
            "every day had music" if gap is None else "without a counted play",
        ),
    ]
