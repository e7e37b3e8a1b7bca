"""Receipts: the account of an import, file by file and row by row."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

import duckdb

from groovelog.lake.delta import Slice
from groovelog.lake.run import Run
from groovelog.lake.saved import SavedCounts
from groovelog.lake.snapshot import Snapshot
from groovelog.model import FileNote, FileReceipt, Listener, Receipt, ReceiptRow
from groovelog.tables import RECEIPT_ROWS, RECEIPTS

KIND_COLUMNS = {
    "track": "stored_tracks",
    "episode": "stored_episodes",
    "audiobook": "stored_audiobooks",
    "unknown": "stored_unknown",
}


_FILE_COLUMNS = """
    file_no, file, coalesce(source, ''), rows, stored, duplicates, unreadable,
    coalesce(playlists, 0), coalesce(playlist_tracks, 0), coalesce(saved_tracks, 0)
"""


def count_files(connection: duckdb.DuckDBPyConnection, saved: Mapping[int, SavedCounts]) -> list[FileReceipt]:
    """What became of the rows of each staged file, and of the saved things in it. Needs `staged`, `staged_files`, `kept`."""
    connection.execute("""
        CREATE TABLE file_counts AS
        SELECT file.file_no, any_value(file.label) AS file, any_value(file.source) AS source, count(s.file_no) AS rows,
            count(*) FILTER (kept.counted) AS stored,
            count(*) FILTER (s.file_no IS NOT NULL AND s.fault IS NULL AND kept.counted IS NOT TRUE) AS duplicates,
            count(s.fault) AS unreadable,
            count(*) FILTER (kept.counted AND kind = 'track') AS stored_tracks,
            count(*) FILTER (kept.counted AND kind = 'episode') AS stored_episodes,
            count(*) FILTER (kept.counted AND kind = 'audiobook') AS stored_audiobooks,
            count(*) FILTER (kept.counted AND kind = 'unknown') AS stored_unknown,
            0::BIGINT AS playlists, 0::BIGINT AS playlist_tracks, 0::BIGINT AS saved_tracks
        FROM staged_files AS file LEFT JOIN staged AS s ON s.file_no = file.file_no LEFT JOIN kept ON kept.rid = s.rowid
        GROUP BY file.file_no ORDER BY file.file_no
    """)
    for file_no, counts in saved.items():
        connection.execute(
            "UPDATE file_counts SET playlists = ?, playlist_tracks = ?, saved_tracks = ? WHERE file_no = ?",
            [counts.playlists, counts.playlist_tracks, counts.saved_tracks, file_no],
        )
    rows = connection.execute(f"SELECT {_FILE_COLUMNS} FROM file_counts ORDER BY file_no").fetchall()
    return [FileReceipt(*row) for row in rows]


def count_kinds(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The stored rows by kind. Needs `file_counts`."""
    sums = ", ".join(f"coalesce(sum({column}), 0)::BIGINT" for column in KIND_COLUMNS.values())
    (counts,) = connection.execute(f"SELECT {sums} FROM file_counts").fetchall()
    return dict(zip(KIND_COLUMNS, counts, strict=True))


def write_receipt(run: Run, listener_id: str, failed: list[FileNote], ignored: list[FileNote]) -> None:
    """The files and every row not plainly stored. Needs `file_counts`, `told_before`."""
    connection = run.connection
    connection.execute("CREATE TABLE notes (note BIGINT, file VARCHAR, outcome VARCHAR, reason VARCHAR)")
    notes = [(note, "failed") for note in failed] + [(note, "ignored") for note in ignored]
    if notes:
        connection.executemany(
            "INSERT INTO notes VALUES (?, ?, ?, ?)",
            [(number, note.file, outcome, note.reason) for number, (note, outcome) in enumerate(notes, 1)],
        )
    own = [Slice({"listener_id": listener_id})]
    head = f"'{listener_id}' AS listener_id, '{run.run_id}' AS run_id"
    counts = ", ".join(RECEIPTS.names[7:])
    run.write(
        RECEIPTS,
        f"""
        SELECT {head}, file_no, file, source, 'read' AS outcome, NULL AS reason, {counts} FROM file_counts
        UNION ALL BY NAME
        SELECT {head}, (SELECT coalesce(max(file_no), 0) FROM file_counts) + note AS file_no, file, outcome, reason,
            {", ".join(f"0 AS {name}" for name in RECEIPTS.names[7:])}
        FROM notes
        """,
        own,
    )
    run.write(
        RECEIPT_ROWS,
        f"""
        SELECT {head}, staged.file_no, staged.rowid - first_rowid + 1 AS row_no,
            CASE WHEN fault IS NULL THEN 'duplicate' ELSE 'unreadable' END AS outcome, coalesce(fault, reason) AS reason
        FROM staged JOIN staged_files USING (file_no) LEFT JOIN told_before ON told_before.rid = staged.rowid
        WHERE fault IS NOT NULL OR told_before.rid IS NOT NULL
        """,
        own,
    )


def read_receipts(snapshot: Snapshot) -> list[Receipt]:
    """Every import, newest first."""
    people = {person.listener_id: person for person in snapshot.listeners()}
    rows = snapshot.connection.execute("""
        SELECT receipts.*, committed_at::TIMESTAMP AS imported_at FROM receipts JOIN commits USING (run_id)
        ORDER BY number DESC, file_no
    """)
    names = [column[0] for column in rows.description]
    runs: dict[str, list[dict[str, Any]]] = {}
    for row in rows.fetchall():
        told = dict(zip(names, row, strict=True))
        runs.setdefault(told["run_id"], []).append(told)
    return [_receipt(files, people[files[0]["listener_id"]]) for files in runs.values()]


def _receipt(files: list[dict[str, Any]], person: Listener) -> Receipt:
    def notes(outcome: str) -> tuple[FileNote, ...]:
        return tuple(FileNote(file["file"], file["reason"]) for file in files if file["outcome"] == outcome)

    read = [file for file in files if file["outcome"] == "read"]
    return Receipt(
        run_id=files[0]["run_id"],
        listener=person.name,
        timezone=person.timezone,
        imported_at=files[0]["imported_at"].replace(tzinfo=UTC),
        files=tuple(
            FileReceipt(
                file["file_no"], file["file"], file["source"] or "",
                file["rows"], file["stored"], file["duplicates"], file["unreadable"],
                file["playlists"] or 0, file["playlist_tracks"] or 0, file["saved_tracks"] or 0,
            )
            for file in read
        ),
        failed_files=notes("failed"),
        ignored_files=notes("ignored"),
        by_kind={kind: sum(file[column] for file in read) for kind, column in KIND_COLUMNS.items()},
        seconds=None,
    )  # fmt: skip


def read_rows(snapshot: Snapshot, run_id: str) -> list[ReceiptRow]:
    """The rows of an import that were not stored plainly, by file and row."""
    rows = snapshot.connection.execute(
        """
        SELECT receipts.file, row_no, receipt_rows.outcome, receipt_rows.reason
        FROM receipt_rows JOIN receipts USING (run_id, file_no) WHERE run_id = ? ORDER BY file_no, row_no
        """,
        [run_id],
    )
    return [ReceiptRow(*row) for row in rows.fetchall()]
