"""Verbs: import, add and remove listeners, change zones, look receipts up. Glue only."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from unicodedata import normalize

import duckdb

from groovelog.errors import ImportFailed, NotFoundError, UsageError
from groovelog.lake import catalogue, compact, erase, inbox, keep, people, plays
from groovelog.lake import receipts as lake_receipts
from groovelog.lake.compact import Compacted, Size
from groovelog.lake.disk import disk_faults
from groovelog.lake.erase import Erased
from groovelog.lake.home import Home
from groovelog.lake.run import LONGEST_WAIT_S, Run, writing
from groovelog.lake.saved import SavedCounts, keep_saved
from groovelog.lake.snapshot import connect, open_snapshot
from groovelog.model import FileNote, FileReceipt, Listener, Progress, Receipt, ReceiptRow
from groovelog.reports.question import check_zone
from groovelog.sources import without_user
from groovelog.sources.archives import Archives
from groovelog.sources.find import find
from groovelog.sources.found import Found, Unusable
from groovelog.sources.groovelog_export import Zones, read_zones, tells_zones
from groovelog.sources.recognise import recognise, standing_beside
from groovelog.sources.staging import create_staged, stage
from groovelog.sources.unpack import Readable

LONGEST_NAME = 64
READS = (
    "Groovelog reads what Spotify, Last.fm, ListenBrainz, Maloja and Koito export: zips, folders, JSON and CSV files"
)
NO_HISTORY = f"no listening history in it; {READS}"


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
    named = partial(_labelled, labels=labels or {})

    def kept_name(label: str) -> str:
        return without_user(_labelled(label, {Path.home(): "~"}))

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
        progress(Progress("find", 0, 0, 0))
        found, failed = find(paths, scratch, archives)
        found = [replace(file, label=named(file.label), given=named(file.given)) for file in found]
        readable, failed, ignored = _recognised(found, [replace(note, file=named(note.file)) for note in failed])
        told_zones, unread = _told_zones(connection, found, scratch)
        failed += unread
        ignored = [note for note in ignored if note.file not in {bad.file for bad in unread}]
        create_staged(connection)

        def told(done: int) -> None:
            ((rows,),) = connection.execute("SELECT count(*) FROM staged").fetchall()
            progress(Progress("read", done, len(readable), rows))

        told(0)
        whole, saved, damaged = stage(connection, readable, scratch, now, told)
        failed += damaged
        if not whole:
            raise _nothing_read(failed, ignored)
        _name_files(connection, whole, kept_name)
        ((rows,),) = connection.execute("SELECT count(*) FROM staged").fetchall()
        progress(Progress("wait", len(whole), len(readable), rows))
        with writing(home, connection, now) as run:
            progress(Progress("keep", len(whole), len(readable), rows))
            zones = ((None, timezone),) if timezone else told_zones or ((None, fallback_zone),)
            person = _listener_for(run, listener, zones, invented)
            counts = keep_saved(run, person.listener_id, saved)
            notes = [[replace(note, file=kept_name(note.file)) for note in notes] for notes in (failed, ignored)]
            joining = partial(progress, Progress("join", len(whole), len(readable), rows))
            files, by_kind = _store(run, person, counts, *notes, joining=joining)
            given = {file.file_no: file.found.label for file in whole}
            run.publish("import")
            compact.tidy(home, run)
    return Receipt(
        run_id=run.run_id,
        listener=person.name,
        timezone=person.timezone,
        imported_at=now,
        files=tuple(replace(counted, file=given[counted.file_no]) for counted in files),
        failed_files=tuple(failed),
        ignored_files=tuple(ignored),
        by_kind=by_kind,
        seconds=round(time.monotonic() - began, 3),
    )


def take_inbox(
    home: Home, *, now: datetime, least_age: timedelta = timedelta(0), wait_s: float = LONGEST_WAIT_S
) -> list[Receipt]:
    """Write what waits in the inbox into the lake, one run for each listener; batches that are `least_age` old, or long.

    Rows of a listener who is not in the lake are put aside, and of one who was erased, thrown away.
    Raises LakeBusyError after `wait_s` seconds of waiting for another process; what was not taken goes on waiting.
    """
    if not inbox.due(home, now, least_age):
        return []
    with disk_faults(home.root), inbox.taking(home, now, least_age, wait_s) as waiting:
        taken: list[Receipt | None] = []
        failures: list[duckdb.Error] = []
        for listener_id, batches in waiting.items():
            try:
                taken.append(_take(home, listener_id, batches, now, wait_s))
            except duckdb.Error as error:  # rows that cannot be written hold up their own listener alone
                failures.append(error)
        if failures:
            raise failures[0]
    return [receipt for receipt in taken if receipt is not None]


def add_listener(home: Home, name: str, timezone: str, *, now: datetime) -> None:
    """Raises UsageError for a name that is taken or cannot be one, or a zone that does not exist."""
    check_name(name)
    check_zone(timezone)
    with disk_faults(home.root), closing(connect()) as connection, writing(home, connection, now) as run:
        known = run.snapshot.listeners()
        name = as_known(known, name)
        if any(person.name == name for person in known):
            raise UsageError(f"There is a listener named {name} already.")
        people.add(run, name, timezone, invented=False)
        run.publish("add listener")


def change_zone(home: Home, name: str, timezone: str, *, from_date: date | None = None, now: datetime) -> Listener:
    """Give a listener another zone, from a local date on, and work out local dates and hours anew.

    Without a date it is their zone from the beginning on, up to the first date for which they have another.
    """
    check_zone(timezone)
    _look_up(home, [name])
    with disk_faults(home.root), closing(connect()) as connection, writing(home, connection, now) as run:
        (person,) = _named(run.snapshot.listeners(), [name])
        people.set_zone(run, person.listener_id, timezone, from_date)
        zones = {**dict(person.zones), from_date: timezone}
        moved = replace(person, zones=tuple(sorted(zones.items(), key=lambda zone: (zone[0] is not None, zone[0]))))
        plays.rebuild(run, moved)
        run.publish("change zone")
    return moved


def remove_listeners(home: Home, names: list[str], *, now: datetime) -> None:
    """Take listeners and all their rows out of every table."""
    _look_up(home, names)
    with disk_faults(home.root), closing(connect()) as connection, writing(home, connection, now) as run:
        _remove(run, _named(run.snapshot.listeners(), names))


def remove_invented(home: Home, *, now: datetime) -> list[str]:
    """Take the demo's listeners out; returns their names. Where there are none, nothing is written."""
    with open_snapshot(home.lake) as snapshot:
        if not any(person.invented for person in snapshot.listeners()):
            return []
    # Who is invented is asked again under the lock: a name may have passed to a person meanwhile.
    with disk_faults(home.root), closing(connect()) as connection, writing(home, connection, now) as run:
        persons = [person for person in run.snapshot.listeners() if person.invented]
        _remove(run, persons)
    return [person.name for person in persons]


