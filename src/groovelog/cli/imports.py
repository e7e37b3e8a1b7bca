"""`groovelog import`: read exports, and print the receipt."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from groovelog import pipeline
from groovelog.cli.printing import receipt_table
from groovelog.cli.zone import machine_zone
from groovelog.errors import GroovelogError, ImportFailed
from groovelog.lake.home import Home
from groovelog.model import Progress as Step
from groovelog.pipeline import as_json as objects

STEPS = {
    "find": "Looking for histories",
    "read": "Reading",
    "wait": "Waiting for another writer",
    "keep": "Keeping each play once",
    "join": "Joining what several sources saw",
    "match": "Looking for audio features",
}
# Steps after reading; each moves the bar by one.
LATER = ("keep", "join", "match")


def import_(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Zips, folders, JSON or CSV files.", metavar="PATH...")],
    listener: Annotated[
        str | None,
        typer.Option(help="Whose plays; by default the only listener who is not invented, else me.", metavar="NAME"),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            help="Where a new listener lives; else as a Groovelog export tells, else the machine's zone.", metavar="TZ"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read exports into the lake: every play once, a receipt for every row. Needs no network and no account."""
    try:
        with _Bar(quiet=as_json) as bar:
            receipt = pipeline.import_exports(
                context.obj,
                paths,
                listener=listener,
                timezone=timezone,
                fallback_zone=machine_zone(),
                now=datetime.now(UTC),
                progress=bar.show,
            )
    except ImportFailed as error:
        raise _explained(error) from error
    if as_json:
        sys.stdout.write(json.dumps(objects.receipt(receipt)) + "\n")
    else:
        receipt_table(receipt, Console(highlight=False, soft_wrap=False), bucket=context.obj.bucket)
    if timezone is not None and timezone != receipt.timezone:
        sys.stderr.write(
            f"groovelog: {receipt.listener} lives in {receipt.timezone}; `groovelog listeners zone` changes that.\n"
        )
    _take_inbox(context.obj)
    for note in receipt.failed_files:
        sys.stderr.write(f"groovelog: not read: {note.file}: {note.reason}\n")
    if receipt.failed_files:
        raise typer.Exit(1)


def _take_inbox(home: Home) -> None:
    """What waits is written too. It waits on where it cannot be, which is no fault of the import."""
    try:
        pipeline.take_inbox(home, now=datetime.now(UTC))
    except GroovelogError as error:
        sys.stderr.write(f"groovelog: rows that came in earlier wait on: {error.message}\n")


def _explained(error: ImportFailed) -> ImportFailed:
    # The message names the first of those that failed, or of those left alone where none failed.
    for note in (error.failed + error.ignored)[1:]:
        sys.stderr.write(f"groovelog: {note.file}: {note.reason}\n")
    return error


class _Bar:
    """A bar on stderr where that is a terminal; otherwise nothing."""

    def __init__(self, *, quiet: bool) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]:,} rows"), TimeElapsedColumn(),
            console=Console(stderr=True), disable=quiet or not sys.stderr.isatty(), transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task(STEPS["find"], total=None, rows=0)

    def show(self, step: Step) -> None:
        # Reading is most of the work; the steps after it have no count of their own.
        total = step.files + len(LATER) if step.files else None
        done = step.files_done + (LATER.index(step.step) + 1 if step.step in LATER else 0)
        self._progress.update(self._task, description=STEPS[step.step], completed=done, total=total, rows=step.rows)

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
