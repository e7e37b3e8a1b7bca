"""The inbox: rows that came in one by one wait here, safe on disk once acknowledged, until a run writes them together.

    GROOVELOG_HOME/inbox/LISTENER_ID/SOURCE-TIME-RANDOM.waiting.jsonl    one flat row of the source a line; grows
                                     SOURCE-TIME-RANDOM.taking.jsonl     sealed: a run writes it, or died over it
                   inbox/aside/LISTENER_ID/SOURCE-TIME-RANDOM.jsonl      cannot be written; SOURCE-TIME-RANDOM.reason beside it

A batch is named for good when its first row arrives. Its run's receipt carries that name, so that a batch whose run was
published, but which was not removed, is known. Appending never opens the lake.
"""

import errno
import json
import logging
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from groovelog.errors import LakeBusyError, UsageError
from groovelog.lake.disk import disk_faults, to_disk
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot
from groovelog.sources import BY_NAME
from groovelog.sources.found import Found
from groovelog.sources.row_sql import LONGEST_ROW
from groovelog.sources.source import FAULT, Row, Source
from groovelog.sources.unpack import Readable

# A play is to be seen within a minute: so long a batch waits, and what is left of the minute is for writing it.
LONGEST_WAIT = timedelta(seconds=50)
MANY_ROWS = 1_000

WAITING, TAKING = ".waiting.jsonl", ".taking.jsonl"
ASIDE = "aside"
DAMAGED = "damaged in the inbox"

_NAME = re.compile(r"(?P<source>\w+)-(?P<began>\d{8}T\d{6})-[0-9a-f]{8}")
_BEGAN = "%Y%m%dT%H%M%S"
_APPEND_WAIT_S = 10
_POLL_S = 0.002


@dataclass(frozen=True)
class Batch:
    """Rows of one source for one listener that are written together; `name` stays the same when the file is sealed."""

    listener_id: str
    name: str
    path: Path

    @property
    def label(self) -> str:
        """What receipts call it."""
        return f"inbox/{self.name}"

    def readable(self, file_no: int) -> Readable:
        """The batch as a file to stage."""
        size = self.path.stat().st_size
        found = Found(self.label, self.label, size, lambda: self.path.open("rb"))
        return Readable(file_no, _as_flattened(self.name.partition("-")[0]), found)


def append(home: Home, listener_id: str, source: str, rows: Iterable[Row], *, now: datetime) -> None:
    """Keep flat rows of a source (its name) for a listener; on return they are on disk, and survive a crash.

    Only the keys that the source reads are kept: no address or user name that a row may carry beside them.
    Raises UsageError, with none of the rows kept, for one that is no JSON or too long; LakeError when the disk fails.
    """
    keys = (*BY_NAME[source].keys, FAULT)
    lines = [_line(number, row, keys) for number, row in enumerate(rows, 1)]
    if not lines:
        return
    with disk_faults(home.root), _appending(home):
        folder = home.inbox / listener_id
        grown = next(folder.glob(f"{source}-*{WAITING}"), None)
        if grown is not None:
            _write(grown, b"".join(lines))
        else:
            folder.mkdir(exist_ok=True, mode=0o700)
            begun = folder / f"{source}-{now.astimezone(UTC):{_BEGAN}}-{secrets.token_hex(4)}{WAITING}"
            _write(begun, b"".join(lines))
            for made in (begun, folder, home.inbox):
                to_disk(made)


def waiting(home: Home, listener_id: str, source: str) -> list[Row]:
    """The flat rows of a source that are acknowledged and not removed yet, in no order that means anything.

    Some may be in the lake by now; whoever wants both without a gap asks here first, then opens the lake.
    """
    rows: list[Row] = []
    # Sealing renames a batch: the waiting first, so that none is missed. One seen under both names is told twice.
    for ending in (WAITING, TAKING):
        for path in (home.inbox / listener_id).glob(f"{source}-*{ending}"):
            with suppress(FileNotFoundError), path.open("rb") as stream:  # a run has written it meanwhile
                rows += (row for row in _flat_rows(stream) if FAULT not in row)
    return rows


