"""What is said of mood and contexts. Interpretation is offered, never asserted; little known, nothing claimed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from groovelog.dashboard.periods import ALL_TIME, Period
from groovelog.dashboard.texts.wording import (
    NB,
    STANDS_OUT,
    Headline,
    count,
    counted,
    day,
    month,
    percent,
    rounded,
    short_day_in_year,
    short_month,
    stretch,
)
from groovelog.metrics.mood_rules import JUDGED_PLAYS
from groovelog.metrics.rules import LEAST_COVERAGE

NO_CLAIM_BELOW = 0.4  # of the counted plays; a figure is drawn then, and claims nothing
ENOUGH_WEEKS = 8  # fewer tell nothing of what is usual
APART = 0.05  # of 0 to 1: means that lie closer are called alike
PATH_STEPS = 12
MONTHS_FROM_DAYS = 62  # a period so long is told by months, a shorter one by weeks

MAP_AXES = ("Valence, 0 dark to 1 bright", "Energy, 0 still to 1 lively")
CORNERS = {"happy": "happy", "tense": "tense", "sad": "sad", "calm": "calm"}
SOUNDS = {
    "happy": "bright and lively", "tense": "dark and lively", "sad": "dark and still", "calm": "bright and still",
}  # fmt: skip
REASONS = {"unmatched": "No match found", "ambiguous": "No sure match", "not looked for yet": "Not looked for yet"}

NO_FEATURES = Headline("No audio features ", "yet.")
NO_FEATURES_LEAD = (
    "Mood and contexts are told from audio features: how bright, lively or acoustic a track is. Spotify's export has none, "
    "and they are not guessed."
)
BRING = "What brings them"
BRING_STEPS = (
    "Get a dataset with audio features: the command groovelog reference download spotify-tracks fetches an open one, 20 MB.",
    "Or bring your own file, CSV or Parquet: groovelog reference add FILE.",
    "Your tracks are looked for in it at once, and those of every later import. Then this page fills itself.",
)
WEEKS_SUB = "Mean of each week, against your own usual range (the band): what most weeks of your record keep to"
MAP_CORNERS_NOTE = "The corner words are Russell's (1980): an offer, not a verdict"
QUADRANTS_SUB = "Share of the plays whose quadrant is known. The words are Russell's (1980): an offer, not a verdict"
WHY_NOT_ALL = (
    "A play has audio features where its track was found in a dataset for sure. Where the match is missing or not sure, "
    "nothing is guessed."
)
NOTHING_PLACED = "Too few plays here to place a mean. A longer period has more."
TOO_FEW_WEEKS = "Too few weeks yet to say what is usual"


@dataclass(frozen=True)
class Step:
    """A month, week or hour of which enough is known: its means, and whether it leaves the usual range."""

    name: str
    starts_on: date
    plays: int
    known: int
    valence: float
    energy: float
    valence_note: str | None = None
    energy_note: str | None = None


@dataclass(frozen=True)
class WeekFinding:
    """The title of the weeks, and the place of the one it speaks of."""

    title: str
    marked: int | None = None


def no_claim(what: str) -> str:
    """The title of a figure that stands on too little."""
    return f"{what}, of too few plays to claim anything"


def speaks(covered: float | None) -> bool:
    """Whether enough is known to claim something."""
    return covered is not None and covered >= NO_CLAIM_BELOW


def tells(covered: float | None) -> bool:
    """Whether reports of audio features tell anything."""
    return covered is not None and covered >= LEAST_COVERAGE


def coverage_words(known: int, plays: int) -> tuple[str, str]:
    """What is marked, and the rest of the sentence."""
    rest = "Nothing is guessed." if known == plays else "The rest found no sure match; nothing is guessed."
    return (
        f"{percent(known, plays)} of counted plays have audio features",
        f"({count(known)} of {count(plays)}). {rest}",
    )


def too_little(covered: float) -> Headline:
    return Headline("Too little is known ", "to speak of mood", f": audio features for {percent(covered, 1)} of plays.")


def too_little_lead() -> str:
    return f"Below {percent(LEAST_COVERAGE, 1)} of plays a mean would be of those that happened to be found, so none is told."


def per_of(period: Period, days: int) -> str:
    """The steps that the path of the map has."""
    return "month" if period.kind == ALL_TIME or days >= MONTHS_FROM_DAYS else "week"


def step_name(per: str, start: date) -> str:
    if per == "year":
        return str(start.year)
    if per == "quarter":
        return f"Q{(start.month + 2) // 3}{NB}{start.year}"
    return short_month(start) if per == "month" else week_name(start)


def week_name(start: date) -> str:
    return short_day_in_year(start)


def week_words(start: date) -> str:
    return f"Week of {day(start)}"


def headline(weeks: Sequence[Step], judged_ever: int, covered: float | None) -> Headline:
    """Of the weeks of a period, how many left the usual range of the record."""
    judged = [week for week in weeks if week.known >= JUDGED_PLAYS]
    if not speaks(covered) or not judged:
        return Headline(f"Too {'few plays' if speaks(covered) else 'little known'} to speak of a mood here.")
    if judged_ever < ENOUGH_WEEKS:
        return Headline(f"{TOO_FEW_WEEKS}.")
    bright, dark = (sum(week.valence_note == note for week in judged) for note in ("peak", "dip"))
    if not bright + dark:
        words = "A week" if len(judged) == 1 else f"{count(len(judged))} weeks, all"
        return Headline(f"{words} within your usual range.")
    if len(judged) == 1:
        return Headline("A week ", "brighter than your usual" if bright else "darker than your usual", ".")
    return _outside(len(judged), bright, dark)


def _outside(weeks: int, bright: int, dark: int) -> Headline:
    marked = f"{_were(bright)} brighter" if bright >= dark else f"{_were(dark)} darker"
    less, other = (dark, "darker") if bright >= dark else (bright, "brighter")
    after = f" than your usual, {count(less)} {other}." if less else " than your usual."
    return Headline(f"Of {count(weeks)} weeks, ", marked, after)


def map_title(path: Sequence[Step], per: str, covered: float | None, *, cut: bool = False) -> str:
    """`cut`: the period has more steps than these, its last."""
    if not speaks(covered):
        return no_claim("Valence and energy")
    if not path:
        return "Nothing to place"
    if len(path) == 1:
        return f"One {per}: valence {rounded(path[0].valence, 2)}, energy {rounded(path[0].energy, 2)}"
    first, *_, last = sorted(path, key=lambda step: step.valence)
    if last.valence - first.valence < APART:
        steps = f"The last {len(path)} {per}s lie" if cut else f"{count(len(path))} {per}s lie"
        return f"{steps} close together: valence {rounded(first.valence, 2)} to {rounded(last.valence, 2)}"
    if cut:
        return f"Of the last {len(path)} {per}s {_in(last, per)} was the brightest, {_in(first, per)} the darkest"
    return f"Brightest in {_in(last, per)}, darkest in {_in(first, per)}"


def map_sub(path: Sequence[Step], per: str) -> str:
    if len(path) < 2:
        return f"The dot is the mean of the {per}; pale dots are the other {per}s of the record"
    return f"Each dot is the mean of a {per}, the last one marked; pale dots are the other {per}s of the record"


def map_alt(path: Sequence[Step], title: str) -> str:
    ends = "" if len(path) < 2 else f" From {path[0].name} to {path[-1].name}."
    return f"Map of valence and energy. {title}.{ends}"


def weeks_finding(
    weeks: Sequence[Step], usual: tuple[float, float] | None, judged_ever: int, covered: float | None
) -> WeekFinding:
    """The week whose valence lies furthest outside the usual range."""
    if not speaks(covered):
        return WeekFinding(no_claim("The weeks"))
    if usual is None or judged_ever < ENOUGH_WEEKS:
        return WeekFinding(TOO_FEW_WEEKS)
    low, high = usual
    outside = [place for place, week in enumerate(weeks) if week.valence_note]
    if not outside:
        return WeekFinding(f"Every week kept to your usual valence, {rounded(low, 2)} to {rounded(high, 2)}")
    middle = (low + high) / 2
    place = max(outside, key=lambda place: (abs(weeks[place].valence - middle), place))
    week = weeks[place]
    what = "brightest" if week.valence_note == "peak" else "darkest"
    # Two decimals may hide that it lies outside.
    digits = 3 if rounded(week.valence, 2) in {rounded(low, 2), rounded(high, 2)} else 2
    value, bottom, top = (rounded(number, digits) for number in (week.valence, low, high))
    return WeekFinding(
        f"The week of {day(week.starts_on)} was the {what}: valence {value}, usual {bottom} to {top}", place
    )


def leads(shares: Mapping[str, float]) -> bool:
    """Whether the largest share stands out from the second."""
    first, second = sorted(shares.values(), reverse=True)[:2]
    return first > 0 and first >= STANDS_OUT * second


def quadrants_title(shares: Mapping[str, float], covered: float | None) -> str:
    """`shares` by the names of the four quadrants."""
    if not speaks(covered):
        return no_claim("The four quadrants")
    first, second = sorted(shares, key=lambda name: -shares[name])[:2]
    if not shares[first]:
        return "No quadrant is known of these plays"
    if not leads(shares):
        return f"{percent(shares[first], 1)} sounds {SOUNDS[first]}, {percent(shares[second], 1)} {SOUNDS[second]}"
    return f"{percent(shares[first], 1)} of it sounds {SOUNDS[first]}"


def known_of(steps: Sequence[Step], first: date, last: date) -> str:
    plays = sum(step.plays for step in steps)
    return (
        f"{count(sum(step.known for step in steps))} of {counted(plays, 'counted play', 'counted plays')} known, "
        f"{stretch(first, last)}"
    )


def end_of(per: str, start: date) -> date:
    if per == "week":
        return start + timedelta(days=6)
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _in(step: Step, per: str) -> str:
    return month(step.starts_on) if per == "month" else f"the week of {week_name(step.starts_on)}"


def _were(number: int) -> str:
    return f"{count(number)} {'was' if number == 1 else 'were'}"
