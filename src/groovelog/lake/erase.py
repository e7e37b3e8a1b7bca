"""Erase: take a listener out of every table, then everything that told of them off the disk.

First the tables are published without the listener; then every file and version that the published state does not need
is taken away, whoever's it was (see sweep.py). A run that dies in between is completed by the next writer. One row in
`erasures` stays: an opaque id, and when. What a member withdraws from a group is erased in the same way, and leaves none:
they may share it again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from unicodedata import normalize

import duckdb

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
# A member of a group who was forgotten where they were pulled: says nothing of them elsewhere.
PULLED = "pulled"
# What is told of tracks: the rows of those that the listener alone had.
OF_TRACKS = (TRACKS, RECORDINGS, TRACK_MATCHES, MATCH_DECISIONS)


@dataclass(frozen=True)
class Erasure:
    """A row of `erasures`, without its run: rows of the scope that are older than `erased_at` stay gone."""

    listener_id: str
    erased_at: datetime
    scope: str

    @property
    def whole(self) -> bool:
        """Whether it is of the listener, and not of what one source told of them."""
        return self.scope in (EVERYTHING, PULLED)


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


def forget(run: Run, listener_ids: list[str]) -> Erased:
    """Erase these listeners for good. The run is published here."""
    pulled = run.connection.execute("SELECT listener_id FROM listeners WHERE origin IS NOT NULL").fetchall()
    scopes = {listener_id: PULLED if (listener_id,) in pulled else EVERYTHING for listener_id in listener_ids}
    records = [Erasure(listener_id, run.now, scope) for listener_id, scope in scopes.items()]
    return erase(run, listener_ids, records, "forget")


def erase(run: Run, listener_ids: list[str], records: Sequence[Erasure], verb: str) -> Erased:
    """Erase these listeners, and keep the records of it. The run is published here, under the verb."""
    rows = _take_out(run, listener_ids)
    record(run, records)
    for table in TABLES:
        if "listener_id" in table.partition_by:
            run.keep_no_tombstones(table)  # their paths have the id in them
    before = _files(run.lake)
    sweep.demand(run.lake, run.number)
    run.publish(verb)
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
    return {table.name: rows[table.name] for table in TABLES if table.name in rows}


def record(run: Run, records: Iterable[Erasure]) -> None:
    """Append to `erasures`."""
    rows = [(one.listener_id, run.run_id, one.erased_at, one.scope) for one in records]
    if rows:
        run.connection.execute("CREATE OR REPLACE TABLE records AS SELECT * FROM erasures LIMIT 0")
        run.connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
        run.write(ERASURES, "SELECT * FROM records")


def erasures(connection: duckdb.DuckDBPyConnection) -> list[Erasure]:
    """Everything that was erased, in order."""
    rows = connection.execute(
        "SELECT listener_id, erased_at::TIMESTAMP, scope FROM erasures ORDER BY erased_at, listener_id, scope"
    ).fetchall()
    return [Erasure(listener_id, erased_at.replace(tzinfo=UTC), scope) for listener_id, erased_at, scope in rows]


def _written(run: Run, table: Table) -> int:
    return sum(file.rows for file in delta.files(run.lake, table, run.versions[table.name]))


def _count(run: Run, query: str) -> int:
    ((count,),) = run.connection.execute(query).fetchall()
    return int(count)


def _files(lake: Place) -> dict[PurePosixPath, int]:
    return {found.path: found.size for found in lake.objects("")}
