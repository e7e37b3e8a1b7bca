"""What is said of a group. Nobody who did not agree is named in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from groovelog.access import WORDS
from groovelog.dashboard.texts.wording import STANDS_OUT, Headline, count, counted, day, names_some, percent

ENOUGH_PLAYS = 500  # of each of two; of fewer their likeness is chance
PAIRS_SHOWN = 3
NOBODY_LEAD = (
    "A group compares those who agreed to it, and nobody else: how alike tastes are, what several love, who heard it first. "
    "At first nobody shows anything."
)
HOW = "How to share"
SETTINGS = (
    "Whoever wants to opens the page Settings and chooses what they show: counts and times, or tracks and artists, too."
)
COMMAND = "Or on the command line: groovelog listeners share NAME all."
BACK = "They can take it back there at any time, and are gone from this page at once."
ALONE = "There is nobody else in this Groovelog yet. Bring another listener's export on the page Data."
ALONE_IN_GROUP = "There is no other member yet. The owner invites on the page Members."
NEEDS_ALL = (
    "Tastes are compared between those who show tracks and artists. So far the others show counts and times alone; "
    "whoever wants to says so on the page Settings."
)
SHARE_TITLE = "Who shares, and since when"
SHARE_SUB = "Each can stop at any time, and is gone from here at once. Private sessions are shown to nobody"
LONGER = "In this period no two of you have that many. A longer one, or all time, tells how alike you are."
TRIANGLE_SUB = "Compatibility of each pair, 0 nothing in common to 100 the same plays in the same amounts"
FAVOURITES_SUB = "What at least two of the group play: most listeners first, then what each of them plays most"
FIRST_SUB = "First counted play of all time, of those kept here; the latest followed first"
KINDS = {"artist": "Artists", "track": "Tracks", "album": "Albums"}
# Of a member who shows totals from a Groovelog of their own, the songs and artists of several months are not told.
MONTHS_ALONE = "Monthly totals alone"
BY = {"plays": "Plays", "time": "Time", "days": "Days"}
BOARD_SUB = {
    "plays": "Counted plays of the period",
    "time": "Time listened in counted plays of the period",
    "days": "Days with a counted play in the period",
}


@dataclass(frozen=True)
class Pair:
    """Two of the group; `score` is None where one has too few plays."""

    one: str
    other: str
    score: int | None
    artists: int
    tracks: int
    artist_share: float


def nobody(asker: str) -> Headline:
    return Headline("Nobody shares ", f"with {asker}", " yet.")


def how_steps(*, members: bool) -> tuple[str, ...]:
    """Members of a group have no command line here."""
    return (SETTINGS, BACK) if members else (SETTINGS, COMMAND, BACK)


def alone(*, members: bool) -> str:
    return ALONE_IN_GROUP if members else ALONE


def shown(shares: str, since: date | None) -> str:
    return f"Shows {WORDS[shares]}" + ("" if since is None else f", since {day(since)}")


def own(shares: str) -> str:
    if shares == "nothing":
        return "You see them, and show them nothing. That is fine, and can be changed on the page Settings."
    return f"You show them {WORDS[shares]}."


def not_in(names: Sequence[str]) -> str:
    """Who is not in, so that nobody takes a part for the whole."""
    if not names:
        return "Everybody here is in."
    return f"Not in, and told of nowhere: {names_some(names)}."


def headline(pairs: Sequence[Pair], members: int) -> Headline:
    closest = leading(pairs)
    if closest is None:
        return Headline(f"{count(members)} of you ", "share", " their listening.")
    return Headline("", f"{closest.one} and {closest.other}", f" are closest: {closest.score} of 100.")


def leading(pairs: Sequence[Pair]) -> Pair | None:
    """The pair with a higher number than every other, if there are others."""
    told = sorted((pair for pair in pairs if pair.score is not None), key=lambda pair: -(pair.score or 0))
    if len(told) < 2 or told[0].score == told[1].score:
        return None
    return told[0]


def triangle_title(pairs: Sequence[Pair]) -> str:
    told = [pair.score for pair in pairs if pair.score is not None]
    if not told:
        return f"Too few plays to compare tastes: each needs {ENOUGH_PLAYS}"
    if len(told) == 1:
        (pair,) = (pair for pair in pairs if pair.score is not None)
        return f"{pair.one} and {pair.other}: {pair.score} of 100"
    closest = leading(pairs)
    if closest is None:
        return f"Pairs lie between {min(told)} and {max(told)} of 100"
    return f"Closest pair: {closest.one} and {closest.other}, {closest.score} of 100"


def triangle_note(pairs: Sequence[Pair]) -> str:
    empty = sum(pair.score is None for pair in pairs)
    return f"{counted(len(pairs), 'pair', 'pairs')}" + (
        f", {count(empty)} left empty: under {ENOUGH_PLAYS} counted plays" if empty else ""
    )


def pair_why(pair: Pair) -> str:
    return (
        f"{counted(pair.artists, 'artist', 'artists')} in common, {percent(pair.artist_share, 1)} of all that either plays, "
        f"and {counted(pair.tracks, 'track', 'tracks')}."
    )


def favourites_title(names: Sequence[str], listeners: Sequence[int], members: int) -> str:
    if not names:
        return "Nothing yet that two of you play"
    everyone = sum(number == members for number in listeners)
    if not everyone:
        return f"{names[0]} comes first of what several play"
    return f"{names[0]} comes first of what all {count(members)} play"


def first_title(firsts: Sequence[str]) -> str:
    """`firsts` are who heard each of the latest discoveries first."""
    if not firsts:
        return "Nothing yet that one heard after another"
    counts: Mapping[str, int] = {name: firsts.count(name) for name in dict.fromkeys(firsts)}
    first, *others = sorted(counts, key=lambda name: -counts[name])
    if others and counts[first] < STANDS_OUT * counts[others[0]]:
        return f"{first} and {others[0]} take turns at hearing it first"
    return f"{first} heard {count(counts[first])} of the latest {count(len(firsts))} first"


def later(follower: str, days: int) -> str:
    return f"{follower} {'the same day' if not days else counted(days, 'day', 'days') + ' later'}"


def board_leads(ranked: Sequence[tuple[str, int]]) -> bool:
    """Whether the first stands out from the second."""
    return bool(ranked) and (len(ranked) == 1 or ranked[0][1] >= STANDS_OUT * ranked[1][1])


def board_title(ranked: Sequence[tuple[str, int]], by: str, amount: str) -> str:
    """`ranked` are names with what ranks them; `amount` is the first one's in words."""
    if not ranked or not ranked[0][1]:
        return "Nobody has a counted play in this period"
    if not board_leads(ranked):
        return f"{ranked[0][0]} and {ranked[1][0]} are about level"
    words = {"plays": "most plays", "time": "most time", "days": "most days with music"}[by]
    return f"{ranked[0][0]} has the {words}: {amount}"
