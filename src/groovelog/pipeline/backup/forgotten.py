"""Who was erased stays gone: places with backups are told, and a restore leaves them out of what it puts back.

Older backups still have their rows until rotation, or `groovelog lake backup --forgotten`, deletes these backups.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from groovelog.errors import BackupError, GroovelogError
from groovelog.lake import erase, inbox, purge
from groovelog.lake.erase import Erasure
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.backup import records, rotating, shelf
from groovelog.pipeline.backup.shelf import faults
from groovelog.pipeline.backup.store import StoreOf
from groovelog.pipeline.running import running
from groovelog.state import erasing


@dataclass(frozen=True)
class Holding:
    """A place whose backups still tell of somebody who was erased: how many of them; `fault`: why it could not be told."""

    to: str
    backups: int
    fault: str | None = None


def tell_places(home: Home, store_of: StoreOf) -> list[Holding]:
    """Tell every place that this home backs up to who was erased; returns those that hold somebody erased, or were not told."""
    with open_snapshot(home.lake) as snapshot:
        erasures = erase.erasures(snapshot.connection)
    told = [_tell(store_of, record.to, record.held, erasures) for record in records.all_of(home)] if erasures else []
    return [one for one in told if one.backups or one.fault]


def _tell(store_of: StoreOf, to: str, held: int, erasures: Sequence[Erasure]) -> Holding:
    try:
        store = store_of(to)
        with faults(store, "Writing to"):
            if shelf.opened(store) is None:
                raise BackupError(f"{to} holds no backups any more, or is not there now.")
            shelf.tell_erasures(store, erasures)
            holding = [one for one in shelf.read(store).manifests if rotating.tells_of_erased(one, erasures)]
    except GroovelogError as error:
        return Holding(to, held, error.message)
    return Holding(to, len(holding))


def leave_out(home: Home, erasures: Sequence[Erasure], *, now: datetime) -> int:
    """Erase from a home that is being put together what was erased after its backup was made; returns of how many listeners."""
    with open_snapshot(home.lake) as snapshot:
        done = erase.erasures(snapshot.connection)
        rows = snapshot.connection.execute("SELECT listener_id, arg_max(name, run_id) FROM listeners GROUP BY ALL")
        names: dict[str, str] = dict(rows.fetchall())
        people = {person.listener_id: person for person in snapshot.listeners()}
    due = [one for one in erasures if one.listener_id in names and not _is_done(one, done)]
    everything = {one.listener_id for one in due if one.whole}
    for listener_id in sorted(everything):
        erasing.erase(home.root, [listener_id], names[listener_id])
        inbox.erase(home, listener_id)
    if everything:
        with running(home, now) as run:
            erase.forget(run, sorted(everything))
    for one in due:
        if one.listener_id in people.keys() - everything:
            with running(home, now) as run:
                purge.purge(run, people[one.listener_id], one.scope)
    return len({one.listener_id for one in due})


def _is_done(due: Erasure, done: Sequence[Erasure]) -> bool:
    """Whether what was erased before took away all that this one does."""
    return any(
        (one.listener_id, one.scope) == (due.listener_id, due.scope) and due.erased_at <= one.erased_at for one in done
    )
