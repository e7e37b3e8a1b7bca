"""What is said of taste: who led, what held, what burned out, what came back, how far it moved and how wide it is."""

import statistics
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from groovelog.dashboard.periods import Period
from groovelog.dashboard.texts.times import span, step, steps
from groovelog.dashboard.texts.wording import (
    ENOUGH_PLAYS,
    NB,
    STANDS_OUT,
    UNNAMED,
    Headline,
    count,
    counted,
    day,
    month,
    percent,
    period_name,
    rounded,
)

Row = Mapping[str, Any]

RIDGES_SUB = "Share of each {per}’s counted plays; all ridges to one scale"
NO_RIDGES = "Too little yet to draw favourites over time"
NO_RIDGES_SUB = "From two months and 30 counted plays on, each favourite artist gets a ridge here"
BURSTS = "an obsession"
CHOSEN = "the days you chose"
OBSESSIONS_SUB = "Recordings with ten plays or more in a week, and five times their usual rate"
ARCS_SUB = "Artists that were silent for half a year or more; an arc is as high as the silence was long"
DRIFT_SUB = "How far shares of plays by artist moved from one {per} to the next: 0 as before, 1 nothing in common"
DIVERSITY_SUB = "Effective number of artists a {per}: as many, all played alike, would be as varied"
BURNED_SUB = "Tracks of 20 plays or more, by the time to half of their plays: the shortest"
SLOW_SUB = "Tracks of 20 plays or more, by the time to half of their plays: the longest"
FAVOURITES_SUB = "Artists by the months in which you played them"
FORGOTTEN_SUB = "Artists played often, and not once in half a year"
LEAST_STEPS = 4
GONE_DAYS = 365
BRIEF_DAYS = 70


def kicker(shown: Period, chosen: Period | None) -> str:
    """The time that the figures show, and the days of it that are outlined."""
    return period_name(shown) if chosen is None else f"{period_name(shown)}, {period_name(chosen)} outlined"


def headline(leaders: Sequence[str], plays: int) -> Headline:
    """`leaders` are the most played artists of the steps, in their order."""
    if not leaders or plays < ENOUGH_PLAYS:
        return Headline("Too few plays yet to speak of taste.")
    if len(set(leaders)) == 1:
        return Headline("", leaders[-1], " all along.")
    if leaders[0] == leaders[-1]:
        return Headline("Away from ", leaders[-1], ", and back.")
    return Headline(f"From {leaders[0]} to ", leaders[-1], ".")


def lead(leaders: Sequence[str], per: str) -> str:
    """How many led, and who did longest without a break."""
    different = len(set(leaders))
    if different < 2:
        return ""
    runs = [(name, len(list(run))) for name, run in groupby(leaders)]
    name, longest = max(runs, key=lambda run: run[1])
    held = f" {name} did longest, {steps(longest, per)} in a row." if longest > 1 else ""
    return f"{counted(different, 'artist has', 'artists have')} been the most played of a {per}.{held}"


def ridge_words(artist: Row | None, end: date) -> str:
    """The half-life of an artist in words, and since when it is silent; nothing where it cannot be told yet."""
    if artist is None:
        return ""
    half = span(artist["half_life_days"])
    if _gone(artist, end):
        return f"half in {half}, none since {month(artist['last_played'])}"
    return f"half of {counted(artist['plays'], 'play', 'plays')} in {half}"


def burst_words(name: str, row: Row) -> str:
    plays = counted(row["plays"], "play", "plays")
    return f"{name}: {plays} in {counted(row['days'], 'day', 'days')} from {day(row['from_date'])}"


def ridges_title(
    favourites: Sequence[str], artists: Mapping[str, Row], peak: tuple[str, float, str], end: date
) -> Headline:
    """`peak` is who had the largest share of a step, how much of it, and its name. Marked is whom the ridges mark."""
    gone = [artists[name] for name in favourites if name in artists and _gone(artists[name], end)]
    if gone:
        artist = max(gone, key=lambda row: row["plays"])
        return Headline(
            "", artist["name"],
            f": {counted(artist['plays'], 'play', 'plays')}, and none since {month(artist['last_played'])}",
        )  # fmt: skip
    name, share, when = peak
    return Headline("", name, f" had {percent(share, 1)} of all plays in {when}")


def obsession_title(rows: Sequence[Row]) -> Headline:
    if not rows:
        return Headline("No obsession in this time")
    first = rows[0]
    return Headline("", first["name"] or UNNAMED, f" came round {counted(first['plays'], 'time', 'times')}")


def obsession_why(row: Row) -> str:
    by = f"by {row['artist_name']}, " if row["artist_name"] else ""
    share = percent(row["share_of_plays"], 1)
    after = (
        "Not once since."
        if not row["plays_after"]
        else f"Since then {counted(row['plays_after'], 'play', 'plays')} more."
    )
    return f"{by}in {counted(row['days'], 'day', 'days')} from {day(row['from_date'])}: {share} of all you played then. {after}"


