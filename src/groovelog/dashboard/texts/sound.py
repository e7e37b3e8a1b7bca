"""What is said of contexts, of the mean features, of tempo and keys; little known, nothing claimed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from groovelog.dashboard.periods import ALL_TIME, DATES, WEEK, Period
from groovelog.dashboard.texts.mood import APART, leads, no_claim, speaks
from groovelog.dashboard.texts.wording import (
    NB,
    percent,
    period_name,
    rounded,
)

CONTEXTS = {
    "workout": "Workout", "focus": "Focus", "relaxation": "Relaxation", "party": "Party",
    "unclassified": "None of these", "unknown": "Not known",
}  # fmt: skip
FEATURES = {
    "danceability": "Danceable", "energy": "Energy", "valence": "Valence", "liveness": "Live",
    "acousticness": "Acoustic", "instrumentalness": "Instru-<br>mental", "speechiness": "Spoken",
}  # fmt: skip
FEATURE_NAMES = {name: label.replace("-<br>", "") for name, label in FEATURES.items()}
MORE_OF = {
    "danceability": "more danceable", "energy": "livelier", "valence": "brighter", "liveness": "more live",
    "acousticness": "more acoustic", "instrumentalness": "more instrumental", "speechiness": "more spoken",
}  # fmt: skip
LESS_OF = {
    "danceability": "less danceable", "energy": "stiller", "valence": "darker", "liveness": "less live",
    "acousticness": "less acoustic", "instrumentalness": "less instrumental", "speechiness": "less spoken",
}  # fmt: skip
CONTEXTS_SUB = (
    "What the music may be for, as a share of the plays of which it is known. A track is of the first context it fits"
)
BY_HOUR_SUB = "Share of an hour's plays that fit a context, by local hour; one play can fit none"
OVER_TIME_SUB = "Share of plays that fit a context; one play can fit none"
PROFILE_SUB = "Mean audio features of plays, each 0 in the middle to 1 at the rim"
DAY_SUB = "Mean valence and energy of plays by local hour, 0 to 1"
TEMPO_SUB = "Share of plays by estimated tempo, in steps of 10 beats a minute (BPM)"
KEYS_SUB = "Share of plays by key, of those whose key is known"
LAST_TWELVE = "the last twelve months"
LIVELIEST = "Liveliest"
TOO_FEW_IN_EACH = "Each step has too few plays to tell a share. A longer period has more."
TOO_FEW_HOURS = "No hour has enough plays to tell a mean. A longer period has more."
TOO_FEW_FEATURES = "The dataset tells too few audio features to compare two periods."
NO_TEMPO = "No tempo is known of these plays."
NO_KEYS = "No key is known of these plays."
QUARTERS_FROM_DAYS, YEARS_FROM_DAYS = 800, 2600


@dataclass(frozen=True)
class RidgeFinding:
    """The title of contexts over steps, and the context and step it speaks of."""

    title: str
    marked: tuple[str, int] | None = None


def contexts_per(days: int) -> str:
    if days >= YEARS_FROM_DAYS:
        return "year"
    return "quarter" if days >= QUARTERS_FROM_DAYS else "month"


def contexts_title(shares: Mapping[str, float], covered: float | None) -> str:
    """`shares` by context, those only that a track can fit."""
    if not speaks(covered):
        return no_claim("Contexts")
    first, second = sorted(shares, key=lambda name: -shares[name])[:2]
    if not shares[first]:
        return "No play fits a context"
    if not leads(shares):
        return f"{CONTEXTS[first]} and {CONTEXTS[second].lower()} are about level"
    return f"{CONTEXTS[first]} fits most: {percent(shares[first], 1)} of plays"


def ridges_finding(
    shares: Mapping[str, Sequence[float | None]], known: Sequence[int], names: Sequence[str], covered: float | None
) -> RidgeFinding:
    """Of the fullest steps of each context the one that stands out most from the context's share over all steps.

    By a quarter at least, and by two standard errors of a share of so few plays.
    """
    if not speaks(covered):
        return RidgeFinding(no_claim("Contexts over hours or months"))
    best: tuple[str, int] | None = None
    gain = 0.0
    for context, values in shares.items():
        place = peak(values)
        if place is None:
            continue
        usual = mean_share(values, known)
        above = (values[place] or 0.0) - usual
        if above >= max(gain, APART, 0.25 * usual, 2 * math.sqrt(usual * (1 - usual) / known[place])):
            best, gain = (context, place), above
    if best is None:
        return RidgeFinding("The mix of contexts hardly changes")
    context, place = best
    value = shares[context][place] or 0.0
    over_all = percent(mean_share(shares[context], known), 1)
    return RidgeFinding(f"{CONTEXTS[context]} peaks at {names[place]}: {percent(value, 1)}, {over_all} over all", best)


def peak(values: Sequence[float | None]) -> int | None:
    """The place of the highest value above zero, of equal ones the first."""
    told = [(value, -place) for place, value in enumerate(values) if value]
    return -max(told)[1] if told else None


def mean_share(values: Sequence[float | None], known: Sequence[int]) -> float:
    told = [(value, plays) for value, plays in zip(values, known, strict=True) if value is not None]
    return sum(value * plays for value, plays in told) / (sum(plays for _, plays in told) or 1)


def profile_title(now: Mapping[str, float], before: Mapping[str, float], period: Period, covered: float | None) -> str:
    """By the feature that differs most between a period and the whole record."""
    if not speaks(covered):
        return no_claim("Audio features")
    most = max(now, key=lambda name: abs(now[name] - before[name]))
    apart = now[most] - before[most]
    if abs(apart) < APART:
        return f"{_sounds(period)} like the whole record"
    words = (MORE_OF if apart > 0 else LESS_OF)[most]
    return (
        f"{_sounds(period)} {words} than the whole record: {rounded(now[most], 2)} against {rounded(before[most], 2)}"
    )


def _sounds(period: Period) -> str:
    if period.kind == ALL_TIME:
        return f"{LAST_TWELVE[0].upper()}{LAST_TWELVE[1:]} sound"
    if period.kind in {WEEK, DATES}:
        return "This week sounds" if period.kind == WEEK else "These days sound"
    return f"{period_name(period)} sounds"


def day_title(energy: Mapping[int, float], covered: float | None) -> str:
    """`energy` by the hours with enough plays."""
    if not speaks(covered):
        return no_claim("Through the day")
    if len(energy) < 2:
        return "Too few hours with plays to compare"
    low, high = min(energy, key=lambda hour: energy[hour]), max(energy, key=lambda hour: energy[hour])
    if energy[high] - energy[low] < APART:
        return f"The energy is the same around the clock, about {rounded(energy[high], 2)}"
    return f"{LIVELIEST} at {high:02d}:00, stillest at {low:02d}:00"


def middle_half(bins: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """From which tempo to which the middle half of plays lies; `bins` are from, to, plays."""
    total = sum(plays for *_, plays in bins)
    reached, low, high = 0, bins[0][0], bins[-1][1]
    for start, end, plays in bins:
        if reached <= total / 4 < reached + plays:
            low = start
        if reached < total * 3 / 4 <= reached + plays:
            high = end
        reached += plays
    return low, high


def tempo_title(bins: Sequence[tuple[int, int, int]], covered: float | None) -> str:
    if not speaks(covered):
        return no_claim("Tempo")
    low, high = middle_half(bins)
    return f"The middle half runs at {low} to {high}{NB}BPM"


def keys_title(shares: Mapping[str, float], covered: float | None) -> str:
    if not speaks(covered):
        return no_claim("Keys")
    first = max(shares, key=lambda name: shares[name])
    if not leads(shares):
        return f"No key leads; {first} comes first with {percent(shares[first], 1)}"
    return f"{first} leads with {percent(shares[first], 1)} of plays"
