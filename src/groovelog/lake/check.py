"""Is the lake what it has to be: schemas, keys, receipts, plays equal to what their source rows give."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from groovelog.errors import LakeError
from groovelog.lake import delta, sweep
from groovelog.lake.catalogue import told_anew
from groovelog.lake.compact import MANY_FILES
from groovelog.lake.formats import FORMAT, old
from groovelog.lake.plays import rebuilt
from groovelog.lake.snapshot import Snapshot
from groovelog.tables import COMMITS, PLAYS, TABLES, Table

# Hardly any two rows share one of these, so that the other columns of a key, which are texts, are compared for a handful.
IDENTITIES = ("row_key", "play_id")


@dataclass(frozen=True)
class Finding:
    """`problem` findings mean the lake is damaged; others are worth knowing."""

    check: str
    problem: bool
    text: str


def check(snapshot: Snapshot) -> list[Finding]:
    """All findings; none of them a problem means that the lake is sound."""
    if not snapshot.number:
        return [Finding("lake", False, "nothing was written yet")]
    findings: list[Finding] = []
    for look in (
        _left_to_do,
        _schemas,
        _keys,
        _receipts,
        _references,
        _catalogue,
        _matches,
        _plays,
        _partitions,
        _unpublished,
    ):
        try:
            findings.extend(look(snapshot))
        except (duckdb.Error, LakeError) as error:
            findings.append(Finding("data", True, f"what is stored cannot be read: {str(error).splitlines()[0]}"))
    return findings


def _left_to_do(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.format < FORMAT:
        yield Finding("format", False, old(snapshot.format))
    if sweep.demanded(snapshot.lake):
        yield Finding("erasing", False, "an erasing was cut short; the next write completes it")


def _schemas(snapshot: Snapshot) -> Iterator[Finding]:
    for table in _tables(snapshot):
        wanted = {column.name: column.type for column in table.columns}
        try:
            found = delta.columns(snapshot.lake, table)
        except LakeError as error:
            yield Finding("schema", True, f"{table.name} cannot be opened: {error}")
            continue
        if snapshot.format < FORMAT:  # columns that came later are missing
            wanted = {name: type_ for name, type_ in wanted.items() if name in found}
        if found != wanted:
            differing = sorted(set(found.items()) ^ set(wanted.items()))
            yield Finding("schema", True, f"{table.name} differs from tables.py in {differing}")
        there = {str(found.path.relative_to(table.name)) for found in sweep.data_files(snapshot.lake, table)}
        missing = [file.path for file in snapshot.files(table) if file.path not in there]
        if missing:
            yield Finding("schema", True, f"{table.name} misses {len(missing)} of its files, as {missing[0]}")


def _keys(snapshot: Snapshot) -> Iterator[Finding]:
    for table in TABLES:
        rows = f"SELECT * FROM {table.view}"
        if identity := next((name for name in IDENTITIES if name in table.key), None):
            several = f"SELECT {identity} FROM {table.view} GROUP BY {identity} HAVING count(*) > 1"
            rows += f" WHERE {identity} IN ({several})"
        twice = _count(snapshot, f"SELECT 1 FROM ({rows}) GROUP BY {', '.join(table.key)} HAVING count(*) > 1")
        if twice:
            yield Finding("keys", True, f"{table.name} has {twice:,} keys ({', '.join(table.key)}) more than once")


def _receipts(snapshot: Snapshot) -> Iterator[Finding]:
    unsound = _count(snapshot, "SELECT 1 FROM receipts WHERE rows <> stored + duplicates + unreadable")
    if unsound:
        yield Finding("receipts", True, f"{unsound:,} files whose rows are not stored + duplicates + unreadable")
    differing = _count(
        snapshot,
        """
        SELECT 1 FROM (SELECT run_id, file_no, stored FROM receipts WHERE outcome = 'read')
        FULL JOIN (SELECT run_id, file_no, count(*) AS kept FROM source_plays WHERE counted GROUP BY ALL)
        USING (run_id, file_no) WHERE coalesce(stored, 0) <> coalesce(kept, 0)
        """,
    )
    if differing:
        yield Finding("receipts", True, f"{differing:,} files of which not as many rows are kept as the receipt says")
    unexplained = _count(
        snapshot,
        """
        SELECT 1 FROM (SELECT run_id, file_no, duplicates + unreadable AS told FROM receipts)
        FULL JOIN (SELECT run_id, file_no, count(*) AS explained FROM receipt_rows GROUP BY ALL)
        USING (run_id, file_no) WHERE coalesce(told, 0) <> coalesce(explained, 0)
        """,
    )
    if unexplained:
        yield Finding("receipts", True, f"{unexplained:,} files with rows not stored and no reason given for them")


def _references(snapshot: Snapshot) -> Iterator[Finding]:
    unsound = _count(snapshot, "SELECT 1 FROM reference_receipts WHERE rows <> kept + merged + dropped")
    if unsound:
        yield Finding("references", True, f"{unsound:,} files whose rows are not kept + merged + dropped")
    latest = "SELECT reference, arg_max((run_id, kept), run_id) AS told FROM reference_receipts GROUP BY reference"
    differing = _count(
        snapshot,
        f"""
        SELECT 1 FROM (SELECT reference, told[1] AS run_id, told[2] AS kept FROM ({latest})) AS told
        FULL JOIN (SELECT reference, run_id, count(*) AS rows FROM "references" GROUP BY ALL) AS there
        USING (reference, run_id) WHERE kept IS DISTINCT FROM rows
        """,
    )
    if differing:
        yield Finding("references", True, f"{differing:,} references that do not hold what their latest receipt says")


def _catalogue(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.format < FORMAT:
        return
    differing = _count(
        snapshot,
        f"""
        SELECT 1 FROM ({told_anew()}) AS anew FULL JOIN tracks USING (track_id)
        WHERE names IS DISTINCT FROM struct_pack(track_name, artist_name, album_name)
            OR anew.named_at IS DISTINCT FROM tracks.named_at::TIMESTAMP
            OR anew.isrc IS DISTINCT FROM tracks.isrc OR anew.length_ms IS DISTINCT FROM tracks.length_ms
        """,
    )
    if differing:
        yield Finding("catalogue", True, f"{differing:,} tracks are not what the source rows tell of them")
    lost = _count(
        snapshot,
        """
        SELECT 1 FROM (SELECT recording_id, count(*) AS entries FROM tracks GROUP BY recording_id)
        FULL JOIN recordings USING (recording_id) WHERE entries IS DISTINCT FROM tracks
        """,
    )
    if lost:
        yield Finding("catalogue", True, f"{lost:,} recordings do not have the tracks that are theirs")


def _matches(snapshot: Snapshot) -> Iterator[Finding]:
    several = _count(snapshot, "SELECT 1 FROM track_matches WHERE chosen GROUP BY track_id HAVING count(*) > 1")
    if several:
        yield Finding("matches", True, f"{several:,} tracks have more than one match that counts")
    untold = _count(snapshot, "SELECT 1 FROM track_matches WHERE (verdict = 'matched') <> (ref_id IS NOT NULL)")
    if untold:
        yield Finding("matches", True, f"{untold:,} matches without a row, or rows without a match")
    lost = _count(
        snapshot,
        """
        SELECT 1 FROM track_matches AS m WHERE ref_id IS NOT NULL
            AND m.reference_run = (SELECT max(run_id) FROM reference_receipts AS r WHERE r.reference = m.reference)
            AND (m.reference, ref_id) NOT IN (SELECT (reference, ref_id) FROM "references")
        """,
    )
    if lost:
        yield Finding("matches", True, f"{lost:,} matches with rows that their reference does not have")


def _plays(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.format < FORMAT:  # reconciled by other rules; they are worked out anew when it is brought to the newest
        return
    columns = ", ".join(f"{column.name}::{column.type}" for column in PLAYS.columns)
    for person in snapshot.listeners():
        # Sums of hashes by year compare every column of every row without sorting them.
        sums = "SELECT year, count(*) AS rows, sum(hash({columns})) AS sum FROM ({plays}) GROUP BY year"
        kept = f"SELECT * FROM plays WHERE listener_id = '{person.listener_id}'"
        differing = snapshot.connection.execute(f"""
            SELECT year FROM ({sums.format(columns=columns, plays=kept)}) AS kept
            FULL JOIN ({sums.format(columns=columns, plays=rebuilt(snapshot.connection, person))}) AS anew USING (year)
            WHERE kept.rows IS DISTINCT FROM anew.rows OR kept.sum IS DISTINCT FROM anew.sum ORDER BY year
        """).fetchall()
        if differing:
            years = ", ".join(str(year) for (year,) in differing)
            yield Finding("plays", True, f"plays of {person.name} are not what their source rows give, in {years}")


def _partitions(snapshot: Snapshot) -> Iterator[Finding]:
    for table in TABLES:
        files = Counter(tuple(sorted(file.partition.items())) for file in snapshot.files(table))
        crowded = [partition for partition, count in files.items() if count > MANY_FILES]
        if crowded:
            yield Finding(
                "partitions", False, f"{table.name} has {len(crowded)} partitions of more than {MANY_FILES} files"
            )


def _unpublished(snapshot: Snapshot) -> Iterator[Finding]:
    for table in _tables(snapshot):
        newest = delta.version(snapshot.lake, table)
        if table is not COMMITS and newest != snapshot.versions.get(table.name):
            yield Finding(
                "commits", False, f"{table.name} holds what a run left unpublished; the next run takes it back"
            )


def _tables(snapshot: Snapshot) -> list[Table]:
    """Those of the lake's format: an older one lacks some."""
    lake = snapshot.lake
    return [table for table in TABLES if snapshot.format == FORMAT or lake.holds(table.name)]


def _count(snapshot: Snapshot, query: str) -> int:
    ((count,),) = snapshot.connection.execute(f"SELECT count(*) FROM ({query})").fetchall()
    return int(count)
