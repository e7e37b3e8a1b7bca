"""Purge: take everything that one source told of a listener out of every table, and off the disk.

Plays that other sources saw too stay, as those tell them. As in erase.py, a run that dies is completed by the next writer.
"""

from collections.abc import Iterable

from groovelog.lake import catalogue, delta, matches, plays, sweep
from groovelog.lake.erase import Erasure, record
from groovelog.lake.run import Run
from groovelog.lake.snapshot import view
from groovelog.model import Listener
from groovelog.tables import (
    COLLECTIONS,
    GAPS,
    MATCH_DECISIONS,
    PLAYLIST_TRACKS,
    PLAYLISTS,
    RECEIPT_ROWS,
    RECEIPTS,
    SAVED_TRACKS,
    SOURCE_PLAYS,
    TOP_ITEMS,
    TRACK_MATCHES,
    Table,
)

SPOTIFY_API = "spotify_api"

# SQL: the rows of a table that a source told. Tables that the Web API alone fills have no column for it.
_OF_SOURCE = "source = '{source}'"
_OF_SNAPSHOT = (
    f"(playlist_id, snapshot_id) IN (SELECT (playlist_id, snapshot_id) FROM playlists WHERE {_OF_SOURCE} AND {{own}})"
)
_OF_FILE = f"(run_id, file_no) IN (SELECT (run_id, file_no) FROM receipts WHERE {_OF_SOURCE} AND {{own}})"
TOLD = {
    PLAYLIST_TRACKS: _OF_SNAPSHOT,
    PLAYLISTS: _OF_SOURCE,
    SAVED_TRACKS: _OF_SOURCE,
    RECEIPT_ROWS: _OF_FILE,
    RECEIPTS: _OF_SOURCE,
    SOURCE_PLAYS: _OF_SOURCE,
}
TOLD_BY_API_ALONE = (TOP_ITEMS, COLLECTIONS, GAPS)


def purge(run: Run, person: Listener, source: str, *, recorded: bool = True) -> dict[str, int]:
    """Take out what a source (its name) told of a listener; returns the rows by table. The run is published here.

    Where there is nothing, nothing is written. `recorded`: `erasures` tells of it, so that no copy brings the rows back.
    """
    own = f"listener_id = '{person.listener_id}'"
    told = {table: rule.format(source=source, own=own) for table, rule in TOLD.items()}
    if source == SPOTIFY_API:
        told |= dict.fromkeys(TOLD_BY_API_ALONE, "true")
    rows = take_out(run, person, told)
    if any(rows.values()):
        record(run, [Erasure(person.listener_id, run.now, source)] if recorded else [])
        publish(run, told, "disconnect")
    return rows


def take_out(run: Run, person: Listener, told: dict[Table, str]) -> dict[str, int]:
    """Take the rows of a listener for which a rule holds out of their tables, and what follows from them out of others.

    Returns the rows by table. Nothing is published: see `publish`.
    """
    rows = {table.name: _take_out(run, table, person.listener_id, rule) for table, rule in told.items()}
    if rows[SOURCE_PLAYS.name]:
        view(run.connection, run.lake, SOURCE_PLAYS, run.files(SOURCE_PLAYS), SOURCE_PLAYS.view)
        plays.rebuild(run, person)
        catalogue.name_tracks_anew(run, without=[])
        for table in (TRACK_MATCHES, MATCH_DECISIONS):
            matches.drop_lost(run, table)
    return rows


def publish(run: Run, tables: Iterable[Table], verb: str) -> None:
    """Publish a run that took rows out of these tables, and take what told of them off the disk."""
    for table in tables:
        run.keep_no_tombstones(table)
    sweep.demand(run.lake, run.number)
    run.publish(verb)
    sweep.sweep_all(run.lake, run.versions)


def _take_out(run: Run, table: Table, listener_id: str, rule: str) -> int:
    """Write a listener's rows of a table anew without those of the rule; returns how many went."""
    own = f"FROM {table.name} WHERE listener_id = '{listener_id}'"
    ((count,),) = run.connection.execute(f"SELECT count(*) {own} AND {rule}").fetchall()
    if count:
        kept = f"{own} AND ({rule}) IS NOT TRUE"
        files = [file for file in run.snapshot.files(table) if file.partition["listener_id"] == listener_id]
        slices = [delta.Slice({"listener_id": listener_id})]
        if "year" in table.partition_by:
            years = run.connection.execute(f"SELECT DISTINCT year {kept} ORDER BY year").fetchall()
            slices = delta.by_year(listener_id, [year for (year,) in years])
        run.write(table, f"SELECT * {kept}", slices, files)
    return int(count)
