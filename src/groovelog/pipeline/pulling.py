"""Pull: bring what the members of a group share into this Groovelog, and take out who shares no longer."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from groovelog.access import ALL, NOTHING, TOTALS
from groovelog.lake import people, sharing
from groovelog.lake.erase import EVERYTHING, PULLED, Erasure, erasures
from groovelog.lake.home import Home, LakeElsewhere
from groovelog.lake.sharing import Offer
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.model import Listener
from groovelog.pipeline.delivering import Delivered, bring_erasures, deliver, withdraw
from groovelog.pipeline.group_lake import check_there, reading
from groovelog.pipeline.matching import match_new

LABEL = "lake pull"


@dataclass(frozen=True)
class PulledListener:
    """A member as the group's lake has them, and what became of their part here."""

    name: str
    shares: str
    here: Delivered


@dataclass(frozen=True)
class Pulled:
    """An account of a pull: members brought, those who were taken out, and who stays away because they were forgotten here.

    `erased_elsewhere`: listeners of this Groovelog who were forgotten in another; their plays here stay, and are not pushed.
    """

    members: tuple[PulledListener, ...]
    gone: tuple[str, ...]
    kept_out: int
    erased_elsewhere: tuple[str, ...]
    erasures: int


def pull(home: Home, group: LakeElsewhere, *, now: datetime) -> Pulled:
    """Bring the group's shared part. Where nothing is new, nothing is written. Raises UsageError, LakeError."""
    check_there(group)
    with reading(group) as there:
        with open_snapshot(home.lake) as before:
            own = _own_ids(before)
            pulled = {person.listener_id: person.name for person in before.listeners() if person.origin is not None}
            known = erasures(before.connection)
        told = erasures(there.connection)
        new = [one for one in told if one not in known]
        erased = bring_erasures(home, told, frozenset(pulled), now) if new else 0
        gone_for_good = {one.listener_id for one in new if one.scope == EVERYTHING}
        said = people.consents_since(there)
        everybody = [person for person in there.listeners() if person.listener_id not in own]
        kept_out = {person.listener_id for person in everybody if _forgotten(person, said, [*known, *told])}
        members = [
            person
            for person in everybody
            if person.listener_id not in kept_out and said.get(person.listener_id, (NOTHING, None))[0] != NOTHING
        ]
        lost = pulled.keys() - {person.listener_id for person in members}
        if left := sorted(lost - gone_for_good):
            withdraw(home, left, now)
        brought = [_pull(home, there, person, said[person.listener_id], now) for person in members]
    if any(one.here.added for one in brought):
        with open_snapshot(home.lake) as snapshot:
            match_new(home, snapshot, now)
    return Pulled(
        tuple(brought),
        tuple(sorted(pulled[listener_id] for listener_id in lost)),
        len(kept_out),
        tuple(sorted(name for listener_id, name in own.items() if listener_id in gone_for_good)),
        erased,
    )


def _pull(
    home: Home, there: Snapshot, person: Listener, said: tuple[str, datetime | None], now: datetime
) -> PulledListener:
    shares, since = said
    offer = partial(Offer, person, shares, since.replace(tzinfo=UTC) if since else now, there.lake, whole=True)
    if shares == ALL:
        offered = offer(files=sharing.files_of(there, person.listener_id))
    else:
        offered = offer(months=sharing.kept_months(there, person.listener_id))
    return PulledListener(person.name, shares, deliver(home, offered, LABEL, now))


def _own_ids(snapshot: Snapshot) -> dict[str, str]:
    """Ids and names of the listeners of this Groovelog, those who were removed too."""
    rows = snapshot.connection.execute(
        "SELECT listener_id, arg_max(name, run_id) FROM listeners WHERE origin IS NULL GROUP BY listener_id"
    ).fetchall()
    return dict(rows)


def _forgotten(person: Listener, said: dict[str, tuple[str, datetime | None]], erased: list[Erasure]) -> bool:
    """Whether the member was forgotten here, or after they last said what they share: a copy of the group's lake may be old."""
    _, since = said.get(person.listener_id, (TOTALS, None))
    return any(
        one.scope == PULLED
        or (one.scope == EVERYTHING and (since is None or since.replace(tzinfo=UTC) <= one.erased_at))
        for one in erased
        if one.listener_id == person.listener_id
    )
