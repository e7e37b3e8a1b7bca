"""What is said of what was new, what became of it, and of the known beside it."""

import statistics
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from groovelog.dashboard.texts.times import step
from groovelog.dashboard.texts.wording import (
    ENOUGH_PLAYS,
    NB,
    STANDS_OUT,
    UNNAMED,
    Headline,
    count,
    counted,
    day,
    percent,
    rounded,
)

Row = Mapping[str, Any]

STAYED, FADED, TOO_EARLY = FATES = ("stayed", "faded", "too early")
FATE_NAMES = {STAYED: "Stayed", FADED: "Faded", TOO_EARLY: "Too early to say"}
MEANT = {
    STAYED: "played on three days or more, and still 90 days after the first play or later",
    FADED: "not so, and 90 days have gone by",
    TOO_EARLY: "first played less than 90 days before the end",
}
COLUMNS_SUB = "Artists by the {per} of their first play ever, split by what became of them"
BEGINNING = ". Where the record begins, everybody is new"
EXPLORE_SUB = "Plays that were the first ever of their track, of 100 plays"
HALF = "as many new as known"
MAINSTREAM_SUB = "Popularity of the tracks played, 0 to 100, as the reference told it when it was made"
NO_POPULARITY = (
    "This line needs a reference that tells popularity, matched to three in ten of the plays; groovelog reference add brings "
    "one in"
)
NO_COLUMNS = "With the third month there are columns to compare here"
LEAST_STEPS = 4
LEAST_COVERAGE = 0.4  # of the plays, for a claim


def headline(told: Mapping[str, int]) -> Headline:
    """`told` is how many new artists had which fate."""
    new = sum(told.values())
    if not new:
        return Headline("Nothing new in this time, and that is fine.")
    before = f"{counted(new, 'new artist', 'new artists')}. "
    if not told.get(STAYED):
        return Headline(before, "", "Who stays is still open." if told.get(TOO_EARLY) else "None of them stayed.")
    return Headline(before, f"{count(told[STAYED])} stayed", ".")


def lead(told: Mapping[str, int]) -> str:
    faded, open_ones = told.get(FADED, 0), told.get(TOO_EARLY, 0)
    parts = [f"{count(faded)} faded"] if faded else []
    if open_ones:
        parts.append(f"of {count(open_ones)} it is too early to say")
    rest = "; ".join(parts)
    return (
        f"{rest[:1].upper()}{rest[1:]}{'. ' if rest else ''}Stayed means {MEANT[STAYED]}." if sum(told.values()) else ""
    )


def columns_title(told: Sequence[tuple[date, int]], per: str) -> tuple[str, date | None]:
    """`told` is how many artists of each step stayed, of the steps that can be compared. Marked is the one that brought
    most, if it stands out."""
    with_some = [number for _, number in told if number]
    if len(told) < LEAST_STEPS or not with_some:
        return "New artists, and what became of them", None
    usual = statistics.median(number for _, number in told)
    start, most = max(told, key=lambda step_: step_[1])
    alone = sum(number == most for _, number in told) == 1
    if not alone or most < STANDS_OUT * usual or most - usual < 1:
        return f"A steady stream: about {rounded(usual)} a {per} who stayed", None
    beside = f", usual {rounded(usual)}" if usual >= 1 else ""
    return f"{step(start, per)} brought most who stayed: {most}{beside}", start


def fate_title(fate: str, rows: Sequence[Row]) -> str:
    if not rows:
        return {STAYED: "Nobody new has stayed yet", FADED: "Nobody new has faded", TOO_EARLY: "Nobody new of late"}[
            fate
        ]
    first = rows[0]
    name = first["name"] or UNNAMED
    if fate == STAYED:
        return f"{name} stayed longest in your ears: {counted(first['plays'], 'play', 'plays')}"
    if fate == FADED:
        return f"{name} faded after {counted(first['plays'], 'play', 'plays')}"
    return f"{name} is the newest, since {day(first['first_played'])}"


def fate_row(row: Row) -> tuple[str, str]:
    return (
        f"first on {day(row['first_played'])}",
        f"{counted(row['plays'], 'play', 'plays')} on {counted(row['days_with_plays'], 'day', 'days')}",
    )


def explore_title(share: float | None, plays: int) -> str:
    """`share` is that of `plays` which were the first of their track, over all steps."""
    if share is None or plays < ENOUGH_PLAYS:
        return "Too few plays to tell repeating from exploring"
    new = round(100 * share)
    if 45 <= new <= 55:
        return f"Half and half: {new} of 100 plays were of something new"
    if new < 45:
        return f"You repeat: {100 - new} of 100 plays were of tracks you knew"
    return f"You explore: {new} of 100 plays were the first of their track"


def mainstream_title(told: Mapping[date, float], known: float, per: str) -> tuple[str, date | None]:
    """`told` is the mean popularity of each step, `known` the share of plays whose popularity is known."""
    if not told:
        return "How popular your tracks are is not known", None
    if known < LEAST_COVERAGE:
        return "Too little is known to say how popular your tracks are", None
    ordered = [told[start] for start in sorted(told)]
    if len(ordered) < LEAST_STEPS:
        return f"Popularity of what you play: about {rounded(statistics.mean(ordered))} of 100", None
    first, last = sorted(told)[0], sorted(told)[-1]
    moved = told[last] - told[first]
    if abs(moved) < (STANDS_OUT - 1) * told[first]:
        return f"Neither charts nor cellar: about {rounded(statistics.mean(ordered))} of 100, {per} after {per}", None
    where = "Away from the charts" if moved < 0 else "Towards the charts"
    return (
        f"{where}: from {rounded(told[first])} in {step(first, per)} to {rounded(told[last])} in {step(last, per)}",
        last,
    )


def coverage(known: int, plays: int) -> str:
    return f"Popularity is known of {percent(known, plays)} of counted plays ({count(known)} of {count(plays)})."


def more(number: int) -> str:
    return f"and {count(number)}{NB}more, all in the numbers"
