"""Compact the lake, and look receipts up."""

from datetime import datetime

from groovelog.errors import NotFoundError
from groovelog.lake import compact
from groovelog.lake import receipts as lake_receipts
from groovelog.lake.compact import Compacted, Size
from groovelog.lake.home import Home
from groovelog.lake.run import begins_again
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Receipt, ReceiptRow
from groovelog.pipeline.running import running


@begins_again
def compact_lake(home: Home, *, now: datetime) -> Compacted:
    """Write small files together and take away what nobody needs; rows stay as they are."""
    with open_snapshot(home.lake) as snapshot:
        if not snapshot.number:
            return Compacted({}, {}, Size(0, 0))
    with running(home, now) as run:
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
