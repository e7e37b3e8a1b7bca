"""Who may see whose plays. Nobody's are shown to others unless they said so; the latest word counts.

A person who runs Groovelog for themselves sees every listener's own reports. What is decided here is what reports of a
group tell of the others in it. Incognito plays are never among it (see `reports.supply`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from groovelog.errors import NobodyShows, NotFoundError, NotShown
from groovelog.lake.people import named
from groovelog.model import Listener
from groovelog.state import members, sessions
from groovelog.state.database import State

NOTHING, TOTALS, ALL = "nothing", "totals", "all"
# What a listener shows, the least first: counts and times; also tracks, artists and audio features.
SHARES = (NOTHING, TOTALS, ALL)
WORDS = {NOTHING: "nothing", TOTALS: "counts and times", ALL: "tracks, artists, counts and times"}


@dataclass(frozen=True)
class Viewer:
    """Who asks: a member of a group, by their listener's id, or, without one, the person this install is for.

    That person sees every listener's own reports. A member sees their own, and of the others what reports of the group
    tell; to be the `owner` of a group is to invite and to dismiss, not to see more.
    """

    listener_id: str | None = None
    owner: bool = False

    def sees(self, person: Listener) -> bool:
        """Whether the listener's own reports are shown to this viewer."""
        return self.listener_id in (None, person.listener_id)


# Who runs Groovelog for themselves.
PERSONAL = Viewer(owner=True)


def viewer_of(state: State, cookies: Mapping[str, str], now: datetime) -> Viewer | None:
    """The member whose session a browser's cookies carry; None without one that holds. To be asked at every turn."""
    word = sessions.word_in(cookies)
    session = sessions.find(state, word, now) if word else None
    member = members.of(state, session.listener_id) if session else None
    return Viewer(member.listener_id, owner=member.role == members.OWNER) if member else None


def shares(consents: Mapping[str, str], person: Listener) -> str:
    """What the listener shows to others: `consents` has the latest word of each listener's id."""
    return consents.get(person.listener_id, NOTHING)


def shows(consents: Mapping[str, str], person: Listener, needed: str) -> bool:
    """Whether the listener shows others what is `needed`, or more."""
    return SHARES.index(shares(consents, person)) >= SHARES.index(needed)


def group(
    asker: Listener,
    known: Sequence[Listener],
    consents: Mapping[str, str],
    needed: str,
    names: Iterable[str] | None = None,
) -> tuple[Listener, ...]:
    """The others of whom a report for `asker` may tell what is `needed` (totals or all), by name.

    Those named, or everyone who shows enough; invented listeners are a group of their own unless named. Raises
    NotFoundError for a name that nobody has, NotShown for somebody who does not show enough, NobodyShows where nobody
    does.
    """
    if names is not None:
        asked = {person.name: person for person in (named(list(known), name) for name in names)}
        asked.pop(asker.name, None)
        for person in asked.values():
            _check(person, consents, needed)
        others = sorted(asked.values(), key=lambda person: person.name)
    else:
        others = [
            person
            for person in known
            if person != asker and person.invented == asker.invented and shows(consents, person, needed)
        ]
    if not others:
        raise NobodyShows(f"Nobody else shows {asker.name} {WORDS[needed]}.", needed=needed)
    return tuple(others)


def _check(person: Listener, consents: Mapping[str, str], needed: str) -> None:
    if not shows(consents, person, needed):
        shown = WORDS[shares(consents, person)]
        raise NotShown(
            f"{person.name} shows others {shown}, and this report needs {WORDS[needed]}.",
            name=person.name, needed=needed,
        )  # fmt: skip


def seen(viewer: Viewer, known: Sequence[Listener], name: str) -> Listener:
    """The listener of that name, whose own reports are shown to the viewer.

    Raises NotFoundError; for a member it says the same of who is not there and of who is: else it would tell who is.
    """
    if viewer.listener_id is None:
        return named(list(known), name)
    for person in known:
        if person.name == name and viewer.sees(person):
            return person
    raise NotFoundError(f"There is no listener named {name} whose reports you see. Your own come without a name.")


def own(viewer: Viewer, known: Sequence[Listener]) -> Listener:
    """The listener that a member is. Raises NotFoundError for one who was taken out meanwhile."""
    for person in known:
        if person.listener_id == viewer.listener_id:
            return person
    raise NotFoundError("You are no longer in this Groovelog.")


def check_others(
    viewer: Viewer, known: Sequence[Listener], consents: Mapping[str, str], needed: str, names: Iterable[str]
) -> None:
    """Raises NotFoundError where a member names others for a report of the group who do not show what is `needed`.

    It says the same of who is not there. The person this install is for is told which it is, by `group`.
    """
    if viewer.listener_id is None:
        return
    shown = {person.name for person in known if viewer.sees(person) or shows(consents, person, needed)}
    for name in names:
        if name not in shown:
            raise NotFoundError(f"There is nobody named {name} who shows you {WORDS[needed]}, which this report needs.")
