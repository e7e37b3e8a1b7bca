"""A place that holds backups of one lake: which there are, which are whole, and who is not to come back."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from groovelog.errors import BackupError
from groovelog.lake.erase import Erasure
from groovelog.pipeline.backup.manifest import (
    ERASURES,
    FORMAT,
    HEAD,
    MANIFESTS,
    UNFINISHED,
    Manifest,
    check_format,
    decode,
    is_id,
)
from groovelog.pipeline.backup.store import Store

# What a new disk has by itself.
_OF_THE_DISK = {"lost+found", ".DS_Store"}


@dataclass(frozen=True)
class Shelf:
    """`manifests`, oldest first; `damaged`: ids whose list of files cannot be read; `cut_short`: ids begun, never finished."""

    manifests: tuple[Manifest, ...]
    damaged: dict[str, BackupError]
    cut_short: tuple[str, ...]


@contextmanager
def faults(store: Store, doing: str) -> Iterator[None]:
    """Raises BackupError, with the system's own words, where the place fails."""
    try:
        yield
    except OSError as error:
        raise BackupError(f"{doing} {store.title} failed: {error.strerror or error}.") from error


def opened(store: Store) -> str | None:
    """Whose backups the place holds, by the first run of that lake; None where it is empty, or not there.

    Raises BackupError where it holds something else, or backups of a newer format.
    """
    try:
        head = json.loads(store.read(HEAD))
        check_format(head["format"], store.title)
        return str(head["lake"])
    except FileNotFoundError:
        others = {PurePosixPath(name).parts[0] for name in store.sizes("")} - _OF_THE_DISK
        if not others:
            return None
        raise BackupError(
            f"{store.title} holds no backups of Groovelog, but {min(others)}. Name an empty folder, or one with backups."
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{store.title} is damaged: {HEAD} cannot be read.", file=HEAD) from error


def begin(store: Store, lake: str) -> None:
    """Make the place one for backups of a lake. Raises BackupError where it is another's."""
    found = opened(store)
    if found is None:
        store.write(HEAD, json.dumps({"format": FORMAT, "lake": lake}).encode())
    elif found != lake:
        raise BackupError(f"{store.title} holds backups of another lake. Name another folder.")


def read(store: Store) -> Shelf:
    """Every backup that the place holds."""
    manifests, damaged = [], {}
    for name in sorted(store.sizes(MANIFESTS)):
        backup_id = PurePosixPath(name).stem
        if is_id(backup_id):
            try:
                manifests.append(decode(store.read(name), f"Backup {backup_id} in {store.title}"))
            except BackupError as error:
                damaged[backup_id] = error
    known = {manifest.backup_id for manifest in manifests} | damaged.keys()
    begun = {PurePosixPath(name).name for name in store.sizes(UNFINISHED)}
    return Shelf(tuple(manifests), damaged, tuple(sorted(begun - known)))


def erasures(store: Store) -> list[Erasure]:
    """Who was erased, as far as the place was told."""
    try:
        rows = json.loads(store.read(ERASURES))
        return [Erasure(row["listener_id"], datetime.fromisoformat(row["erased_at"]), row["scope"]) for row in rows]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(
            f"{store.title} is damaged: {ERASURES}, which tells who was erased, cannot be read.", file=ERASURES
        ) from error


def tell_erasures(store: Store, told: Iterable[Erasure]) -> None:
    """Add to who was erased; of the same thing the latest counts."""
    before = erasures(store)
    latest = {(one.listener_id, one.scope): one for one in sorted({*before, *told}, key=lambda one: one.erased_at)}
    if set(latest.values()) != set(before):
        rows = [
            {"listener_id": one.listener_id, "scope": one.scope, "erased_at": one.erased_at.isoformat()}
            for _, one in sorted(latest.items())
        ]
        store.write(ERASURES, json.dumps(rows, indent=1).encode())