def obsession_row(row: Row) -> tuple[str, str]:
    """When it was, and how much more than usual."""
    return month(row["from_date"]), f"{rounded(row['times_base'])}{NB}times its usual in its best week"


def burned_title(rows: Sequence[Row]) -> str:
    if not rows:
        return "Nothing has been played long enough to have a half-life"
    name, days = rows[0]["name"] or UNNAMED, rows[0]["half_life_days"]
    if days >= BRIEF_DAYS:
        return f"Nothing burns out fast: half of {name} took {span(days)}"
    return f"{name}: half of its {counted(rows[0]['plays'], 'play', 'plays')} within {_within(days)}"


def slow_title(rows: Sequence[Row]) -> str:
    if not rows:
        return "Nothing has been played long enough to have a half-life"
    return f"{rows[0]['name'] or UNNAMED} took {span(rows[0]['half_life_days'])} to its half"


def half_life_row(row: Row) -> tuple[str, str]:
    """How long half of the plays took, of how many, and when the last was."""
    plays = counted(row["plays"], "play", "plays")
    return f"half in {_within(row['half_life_days'])}", f"{plays}, last {month(row['last_played'])}"


def favourites_title(rows: Sequence[Row]) -> str:
    if not rows:
        return "No artist has been with you for a year yet"
    first = rows[0]
    return (
        f"{first['name'] or UNNAMED} was there in {first['months_with_plays']} of "
        f"{counted(first['months_since_first'], 'month', 'months')}"
    )


def forgotten_title(rows: Sequence[Row]) -> str:
    if not rows:
        return "Nothing you loved has been forgotten"
    first = rows[0]
    return f"{first['name'] or UNNAMED}: {counted(first['plays'], 'play', 'plays')}, then {span(first['days_silent'])} of silence"


def comebacks_title(rows: Sequence[Row]) -> Headline:
    if not rows:
        return Headline("Nobody came back after half a year of silence")
    longest = max(rows, key=lambda row: row["days_silent"])
    back = f" came back in {month(longest['back_on'])} after {span(longest['days_silent'])}"
    return Headline("", longest["name"] or UNNAMED, back)


def comeback_words(row: Row) -> str:
    return f"{row['name'] or UNNAMED}: back on {day(row['back_on'])} after {span(row['days_silent'])}"


def comeback_row(row: Row) -> tuple[str, str]:
    return f"back on {day(row['back_on'])} after {span(row['days_silent'])}", (
        f"{counted(row['plays_before'], 'play', 'plays')} before, {count(row['plays_since'])} since"
    )


def drift_title(told: Mapping[date, float], per: str) -> tuple[str, date | None]:
    """The step in which taste moved farthest, if it stands out from the usual; `told` is the drift of each step."""
    if len(told) < LEAST_STEPS:
        return "Too short a time to say how taste moves", None
    usual = statistics.median(told.values())
    farthest = max(told, key=lambda start: told[start])
    if told[farthest] < STANDS_OUT * usual:
        return f"Taste moves evenly: {rounded(usual, 2)} from one {per} to the next", None
    return (
        f"Taste moved farthest in {step(farthest, per)}: {rounded(told[farthest], 2)}, usual {rounded(usual, 2)}",
        farthest,
    )


def diversity_title(told: Mapping[date, float], per: str) -> tuple[str, date | None]:
    """How the effective number of artists went, from the first third of the steps to the last."""
    if len(told) < LEAST_STEPS:
        return "Too short a time to say how wide taste is", None
    ordered = [told[start] for start in sorted(told)]
    third = max(len(ordered) // 3, 1)
    before, now = statistics.median(ordered[:third]), statistics.median(ordered[-third:])
    if now >= STANDS_OUT * before:
        return f"Your circle grew: from about {rounded(before)} artists to {rounded(now)}", max(
            told, key=lambda start: told[start]
        )
    if before >= STANDS_OUT * now:
        return f"Your circle narrowed: from about {rounded(before)} artists to {rounded(now)}", min(
            told, key=lambda start: told[start]
        )
    return f"An even circle: about {rounded(statistics.median(ordered))} artists a {per}", None


def point(value: float | None, when: str, words: str) -> str:
    """What is said of a step to who points at it; a step without a value has nothing to point at."""
    return "" if value is None else f"{when}: {words}"


def _gone(artist: Row, end: date) -> bool:
    last: date = artist["last_played"]
    return (end - last).days >= GONE_DAYS


def _within(days: int) -> str:
    return f"one{NB}day" if days <= 1 else span(days)


def plays_in(row: Row) -> str:
    return f"{'play' if row['plays'] == 1 else 'plays'} in {counted(row['days'], 'day', 'days')}"


def rays(plays: int, most: int) -> str:
    return "A ray for each play" if plays <= most else f"The first {count(most)} plays, a ray each"


def more_obsessions(number: int) -> str:
    return f"{counted(number, 'obsession', 'obsessions')} in this time; these come next"


OBSESSION = "The strongest obsession"
