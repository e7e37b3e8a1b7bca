"""Erase: take a listener out of every table, then everything that told of them off the disk.

First the tables are published without the listener; then every file and version that the published state does not need
is taken away, whoever's it was (see sweep.py). A run that dies in between is completed by the next writer. One row in
`erasures` stays: an opaque id, and when.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from unicodedata import normalize

from groovelog.lake import catalogue, delta, matches, people, sweep
from groovelog.lake.place import Place
from groovelog.lake.run import Run
from groovelog.lake.snapshot import Snapshot
from groovelog.tables import (
    CONSENTS,
    ERASURES,
    LISTENER_ZONES,
    LISTENERS,
    MATCH_DECISIONS,
    RECORDINGS,
    TABLES,
    TRACK_MATCHES,
    TRACKS,
    Table,
)

EVERYTHING = "everything"
# What is told of tracks: the rows of those that the listener alone had.
OF_TRACKS = (TRACKS, RECORDINGS, TRACK_MATCHES, MATCH_DECISIONS)


@dataclass(frozen=True)
class Erased:
    """What went: rows by table, and files off the disk with their bytes."""

    rows: dict[str, int]
    files: int
    bytes: int


def ids_of(snapshot: Snapshot, name: str) -> list[str]:
    """Everybody whose name it is, or was when they were removed. Raises NotFoundError where that is nobody."""
    latest = "SELECT listener_id, arg_max(name, run_id) FROM listeners GROUP BY listener_id ORDER BY listener_id"
    composed = normalize("NFC", name)
    called = snapshot.connection.execute(latest).fetchall()
    found = [listener_id for listener_id, known in called if normalize("NFC", known) == composed]
    if not found:
        people.named(snapshot.listeners(), name)
    return found


def erase(run: Run, listener_ids: list[str]) -> Erased:
    """Erase these listeners for good. The run is published here."""
    rows = _take_out(run, listener_ids)
    for table in TABLES:
        if "listener_id" in table.partition_by:
            run.keep_no_tombstones(table)  # their paths have the id in them
    before = _files(run.lake)
    sweep.demand(run.lake, run.number)
    run.publish("forget")
    sweep.sweep_all(run.lake, run.versions)
    gone = before.keys() - _files(run.lake).keys()
    return Erased(rows, len(gone), sum(before[path] for path in gone))


def _take_out(run: Run, listener_ids: list[str]) -> dict[str, int]:
    """Write every table without the listeners; returns how many rows each of them loses."""
    run.connection.execute("CREATE TABLE erased AS SELECT unnest($ids) AS listener_id", {"ids": listener_ids})
    theirs = "listener_id IN (SELECT listener_id FROM erased)"
    rows = {
        table.name: _count(run, f"SELECT count(*) FROM {table.name} WHERE {theirs}")
        for table in TABLES
        if "listener_id" in table.names and table is not ERASURES
    }
    before = {table: _count(run, f"SELECT count(*) FROM {table.name}") for table in OF_TRACKS}
    people.take_out(run, listener_ids)
    catalogue.name_tracks_anew(run, without=listener_ids)
    for table in (TRACK_MATCHES, MATCH_DECISIONS):
        matches.drop_lost(run, table)
    rows |= {table.name: count - _written(run, table) for table, count in before.items()}
    for table in (LISTENERS, LISTENER_ZONES, CONSENTS):
        run.write(table, f"SELECT * FROM {table.name} WHERE NOT {theirs}", removed=run.snapshot.files(table))
    erased_at = f"TIMESTAMPTZ '{run.now.isoformat()}'"
    head = f"listener_id, '{run.run_id}' AS run_id, {erased_at} AS erased_at, '{EVERYTHING}' AS scope"
    run.write(ERASURES, f"SELECT {head} FROM erased")
    return {table.name: rows[table.name] for table in TABLES if table.name in rows}


def _written(run: Run, table: Table) -> int:
    return sum(file.rows for file in delta.files(run.lake, table, run.versions[table.name]))


def _count(run: Run, query: str) -> int:
    ((count,),) = run.connection.execute(query).fetchall()
    return int(count)


def _files(lake: Place) -> dict[PurePosixPath, int]:
    return {found.path: found.size for found in lake.objects("")}
