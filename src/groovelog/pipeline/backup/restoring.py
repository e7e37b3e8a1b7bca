"""Put a backup back: everything is fetched and checked beside, and only then takes its place in an empty home.

HOME/.restoring/home/...      what is fetched; the erased are taken out of it there
HOME/.restoring/whole         it is checked, and takes its place: whoever finds this completes what a dead restore began
"""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from os import cpu_count
from pathlib import Path

from filelock import Timeout

from groovelog.errors import BackupError, GroovelogError, NotFoundError
from groovelog.lake.disk import to_disk
from groovelog.lake.formats import FORMAT as LAKE_FORMAT
from groovelog.lake.formats import too_new
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.backup import forgotten, shelf
from groovelog.pipeline.backup.manifest import LAKE, PARTS, Entry, Manifest, decode, encode
from groovelog.pipeline.backup.shelf import Shelf, faults
from groovelog.pipeline.backup.store import Store
from groovelog.pipeline.locks import SERVER_LOCK, serving
from groovelog.state import sign_ins
from groovelog.state.database import open_state
from groovelog.state.schema import MIGRATIONS
from groovelog.state.sealing import Unsealable

SCRATCH, WHOLE = ".restoring", "whole"

# What may be there before: nothing of these is in a backup, or takes the place of what is.
_MAY_BE_THERE = {SCRATCH, SERVER_LOCK, "backup.lock", "secret.key", "cache", "scratch", "lost+found"}


@dataclass(frozen=True)
class Restored:
    """A backup that was put back; how many listeners were erased since, and left out; how many sign-ins cannot be unsealed.

    `completed`: what a restore began that died while the files took their places.
    """

    manifest: Manifest
    erased: int
    sealed: int
    completed: bool


def restore(home: Home, store: Store, *, at: str | None = None, now: datetime, key: str | None = None) -> Restored:
    """Put the newest backup, or the one whose id begins with `at`, into an empty home. `key`: GROOVELOG_SECRET_KEY.

    Raises BackupError, with the home as it was, where there is no such backup, it is damaged, cut short or a newer
    Groovelog's, or where the home is not empty.
    """
    with faults(store, "Reading"):
        manifest = choose(store, at)
        erasures = shelf.erasures(store)
    _check_version(manifest)
    if home.lake.shared:
        raise BackupError(
            f"A backup is put back into a folder, and GROOVELOG_LAKE says {home.lake}. Unset it, and restore; to have the lake "
            "in a bucket again, copy the folder lake into an empty one."
        )
    _check_empty(home)
    with _made(home), _alone(home):
        scratch = home.root.absolute() / SCRATCH
        if (scratch / WHOLE).exists():
            manifest = decode((scratch / WHOLE).read_bytes(), str(scratch / WHOLE))
            _place(scratch)
            return Restored(manifest, 0, _sealed(home, key), completed=True)
        if scratch.exists():
            shutil.rmtree(scratch)
        beside = Home(scratch / "home")
        try:
            _fetch(store, manifest, beside.root)
            erased = forgotten.leave_out(beside, erasures, now=now)
            _check_opens(beside, manifest)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
        draft = scratch / "whole.new"
        draft.write_bytes(encode(manifest))
        draft.rename(scratch / WHOLE)
        to_disk(scratch / WHOLE)
        _place(scratch)
    return Restored(manifest, erased, _sealed(home, key), completed=False)


def choose(store: Store, at: str | None) -> Manifest:
    """The newest backup, or the one whose id begins with `at`. Raises BackupError or NotFoundError."""
    if shelf.opened(store) is None:
        raise BackupError(f"{store.title} holds no backups of Groovelog: there is nothing, or no such folder.")
    there = shelf.read(store)
    if at is not None:
        if damaged := [error for backup_id, error in there.damaged.items() if backup_id.startswith(at)]:
            raise damaged[0]
        found = [one for one in there.manifests if one.backup_id.startswith(at)]
        if len(found) > 1:
            raise BackupError(f"More than one backup in {store.title} begins with {at}. Write more of it.")
        if not found:
            raise NotFoundError(_none_such(store, there, at))
        return found[0]
    newest = max([one.backup_id for one in there.manifests] + [*there.damaged], default=None)
    if newest is None:
        cut = " One was begun, but cut short." if there.cut_short else ""
        raise BackupError(f"{store.title} holds no finished backup.{cut} Make one: groovelog lake backup {store.title}")
    if newest in there.damaged:  # an older one is put back only where somebody says so
        raise BackupError(f"{there.damaged[newest].message} {_another(store)}")
    return there.manifests[-1]


def _none_such(store: Store, there: Shelf, at: str) -> str:
    if any(backup_id.startswith(at) for backup_id in there.cut_short):
        return f"Backup {at} in {store.title} was cut short, and has nothing to put back. {_another(store)}"
    return f"There is no backup {at} in {store.title}. {_another(store)}"