def forget(home: Home, name: str, *, now: datetime) -> Erased:
    """Erase everybody of that name, removed ones too: every row and file, for good. Raises NotFoundError."""
    with open_snapshot(home.lake) as snapshot:
        erase.ids_of(snapshot, name)
    with (
        disk_faults(home.root),
        home.scratch_folder() as scratch,
        closing(connect(spill=scratch)) as connection,
        writing(home, connection, now) as run,
    ):
        return erase.erase(run, erase.ids_of(run.snapshot, name))


def compact_lake(home: Home, *, now: datetime) -> Compacted:
    """Write small files together and take away what nobody needs; rows stay as they are."""
    with open_snapshot(home.lake) as snapshot:
        if not snapshot.number:
            return Compacted({}, {}, Size(0, 0))
    with (
        disk_faults(home.root),
        home.scratch_folder() as scratch,
        closing(connect(spill=scratch)) as connection,
        writing(home, connection, now) as run,
    ):
        return compact.compact(run)


def receipts(home: Home) -> list[Receipt]:
    """Every import, newest first."""
    with open_snapshot(home.lake) as snapshot:
        return lake_receipts.read_receipts(snapshot)


def receipt_rows(home: Home, run_id: str) -> list[ReceiptRow]:
    """The rows of an import that were not stored plainly. Raises NotFoundError for an unknown run."""
    with open_snapshot(home.lake) as snapshot:
        if not any(receipt.run_id == run_id for receipt in lake_receipts.read_receipts(snapshot)):
            raise NotFoundError(f"There is no import {run_id}. `groovelog receipts` lists them.")
        return lake_receipts.read_rows(snapshot, run_id)


def as_known(known: list[Listener], name: str) -> str:
    """The name as the lake spells it, else composed (NFC): é may be one character or two, and looks the same."""
    composed = normalize("NFC", name)
    same = [person.name for person in known if normalize("NFC", person.name) == composed]
    return name if name in same else next(iter(same), composed)


def check_name(name: str) -> None:
    """1 to 64 printable characters, no space at the ends. Raises UsageError."""
    if not 1 <= len(normalize("NFC", name)) <= LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise UsageError(f"A listener's name has 1 to {LONGEST_NAME} printable characters and no space at the ends.")


def _named(known: list[Listener], names: list[str]) -> list[Listener]:
    return [people.named(known, as_known(known, name)) for name in names]


def _look_up(home: Home, names: list[str]) -> None:
    """Raises NotFoundError for an unknown name, before a writer would create a lake."""
    with open_snapshot(home.lake) as snapshot:
        _named(snapshot.listeners(), names)


def _remove(run: Run, persons: list[Listener]) -> None:
    if persons:
        people.remove(run, persons)
        catalogue.name_tracks_anew(run, without=[person.listener_id for person in persons])
        run.publish("remove listeners")


