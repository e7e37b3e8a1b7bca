"""What the page of settings says, and what became of a change."""

from collections.abc import Sequence
from datetime import date

from groovelog.access import WORDS
from groovelog.dashboard.texts.wording import NB, Headline, count, day, percent, zone

HEAD = Headline("Said once, ", "held everywhere", ".")
LEAD = "What a listener says here holds at once, on every page and on the command line. Nothing leaves this machine."
NOBODY = Headline("Nobody here ", "yet", ".")
NOBODY_LEAD = "Bring an export on the page Data, or add somebody below; then there is something to set."
ZONE_SUB = "Local dates and hours of every play come from it: the clock of the day, nights, streaks"
ZONE_FROM = "From a day on, else always"
ZONE_HELP = "Moved house? Give the first day there. Without one the zone holds from the beginning up to the next move."
WORKING = "Working out local dates and hours anew"
SHARES = {"nothing": "Nothing", "totals": "Counts and times", "all": "Tracks and artists, too"}
SHARES_WHY = {
    "nothing": "So it is at first. Nobody else's page tells anything of you",
    "totals": "For leaderboards: plays, time, days, hours",
    "all": "For what compares tastes: compatibility, shared favourites, who heard it first",
}
SHARES_SUB = "To the other listeners of this Groovelog. What was played in a private session is shown to nobody"
RULE_SUB = "How a play comes to count, on every page"
RULE_KEPT = (
    "This browser keeps what is chosen here for the next visit. What is chosen in the bar on top holds for this visit and is "
    "in the address of the page, which goes first; the command line counts plays of 30 s or more unless told --count."
)
THEME_TITLE = "Light, dark, or as your system"
THEME = (
    "The menu ⋮ at the top right has System, Light and Dark. This browser remembers the choice; nobody else sees it."
)
ADD_TITLE = "Add a listener"
ADD_SUB = "Somebody whose export comes later; an import under a new name adds them, too"
BUSY = "An import, or another page, is writing just now. Nothing was changed here; try again when it is done."
SAME_ZONE = "This zone holds already"
FORGET = "A listener is exported and forgotten on the page Data."


def zone_title(name: str, timezone: str) -> str:
    return f"{name} lives in {zone(timezone)}"


def zone_now(clock: str, timezone: str) -> str:
    return f"There it is {clock} now ({timezone})."


def zones(lived: Sequence[tuple[date | None, str]]) -> str:
    """Where somebody lived, in order."""
    (_, first), *later = lived
    return ", ".join([first, *(f"from {day(since)} {there}" for since, there in later if since)])


def moved(name: str, timezone: str, since: date | None) -> str:
    when = "" if since is None else f" from {day(since)} on"
    return f"Saved. {name} lives in {zone(timezone)}{when}; local dates and hours are worked out anew."


def shares_title(name: str, shares: str) -> str:
    return f"{name} shows the others {WORDS[shares]}"


def shared(name: str, shares: str) -> str:
    return f"Saved. From now on {name} shows the others {WORDS[shares]}."


def rule_effect(name: str, counted_plays: int, plays: int) -> str:
    if not plays:
        return f"{name} has no plays yet"
    return f"{count(counted_plays)} of {count(plays)}{NB}plays of {name} count, {percent(counted_plays, plays)}"


def added(name: str, timezone: str) -> str:
    return f"{name} is added, in {zone(timezone)}."
