"""Who is in the group: invite, join, sign in, dismiss. Nobody gets in without an invitation by the owner."""

from dataclasses import dataclass
from datetime import datetime

from groovelog.access import Viewer
from groovelog.errors import NotAdmitted, NotAllowed, TooManyAttempts, UsageError
from groovelog.lake import people
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Listener
from groovelog.pipeline.listeners import add_listener, check_name
from groovelog.reports.question import check_zone
from groovelog.state import attempts, invitations, members, passwords, sessions, sign_ins
from groovelog.state.database import State
from groovelog.state.invitations import Invitation
from groovelog.state.members import MEMBER, OWNER, Member

# Long rather than intricate, as NIST SP 800-63B asks: ten is what the slow-down of `attempts` is reckoned with.
LEAST_PASSWORD, LONGEST_PASSWORD = 10, 256
# A new listener waits this long for another writer of the lake.
LOCK_S = 60

CLOSED = (
    "This invitation is not open: it was used, it is older than seven days, or another took its place. "
    "Ask the owner of this Groovelog for a new one."
)
WRONG = "This name and this password do not belong together."
NOT_A_MEMBER = (
    "This Spotify account belongs to no member here. Sign in with name and password, or ask the owner for a link."
)


@dataclass(frozen=True)
class Joined:
    """A member who is in; `word` is what their browser is known by."""

    name: str
    word: str


def invite(home: Home, state: State, by: Viewer, name: str, *, now: datetime) -> str:
    """The word of a new invitation for a listener, who may be new. An earlier one for the same name opens nothing more.

    For a member it is a way to a new password, which only the host can give, from the terminal: with it, one would be in
    as them. Raises NotAllowed for who is not the owner, UsageError for a name that cannot be one.
    """
    _check_owner(by, "invite")
    check_name(name)
    known = _known(home)
    name = people.as_known(known, name)
    person = next((person for person in known if person.name == name), None)
    if person is not None and person.origin is not None:
        raise UsageError(f"{name} came from the group's lake, and has a Groovelog of their own.")
    if person is not None and person.invented:
        raise UsageError(f"{name} is an invented listener of the demo, and nobody to invite.")
    if person is not None and members.of(state, person.listener_id) and by.listener_id is not None:
        raise UsageError(
            f"{name} is a member already. A forgotten password is set anew from the terminal of the machine that runs "
            f"Groovelog: groovelog listeners invite NAME"
        )
    return invitations.make(state, name, MEMBER, now)


def owners_invitation(state: State, *, now: datetime) -> str | None:
    """The word of a new invitation to be the owner, for whoever hosts; None where there is one. It replaces the last."""
    return None if members.has_owner(state) else invitations.make(state, None, OWNER, now)


def invitation(state: State, word: str, *, now: datetime) -> Invitation:
    """Raises NotAdmitted for one that is not open."""
    found = invitations.find(state, word, now)
    if found is None:
        raise NotAdmitted(CLOSED)
    return found


def join(
    home: Home, state: State, word: str, *, password: str, timezone: str, now: datetime, name: str | None = None
) -> Joined:
    """Use an invitation: be a member with this password, as its listener, who is made, in `timezone`, where they are new.

    `name` counts where the invitation leaves it open. Raises NotAdmitted; UsageError for a name, password or zone that
    cannot be one.
    """
    who = invited_name(invitation(state, word, now=now), name)
    check_password(password)
    check_zone(timezone)
    person = _made(home, who, timezone, now)
    return _admit(state, word, person, passwords.hash_of(password), now)


def join_connected(home: Home, state: State, word: str, listener: str, *, now: datetime) -> Joined:
    """Use an invitation for a listener who has just connected to Spotify, and signs in that way. Raises NotAdmitted."""
    known = _known(home)
    who = invited_name(invitation(state, word, now=now), listener)
    if people.as_known(known, who) != listener:
        raise NotAdmitted(CLOSED)
    return _admit(state, word, people.named(known, listener), None, now)


