"""Listeners: add, move, remove and forget them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from unicodedata import normalize

from groovelog.access import SHARES
from groovelog.errors import UsageError
from groovelog.lake import catalogue, erase, matches, people, plays
from groovelog.lake.erase import Erased
from groovelog.lake.home import Home
from groovelog.lake.run import Run, begins_again
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Listener
from groovelog.pipeline.backup.forgotten import Holding, tell_places
from groovelog.pipeline.backup.store import StoreOf, folder_at
from groovelog.pipeline.running import running
from groovelog.recommend import stored
from groovelog.reports.question import check_choice, check_zone
from groovelog.state import erasing
from groovelog.tables import TRACK_MATCHES

LONGEST_NAME = 64


@begins_again
def add_listener(home: Home, name: str, timezone: str, *, now: datetime, wait_s: float | None = None) -> None:
    """Waits for another writer, an hour unless told; so do those below.

    Raises UsageError for a name that is taken or cannot be one, or a zone that does not exist.
    """
    check_name(name)
    check_zone(timezone)
    with running(home, now, wait_s) as run:
        known = run.snapshot.listeners()
        name = people.as_known(known, name)
        if any(person.name == name for person in known):
            raise UsageError(f"There is a listener named {name} already.")
        people.add(run, name, timezone, invented=False)
        run.publish("add listener")


@begins_again
def change_zone(
    home: Home, name: str, timezone: str, *, from_date: date | None = None, now: datetime, wait_s: float | None = None
) -> Listener:
    """Give a listener another zone, from a local date on, and work out local dates and hours anew.

    Without a date it is their zone from the beginning on, up to the first date for which they have another.
    """
    check_zone(timezone)
    _look_up_own(home, name)
    with running(home, now, wait_s) as run:
        person = people.own_named(run.snapshot.listeners(), name)
        people.set_zone(run, person.listener_id, timezone, from_date)
        zones = {**dict(person.zones), from_date: timezone}
        moved = replace(person, zones=tuple(sorted(zones.items(), key=lambda zone: (zone[0] is not None, zone[0]))))
        plays.rebuild(run, moved)
        run.publish("change zone")
    return moved


@begins_again
def share(home: Home, name: str, shares: str, *, now: datetime, wait_s: float | None = None) -> Listener:
    """Say what a listener shows to the others: nothing, totals or all. It holds from the moment it is said."""
    check_choice("way to share", shares, SHARES)
    _look_up_own(home, name)
    with running(home, now, wait_s) as run:
        person = people.own_named(run.snapshot.listeners(), name)
        people.share(run, person.listener_id, shares)
        run.publish("share")
    return person


@begins_again
def remove_listeners(home: Home, names: list[str], *, now: datetime) -> None:
    """Take listeners and all their rows out of every table, and their sign-ins."""
    _look_up(home, names)
    with running(home, now) as run:
        persons = _named(run.snapshot.listeners(), names)
        _remove(run, persons)
    for person in persons:
        erasing.erase(home.root, [person.listener_id], person.name)
        stored.forget(home, person.listener_id)


@begins_again
def remove_invented(home: Home, *, now: datetime) -> list[str]:
    """Take the demo's listeners out; returns their names. Where there are none, nothing is written."""
    with open_snapshot(home.lake) as snapshot:
        if not any(person.invented for person in snapshot.listeners()):
            return []
    # Who is invented is asked again under the lock: a name may have passed to a person meanwhile.
    with running(home, now) as run:
        persons = [person for person in run.snapshot.listeners() if person.invented]
        _remove(run, persons)
    for person in persons:
        stored.forget(home, person.listener_id)
    return [person.name for person in persons]


@dataclass(frozen=True)
class Forgotten(Erased):
    """What went; and `backups`: places whose backups still tell of somebody who was erased."""

    backups: list[Holding]


@begins_again
def forget(home: Home, name: str, *, now: datetime, store_of: StoreOf = folder_at) -> Forgotten:
    """Erase everybody of that name, removed ones too: every row, file and sign-in, for good. Raises NotFoundError.

    Places with backups are told, so that no restore brings them back; `store_of` gives a place by its name.
    """
    with open_snapshot(home.lake) as snapshot:
        erase.ids_of(snapshot, name)
    with running(home, now) as run:
        listener_ids = erase.ids_of(run.snapshot, name)
        erasing.erase(home.root, listener_ids, name)
        for listener_id in listener_ids:
            stored.forget(home, listener_id)
        erased = erase.forget(run, listener_ids)
    return Forgotten(**vars(erased), backups=tell_places(home, store_of))


def check_name(name: str) -> None:
    """1 to 64 printable characters, no space at the ends. Raises UsageError."""
    if not 1 <= len(normalize("NFC", name)) <= LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise UsageError(f"A listener's name has 1 to {LONGEST_NAME} printable characters and no space at the ends.")


def _named(known: list[Listener], names: list[str]) -> list[Listener]:
    return [people.named(known, people.as_known(known, name)) for name in names]


def _look_up(home: Home, names: list[str]) -> None:
    """Raises NotFoundError for an unknown name, before a writer would create a lake."""
    with open_snapshot(home.lake) as snapshot:
        _named(snapshot.listeners(), names)


def _look_up_own(home: Home, name: str) -> None:
    """As `_look_up`; raises UsageError for a member who came from a group's lake."""
    with open_snapshot(home.lake) as snapshot:
        people.own_named(snapshot.listeners(), name)


def _remove(run: Run, persons: list[Listener]) -> None:
    if persons:
        people.remove(run, persons)
        catalogue.name_tracks_anew(run, without=[person.listener_id for person in persons])
        matches.drop_lost(run, TRACK_MATCHES)
        run.publish("remove listeners")