def _store(
    run: Run,
    person: Listener,
    saved: dict[int, SavedCounts],
    failed: list[FileNote],
    ignored: list[FileNote],
    *,
    joining: Callable[[], None] = lambda: None,
) -> tuple[list[FileReceipt], dict[str, int]]:
    """Write the staged rows, what becomes of the plays, and the receipt; returns its files and the stored rows by kind.

    `joining` is called before what takes longest.
    """
    keep.decide(run.connection, person.listener_id)
    files = lake_receipts.count_files(run.connection, saved)
    by_kind = lake_receipts.count_kinds(run.connection)
    joining()
    plays.add_rows(run, person)
    catalogue.name_tracks(run)
    lake_receipts.write_receipt(run, person.listener_id, failed, ignored)
    return files, by_kind


def _take(home: Home, listener_id: str, batches: list[inbox.Batch], now: datetime, wait_s: float) -> Receipt | None:
    began = time.monotonic()
    with (
        home.scratch_folder() as scratch,
        closing(connect(spill=scratch)) as connection,
        writing(home, connection, now, wait_s) as run,
    ):
        person = next((known for known in run.snapshot.listeners() if known.listener_id == listener_id), None)
        if person is None:
            inbox.refuse(home, run.snapshot, batches)
            return None
        create_staged(connection)
        readable = [batch.readable(no) for no, batch in enumerate(inbox.unpublished(run.snapshot, batches), 1)]
        whole, _, damaged = stage(connection, readable, scratch, now, lambda _: None)
        for batch, note in product(batches, damaged):
            if batch.label == note.file:
                inbox.put_aside(home, batch, note.reason)
        _name_files(connection, whole, str)
        files: list[FileReceipt] = []
        if connection.execute("SELECT 1 FROM staged LIMIT 1").fetchall():
            files, by_kind = _store(run, person, {}, [], [])
            run.publish("collect")
    inbox.remove(batches)
    if not files:
        return None
    return Receipt(
        run_id=run.run_id,
        listener=person.name,
        timezone=person.timezone,
        imported_at=now,
        files=tuple(files),
        failed_files=(),
        ignored_files=(),
        by_kind=by_kind,
        seconds=round(time.monotonic() - began, 3),
    )


def _labelled(text: str, labels: dict[Path, str]) -> str:
    for path, label in labels.items():
        if text == str(path) or text.startswith(f"{path}/"):
            return label + text.removeprefix(str(path))
    return text


def _recognised(found: list[Found], unusable: list[FileNote]) -> tuple[list[Readable], list[FileNote], list[FileNote]]:
    readable: list[Readable] = []
    failed = list(unusable)
    ignored: list[FileNote] = []
    strange: list[Found] = []
    for file in found:
        try:
            verdict = recognise(file)
        except Unusable as error:
            failed.append(FileNote(file.label, error.reason, error.row))
            continue
        if verdict.ignored is None:
            beside = standing_beside(verdict, file, found)
            readable.append(Readable(len(readable) + 1, verdict.source, file, verdict.saved, beside))
        else:
            ignored.append(FileNote(file.label, verdict.ignored))
            if not verdict.expected:
                strange.append(file)
    bringing = {file.found.given for file in readable}
    # Beside histories a strange file is left alone. A path that brings nothing else was given by mistake.
    # One under which something failed was not: it would have brought what failed.
    mistaken = dict.fromkeys(
        file.given for file in strange if file.given not in bringing and not _holds(file.given, failed)
    )
    failed += [note for note in ignored if note.file in mistaken]
    loose = {note.file for note in failed}
    failed += [FileNote(given, NO_HISTORY) for given in mistaken if given not in loose]
    return readable, failed, [note for note in ignored if note.file not in mistaken]


def _holds(given: str, notes: list[FileNote]) -> bool:
    return any(note.file == given or note.file.startswith(f"{given.rstrip('/')}/") for note in notes)


def _nothing_read(failed: list[FileNote], ignored: list[FileNote]) -> ImportFailed:
    if failed:
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        return ImportFailed(f"Nothing was imported. {failed[0].file}: {failed[0].reason}{more}", failed, ignored)
    what = f"No listening history was found. {READS}"
    if ignored:
        return ImportFailed(
            f"{what}. Looked at {len(ignored)}: {ignored[0].file}: {ignored[0].reason}", failed, ignored
        )
    return ImportFailed(f"{what}; there is no file to read here.", failed, ignored)


def _name_files(connection: duckdb.DuckDBPyConnection, whole: list[Readable], kept_name: Callable[[str], str]) -> None:
    """`staged_files`: label, source, and the file's first row in `staged`."""
    connection.execute("CREATE TABLE named_files (file_no INTEGER, label VARCHAR, source VARCHAR)")
    connection.executemany(
        "INSERT INTO named_files VALUES (?, ?, ?)",
        [
            (file.file_no, kept_name(file.found.label), source.name if (source := file.source or file.saved) else None)
            for file in whole
        ],
    )
    connection.execute("""
        CREATE TABLE staged_files AS
        SELECT * FROM named_files LEFT JOIN (SELECT file_no, min(rowid) AS first_rowid FROM staged GROUP BY file_no)
        USING (file_no)
    """)


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
        real = [person for person in known if not person.invented]
        name = real[0].name if len(real) == 1 else "me"
    name = as_known(known, name)
    for person in known:
        if person.name == name:
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
