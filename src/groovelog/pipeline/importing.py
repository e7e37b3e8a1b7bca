"""Import: read exports into the lake as one run."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb

from groovelog.errors import UsageError
from groovelog.lake import compact, people
from groovelog.lake.disk import disk_faults
from groovelog.lake.home import Home
from groovelog.lake.run import Run, begins_again, writing
from groovelog.lake.saved import keep_saved
from groovelog.lake.snapshot import connect
from groovelog.model import FileNote, Listener, Progress, Receipt
from groovelog.pipeline.listeners import check_name
from groovelog.pipeline.matching import match_new
from groovelog.pipeline.recognising import labelled, nothing_read, recognised
from groovelog.pipeline.storing import name_files, store
from groovelog.reports.question import check_zone
from groovelog.sources import without_user
from groovelog.sources.archives import Archives
from groovelog.sources.find import find
from groovelog.sources.found import Found, Unusable
from groovelog.sources.groovelog_export import Zones, read_zones, tells_zones
from groovelog.sources.saved import Saved
from groovelog.sources.staging import create_staged, stage
from groovelog.sources.unpack import Readable


@begins_again
def import_exports(
    home: Home,
    paths: list[Path],
    *,
    listener: str | None = None,
    timezone: str | None = None,
    fallback_zone: str = "UTC",
    now: datetime,
    invented: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
    labels: dict[Path, str] | None = None,
) -> Receipt:
    """Read exports into the lake as one run; a listener not known yet is created.

    `listener` defaults to the only one who is not invented, else "me". A new one lives in `timezone` (IANA), else in the
    zones that a Groovelog export tells, else in `fallback_zone`; for a known one they change nothing. `labels` gives paths
    another name in the receipt (an upload's own). The receipt returned names files by the paths given; the lake keeps them
    without the names of persons in it: ~ for the home folder.
    Raises ImportFailed, with nothing written, when no file could be read as an export.
    """
    began = time.monotonic()
    if listener is not None:
        check_name(listener)
    if timezone is not None:
        check_zone(timezone)
    with (
        disk_faults(home.root),
        home.scratch_folder() as scratch,
        closing(connect(spill=scratch)) as connection,
        Archives() as archives,
    ):
        read = _read(connection, paths, scratch, archives, labels=labels or {}, now=now, progress=progress)

        def at(step: str) -> None:
            progress(Progress(step, len(read.files), read.readable, read.rows))

        name_files(connection, read.files, _kept_name)
        at("wait")
        with writing(home, connection, now) as run:
            at("keep")
            zones = ((None, timezone),) if timezone else read.zones or ((None, fallback_zone),)
            person = _listener_for(run, listener, zones, invented)
            counts = keep_saved(run, person.listener_id, read.saved)
            failed, ignored = (
                [replace(note, file=_kept_name(note.file)) for note in notes] for notes in (read.failed, read.ignored)
            )
            files, by_kind = store(run, person, counts, failed, ignored, joining=partial(at, "join"))
            run.publish("import")
            compact.tidy(home, run)
    match_new(home, run.snapshot, now, partial(at, "match"))
    given = {file.file_no: file.found.label for file in read.files}
    return Receipt(
        run_id=run.run_id,
        listener=person.name,
        timezone=person.timezone,
        imported_at=now,
        files=tuple(replace(counted, file=given[counted.file_no]) for counted in files),
        failed_files=tuple(read.failed),
        ignored_files=tuple(read.ignored),
        by_kind=by_kind,
        seconds=round(time.monotonic() - began, 3),
    )


@dataclass(frozen=True)
class _Read:
    """What was read into `staged`: the files read to their end, of the `readable` ones, and what they say beside plays."""

    files: list[Readable]
    readable: int
    rows: int
    saved: dict[int, tuple[Saved, ...]]
    zones: Zones
    failed: list[FileNote]
    ignored: list[FileNote]


def _read(
    connection: duckdb.DuckDBPyConnection,
    paths: list[Path],
    scratch: Path,
    archives: Archives,
    *,
    labels: dict[Path, str],
    now: datetime,
    progress: Callable[[Progress], None],
) -> _Read:
    """Find what can be read under the paths, and stage it. Raises ImportFailed where nothing could be."""
    progress(Progress("find", 0, 0, 0))
    named = partial(labelled, labels=labels)
    found, failed = find(paths, scratch, archives)
    found = [replace(file, label=named(file.label), given=named(file.given)) for file in found]
    readable, failed, ignored = recognised(found, [replace(note, file=named(note.file)) for note in failed])
    zones, unread = _told_zones(connection, found, scratch)
    failed += unread
    ignored = [note for note in ignored if note.file not in {bad.file for bad in unread}]
    create_staged(connection)

    def told(done: int) -> None:
        progress(Progress("read", done, len(readable), _staged(connection)))

    told(0)
    whole, saved, damaged = stage(connection, readable, scratch, now, told)
    failed += damaged
    if not whole:
        raise nothing_read(failed, ignored)
    return _Read(whole, len(readable), _staged(connection), saved, zones, failed, ignored)


def _staged(connection: duckdb.DuckDBPyConnection) -> int:
    ((rows,),) = connection.execute("SELECT count(*) FROM staged").fetchall()
    return int(rows)


def _kept_name(label: str) -> str:
    return without_user(labelled(label, {Path.home(): "~"}))


def _told_zones(
    connection: duckdb.DuckDBPyConnection, found: list[Found], scratch: Path
) -> tuple[Zones, list[FileNote]]:
    """The zones that an export of Groovelog tells, and the files that should tell them and cannot be read."""
    zones: Zones = ()
    unread: list[FileNote] = []
    for file in found:
        if not tells_zones(file):
            continue
        try:
            told = read_zones(connection, file, scratch)
            for _, zone in told:
                check_zone(zone)
            zones = told
        except Unusable as error:
            unread.append(FileNote(file.label, error.reason, error.row))
        except UsageError as error:
            unread.append(FileNote(file.label, error.message))
    return zones, unread


def _listener_for(run: Run, name: str | None, zones: Zones, invented: bool) -> Listener:
    known = run.snapshot.listeners()
    if name is None:
        real = [person for person in known if not person.invented and person.origin is None]
        name = real[0].name if len(real) == 1 else "me"
    name = people.as_known(known, name)
    for person in known:
        if person.name == name:
            if person.origin is not None:
                raise UsageError(f"{name} came from the group's lake. Choose another name with --listener.")
            if person.invented and not invented:
                raise UsageError(f"{name} is an invented listener of the demo. Choose another name with --listener.")
            if invented and not person.invented:
                raise UsageError(
                    f"The demo invents a listener named {name}, and there is a real one of that name here."
                )
            return person
    (_, first), *later = zones
    person = people.add(run, name, first, invented=invented)
    for from_date, zone in later:
        people.set_zone(run, person.listener_id, zone, from_date)
    return replace(person, zones=((None, first), *later))
