"""What the cards of a recap say, and the page around them. A claim has its neutral variant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from groovelog.dashboard.recap_cards.told import STAYED, Fact, Look
from groovelog.dashboard.texts.wording import (
    ENOUGH_PLAYS,
    NB,
    STANDS_OUT,
    WEEKDAYS,
    count,
    counted,
    day,
    duration,
    month,
    percent,
    stretch_in_year,
)

KICKER = "Recap"
MY_NAME = "Show my name"
NAMES = "Show artist and track names"
SAVE = "Save this card as PNG"
SAVED_HOW = f"1080{NB}×{NB}1920, drawn on this machine. Nothing is uploaded."
BACK, NEXT = "Back", "Next"
BEHIND = "What is behind it"
PERIOD = "Period"
COUNTING = "Counting your plays"
# What is shown of the reports behind the cards, in words.
BEHIND_COLUMNS = {
    "rank": "Place", "local_date": "Date", "weekday": "Weekday, 1 is Monday", "hour": "Hour", "track_name": "Track",
    "artist_name": "Artist", "plays": "Plays", "ms_played": "Time",
}  # fmt: skip
ALL_TIME, DATES = "All time", "Any dates"
RULES = {
    "30s": f"plays of 30{NB}s or more",
    "all": "every play counted",
    "scrobble": "plays of half the track or more",
    "finished": "plays to the end of the track",
}
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
MANY_A_DAY = 8  # plays of one track in a day from which they are told
LONG_STREAK = 3
ENOUGH_OF_DAY = 0.15  # of the time, in the night or the morning, from which it is told
ENOUGH_LINES = 15  # of a disc, from which five are marked
NIGHT, MORNING = range(22, 29), range(5, 11)  # hours, those past midnight after 24
BARS = {NIGHT: range(18, 30), MORNING: range(3, 15)}
WHOLE_DAY = range(24)


@dataclass(frozen=True)
class Words:
    """What stands on one card: a small line, a number, the words below it, a quiet line, and what explains the picture.

    `says` is all of it as sentences, for who cannot see it.
    """

    kicker: str
    big: str
    words: str
    sub: str
    lines: tuple[str, ...]
    says: str


def title(first: date, last: date, *, year: bool, ever: bool, whole: bool) -> str:
    """The name of a period: a calendar year (`whole` if its last day is in it), all time, or its dates."""
    if ever:
        return "All time"
    if year:
        return str(first.year) if whole else f"{first.year}, so far"
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and (first.year, first.month) == (last.year, last.month):
        return month(first)
    return span(first, last)


def span(first: date, last: date) -> str:
    """Both dates, with the year once where it is one."""
    return stretch_in_year(first, last)


def volume(
    name: str, fact: Fact, *, step: str, on_top: str, reached: Sequence[int], longest: tuple[date, int]
) -> Words:
    """`reached` are the five longest steps where there are enough to mark some, else the `longest` is told."""
    big, words = hours_of(fact.ms_played)
    lines = (
        f"Every line is a {step}, {on_top} on top.",
        f"The five with a dot reached {duration(min(reached))}."
        if reached
        else f"The longest, {_step(longest[0], step)}, has {duration(longest[1])}.",
    )
    return Words(
        name, big, f"{words}of music", "", lines, f"{name}: {duration(fact.ms_played)} of music. {' '.join(lines)}"
    )


def artist(fact: Fact, look: Look, plays: int, leaders: Sequence[tuple[str, int]]) -> Words:
    """`leaders` are the most played artists with their plays."""
    words = fact.name if look.shows(fact.name) and fact.name else "One artist"
    level = sum(theirs == fact.plays for _, theirs in leaders) > 1
    lines = (
        f"{counted(fact.plays, 'play', 'plays')}, {duration(fact.ms_played)}, {percent(fact.plays, plays)} of all plays.",
        *(("Another artist has as many; this one is first by name.",) if level else ()),
        "A ray is an hour, midnight on top: the longer, the more of that hour was theirs.",
    )
    kicker = "You came back to" if fact.plays > 1 else "You heard"
    return Words(kicker, "", words, "", lines, f"{kicker} {words}. {' '.join(lines)}")


def five(leaders: Sequence[tuple[str, int]], look: Look) -> Words:
    words = f"The {NUMBERS[len(leaders)]}"
    told = "; ".join(
        f"{leader if look.shows(leader) else 'one'} with {counted(plays, 'play', 'plays')}" for leader, plays in leaders
    )
    return Words("Most played artists", "", words, "", (), f"The most played artists: {told}.")


def hours(week: Mapping[tuple[int, int], int]) -> tuple[range, Words]:
    """The night or the morning, whichever has more, if it has enough; else the fullest hour. With its hours."""
    whole = sum(week.values())
    night, morning = _in(week, NIGHT), _in(week, MORNING)
    window, by_day = (NIGHT, night) if sum(night) >= sum(morning) else (MORNING, morning)
    if sum(by_day) < ENOUGH_OF_DAY * whole or not whole:
        return _fullest(week)
    big, words = hours_of(sum(by_day))
    at = "night" if window is NIGHT else "morning"
    days = sorted(range(7), key=lambda weekday: -by_day[weekday])
    stands = by_day[days[0]] >= STANDS_OUT * by_day[days[1]]
    lines = (
        f"That is {percent(sum(by_day), whole)} of your listening. A bar is an hour.",
        f"{WEEKDAYS[days[0]]} {at} has most of it." if stands else f"No {at} of the week stands out.",
    )
    kicker = "From ten at night to five" if window is NIGHT else "From five to eleven in the morning"
    end = "in the dark" if window is NIGHT else "before the day"
    said = f"{kicker}: {duration(sum(by_day))}. {' '.join(lines)}"
    return window, Words(kicker, big, f"{words}{end}", "", lines, said)


def _fullest(week: Mapping[tuple[int, int], int]) -> tuple[range, Words]:
    by_hour = [sum(week.get((weekday, hour), 0) for weekday in range(7)) for hour in range(24)]
    most = by_hour.index(max(by_hour))
    told = f"{duration(by_hour[most])}, {percent(by_hour[most], sum(by_hour))} of your listening, began in this hour."
    words = Words("Your hour", f"{most:02d}:00", "is the fullest", "", (told, "A bar is an hour."), "")
    return range(most, most + 1), replace(words, says=f"{most:02d}:00 is the fullest hour. {told}")


def new(fact: Fact, fates: Sequence[str], best: Fact | None, look: Look, step: str) -> Words:
    """`best` is the new artist with most plays."""
    stayed, open_ones = fates.count(STAYED), fates.count("too early")
    if stayed:
        kept = f"The {count(stayed)} full {'one' if stayed == 1 else 'ones'} stayed for more than 90 days."
    elif open_ones == len(fates):
        kept = "Too early to say which of them stay."
    else:
        kept = "None of them has stayed for 90 days."
    at = "on the day" if step == "day" else f"in the {step}"
    lines = [f"A dot for each, {at} of the first play.", kept]
    if best is not None and best.name and look.shows(best.name):
        lines.append(f"Most played of them: {best.name}, {counted(best.plays, 'play', 'plays')}.")
    words = "new artist" if fact.value == 1 else "new artists"
    said = f"{counted(fact.value, 'new artist', 'new artists')}. {' '.join(lines)}"
    return Words("First heard in this time", count(fact.value), words, "", tuple(lines), said)


def repeat(fact: Fact, look: Look) -> Words:
    on = day(fact.from_date) if fact.from_date else ""
    sub = " · ".join(name for name in (fact.name, fact.artist_name) if name and look.shows(name))
    lines = ("A groove for each play.",)
    said = f"On repeat: {sub or 'one track'}, {counted(fact.value, 'time', 'times')} on {on}."
    return Words(f"On repeat, {on}", count(fact.value), "times in one day", sub, lines, said)


def streak(fact: Fact) -> Words:
    dates = span(fact.from_date, fact.to_date) if fact.from_date and fact.to_date else ""
    lines = (
        f"{dates}, a dot for each day.",
        f"{counted(fact.plays, 'play', 'plays')}, {duration(fact.ms_played)} of music.",
    )
    said = f"{counted(fact.value, 'day', 'days')} in a row with music: {' '.join(lines)}"
    return Words(
        "Without a day off",
        count(fact.value),
        "day with music" if fact.value == 1 else "days in a row",
        "",
        lines,
        said,
    )


def track(fact: Fact, look: Look, by_step: Mapping[date, int], step: str) -> Words:
    words = fact.name if fact.name and look.shows(fact.name) else "One track"
    maker = fact.artist_name if fact.artist_name and look.shows(fact.artist_name) else ""
    most = max(by_step.values(), default=0)
    places = [begin for begin, plays in by_step.items() if plays == most]
    peak = (
        f"{_step(places[0], step)} has most of them, {count(most)}."
        if len(places) == 1 and fact.plays >= ENOUGH_PLAYS
        else f"Spread over {counted(sum(map(bool, by_step.values())), step, step + 's')}."
    )
    lines = (f"{counted(fact.plays, 'play', 'plays')}, {duration(fact.ms_played)}. A column is a {step}.", peak)
    said = f"Your most played track: {words}{f' by {maker}' if maker else ''}. {' '.join(lines)}"
    kicker = "The track you played most" if fact.plays > 1 else "A track of this time"
    return Words(kicker, "", words, maker, lines, said)


def hours_of(ms: int) -> tuple[str, str]:
    """A time as a number for a card, and its unit where that is told beside it."""
    told = duration(ms)
    hours_alone, _, unit = told.rpartition(NB)
    if unit == "h":
        return hours_alone, "hour " if hours_alone == "1" else "hours "
    return told, ""


def undrawable(signs: str) -> str:
    shown = ", ".join(signs[:6])
    return (
        f"No font on this machine has {shown}, so the saved picture shows the print of such a name alone. With a font that "
        "has the signs (Noto Sans has most), it is written out."
    )


def nothing(name: str) -> str:
    return f"No counted play in {name}. Choose another period."


def behind(report: str, shown: int, most: int) -> str:
    if report == "recap-plays":
        return f"The first {most} plays of it; all of them are in the file." if shown == most else "Every play of it."
    return "What the picture is drawn from."


def file_name(name: str, number: int) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower().replace(", so far", "")).strip("-")
    return f"groovelog-recap-{plain}-{number}.png"


def position(place: int, places: int) -> str:
    return f"{place} of {places}"


def _in(week: Mapping[tuple[int, int], int], window: range) -> list[int]:
    """The time in the hours of the window by weekday; what is past midnight belongs to the night that began before."""
    return [sum(week.get(((weekday + hour // 24) % 7, hour % 24), 0) for hour in window) for weekday in range(7)]


def _step(begin: date, step: str) -> str:
    if step == "year":
        return str(begin.year)
    if step == "month":
        return month(begin)
    return f"the week of {day(begin)}" if step == "week" else day(begin)
