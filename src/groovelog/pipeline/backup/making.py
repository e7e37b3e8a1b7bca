"""Make a backup: lake, inbox, state.db and config.toml as they are at one moment, under the writer lock.

Data files never change and are named by uuid, so most of them are copied before the lock is taken, and one that an earlier
backup has is not read again.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from groovelog.errors import BackupError, LakeBusyError, LakeError
from groovelog.lake import delta, erase, inbox, needed
from groovelog.lake.disk import disk_faults
from groovelog.lake.erase import Erasure
from groovelog.lake.home import Home
from groovelog.lake.run import complete_sweep, locked
from groovelog.lake.snapshot import Snapshot, connect
from groovelog.pipeline.backup import records, rotating, shelf
from groovelog.pipeline.backup.copying import Copying
from groovelog.pipeline.backup.manifest import CONFIG, INBOX, STATE, UNFINISHED, Manifest, encode, new_id
from groovelog.pipeline.backup.rotating import Keep
from groovelog.pipeline.backup.shelf import faults
from groovelog.pipeline.backup.store import FolderStore, Store
from groovelog.state import database
from groovelog.state.database import open_state
from groovelog.tables import COMMITS, PLAYS

LOCK_FILE = "backup.lock"
WAITING = "Another process is writing to the lake; the backup waits until it is done."

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """A backup, and where. `copied` files with their bytes are new there; `kept` backups are there now.

    The ids in `deleted` went, and with them `freed_bytes`.
    """

    manifest: Manifest
    to: str
    copied: int
    copied_bytes: int
    kept: int
    deleted: tuple[str, ...]
    freed_bytes: int


def back_up(
    home: Home,
    store: Store,
    *,
    now: datetime,
    keep: Keep | None = None,
    forgotten: bool = False,
    tell: Tell = lambda _: None,
) -> Made:
    """Make a backup, then delete those that `keep` does not keep, and with `forgotten` those that tell of erased listeners.

    `tell` hears why it waits. Raises BackupError where the place cannot be used, LakeError and StateError where what is to be
    copied cannot be read; backups made before stay as they were.
    """
    _check_place(home, store)
    if delta.version(home.lake, COMMITS) is None:
        raise BackupError(f"There is nothing to back up: there is no lake at {home.lake}.")
    with (
        home.scratch_folder() as scratch,
        _alone(home),
        faults(store, "Writing to"),
        closing(connect(spill=scratch / "spill")) as connection,
    ):
        shelf.begin(store, _whose(Snapshot(home.lake, connection), connection))
        before = shelf.read(store)
        backup_id = new_id(now)
        store.write(f"{UNFINISHED}/{backup_id}", b"")
        copying = Copying(store, home.lake, scratch, before.manifests)
        with suppress(LakeError):  # what is swept away meanwhile; what is wrong otherwise is told under the lock
            copying.data_files(needed.data(Snapshot(home.lake, connection)))
        with _locked(home, tell):
            manifest, erasures = _cut(home, scratch / "beside", copying, connection, (backup_id, now))
        # Before the backup counts: what it leaves out is not to come back from an older one.
        shelf.tell_erasures(store, erasures)
        store.write(manifest.name, encode(manifest))
        there = [*before.manifests, manifest]
        staying = there if keep is None else rotating.kept(there, keep)
        if forgotten:
            staying = [one for one in staying if not rotating.tells_of_erased(one, erasures)]
        gone = [one for one in there if one not in staying]
        freed = rotating.take_away(store, gone)
    records.remember(home, records.Record(store.title, backup_id, now, manifest.plays, manifest.bytes, len(staying)))
    copied, deleted = copying.copied, tuple(one.backup_id for one in gone)
    return Made(manifest, store.title, len(copied), sum(copied.values()), len(staying), deleted, freed)


def _check_place(home: Home, store: Store) -> None:
    """Raises BackupError for a place inside the home, or inside the lake."""
    inside = None
    if isinstance(store, FolderStore) and store.root.resolve().is_relative_to(home.root.resolve()):
        inside = f"the home folder {home.root.resolve()}"
    elif f"{store.title}/".startswith(f"{home.lake}/"):
        inside = f"the lake {home.lake}"
    if inside:
        raise BackupError(
            f"{store.title} is inside {inside}, and would be lost with it. Name a place elsewhere, best on another disk."
        )


def _whose(snapshot: Snapshot, connection: duckdb.DuckDBPyConnection) -> str:
    """The lake's first run: its id tells two lakes apart, and stays for good."""
    first = connection.execute("SELECT run_id FROM commits ORDER BY number LIMIT 1").fetchone()
    if first is None:
        raise BackupError(f"There is nothing to back up: nothing was ever written to the lake at {snapshot.lake}.")
    return str(first[0])


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """One backup of a home at a time."""
    try:
        held = FileLock(home.root.absolute() / LOCK_FILE, timeout=0, mode=0o600).acquire()
    except Timeout as error:
        raise BackupError("Another backup of this home is being made. Wait until it is done.") from error
    with held:
        yield


@contextmanager
def _locked(home: Home, tell: Tell) -> Iterator[None]:
    """Hold the writer lock; `tell` hears it where one has to wait."""
    with ExitStack() as held:
        try:
            held.enter_context(locked(home, 0))
        except LakeBusyError:
            tell(WAITING)
            held.enter_context(locked(home))
        yield


def _cut(
    home: Home, beside: Path, copying: Copying, connection: duckdb.DuckDBPyConnection, named: tuple[str, datetime]
) -> tuple[Manifest, list[Erasure]]:
    """Copy the last published state, and what stands beside the lake. Called under the writer lock."""
    complete_sweep(home, connection)  # of somebody who was erased by a run that died
    snapshot = Snapshot(home.lake, connection)
    with disk_faults(home.root):
        beside.mkdir(mode=0o700)
        # After the lake: what it tells of polls may then be older than the plays, which is caught up with, but never newer.
        state_version = _copy_state(home, beside / STATE)
        inbox.copy(home, beside / INBOX)
    files = [(path.relative_to(beside).as_posix(), path) for path in sorted(beside.rglob("*")) if path.is_file()]
    if (home.root / CONFIG).is_file():
        files.append((CONFIG, home.root / CONFIG))
    entries = copying.data_files(needed.data(snapshot)) + copying.of_lake(needed.logs(snapshot)) + copying.files(files)
    listeners = connection.execute("SELECT DISTINCT listener_id FROM listeners ORDER BY listener_id").fetchall()
    manifest = Manifest(
        backup_id=named[0],
        made_at=named[1],
        groovelog=version("groovelog"),
        lake_format=snapshot.format,
        state_version=state_version,
        run_id=str(snapshot.run_id),
        number=snapshot.number,
        plays=sum(file.rows for file in snapshot.files(PLAYS)),
        listeners=tuple(listener_id for (listener_id,) in listeners),
        files=tuple(sorted(entries, key=lambda entry: entry.path)),
    )
    return manifest, erase.erasures(connection)


def _copy_state(home: Home, to: Path) -> int:
    """How many steps of the schema the copy has; 0 where there is no state.db."""
    with open_state(home.root) as state:
        if not state.path.exists():
            return 0
        database.copy(state, to)
    return database.schema_version(to)
