"""Leases: one process at a time does a thing, also where processes share nothing but this file.

Whoever has a lease and has died loses it at once; on another machine, whose processes cannot be seen, when it runs out.
"""

import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from groovelog.state.database import State, instant, stored


@contextmanager
def held(state: State, name: str, *, now: Callable[[], datetime], for_s: float) -> Iterator[bool]:
    """Yields True to the one who has it, until the end of the block; False where a living process has it."""
    holder = secrets.token_hex(8)
    got = _take(state, name, holder, now(), timedelta(seconds=for_s))
    try:
        yield got
    finally:
        if got:
            with state.writing() as connection:
                connection.execute("DELETE FROM leases WHERE name = ? AND holder = ?", (name, holder))


def _take(state: State, name: str, holder: str, now: datetime, length: timedelta) -> bool:
    with state.writing() as connection:
        row = connection.execute("SELECT process, until FROM leases WHERE name = ?", (name,)).fetchone()
        # One that runs out later than any could was written by a clock that has been set back since.
        if row is not None and now < instant(row[1]) <= now + length and _may_live(row[0]):
            return False
        values = (name, holder, _this_process(), stored(now + length))
        connection.execute("INSERT OR REPLACE INTO leases (name, holder, process, until) VALUES (?, ?, ?, ?)", values)
    return True


def _may_live(process: str) -> bool:
    """Whether the process can still be there: False only where this machine knows that it is not."""
    machine, boot, pid, started = process.split("|")
    if machine != _machine():
        return True
    return boot == _boot() and _started(int(pid)) == started


def _this_process() -> str:
    return "|".join((_machine(), _boot(), str(os.getpid()), _started(os.getpid()) or ""))


@cache
def _machine() -> str:
    """The host, and the space of process ids in it: containers of one host do not see each other's processes."""
    space = ""
    with suppress(OSError):
        space = os.readlink("/proc/self/ns/pid")
    return f"{socket.gethostname().replace('|', '')}{space}"


@cache
def _boot() -> str:
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""


def _started(pid: int) -> str | None:
    """When the process began, so that another one under its id is told apart; "" where that is not told, None: no process."""
    with suppress(OSError):
        # After the name, which may hold anything: state is field 3 of 52, the start time field 22 (proc(5)).
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return None if fields[0] in {"Z", "X"} else fields[19]
    if Path("/proc/self/stat").exists():
        return None
    with suppress(PermissionError):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
    return ""
