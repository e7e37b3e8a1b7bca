"""What the page Members does, as the commands do it: who is in, invite, dismiss."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from groovelog.access import Viewer
from groovelog.dashboard import served
from groovelog.dashboard.changes import Outcome
from groovelog.dashboard.texts import members as texts
from groovelog.errors import GroovelogError
from groovelog.model import Listener
from groovelog.pipeline import joining
from groovelog.state import invitations, members
from groovelog.state.database import open_state
from groovelog.state.members import Member


@dataclass(frozen=True)
class Known:
    """Members in the order in which they joined, and the names of who is invited."""

    members: Sequence[tuple[Listener, Member]]
    invited: Sequence[str]


def known(people: Sequence[Listener], now: datetime) -> Known:
    by_id = {person.listener_id: person for person in people}
    with open_state(served.home().root) as state:
        found = [(by_id[one.listener_id], one) for one in members.all_of(state) if one.listener_id in by_id]
        waiting = [one.listener for one in invitations.open_ones(state, now) if one.listener]
    return Known(found, waiting)


def invite(by: Viewer, name: str, page: str) -> Outcome:
    """The link, in words, or why there is none. `page` is where the owner's browser is: friends come the same way."""
    home = served.home()
    try:
        with open_state(home.root) as state:
            word = joining.invite(home, state, by, name, now=datetime.now(UTC))
    except GroovelogError as error:
        return Outcome(False, error.message)
    here = urlsplit(page)
    return Outcome(True, f"{here.scheme}://{here.netloc}/join/{word}")


def dismiss(by: Viewer, name: str) -> Outcome:
    """Let somebody be no member any more."""
    home = served.home()
    try:
        with open_state(home.root) as state:
            joining.dismiss(home, state, by, name, now=datetime.now(UTC))
    except GroovelogError as error:
        return Outcome(False, error.message)
    return Outcome(True, texts.dismissed(name))
