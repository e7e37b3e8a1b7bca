"""The lock by which one server at a time has a home; a restore takes it too, so that none begins in the middle."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock

from groovelog.lake.home import Home

SERVER_LOCK = "server.lock"


@contextmanager
def serving(home: Home) -> Iterator[None]:
    """Raises filelock.Timeout at once where another process has it. The system's: who is killed has it no longer."""
    with FileLock(home.root.absolute() / SERVER_LOCK, timeout=0):
        yield
