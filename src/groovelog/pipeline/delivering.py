"""Deliver: bring what listeners of one lake share into another, step by step; what a dead one left is found anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from groovelog.access import TOTALS
from groovelog.lake import compact, erase, merge, purge
from groovelog.lake import receipts as lake_receipts
from groovelog.lake.erase import EVERYTHING, Erasure
from groovelog.lake.home import Home
from groovelog.lake.run import Run, begins_again
from groovelog.lake.sharing import Offer
from groovelog.lake.snapshot import Snapshot
from groovelog.pipeline.running import running
from groovelog.pipeline.storing import written
from groovelog.tables import SHARED_TOTALS, SOURCE_PLAYS


@dataclass(frozen=True)
class Delivered:
    """What became of a listener: their `name` there, rows `added` and `taken_out`, and `months` new or changed."""

    name: str
    added: int = 0
    taken_out: int = 0
    months: int = 0

    def __add__(self, later: "Delivered") -> "Delivered":
        return Delivered(
            later.name, self.added + later.added, self.taken_out + later.taken_out, self.months + later.months
        )


def deliver(target: Home, offer: Offer, label: str, now: datetime) -> Delivered:
    """Let the target's lake have of a listener what is offered, and nothing else. Where it has that, nothing is written.

    `label` stands in its receipt for the file. Raises LakeError.
    """
    so_far = Delivered(offer.person.name)
    done = False
    while not done:
        step, done = _deliver_some(target, offer, label, now)
        so_far += step
    return so_far


@begins_again
def _deliver_some(target: Home, offer: Offer, label: str, now: datetime) -> tuple[Delivered, bool]:
    with running(target, now) as run:
        return _step(run, target, offer, label)


def _step(run: Run, target: Home, offer: Offer, label: str) -> tuple[Delivered, bool]:
    """One run, and whether it was the last."""
    listener_id, name = offer.person.listener_id, offer.person.name
    if offer.shares == TOTALS and (rows := _rows(run.snapshot, listener_id)):
        merge.withdraw(run, [listener_id])
        return Delivered(name, taken_out=rows), False
    merge.open_offer(run, offer)
    if gone := merge.find_gone(run, offer):
        person = next(person for person in run.snapshot.listeners() if person.listener_id == listener_id)
        merge.take_out_gone(run, person)
        return Delivered(name, taken_out=gone), False
    settled = merge.settle(run, offer)
    if settled.rebuilt:
        run.publish("merge")
        return Delivered(name), False
    person = settled.person
    months = merge.write_months(run, offer)
    had_months = run.versions[SHARED_TOTALS.name] != run.snapshot.versions[SHARED_TOTALS.name]
    added = merge.find_arriving(run)
    if added:
        merge.name_files(run, label)
        lake_receipts.count_files(run.connection, {})
        written(run, person, [], [])
    if added or settled.new or had_months:
        run.publish("merge")
        compact.tidy(target, run)
    return Delivered(person.name, added=added, months=months), True


@begins_again
def withdraw(target: Home, listener_ids: Iterable[str], now: datetime) -> None:
    """Take listeners out of the target's lake, and off its disk."""
    with running(target, now) as run:
        merge.withdraw(run, [*listener_ids])


@begins_again
def bring_erasures(target: Home, erasures: Iterable[Erasure], of: frozenset[str] | None, now: datetime) -> int:
    """Let the target's lake know of erasures, and erase there what they are about; returns how many it did not know.

    `of`: the listeners whose rows may be erased (None: anybody's); of others, it is only known.
    """
    with running(target, now) as run:
        known = set(erase.erasures(run.connection))
        people = {person.listener_id: person for person in run.snapshot.listeners()}
    new = [one for one in erasures if one not in known]
    if not new:
        return 0
    there = [one for one in new if one.listener_id in people and (of is None or one.listener_id in of)]
    # The record comes last: whoever dies before it does all of it again.
    for one in there:
        if one.scope != EVERYTHING:
            with running(target, now) as run:
                purge.purge(run, people[one.listener_id], one.scope, recorded=False)
    with running(target, now) as run:
        if gone := sorted({one.listener_id for one in there if one.scope == EVERYTHING}):
            erase.erase(run, gone, new, "forget")
        else:
            erase.record(run, new)
            run.publish("erasures")
    return len(new)


def _rows(snapshot: Snapshot, listener_id: str) -> int:
    return sum(file.rows for file in snapshot.files(SOURCE_PLAYS) if file.partition["listener_id"] == listener_id)