@dataclass(frozen=True)
class Backlog:
    """What waits: batches, their bytes, and since when (UTC) the oldest waits; `aside`: batches that cannot be written."""

    batches: int
    bytes: int
    since: datetime | None
    aside: int


def backlog(home: Home) -> Backlog:
    """How much waits in the inbox, by the names and sizes of its files alone."""
    sizes: list[int] = []
    began: list[datetime] = []
    for path in home.inbox.glob("*/*.jsonl"):
        with suppress(FileNotFoundError):
            sizes.append(path.stat().st_size)
            if (at := _began(path)) is not None:
                began.append(at)
    return Backlog(
        len(sizes), sum(sizes), min(began, default=None), sum(1 for _ in home.inbox.glob(f"{ASIDE}/*/*.jsonl"))
    )


def due(home: Home, now: datetime, least_age: timedelta) -> bool:
    """Whether there is a batch to take: so old, of a thousand rows, or left by a taking that died."""
    return any(_due(path, now, least_age) for path in home.inbox.glob("*/*.jsonl"))


@contextmanager
def taking(home: Home, now: datetime, least_age: timedelta, wait_s: float) -> Iterator[dict[str, list[Batch]]]:
    """Seal the batches that are due, and hand them out by listener. One taker at a time.

    Raises LakeBusyError when another process has been taking for `wait_s` seconds.
    """
    try:
        held = FileLock(home.inbox / ".taking.lock", timeout=wait_s, mode=0o600).acquire()
    except Timeout as error:
        raise LakeBusyError("Another process is writing what waits in the inbox.") from error
    with held:
        _seal(home, now, least_age)
        batches: dict[str, list[Batch]] = {}
        for path in sorted(home.inbox.glob(f"*/*{TAKING}")):
            batch = Batch(path.parent.name, path.name.removesuffix(TAKING), path)
            batches.setdefault(batch.listener_id, []).append(batch)
        yield batches


def unpublished(snapshot: Snapshot, batches: list[Batch]) -> list[Batch]:
    """Those that no published run wrote: a run may have died after it was published, before it removed them."""
    known = snapshot.connection.execute(
        "SELECT file FROM receipts WHERE list_contains($ids, listener_id) AND list_contains($labels, file)",
        {"ids": [batch.listener_id for batch in batches], "labels": [batch.label for batch in batches]},
    ).fetchall()
    return [batch for batch in batches if (batch.label,) not in known]


def remove(batches: Iterable[Batch]) -> None:
    """Take away what a published run wrote."""
    for batch in batches:
        batch.path.unlink(missing_ok=True)


def refuse(home: Home, snapshot: Snapshot, batches: list[Batch]) -> None:
    """For a listener who is not in the lake: what came for somebody who was erased goes, other rows are put aside."""
    erased = snapshot.connection.execute("SELECT listener_id FROM erasures").fetchall()
    for batch in batches:
        if (batch.listener_id,) in erased:
            batch.path.unlink()
        else:
            put_aside(home, batch, "there is no such listener in the lake")


def put_aside(home: Home, batch: Batch, reason: str) -> None:
    """Keep, out of the way, what cannot be written, and why."""
    folder = home.inbox / ASIDE / batch.listener_id
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / f"{batch.name}.reason").write_text(f"{reason}\n", encoding="utf-8")
    kept = batch.path.rename(folder / f"{batch.name}.jsonl")
    logging.getLogger(__name__).warning("Rows that came in cannot be stored: %s. They are kept in %s", reason, kept)


