"""References in the lake: datasets with audio features, each in a partition of its own.

They belong to the home, not to a listener: no export holds them, and forgetting somebody leaves them.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC

from groovelog.lake.delta import DataFile, Slice
from groovelog.lake.run import Run
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Reference, ReferenceReceipt, RowsWhy, ValuesWhy
from groovelog.tables import REFERENCE_RECEIPTS, REFERENCES

_LATEST = """
    SELECT told.reference, told.title, told.kept, told.licence, told.home, told.priority, told.file, told.sha256,
        told.reading, commits.committed_at::TIMESTAMP
    FROM reference_receipts AS told JOIN commits USING (run_id)
    QUALIFY row_number() OVER (PARTITION BY told.reference ORDER BY commits.number DESC) = 1
    ORDER BY told.priority, told.reference
"""


def references(snapshot: Snapshot) -> list[Reference]:
    """Every reference, by priority."""
    return [
        replace(found, added_at=found.added_at.replace(tzinfo=UTC))
        for found in (Reference(*row) for row in snapshot.connection.execute(_LATEST).fetchall())
    ]


def receipt_of(snapshot: Snapshot, reference: Reference) -> ReferenceReceipt:
    """The receipt of the file that the reference is from, as of a file that changes nothing."""
    ((run_id, rows, kept, merged, dropped, reasons, unknown),) = snapshot.connection.execute(
        "SELECT run_id, rows, kept, merged, dropped, reasons, unknown FROM reference_receipts WHERE reference = ? "
        "ORDER BY run_id DESC LIMIT 1",
        [reference.name],
    ).fetchall()
    reading = json.loads(reference.reading)
    return ReferenceReceipt(
        run_id, reference, "unchanged", rows, kept, merged, dropped,
        tuple(RowsWhy(**why) for why in json.loads(reasons)),
        tuple(ValuesWhy(**why) for why in json.loads(unknown)),
        reading["columns"], tuple(reading["percent"]), 0.0,
    )  # fmt: skip


def drop_reference(run: Run, name: str) -> None:
    """Take out a reference's rows and receipts."""
    run.drop(REFERENCES, _files(run, name))
    rows = f"SELECT * FROM reference_receipts WHERE reference <> '{name}'"
    run.write(REFERENCE_RECEIPTS, rows, removed=run.snapshot.files(REFERENCE_RECEIPTS))


def _files(run: Run, name: str) -> list[DataFile]:
    return [file for file in run.snapshot.files(REFERENCES) if file.partition["reference"] == name]


def keep_reference(run: Run, receipt: ReferenceReceipt, select: str, parts: Sequence[str]) -> ReferenceReceipt:
    """Put the rows of a query (see tables.py, without reference and run) in place of those the reference had.

    `parts` are conditions that cut the query into pieces, each of which is written as a file.
    """
    reference = receipt.reference
    rows = f"SELECT '{reference.name}' AS reference, '{run.run_id}' AS run_id, * FROM ({select})"
    run.write(
        REFERENCES,
        rows,
        [Slice({"reference": reference.name}, part) for part in parts],
        removed=_files(run, reference.name),
    )
    run.connection.execute("CREATE OR REPLACE TABLE new_row AS SELECT * FROM reference_receipts LIMIT 0")
    run.connection.execute(
        f"INSERT INTO new_row VALUES ({', '.join('?' * len(REFERENCE_RECEIPTS.columns))})",
        [
            reference.name, run.run_id, reference.title, reference.file, reference.sha256, reference.reading,
            reference.licence, reference.home, reference.priority,
            receipt.rows, receipt.kept, receipt.merged, receipt.dropped,
            json.dumps([asdict(why) for why in receipt.reasons]), json.dumps([asdict(why) for why in receipt.unknown]),
        ],
    )  # fmt: skip
    run.write(REFERENCE_RECEIPTS, "SELECT * FROM new_row")
    return replace(receipt, run_id=run.run_id)
