"""`groovelog receipts`: every import, one import, or its rows that were not stored plainly."""

import json
import sys
from datetime import UTC
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from groovelog import pipeline
from groovelog.cli.printing import receipt_table
from groovelog.errors import NotFoundError
from groovelog.model import Receipt
from groovelog.pipeline import as_json as objects


def receipts(
    context: typer.Context,
    run: Annotated[str | None, typer.Argument(help="One import; all of them unless given.")] = None,
    rows: Annotated[bool, typer.Option("--rows", help="Each row not plainly stored: file, row, reason.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Look up what became of every row. With --rows and no RUN, the newest import is meant."""
    known = pipeline.receipts(context.obj)
    if run is None and not rows:
        _list(known, as_json)
        return
    receipt = _chosen(known, run)
    if rows:
        _rows(context, receipt, as_json)
    elif as_json:
        sys.stdout.write(json.dumps(objects.receipt_by_file(receipt)) + "\n")
    else:
        receipt_table(receipt, Console(highlight=False), bucket=context.obj.bucket)


def _chosen(known: list[Receipt], run: str | None) -> Receipt:
    for receipt in known:
        if run in (None, receipt.run_id):
            return receipt
    raise NotFoundError(
        f"There is no import {run}. `groovelog receipts` lists them." if run else "Nothing was imported yet."
    )


def _list(known: list[Receipt], as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"receipts": [objects.receipt_by_file(receipt) for receipt in known]}) + "\n")
        return
    table = Table(title="Imports, newest first", title_justify="left")
    for title in ("Run", "Listener", "At (UTC)"):
        table.add_column(title)
    for title in ("Files", "Rows", "Stored", "Known already", "Not readable", "Files not read"):
        table.add_column(title, justify="right")
    for receipt in known:
        counts = (
            len(receipt.files), receipt.rows, receipt.stored, receipt.duplicates, receipt.unreadable,
            len(receipt.failed_files),
        )  # fmt: skip
        when = f"{receipt.imported_at.astimezone(UTC):%Y-%m-%d %H:%M}"
        table.add_row(receipt.run_id, Text(receipt.listener), when, *(f"{count:,}" for count in counts))
    Console(highlight=False).print(table)


def _rows(context: typer.Context, receipt: Receipt, as_json: bool) -> None:
    rows = pipeline.receipt_rows(context.obj, receipt.run_id)
    if as_json:
        sys.stdout.write(json.dumps({"run": receipt.run_id, "rows": [vars(row) for row in rows]}) + "\n")
        return
    if not rows:
        sys.stdout.write("Every row was stored plainly.\n")
    for row in rows:
        sys.stdout.write(f"{row.file}, row {row.row}: {row.outcome}: {row.reason}\n")