def _another(store: Store) -> str:
    return f"Choose another with --at: groovelog lake restore {store.title} --list"


def _check_version(manifest: Manifest) -> None:
    if manifest.lake_format > LAKE_FORMAT:
        raise BackupError(f"Backup {manifest.backup_id} cannot be put back: {too_new(manifest.lake_format)}")
    if manifest.state_version > len(MIGRATIONS):
        raise BackupError(
            f"Backup {manifest.backup_id} cannot be put back: a newer Groovelog ({manifest.groovelog}) wrote its state.db. "
            "Update Groovelog."
        )


def _check_empty(home: Home) -> None:
    if home.root.exists() and not home.root.is_dir():
        raise BackupError(f"The home {home.root} is no folder. Name another with --home.")
    there = {path.name for path in home.root.iterdir()} if home.root.exists() else set()
    others = {name for name in there - _MAY_BE_THERE if name != ".env" and not name.startswith(".env.")}
    if others and not (home.root / SCRATCH / WHOLE).exists():
        raise BackupError(
            f"The home {home.root} is not empty: it holds {', '.join(sorted(others))}. Nothing is overwritten: name an empty "
            "folder with --home, or move what is there away."
        )


@contextmanager
def _made(home: Home) -> Iterator[None]:
    """The folder, which goes again where nothing comes of it and it was made for this."""
    was_there = home.root.exists()
    try:
        home.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield
    except BaseException as error:
        if not was_there:
            shutil.rmtree(home.root, ignore_errors=True)
        if isinstance(error, OSError):
            raise BackupError(
                f"Writing to {home.root} failed, nothing was put back: {error.strerror or error}."
            ) from error
        raise


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    try:
        with serving(home):
            yield
    except Timeout as error:
        raise BackupError(f"A server, or another restore, has the home {home.root}. Stop it first.") from error


def _fetch(store: Store, manifest: Manifest, root: Path) -> None:
    """Every file, checked as it is read. Raises BackupError for the first that is damaged or missing."""
    free = shutil.disk_usage(root.parents[1]).free
    if manifest.bytes > free:
        raise BackupError(
            f"Backup {manifest.backup_id} needs {manifest.bytes:,} bytes, and {root.parents[1]} has {free:,} left. Make room."
        )
    folders = {(root / entry.path).parent for entry in manifest.files} | {root / LAKE}
    for folder in sorted(folders):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def fetch(entry: Entry) -> None:
        target = root / entry.path
        try:
            found = store.fetch(entry.object, target)
        except FileNotFoundError as error:
            raise _damaged(store, manifest, entry, "is missing") from error
        except OSError as error:
            if error.filename is None or str(error.filename).startswith(str(root)):
                raise
            raise _damaged(store, manifest, entry, f"cannot be read: {error.strerror}") from error
        if found != entry.sha256:
            raise _damaged(store, manifest, entry, "is damaged")
        target.chmod(0o600)
        to_disk(target)

    pool = ThreadPoolExecutor(cpu_count())
    try:
        list(pool.map(fetch, manifest.files))
    finally:
        pool.shutdown(cancel_futures=True)


def _damaged(store: Store, manifest: Manifest, entry: Entry, how: str) -> BackupError:
    return BackupError(
        f"Backup {manifest.backup_id} cannot be put back: {entry.path} {how} ({entry.object} in {store.title}). "
        f"{_another(store)}",
        file=entry.path,
    )


def _check_opens(beside: Home, manifest: Manifest) -> None:
    """That what was put together is a lake and a state.db that this Groovelog reads."""
    try:
        with open_snapshot(beside.lake) as snapshot:
            snapshot.listeners()
        with open_state(beside.root) as state, state.reading() as connection:
            connection.execute("SELECT count(*) FROM sign_ins").fetchall()
    except GroovelogError as error:
        raise BackupError(f"Backup {manifest.backup_id} cannot be put back: {error.message}") from error


def _place(scratch: Path) -> None:
    """Give every part its place, the lake last; done again, it goes on where it stopped."""
    beside, root = scratch / "home", scratch.parent
    parts = [part for part in PARTS if (beside / part).exists()]
    for part in parts:
        if (root / part).exists():
            raise BackupError(
                f"{root / part} was made while a backup was put back. Move it away, and restore once more."
            )
    for part in parts:
        (beside / part).rename(root / part)
    to_disk(root / LAKE)
    if beside.exists():
        shutil.rmtree(beside)
    shutil.rmtree(scratch)


def _sealed(home: Home, key: str | None) -> int:
    """How many sign-ins have tokens that the key of this home does not open."""
    lost = 0
    with open_state(home.root, key) as state:
        for sign_in in sign_ins.all_of(state):
            try:
                sign_ins.tokens(state, sign_in)
            except Unsealable:
                lost += 1
    return lost