def sign_in(home: Home, state: State, name: str, password: str, *, address: str, now: datetime) -> Joined:
    """Sign a member in by password. `address` is where it comes from. Raises NotAdmitted, TooManyAttempts.

    Whether the name is a member's is told neither by the message nor by the time it takes.
    """
    known = _known(home)
    name = people.as_known(known, name.strip())[:LONGEST_PASSWORD]
    held = attempts.brakes(name, address)
    wait_s = attempts.begin(state, held, now)
    if wait_s is not None:
        raise TooManyAttempts(f"Too many sign-ins failed. Try again in {wait_s} seconds.", wait_s=wait_s)
    person = next((person for person in known if person.name == name), None)
    member = members.of(state, person.listener_id) if person else None
    right = passwords.matches(member.password_hash if member else None, password[:LONGEST_PASSWORD])
    if not right or person is None:
        raise NotAdmitted(WRONG)
    attempts.forgive(state, held, now)
    return Joined(person.name, sessions.begin(state, person.listener_id, now))


def sign_in_connected(home: Home, state: State, account_id: str, *, now: datetime) -> Joined:
    """Sign in the member who is connected to this Spotify account. Raises NotAdmitted where it is nobody's."""
    own = {one.listener_id for one in sign_ins.all_of(state) if one.account_id == account_id}
    person = next((one for one in _known(home) if one.listener_id in own and members.of(state, one.listener_id)), None)
    if person is None:
        raise NotAdmitted(NOT_A_MEMBER)
    return Joined(person.name, sessions.begin(state, person.listener_id, now))


def dismiss(home: Home, state: State, by: Viewer, name: str, *, now: datetime) -> bool:
    """Let somebody be no member any more: signed out everywhere, keys revoked. Their plays stay. Whether they were one.

    Raises NotAllowed for who is not the owner, UsageError for an owner who would dismiss themselves, NotFoundError.
    """
    _check_owner(by, "dismiss")
    known = _known(home)
    person = people.named(known, people.as_known(known, name))
    if person.listener_id == by.listener_id:
        raise UsageError(
            "You are the owner, and cannot dismiss yourself. From the terminal it goes: groovelog listeners dismiss NAME"
        )
    invitations.withdraw(state, person.name)
    return members.dismiss(state, person.listener_id, now)


def check_password(password: str) -> None:
    """Raises UsageError for one that is too short or too long."""
    if not LEAST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(
            f"A password has at least {LEAST_PASSWORD} characters, and {LONGEST_PASSWORD} at most. Several words do well."
        )


def invited_name(invited: Invitation, name: str | None) -> str:
    """For whom the invitation is: its own name, else the one that is chosen. Raises UsageError where that cannot be one."""
    if invited.listener is not None:
        return invited.listener
    chosen = (name or "").strip()
    check_name(chosen)
    return chosen


def _admit(state: State, word: str, person: Listener, password_hash: str | None, now: datetime) -> Joined:
    """All of it, or nothing: of two who use one invitation at once, one gets in."""
    found = invitation(state, word, now=now)
    with state.writing() as connection:
        if not invitations.use(connection, word, now):
            raise NotAdmitted(CLOSED)
        members.put(connection, Member(person.listener_id, found.role, password_hash, now))
        # Whoever has a new password was perhaps signed in by somebody else.
        connection.execute("DELETE FROM sessions WHERE listener_id = ?", (person.listener_id,))
        return Joined(person.name, sessions.put(connection, person.listener_id, now))


def _made(home: Home, name: str, timezone: str, now: datetime) -> Listener:
    known = _known(home)
    if not any(person.name == people.as_known(known, name) for person in known):
        add_listener(home, name, timezone, now=now, wait_s=LOCK_S)
        known = _known(home)
    person = people.named(known, people.as_known(known, name))
    if person.origin is not None:
        raise UsageError(f"{person.name} came from the group's lake. Choose another name.")
    if person.invented:
        raise UsageError(f"{person.name} is an invented listener of the demo. Choose another name.")
    return person


def _known(home: Home) -> list[Listener]:
    with open_snapshot(home.lake) as snapshot:
        return snapshot.listeners()


def _check_owner(by: Viewer, what: str) -> None:
    if not by.owner:
        raise NotAllowed(f"To {what} members is the owner's.")
