"""The lake, who writes to it, what waits for it, and the server."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from groovelog.errors import BucketError, LakeError
from groovelog.lake import formats, needed
from groovelog.lake import inbox as lake_inbox
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.pipeline.doctor.finding import Finding, Installation, ok, problem, warning
from groovelog.pipeline.locks import SERVER_LOCK

PUT_BACK = "Put a backup back (groovelog lake restore), or import the exports again into a new home."
# As /readyz counts: a batch waits a minute, and for a large import some more.
STUCK = timedelta(minutes=15)


def bucket(this: Installation) -> Iterator[Finding]:
    """Whether the bucket that the lake is in answers, where it is in one; what does not is a BucketError, which says why."""
    if this.home.lake.shared:
        this.home.lake.log("commits")
        yield ok(f"The bucket of the lake answers: {this.home.lake}.")


def lake(this: Installation) -> Iterator[Finding]:
    """A quick look: every file that counts is there, with its size. `groovelog lake check` looks at the rows."""
    try:
        with open_snapshot(this.home.lake) as snapshot:
            yield from _looked_over(this, snapshot)
    except BucketError:
        raise  # says itself what to do
    except LakeError as error:
        yield problem(error.message, PUT_BACK)


def _looked_over(this: Installation, snapshot: Snapshot) -> Iterator[Finding]:
    if not snapshot.number:
        yield warning(
            f"There is no lake at {this.home.lake} yet.", "Import an export: groovelog import my_spotify_data.zip"
        )
        return
    data = needed.data(snapshot)
    there = {stored.path: stored.size for stored in snapshot.lake.objects("")}
    wrong = [path for path, size in data.items() if there.get(path) != size]
    if wrong:
        yield problem(
            f"{len(wrong):,} of {len(data):,} data files of the lake are missing or not of their size, first {wrong[0]}.",
            PUT_BACK,
        )
    elif snapshot.format < formats.FORMAT:
        yield warning(
            f"The lake can be read; {formats.old(snapshot.format)}.", "Make a backup, then import or collect."
        )
    else:
        plays = sum(person.plays for person in snapshot.listeners())
        yield ok(f"The lake of format {snapshot.format} has {plays:,} plays in {len(data):,} files, all there.")


def writer(this: Installation) -> Iterator[Finding]:
    place = this.home.lake
    # To ask for the lock would make its folder.
    holder = _holder(place.lock) if place.home.exists() and (place.shared or place.holds("")) else None
    if holder is None:
        yield ok("Nobody is writing to the lake.")
        return
    who = f"Process {holder}" if holder else "A process"
    if holder and _is_stopped(holder):
        yield problem(
            f"{who} holds the lake for writing, and is stopped: nothing can be written.",
            f"Let it go on: kill -CONT {holder}",
        )
    else:
        yield warning(
            f"{who} is writing to the lake just now; others wait for it.",
            "An import may take minutes. If it never ends, end that process: what it published stays.",
        )


def inbox(this: Installation) -> Iterator[Finding]:
    waiting = lake_inbox.backlog(this.home)
    if waiting.aside:
        yield warning(
            f"{waiting.aside} batch(es) of plays could not be written, and were put aside.",
            f"The reason is beside each, in {this.home.inbox / lake_inbox.ASIDE}.",
        )
    if waiting.since is not None and this.now - waiting.since > STUCK:
        yield warning(
            f"Plays that came in wait since {waiting.since:%Y-%m-%d %H:%M} UTC.",
            "Start the server (groovelog serve), or call groovelog collect: either writes them.",
        )
    elif not waiting.aside:
        yield ok("Nothing waits in the inbox for long.")


def server(this: Installation) -> Iterator[Finding]:
    holder = _holder(this.home.root.absolute() / SERVER_LOCK)
    if holder is None:
        yield ok("No server has this home.")
    else:
        yield ok(f"A server has this home{f': process {holder}' if holder else ''}.")


def _holder(lock: Path) -> int | None:
    """The process that holds a lock: None for nobody, 0 where the system does not tell whose it is."""
    if not lock.exists():
        return None
    try:
        with FileLock(lock, timeout=0):
            return None
    except Timeout:
        inode = lock.stat().st_ino
    except OSError:  # not ours to lock; who may not write cannot be told
        return None
    with suppress(OSError):
        # 1: FLOCK  ADVISORY  WRITE 1234 08:02:131 0 EOF (proc_locks(5))
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            fields = line.split()
            if fields[-3].rpartition(":")[2] == str(inode) and fields[-4].isdigit():
                return int(fields[-4])
    return 0


def _is_stopped(process: int) -> bool:
    with suppress(OSError):
        return (
            Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0]
            == "T"
        )
    return False
