"""Push: send what the listeners of this Groovelog share to the group's lake, and take out what they share no longer."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from groovelog.access import ALL, NOTHING, TOTALS, shares
from groovelog.errors import UsageError
from groovelog.lake import people, sharing
from groovelog.lake.erase import EVERYTHING, PULLED, Erasure, erasures
from groovelog.lake.home import Home, LakeElsewhere
from groovelog.lake.sharing import Offer, Withheld
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.model import Listener
from groovelog.pipeline.delivering import Delivered, bring_erasures, deliver, withdraw
from groovelog.pipeline.group_lake import check_writable, reading

LABEL = "lake push"
# The zone of a member who shows totals alone: theirs would say where they live, and months need none.
NOWHERE = ((None, "UTC"),)


@dataclass(frozen=True)
class PushedListener:
    """What became of a listener: what they share, and counts of rows; `forgotten_at` where an erasure keeps them out.

    `private`, `of_web_api` and `erased` stay at home.
    """

    name: str
    shares: str
    there: Delivered
    private: int = 0
    of_web_api: int = 0
    erased: int = 0
    withdrawn: bool = False
    forgotten_at: datetime | None = None


@dataclass(frozen=True)
class Pushed:
    """An account of a push: by listener, and the erasures that the group did not know of."""

    listeners: tuple[PushedListener, ...]
    erasures: int


def push(
    home: Home, group: LakeElsewhere, *, listener: str | None = None, web_api: bool = False, now: datetime
) -> Pushed:
    """Send what the listeners share, or one of them, and what was erased here. Where nothing is new, nothing is written.

    `web_api`: rows that the Web API told go, too. Raises UsageError where nobody shares anything and nothing of anybody is
    there, NotFoundError for an unknown listener, LakeError.
    """
    check_writable(group)
    with open_snapshot(home.lake) as snapshot:
        own = _own(snapshot, listener)
        here = [one for one in erasures(snapshot.connection) if one.scope != PULLED]
        there = _there(group)
        members = there.members
        new = [one for one in here if one not in there.erased]
        said = people.consents(snapshot)
        left = _left(snapshot, listener) & members
        _check_any(own, said, members, left, new)
        brought = bring_erasures(group, here, None, now) if new else 0
        there = _There(members, (*here, *there.erased))
        pushed = [_push(snapshot, group, person, there, web_api=web_api, now=now) for person in own]
        if left:
            withdraw(group, sorted(left), now)
    return Pushed(tuple(pushed), brought)


@dataclass(frozen=True)
class _There:
    """Who is in the group's lake, by id, and what is known to be erased."""

    members: frozenset[str]
    erased: tuple[Erasure, ...]


def _there(group: LakeElsewhere) -> _There:
    with reading(group) as snapshot:
        members = frozenset(person.listener_id for person in snapshot.listeners())
        return _There(members, tuple(erasures(snapshot.connection)))


def _push(
    snapshot: Snapshot, group: LakeElsewhere, person: Listener, there: _There, *, web_api: bool, now: datetime
) -> PushedListener:
    shown, since = people.consents_since(snapshot).get(person.listener_id, (NOTHING, None))
    decided_at = since.replace(tzinfo=UTC) if since else now
    if shown == NOTHING:
        withdrawn = person.listener_id in there.members
        if withdrawn:
            withdraw(group, [person.listener_id], now)
        return PushedListener(person.name, NOTHING, Delivered(person.name), withdrawn=withdrawn)
    ends = [one.erased_at for one in there.erased if one.listener_id == person.listener_id and one.scope == EVERYTHING]
    if ends and decided_at <= max(ends):
        return PushedListener(person.name, shown, Delivered(person.name), forgotten_at=max(ends))
    kept = sharing.withheld(snapshot, person, there.erased, web_api=web_api)
    offer = _offer(snapshot, person, shown, decided_at, kept)
    return PushedListener(
        person.name,
        shown,
        deliver(group, offer, LABEL, now),
        private=len(kept.private),
        of_web_api=len(kept.of_web_api - kept.private),
        erased=len(kept.erased - kept.private - kept.of_web_api),
    )


def _offer(snapshot: Snapshot, person: Listener, shown: str, decided_at: datetime, kept: Withheld) -> Offer:
    if shown == ALL:
        files = sharing.files_of(snapshot, person.listener_id)
        return Offer(person, ALL, decided_at, snapshot.lake, files, kept.keys)
    months = sharing.months(snapshot, person, kept.keys)
    return Offer(replace(person, zones=NOWHERE), TOTALS, decided_at, snapshot.lake, months=months)


def _own(snapshot: Snapshot, name: str | None) -> list[Listener]:
    """Those whose shares are sent: all of this Groovelog who are not invented, or the one named."""
    known = snapshot.listeners()
    if name is None:
        return [person for person in known if person.origin is None and not person.invented]
    person = people.named(known, people.as_known(known, name))
    if person.origin is not None:
        raise UsageError(f"{person.name} came from the group's lake: their own Groovelog pushes what they share.")
    return [person]


def _left(snapshot: Snapshot, name: str | None) -> set[str]:
    """Listeners of this Groovelog who were removed."""
    if name is not None:
        return set()
    rows = snapshot.connection.execute(
        "SELECT listener_id FROM listeners GROUP BY listener_id "
        "HAVING arg_max(removed, run_id) AND arg_max(origin, run_id) IS NULL AND NOT bool_or(invented)"
    ).fetchall()
    return {listener_id for (listener_id,) in rows}


def _check_any(
    own: list[Listener], said: dict[str, str], members: frozenset[str], left: set[str], new: list[Erasure]
) -> None:
    """Raises UsageError where there is nothing to be done, because nobody shares anything."""
    sharing_some = any(shares(said, person) != NOTHING or person.listener_id in members for person in own)
    if sharing_some or left or any(one.listener_id in members for one in new):
        return
    if not own:
        raise UsageError(
            "There is nobody in this Groovelog whose plays could be pushed. `groovelog import PATH` brings somebody."
        )
    names = " and ".join(person.name for person in own)
    raise UsageError(
        f"{names} {'shares' if len(own) == 1 else 'share'} nothing; to share: "
        f"groovelog listeners share {own[0].name!r} totals|all."
    )