def copy(home: Home, to: Path) -> None:
    """Copy what waits and what was put aside, at one moment, into a folder laid out as the inbox is.

    Called by who holds the writer lock: what a run has written by then may be gone, and is in the lake.
    """
    if not home.inbox.exists():
        return
    with _appending(home):
        for path in home.inbox.rglob("*"):
            if path.suffix in {".jsonl", ".reason"}:
                target = to / path.relative_to(home.inbox)
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with suppress(FileNotFoundError):
                    shutil.copyfile(path, target)
                    target.chmod(0o600)


def erase(home: Home, listener_id: str) -> None:
    """Take away everything that waits or was put aside for a listener."""
    if home.inbox.exists():
        with _appending(home):
            for folder in (home.inbox / listener_id, home.inbox / ASIDE / listener_id):
                if folder.exists():
                    shutil.rmtree(folder)


def _line(number: int, row: Row, keys: tuple[str, ...]) -> bytes:
    try:
        line = json.dumps({key: row[key] for key in keys if key in row}, allow_nan=False).encode() + b"\n"
    except (TypeError, ValueError) as error:
        raise UsageError(f"Row {number} cannot be written as JSON: {error}", row=number) from error
    if len(line) > LONGEST_ROW:
        raise UsageError(f"Row {number} is longer than {LONGEST_ROW // 1024**2} MB.", row=number)
    return line


@contextmanager
def _appending(home: Home) -> Iterator[None]:
    """Alone with the files that grow. Held for one write, so that one hardly ever waits."""
    home.make()
    home.inbox.mkdir(exist_ok=True, mode=0o700)
    lock = FileLock(home.inbox / ".append.lock", timeout=_APPEND_WAIT_S, mode=0o600)
    try:
        held = lock.acquire(poll_interval=_POLL_S)
    except Timeout as error:
        raise LakeBusyError(f"The inbox at {home.inbox} is locked. Is a process stuck?") from error
    with held:
        yield


def _write(path: Path, lines: bytes) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        end = _drop_torn_line(descriptor)
        try:
            if os.write(descriptor, lines) < len(lines):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, end)
            raise
    finally:
        os.close(descriptor)


def _drop_torn_line(descriptor: int) -> int:
    """Cut off a last line that a process died over, which nobody was told is safe; returns the size left."""
    size = os.fstat(descriptor).st_size
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        size = os.pread(descriptor, size, 0).rfind(b"\n") + 1
        os.ftruncate(descriptor, size)
    return size


def _began(path: Path) -> datetime | None:
    """When the batch was begun; None for a file that is no batch."""
    named = _NAME.match(path.name)
    return datetime.strptime(named["began"], _BEGAN).replace(tzinfo=UTC) if named else None


def _due(path: Path, now: datetime, least_age: timedelta) -> bool:
    began = _began(path)
    if began is None:
        return False
    age = now - began
    # A batch that begins in the future was begun by a clock set back since.
    fresh = timedelta(0) <= age < least_age
    if path.name.endswith(TAKING) or not fresh:
        return True
    with suppress(FileNotFoundError):  # another process takes it
        return path.read_bytes().count(b"\n") >= MANY_ROWS
    return False


def _seal(home: Home, now: datetime, least_age: timedelta) -> None:
    with _appending(home):
        for path in home.inbox.glob(f"*/*{WAITING}"):
            if _due(path, now, least_age):
                sealed = path.rename(path.with_name(path.name.removesuffix(WAITING) + TAKING))
                # Were the old name to come back after a crash, rows appended to it would pass for published.
                to_disk(sealed)


@cache
def _as_flattened(name: str) -> Source:
    return replace(BY_NAME[name], rows=_flat_rows)


def _flat_rows(stream: IO[bytes]) -> Iterator[Row]:
    """The rows of a batch. A last line without its end was never acknowledged."""
    for line in stream:
        if line.endswith(b"\n"):
            yield _flat_row(line)


def _flat_row(line: bytes) -> Row:
    try:
        row = json.loads(line)
    except ValueError:
        return {FAULT: DAMAGED}
    return row if isinstance(row, dict) else {FAULT: DAMAGED}
