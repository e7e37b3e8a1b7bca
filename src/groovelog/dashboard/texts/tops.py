"""What is said of the most played: who led, who leads now, how places moved, and what part of everything one artist has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from groovelog.dashboard.periods import ALL_TIME, MONTH, YEAR, Period
from groovelog.dashboard.texts.wording import (
    MONTHS,
    NB,
    STANDS_OUT,
    Headline,
    count,
    counted,
    duration,
    month,
    percent,
    period_name,
    stretch,
)

LANE = 11  # where every place below the ten is drawn
BELOW = "below the ten"
RANGES = (("short", "4 weeks", "the last 28 days"), ("medium", "6 months", "182 days"), ("long", "A year", "365 days"))
RANGES_TITLE = "Three ranges of time"
NOT_IN_RANGE = "Nothing counted in these days."
ONE_STEP = "Places move from month to month, and so far there is one month. Come back with the next."
MORE = "Show more"
MARKS = (
    "The mark beside a name is its clock, midnight on top: a ray is longer where more of that hour’s plays, of the whole "
    "record, were this artist’s."
)
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
MEASURES = {"Plays": "counted plays", "Time": "time in counted plays", "Days": "days with a counted play"}


@dataclass(frozen=True)
class Place:
    """One place of a ranking.

    `before` is the one in the period before: None where there is no such period, 0 where it was not played then. `track`
    is the id of a recording.
    """

    rank: int
    name: str
    artist: str
    plays: int
    ms_played: int
    days: int | None
    before: int | None
    track: str = ""


@dataclass(frozen=True)
class Moves:
    """Places by steps: for each of six names its rank in each step, LANE where it is below the ten."""

    title: str
    steps: tuple[date, ...]
    lines: Mapping[str, tuple[int, ...]]
    marked: str | None
    second: str | None


def headline(first: Sequence[Place], measured: str, period: Period, now: str | None) -> Headline:
    """`first` are the first two places by what is `measured`; `now` who leads the last step, where that is known."""
    leader = first[0].name if first else ""
    if not first:
        return Headline("Nothing to rank ", "here.")
    if len(first) > 1 and amount(first[0], measured) == amount(first[1], measured):
        return Headline("The first place ", "is shared.")
    if period.kind == ALL_TIME:
        over = "leads the whole record"
    elif period.kind in {YEAR, MONTH}:
        over = f"led {period_name(period)}"
    else:
        over = "led these days"
    if now is None:
        return Headline("", leader, f" {over}.")
    if now == leader:
        return Headline("", leader, f" {over}, and leads now.")
    return Headline(f"{leader} {over}. ", now, " leads now.")


def amount(place: Place, measured: str) -> int:
    if measured == "Time":
        return place.ms_played
    return place.plays if measured == "Plays" or place.days is None else place.days


def lead(kind: str, measured: str, now: date | None, per: str) -> str:
    told = f"{kind} by {MEASURES[measured]}. "
    return told + (f"Now is {step_name(now, per)}, by counted plays." if now else "Kind and measure keep the period.")


def ranking_title(first: Sequence[Place], measured: str, whole: int | None) -> str:
    """`whole` is what all of it comes to, where a part of it can be told."""
    if not first:
        return "Nothing to rank in this period"
    if len(first) > 1 and amount(first[0], measured) == amount(first[1], measured):
        return f"{first[0].name} and {first[1].name} are level at the top"
    value = measured_words(first[0], measured)
    part = f", {percent(amount(first[0], measured), whole)} of all" if whole else ""
    if len(first) > 1 and amount(first[0], measured) < STANDS_OUT * amount(first[1], measured):
        return f"{first[0].name} leads with {value}, closely before {first[1].name}"
    return f"{first[0].name} leads with {value}{part}"


def measured_words(place: Place, measured: str) -> str:
    if measured == "Time":
        return duration(place.ms_played)
    value = amount(place, measured)
    return counted(value, "play", "plays") if measured == "Plays" else counted(value, "day", "days")


def ranking_sub(kind: str, measured: str, against: str | None) -> str:
    told = f"{kind} by {MEASURES[measured]}"
    return told if against is None else f"{told}; places against {against}, new is who was not played then"


def movement(place: Place) -> tuple[str, str]:
    """Its class in the style sheet, and the words."""
    if place.before is None:
        return "", ""
    if not place.before:
        return "new", "new"
    gained = place.before - place.rank
    if not gained:
        return "same", "as before"
    return ("up" if gained > 0 else "down"), f"{'▲' if gained > 0 else '▼'}{NB}{abs(gained)} from{NB}{place.before}"


def step_name(starts_on: date, per: str) -> str:
    if per == "year":
        return str(starts_on.year)
    if per == "quarter":
        return f"{MONTHS[starts_on.month - 1][:3]} to {MONTHS[starts_on.month + 1][:3]}{NB}{starts_on.year}"
    return month(starts_on)


def step_short(starts_on: date, per: str) -> str:
    return str(starts_on.year) if per == "year" else f"{MONTHS[starts_on.month - 1][:3]}"


def moves_sub(per: str) -> str:
    return f"Place by counted plays in each {per}; the lowest lane is every place below the ten, or none"


def moves(rows: Sequence[Mapping[str, Any]], per: str, unnamed: str, most: int = 6) -> Moves:
    """Of the rows of the report rank-movement, ten a step.

    Told apart are the one that leads the last step, the one of most plays, and those that stood highest for longest.
    """
    steps = tuple(sorted({row["starts_on"] for row in rows}))
    places: dict[str, dict[date, int]] = {}
    plays: dict[str, int] = {}
    for row in rows:
        name = row["name"] or unnamed
        places.setdefault(name, {}).setdefault(row["starts_on"], row["rank"])
        plays[name] = plays.get(name, 0) + row["plays"]
    # Every step counts alike, so that the early years of a long record do not take all the lines.
    points = {name: sum(LANE - rank for rank in of.values()) for name, of in places.items()}
    ranked = sorted(plays, key=lambda name: (-points[name], -plays[name], name))
    leader = next(name for name in ranked if places[name].get(steps[-1]) == 1)
    loudest = min(plays, key=lambda name: (-plays[name], name))
    chosen = list(dict.fromkeys((leader, loudest, *ranked)))[:most]
    lines = {name: tuple(places[name].get(step, LANE) for step in steps) for name in chosen}
    second = next((name for name in chosen if name != leader), None)
    return Moves(moves_title(leader, lines[leader], per), steps, lines, leader, second)


def moves_title(leader: str, line: Sequence[int], per: str) -> str:
    """What the one that leads the last step did before."""
    worst = max(line)
    firsts = sum(rank == 1 for rank in line)
    if worst == 1:
        return f"{leader} never left the first place"
    if firsts >= len(line) / 2:
        return f"{leader} held the first place in {firsts} of {counted(len(line), per, per + 's')}"
    return f"{leader} came from {BELOW if worst == LANE else ORDINALS[worst - 1]} to first"


def shares_title(rows: Sequence[Mapping[str, Any]], per: str) -> str:
    """Of the rows of the report artist-share: the part of the artist of most plays, and when it was largest."""
    first = [row for row in rows if row["rank"] == 1]
    if not first:
        return "No artist yet"
    name = first[0]["artist_name"]
    part = f"{name} has {percent(sum(row['plays'] for row in first), sum(row['plays'] for row in rows))} of these plays"
    known = [row for row in first if row["share_of_plays"] is not None]
    high = max(known, key=lambda row: row["share_of_plays"])
    if len(known) < 2 or high["share_of_plays"] < STANDS_OUT * min(row["share_of_plays"] for row in known):
        return part
    return f"{part}, and had {percent(high['share_of_plays'], 1)} in {step_name(high['starts_on'], per)}"


def shares_sub(per: str) -> str:
    return f"Share of the counted plays of each {per}, in per cent; what is left is everyone else’s"


def compare_title(this: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    days = (this["to_date"] - this["from_date"]).days + 1
    them = f"the {counted(days, 'day', 'days')} before"
    change = before["change_ms"]
    if not before["in_record"] or change is None:
        return f"{duration(this['ms_played'])} in {counted(days, 'day', 'days')}"
    if abs(change) < STANDS_OUT - 1:
        return f"About as much music as in {them}: {duration(this['ms_played'])}"
    return f"{percent(abs(change), 1)} {'more' if change > 0 else 'less'} music than in {them}"


def compare_sub(rows: Sequence[Mapping[str, Any]]) -> str:
    this, before, *_ = rows
    told = stretch(this["from_date"], this["to_date"])
    return told if not before["in_record"] else f"{told}, against {stretch(before['from_date'], before['to_date'])}"


def compare_basis(this: Mapping[str, Any]) -> str:
    plays = counted(this["counted_plays"], "counted play", "counted plays")
    return f"{plays}, {stretch(this['from_date'], this['to_date'])}"


def compare_facts(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Of the three rows of the report compare: this period, the one before, a year earlier."""
    this, *others = rows
    names = ("before", "a year earlier")
    known = [(other, name) for other, name in zip(others, names, strict=True) if other["in_record"]]

    def fact(label: str, column: str, words: Any) -> tuple[str, str, str]:
        context = ", ".join(f"{words(other[column])} {name}" for other, name in known)
        return label, words(this[column]), context or "nothing to compare with yet"

    return [
        fact("Time", "ms_played", duration),
        fact("Counted plays", "counted_plays", count),
        fact("Artists", "artists", count),
        fact("Artists never heard before", "new_artists", count),
    ]


def ranges_sub(what: str, api: bool) -> str:
    told = (
        f"{what} by counted plays up to the last day of the period, in the three ranges that Spotify's own lists have"
    )
    return told + ("; beside them the place that Spotify gave" if api else "")


def ranges_title(rows: Sequence[Mapping[str, Any]]) -> str:
    """Who is first in the shortest and in the longest range."""
    now, long = (next((row["name"] for row in rows if row[f"rank_{name}"] == 1), None) for name in ("short", "long"))
    if now is None:
        return f"{long} has the year, and nothing counts in its last four weeks" if long else RANGES_TITLE
    return f"{now} has all three ranges of time" if _all_three(rows) else _two(now, long)


def _all_three(rows: Sequence[Mapping[str, Any]]) -> bool:
    return any(all(row[f"rank_{name}"] == 1 for name, _, _ in RANGES) for row in rows)


def _two(now: str, long: str | None) -> str:
    return f"{now} has these four weeks" + (f", {long} the year" if long and long != now else " and the year")


def range_row(artist: str | None, api_rank: int | None) -> str:
    told = [artist] if artist else []
    return " · ".join([*told, *([f"Spotify: {api_rank}"] if api_rank else [])])
