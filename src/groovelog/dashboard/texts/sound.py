"""What is said of contexts, of the mean features, of tempo and keys; little known, nothing claimed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from groovelog.dashboard.texts.mood import APART, MAKES_NO_CLAIM, leads, speaks
from groovelog.dashboard.texts.wording import ENOUGH_PLAYS, NB, percent

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
CONTEXTS_SUB = "What the music may be for. A track is of the first context whose rule it fits"
BY_HOUR_SUB = "Share of an hour's plays that fit a context, by local hour; one play can fit none"
OVER_TIME_SUB = "Share of plays that fit a context; one play can fit none"
PROFILE_SUB = "Mean audio features of plays, each 0 in the middle to 1 at the rim"
DAY_SUB = "Mean valence and energy of plays by local hour, 0 to 1"
TEMPO_SUB = "Share of plays by estimated tempo, in steps of 10 beats a minute (BPM)"
KEYS_SUB = "Share of plays by key, of those whose key is known"
LAST_TWELVE = "the last twelve months"
LIVELIEST = "Liveliest"
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
        return MAKES_NO_CLAIM
    first, second = sorted(shares, key=lambda name: -shares[name])[:2]
    if not shares[first]:
        return "No play fits a context"
    if not leads(shares):
        return f"{CONTEXTS[first]} and {CONTEXTS[second].lower()} are about level"
    return f"{CONTEXTS[first]} fits most: {percent(shares[first], 1)} of plays"


def ridges_finding(
    shares: Mapping[str, Sequence[float | None]], known: Sequence[int], names: Sequence[str], covered: float | None
) -> RidgeFinding:
    """The context and step that stand out most from that context's share over all steps."""
    if not speaks(covered):
        return RidgeFinding(MAKES_NO_CLAIM)
    best: tuple[str, int] | None = None
    gain = 0.0
    for context, values in shares.items():
        overall = mean_share(values, known)
        for place, value in enumerate(values):
            if value is None or known[place] < ENOUGH_PLAYS or value < 1.25 * overall:
                continue
            if value - overall >= max(gain, APART):
                best, gain = (context, place), value - overall
    if best is None:
        return RidgeFinding("The mix of contexts hardly changes")
    context, place = best
    value = shares[context][place] or 0.0
    usual = percent(mean_share(shares[context], known), 1)
    return RidgeFinding(f"{CONTEXTS[context]} peaks at {names[place]}: {percent(value, 1)}, {usual} over all", best)


def mean_share(values: Sequence[float | None], known: Sequence[int]) -> float:
    told = [(value, plays) for value, plays in zip(values, known, strict=True) if value is not None]
    return sum(value * plays for value, plays in told) / (sum(plays for _, plays in told) or 1)


def profile_title(now: Mapping[str, float], before: Mapping[str, float], covered: float | None) -> str:
    if not speaks(covered):
        return MAKES_NO_CLAIM
    most = max(now, key=lambda name: abs(now[name] - before[name]))
    apart = now[most] - before[most]
    if abs(apart) < APART:
        return "It sounds like the rest of your record"
    words = (MORE_OF if apart > 0 else LESS_OF)[most]
    return f"{words[0].upper()}{words[1:]} than the rest of your record: {now[most]:.2f} against {before[most]:.2f}"


def day_title(energy: Mapping[int, float], covered: float | None) -> str:
    """`energy` by the hours with enough plays."""
    if not speaks(covered):
        return MAKES_NO_CLAIM
    if len(energy) < 2:
        return "Too few hours with plays to compare"
    low, high = min(energy, key=lambda hour: energy[hour]), max(energy, key=lambda hour: energy[hour])
    if energy[high] - energy[low] < APART:
        return f"The energy is the same around the clock, about {energy[high]:.2f}"
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
        return MAKES_NO_CLAIM
    low, high = middle_half(bins)
    return f"The middle half runs at {low} to {high}{NB}BPM"


def keys_title(shares: Mapping[str, float], covered: float | None) -> str:
    if not speaks(covered):
        return MAKES_NO_CLAIM
    first = max(shares, key=lambda name: shares[name])
    if not leads(shares):
        return f"No key leads; {first} comes first with {percent(shares[first], 1)}"
    return f"{first} leads with {percent(shares[first], 1)} of plays"
