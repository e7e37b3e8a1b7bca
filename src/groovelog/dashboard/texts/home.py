"""What Home says: the last seven days against usual, and the stories of the moment."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from groovelog.dashboard.periods import MONTH, YEAR, Period
from groovelog.dashboard.texts.wording import (
    STANDS_OUT,
    WEEKDAYS,
    Headline,
    count,
    counted,
    day,
    duration,
    percent,
    period_name,
    stretch,
    weekday_and_day_in_year,
)

DAYS = 7
WEEKS_BEFORE = 26
ENOUGH_WEEKS = 4
FACTS_SUB = "Counted plays, and what they are of"
LINE = "The line is that weekday's usual"
JUST_PLAYED = "Just played"
JUST_PLAYED_SUB = "The latest plays, whether they count or not. Press one to see what is behind it"
OBSESSION, STREAK, FORGOTTEN = "Obsession of the moment", "Streak", "Forgotten favourite"
NEW, COMEBACK = "New to you", "Back again"
YEARS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class Week:
    """Seven days, with what such a weekday usually has; nothing is usual in a short record."""

    days: Sequence[tuple[date, int]]
    usual: Sequence[float]
    headline: Headline
    why: str

    @property
    def fullest(self) -> date:
        return max(self.days, key=lambda told: told[1])[0]


def week(played: Mapping[date, int], now: date, first: date) -> Week:
    """The seven days up to `now`. `played` holds the ms of days; a day without any is missing, or before the record began."""
    days = [(one, played.get(one, 0)) for one in (now - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1))]
    total = sum(ms for _, ms in days)
    before = [back for back in range(1, WEEKS_BEFORE + 1) if now - timedelta(days=DAYS * (back + 1) - 1) >= first]
    if len(before) < ENOUGH_WEEKS:
        return Week(days, (), Headline("", duration(total), " of music in seven days."), _few(days))
    earlier = [[played.get(one - timedelta(weeks=back), 0) for back in before] for one, _ in days]
    weeks = [sum(column) for column in zip(*earlier, strict=True)]
    usual = [statistics.median(values) for values in earlier]
    middle = statistics.median(weeks)
    low, _, high = statistics.quantiles(weeks, n=4)
    if total > high and total >= STANDS_OUT * middle:
        return Week(days, usual, *_other(days, usual, total - middle, "more"))
    if total < low and total * STANDS_OUT <= middle:
        return Week(days, usual, *_other(days, usual, middle - total, "less"))
    if duration(low) == duration(high):
        return Week(
            days, usual, Headline("An ordinary week: ", duration(total), " of music."), "As long as most weeks before."
        )
    why = f"Half of the {count(len(before))} weeks before had between {duration(low)} and {duration(high)}."
    return Week(days, usual, Headline("An ordinary week: ", duration(total), " of music."), why)


def _few(days: Sequence[tuple[date, int]]) -> str:
    heard = sum(1 for _, ms in days if ms)
    return f"Music on {heard} of {DAYS} days. With {ENOUGH_WEEKS} weeks before these it can be told what is usual."


def _other(days: Sequence[tuple[date, int]], usual: Sequence[float], by: float, more: str) -> tuple[Headline, str]:
    total = sum(ms for _, ms in days)
    before = f"{duration(total)} of music, " if total else "Not a minute of music, "
    headline = Headline(before, f"{duration(by)} {more}", " than usual.")
    sign = 1 if more == "more" else -1
    differences = [sign * (ms - least) for (_, ms), least in zip(days, usual, strict=True)]
    place = differences.index(max(differences))
    (one, ms), name = days[place], WEEKDAYS[days[place][0].weekday()]
    told = duration(ms) if ms else "no music"
    verb = "did it" if more == "more" else "was the quiet one"
    return (
        headline,
        f"{weekday_and_day_in_year(one)}, {verb}: {told}, where a usual {name} has {duration(usual[place])}.",
    )


def week_kicker(now: date, today: date, period: Period) -> str:
    """It says whose end these days are, unless it is today's."""
    span = stretch(now - timedelta(days=DAYS - 1), now)
    if period.kind in {YEAR, MONTH}:
        return f"The last seven days of {period_name(period)}, {span}"
    if now == today or period.first is not None:
        return f"Seven days, {span}"
    return f"The last seven days of the record, {span}"


def week_alt(told: Week) -> str:
    words = ", ".join(f"{WEEKDAYS[one.weekday()]} {duration(ms)}" for one, ms in told.days)
    if not told.usual:
        return f"Bars of seven days: {words}."
    usual = ", ".join(
        f"{WEEKDAYS[one.weekday()]} {duration(ms)}" for (one, _), ms in zip(told.days, told.usual, strict=True)
    )
    return f"Bars of seven days: {words}. Usual: {usual}."


def obsession(row: Mapping[str, object], plays: int, days: int, share: float) -> str:
    by = f" of this one by {row['artist_name']}" if row["artist_name"] else ""
    return (
        f"{counted(plays, 'play', 'plays')}{by} in {counted(days, 'day', 'days')}, {percent(share, 1)} of everything."
    )


def streak_why(days: int, best: int, best_ended: date, *, is_best: bool, began: date) -> str:
    if is_best:
        return f"Since {day(began)}. Longer than any before it in this record."
    return f"Since {day(began)}. Your best was {counted(best, 'day', 'days')}, ending {day(best_ended)}."


def forgotten(plays: int, days: int, last: date, silent: int) -> str:
    return (
        f"{counted(plays, 'play', 'plays')} on {counted(days, 'day', 'days')}. "
        f"Last heard on {day(last)}, {counted(silent, 'day', 'days')} ago."
    )


def on_this_day_kicker(years: int) -> str:
    told = YEARS[years - 1] if years <= len(YEARS) else str(years)
    return f"On this day, {told} {'year' if years == 1 else 'years'} ago"


def on_this_day_title(then: date, ms: int, leader: str | None) -> Headline:
    title = f"A {WEEKDAYS[then.weekday()]} of {duration(ms)}"
    return Headline(f"{title}.") if leader is None else Headline(f"{title}, and ", leader, " led it.")


def on_this_day_why(then: date, plays: int, leader: str | None, leaders_plays: int) -> str:
    if leader is None:
        return f"{counted(plays, 'counted play', 'counted plays')} on {day(then)}, and no artist ahead of all others."
    return f"{leader} had {count(leaders_plays)} of {counted(plays, 'counted play', 'counted plays')} on {day(then)}."


def new_artist(first: date, plays: int, days: int) -> str:
    return (
        f"First heard on {day(first)}, and {counted(plays, 'play', 'plays')} on {counted(days, 'day', 'days')} so far."
    )


def comeback(back: date, silent: int, since: int) -> str:
    return (
        f"Back on {day(back)} after {counted(silent, 'day', 'days')} of silence; "
        f"{counted(since, 'play', 'plays')} since."
    )


def facts_title(period: Period) -> str:
    return "The whole record" if period.first is None else f"{period_name(period)} in numbers"
