"""Rotation: which backups are kept, and the content that no kept one has goes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from groovelog.lake.erase import Erasure
from groovelog.pipeline.backup import shelf
from groovelog.pipeline.backup.manifest import OBJECTS, UNFINISHED, Manifest
from groovelog.pipeline.backup.store import Store


@dataclass(frozen=True)
class Keep:
    """The newest `last` backups, and the newest of each of the last `weeks` weeks (Monday to Sunday, UTC)."""

    last: int
    weeks: int = 0


def kept(manifests: Sequence[Manifest], keep: Keep) -> list[Manifest]:
    """Those that stay, of all (oldest first)."""
    newest_of_week = {_monday(one): one for one in manifests}
    staying = {one.backup_id for one in manifests[-keep.last :]} if keep.last else set()
    if manifests:
        since = _monday(manifests[-1]) - timedelta(weeks=keep.weeks)
        staying |= {one.backup_id for monday, one in newest_of_week.items() if monday > since}
    return [one for one in manifests if one.backup_id in staying]


def tells_of_erased(manifest: Manifest, erasures: Iterable[Erasure]) -> bool:
    """Whether a backup has rows of a listener who was erased."""
    return not {one.listener_id for one in erasures if one.whole}.isdisjoint(manifest.listeners)


def take_away(store: Store, gone: Collection[Manifest]) -> int:
    """Delete these backups, what dead ones left, and the content that no backup has; returns the bytes freed.

    Called while no other backup is made into the place. The lists go first: whoever dies here leaves whole backups and
    content that the next rotation deletes. While a list cannot be read, no content is deleted: it may be of that one.
    """
    for manifest in gone:
        store.delete(manifest.name)
    left = shelf.read(store)
    for name in store.sizes(UNFINISHED):
        store.delete(name)
    store.tidy()
    if left.damaged:
        return 0
    named = {entry.object for manifest in left.manifests for entry in manifest.files}
    lost = {name: size for name, size in store.sizes(OBJECTS).items() if name not in named}
    for name in lost:
        store.delete(name)
    return sum(lost.values())


def _monday(manifest: Manifest) -> date:
    day = manifest.made_at.date()
    return day - timedelta(days=day.weekday())
