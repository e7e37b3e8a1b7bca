"""state.db: one SQLite file in the home, of mode 0600, made when it is first needed.

Nothing in it is a play: where it is lost, one signs in again.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from groovelog.errors import StateError
from groovelog.state.schema import MIGRATIONS

FILE = "state.db"
# How long a statement waits for another process's; writers here hold the file for milliseconds.
BUSY_S = 10

_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


class State:
    """The open file. Threads take turns; processes wait for each other. `key` is GROOVELOG_SECRET_KEY, where set."""

    def __init__(self, root: Path, key: str | None = None) -> None:
        self.root = root.absolute()
        self.key = key
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None

    @property
    def path(self) -> Path:
        return self.root / FILE

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """For statements that change nothing; no file is made for them. Raises StateError where it cannot be used."""
        with self._lock, self._faults():
            if self.path.exists():
                yield self._open()
            else:
                with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
                    _migrate(empty)
                    yield empty

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that excludes other writers from its beginning on, whole or not at all; on disk at its end."""
        with self._lock, self._faults():
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._opened == _identity(self.path):
            return self._connection
        self.close()  # the file was deleted or replaced under a process that goes on
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        # SQLite gives its side files the mode of the file itself. A file that is there is not opened here: to close it would
        # let go of the locks that other connections of this process have on it (fcntl(2)), and break them.
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        self.path.chmod(0o600)
        connection = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
            _migrate(connection)
        except BaseException:
            connection.close()
            raise
        self._connection, self._opened = connection, _identity(self.path)
        return connection

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StateError(
                f"{self.path} cannot be used: {error}. Is the disk full, or another process stuck?"
            ) from error
        except sqlite3.DatabaseError as error:
            raise StateError(
                f"{self.path} is damaged ({error}). Your plays are safe: they are not in it. "
                f"Delete it, and sign in again with `groovelog login --listener NAME`."
            ) from error
        except OSError as error:
            raise StateError(f"{self.path} cannot be used: {error.strerror}.") from error


@contextmanager
def open_state(root: Path, secret_key: str | None = None) -> Iterator[State]:
    """The state of the home at `root`; the file is opened, and made, when it is first asked."""
    state = State(root, secret_key)
    try:
        yield state
    finally:
        state.close()


def copy(state: State, to: Path) -> None:
    """Write a consistent copy, one file of mode 0600, while others go on using the file; who is at work stays out of it."""
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with state.reading() as connection, closing(sqlite3.connect(to, isolation_level=None)) as target:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # no side files
        target.execute("PRAGMA secure_delete = ON")
        target.execute("DELETE FROM leases")


def schema_version(path: Path) -> int:
    """How many steps of the schema a file has, which may be a newer Groovelog's. Raises StateError for no such file."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return _version(connection)
    except sqlite3.Error as error:
        raise StateError(f"{path} cannot be read: {error}.") from error


def stored(instant: datetime) -> str:
    """An instant as it is kept: UTC to the microsecond, of one width, so that order as text is order in time."""
    return instant.astimezone(UTC).strftime(_TIME)


def instant(text: str) -> datetime:
    """A kept instant, in UTC."""
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return told.st_dev, told.st_ino


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest schema; what is there already stays. `user_version` counts the steps done."""
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        done = _version(connection)
        if done > len(MIGRATIONS):
            raise StateError(f"{FILE} was written by a newer Groovelog. Update this one.")
        for step in MIGRATIONS[done:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    ((version,),) = connection.execute("PRAGMA user_version").fetchall()
    return int(version)
