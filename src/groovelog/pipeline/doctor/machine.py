"""Python, the libraries, the home folder, its disk, the clock, the settings."""

import os
import re
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.doctor.finding import Finding, Installation, ok, problem, warning
from groovelog.state.database import FILE as STATE_FILE
from groovelog.state.sealing import KEY_FILE

OLDEST_PYTHON = (3, 11)
# Distribution -> from which version on, and which no longer; as pyproject.toml has them.
PINS = {
    "duckdb": ((2, 0), (2, 1)),
    "ibis-framework": ((12, 0), (12, 1)),
    "sqlglot": ((30,), (30, 17)),
    "deltalake": ((1, 6), (2,)),
    "streamlit": ((1, 67), (2,)),
}

# Less than this, and an import of some years may not end; a run writes what it replaces beside what it had.
LITTLE, LEAST = 2_000_000_000, 200_000_000
# Clocks of a machine and of a bucket differ by seconds.
AHEAD = timedelta(minutes=5)


def python(this: Installation) -> Iterator[Finding]:
    found = ".".join(map(str, this.python))
    if this.python < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        yield problem(
            f"Python is {found}, and Groovelog needs {wanted} or newer.", f"Install Python {wanted} or newer."
        )
    else:
        yield ok(f"Python {found}.")


def libraries(this: Installation) -> Iterator[Finding]:
    wrong = False
    for name, (first, no_longer) in PINS.items():
        found = this.versions.get(name)
        if found is None or not first <= _numbers(found) < no_longer:
            wrong = True
            wanted = f"from {'.'.join(map(str, first))} to before {'.'.join(map(str, no_longer))}"
            yield problem(
                f"{name} is {found or 'not installed'}, and Groovelog works with versions {wanted}.",
                "Install what requirements.lock names: pip install --require-hashes -r requirements.lock",
            )
    if not wrong:
        yield ok(", ".join(f"{name} {this.versions[name]}" for name in PINS) + ".")


def home(this: Installation) -> Iterator[Finding]:
    root = this.home.root.absolute()
    if not root.exists():
        yield warning(f"There is no home folder {root} yet.", "Import something, or set GROOVELOG_HOME to where it is.")
    elif not root.is_dir():
        yield problem(
            f"The home {root} is no folder.", "Set GROOVELOG_HOME, or --home, to the folder that has the lake."
        )
    elif not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        yield problem(
            f"The home folder {root} cannot be written to.", f"Give it to who runs Groovelog: chown -R USER {root}"
        )
    elif _open_to_others(root):
        yield warning(f"Others on this machine can look into the home folder {root}.", f"chmod 700 {root}")
    else:
        yield ok(f"The home folder {root} is there, and closed to others.")


def secrets(this: Installation) -> Iterator[Finding]:
    root = this.home.root.absolute()
    there = [path for path in (root / STATE_FILE, root / KEY_FILE, *sorted(root.glob(".env*"))) if path.is_file()]
    opened = [path for path in there if _open_to_others(path)]
    for path in opened:
        yield problem(f"Others on this machine can read {path}, which has secrets in it.", f"chmod 600 {path}")
    if there and not opened:
        yield ok(f"{', '.join(path.name for path in there)}: for their owner alone.")


def disk(this: Installation) -> Iterator[Finding]:
    root = this.home.root.absolute()
    there = next(folder for folder in (root, *root.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    room = f"The disk of {there} has {free / 1e9:,.1f} GB left"
    if free < LEAST:
        yield problem(
            f"{room}: too little to import or to tidy up.", "Delete something, or move the home to a larger disk."
        )
    elif free < LITTLE:
        yield warning(f"{room}.", "Make room before the next large import.")
    else:
        yield ok(f"{room}.")


def clock(this: Installation) -> Iterator[Finding]:
    mend = "Set the clock (timedatectl set-ntp true): plays, polls and consent are dated by it."
    if this.now < this.installed_at - AHEAD:
        yield problem(f"The clock says {this.now:%Y-%m-%d %H:%M} UTC, before this Groovelog was installed.", mend)
        return
    with open_snapshot(this.home.lake) as snapshot:
        newest = snapshot.connection.execute("SELECT epoch_us(max(committed_at)) FROM commits").fetchall()[0][0]
    last = None if newest is None else datetime.fromtimestamp(newest / 1e6, UTC)
    if last is not None and last > this.now + AHEAD:
        yield problem(
            f"The last run was at {last:%Y-%m-%d %H:%M} UTC by the clock, which now says {this.now:%Y-%m-%d %H:%M}.",
            mend,
        )
    else:
        yield ok(f"The clock says {this.now:%Y-%m-%d %H:%M} UTC, after all that was written.")


def settings(this: Installation) -> Iterator[Finding]:
    for fault in this.faults:
        yield problem(fault, "Mend that setting.")
    if not this.faults:
        yield ok("Settings can be used.")


def _numbers(version: str) -> tuple[int, ...]:
    """Of "2.0.1rc2" 2, 0, 1: enough to compare with whole releases."""
    return tuple(int(part) for part in re.match(r"[\d.]*", version)[0].split(".") if part)  # type: ignore[index]


def _open_to_others(path: Path) -> bool:
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
