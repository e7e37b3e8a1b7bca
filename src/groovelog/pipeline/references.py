"""References: read a dataset with audio features into the lake."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb

from groovelog.errors import NotFoundError, UsageError
from groovelog.lake import compact
from groovelog.lake import references as lake_references
from groovelog.lake.disk import disk_faults
from groovelog.lake.home import Home
from groovelog.lake.run import begins_again, writing
from groovelog.lake.snapshot import connect, open_snapshot
from groovelog.matching.files import checksum, open_table
from groovelog.matching.prepared import drop_index
from groovelog.matching.references.download import DOWNLOADS, Download, Progress, fetch
from groovelog.matching.references.fields import columns_of
from groovelog.matching.references.merge import OTHER, POPULARITY, SAME, Merged, merge
from groovelog.matching.references.read import Told, read
from groovelog.matching.references.sets import UNKNOWN_LICENCE, is_name, known_set, name_of_file
from groovelog.model import Reference, ReferenceReceipt, RowsWhy, ValuesWhy
from groovelog.pipeline.matching import match_tracks
from groovelog.pipeline.running import running
from groovelog.sources import without_user

# Written with every reference. Another number where the same file would be read differently: then it is read again.
READING = 1


def references(home: Home) -> list[Reference]:
    """Every reference, by priority, with the share of counted plays that it gives audio features to."""
    with open_snapshot(home.lake) as snapshot:
        there = lake_references.references(snapshot)
        if not there or not snapshot.connection.execute("SELECT 1 FROM plays LIMIT 1").fetchall():
            return there
        from groovelog.reports import compiling  # noqa: PLC0415 (Ibis, 0.4 s)

        shares = dict(snapshot.once(compiling.covered()))
    return [replace(one, coverage=shares.get(one.name, 0.0)) for one in there]


@begins_again
def add_reference(
    home: Home,
    path: Path,
    *,
    name: str | None = None,
    chosen: Sequence[tuple[str, str]] = (),
    priority: int | None = None,
    licence: str | None = None,
    now: datetime,
    matching: Callable[[str], None] = lambda _name: None,
) -> ReferenceReceipt:
    """Read a CSV or Parquet file as a reference; one of that name is replaced, and the same file changes nothing.

    `name` defaults to that of a known set, else of the file. `chosen` are pairs of field and column, for columns that are
    not recognised. `matching` is called before tracks are looked for in it.
    `priority` defaults to what it was, or comes after all others; `licence` to what is known of it.
    Raises UsageError for a file that cannot be used, with nothing written.
    """
    began = time.monotonic()
    if name is not None and not is_name(name):
        raise UsageError(f"--name {name}: a reference's name has small letters a to z, digits and hyphens, at most 64.")
    with (
        disk_faults(home.root),
        home.scratch_folder() as scratch,
        closing(connect(spill=scratch)) as connection,
    ):
        opened = open_table(connection, path, scratch)
        sha256 = checksum(path)
        fields = columns_of(tuple(opened.headings), chosen, str(path))
        known = known_set(opened.headings)
        called = name or (known.name if known else name_of_file(path))
        with open_snapshot(home.lake) as snapshot:
            before = _named(lake_references.references(snapshot), called)
            if before and _is_same(before, sha256, fields, priority, licence):
                receipt = lake_references.receipt_of(snapshot, before)
                return replace(receipt, seconds=round(time.monotonic() - began, 3))
        if before and name is None and known is None and json.loads(before.reading)["columns"] != fields:
            raise UsageError(
                f"There is a reference {called} already, of a file with other columns ({before.file}). --name {called} puts "
                "this file in its place, another name beside it.",
                file=str(path),
            )
        told = read(connection, opened, fields, scratch)
        merged = merge(connection)
        if not merged.kept:
            raise UsageError(f"{path} has no row that can be used: {_first_reason(connection)}", file=str(path))
        with writing(home, connection, now) as run:
            there = lake_references.references(run.snapshot)
            before = _named(there, called)
            last = max((other.priority for other in there), default=0)
            reference = Reference(
                name=called,
                title=known.title if known else path.stem,
                rows=merged.kept,
                licence=licence
                or (before.licence if before else None)
                or (known.licence if known else UNKNOWN_LICENCE),
                home=known.home if known else None,
                priority=priority if priority is not None else before.priority if before else last + 1,
                file=without_user(path.name),
                sha256=sha256,
                reading=json.dumps({"version": READING, "columns": fields, "percent": told.percent}),
                added_at=now,
            )
            receipt = _receipt(connection, reference, "replaced" if before else "added", told, merged)
            receipt = lake_references.keep_reference(run, receipt, merged.select, merged.parts)
            run.publish("add reference")
            compact.tidy(home, run)
    match_tracks(home, now=now, told=lambda name, _: matching(name))
    return replace(receipt, seconds=round(time.monotonic() - began, 3))


@begins_again
def remove_reference(home: Home, name: str, *, now: datetime) -> None:
    """Take a reference and its matches out; what a person decided stays. Raises NotFoundError for an unknown name."""
    with open_snapshot(home.lake) as snapshot:
        known = [found.name for found in lake_references.references(snapshot)]
    if name not in known:
        raise NotFoundError(f"There is no reference {name}. There is: {', '.join(known) or 'none yet'}.")
    with running(home, now) as run:
        lake_references.drop_reference(run, name)
        run.publish("remove reference")
    drop_index(home, name)
    match_tracks(home, now=now)


def download_reference(
    home: Home,
    name: str,
    *,
    address: str | None = None,
    sha256: str | None = None,
    now: datetime,
    progress: Progress = lambda _done, _total: None,
    matching: Callable[[str], None] = lambda _name: None,
) -> ReferenceReceipt:
    """Fetch a known set from its public home and read it; one that is there already is not fetched again.

    `address` and `sha256` take the place of those known. Raises NotFoundError for a name that is not known, and
    DownloadFailed. What came of a download that broke off is kept for the next call.
    """
    known = downloadable(name)
    wanted = (sha256 or known.sha256).lower()
    there = _named(references(home), name)
    if there and there.sha256 == wanted and json.loads(there.reading)["version"] == READING:
        with open_snapshot(home.lake) as snapshot:
            return lake_references.receipt_of(snapshot, there)
    target = home.downloads / f"{name}.csv"
    with disk_faults(home.root):
        fetch(address or known.address, wanted, target, progress)
        receipt = add_reference(home, target, name=name, licence=known.known.licence, now=now, matching=matching)
        target.unlink(missing_ok=True)
    return receipt


def downloadable(name: str) -> Download:
    """The set of that name. Raises NotFoundError, which says which can be fetched."""
    if name not in DOWNLOADS:
        raise NotFoundError(f"There is no reference {name} to download. There is: {', '.join(DOWNLOADS)}.")
    return DOWNLOADS[name]


def _named(known: list[Reference], name: str) -> Reference | None:
    return next((reference for reference in known if reference.name == name), None)


def _is_same(before: Reference, sha256: str, fields: dict[str, str], priority: int | None, licence: str | None) -> bool:
    reading = json.loads(before.reading)
    return (
        before.sha256 == sha256
        and reading["version"] == READING
        and reading["columns"] == fields
        and priority in (None, before.priority)
        and licence in (None, before.licence)
    )


def _dropped(connection: duckdb.DuckDBPyConnection) -> tuple[RowsWhy, ...]:
    found = connection.execute(
        "SELECT fault, count(*), min(row_no) FROM told WHERE fault IS NOT NULL GROUP BY fault ORDER BY min(row_no)"
    ).fetchall()
    return tuple(RowsWhy("dropped", *why) for why in found)


def _first_reason(connection: duckdb.DuckDBPyConnection) -> str:
    return "; ".join(f"{why.rows:,} with {why.reason}" for why in _dropped(connection))


def _receipt(
    connection: duckdb.DuckDBPyConnection, reference: Reference, outcome: str, told: Told, merged: Merged
) -> ReferenceReceipt:
    dropped = (*told.unreadable, *_dropped(connection))
    together = (RowsWhy("merged", SAME, merged.same, None), RowsWhy("merged", OTHER, merged.other, merged.other_first))
    unknown = told.unknown
    if merged.popularities:
        unknown = (*unknown, ValuesWhy("popularity", POPULARITY, merged.popularities))
    return ReferenceReceipt(
        run_id=None,
        reference=reference,
        outcome=outcome,
        rows=told.rows,
        kept=merged.kept,
        merged=merged.same + merged.other,
        dropped=sum(why.rows for why in dropped),
        reasons=(*(why for why in together if why.rows), *dropped),
        unknown=unknown,
        columns=json.loads(reference.reading)["columns"],
        percent=told.percent,
        seconds=0.0,
    )
