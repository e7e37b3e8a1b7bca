"""Store staged rows: what becomes of them, of the plays they touch, and their receipt."""

from collections.abc import Callable

import duckdb

from groovelog.lake import catalogue, keep, plays
from groovelog.lake import receipts as lake_receipts
from groovelog.lake.run import Run
from groovelog.lake.saved import SavedCounts
from groovelog.model import FileNote, FileReceipt, Listener
from groovelog.sources.unpack import Readable


def name_files(connection: duckdb.DuckDBPyConnection, whole: list[Readable], kept_name: Callable[[str], str]) -> None:
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


def store(
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
    files = decided(run, person, saved)
    by_kind = lake_receipts.count_kinds(run.connection)
    joining()
    written(run, person, failed, ignored)
    return files, by_kind


def decided(run: Run, person: Listener, saved: dict[int, SavedCounts]) -> list[FileReceipt]:
    """What becomes of the staged rows; nothing is written yet."""
    keep.decide(run.connection, person.listener_id)
    return lake_receipts.count_files(run.connection, saved)


def written(run: Run, person: Listener, failed: list[FileNote], ignored: list[FileNote]) -> None:
    """Write the rows as decided, the plays, and the receipt."""
    plays.add_rows(run, person)
    catalogue.name_tracks(run)
    lake_receipts.write_receipt(run, person.listener_id, failed, ignored)
