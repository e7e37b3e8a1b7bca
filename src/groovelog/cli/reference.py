"""`groovelog reference`: datasets with audio features."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from groovelog.errors import UsageError
from groovelog.model import Reference, ReferenceReceipt
from groovelog.pipeline.references import (
    add_reference,
    download_reference,
    downloadable,
    references,
    remove_reference,
)

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)

AS_JSON = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.callback()
def _reference() -> None:
    """Datasets with audio features, to which tracks are matched."""


@app.command()
def add(
    context: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or Parquet.")],
    name: Annotated[
        str | None, typer.Option(help="What to call it; else the set's or the file's name.", metavar="N")
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", help="A column by hand, as tempo=Speed. May be repeated.", metavar="FIELD=COLUMN"),
    ] = None,
    priority: Annotated[
        int | None,
        typer.Option(help="Of several references that know a track the lowest counts; else in the order of adding."),
    ] = None,
    licence: Annotated[str | None, typer.Option(help="What is known of its licence.", metavar="TEXT")] = None,
    as_json: AS_JSON = False,
) -> None:
    """Read a dataset with audio features; each recording once. The same file again changes nothing."""
    receipt = add_reference(
        context.obj,
        file,
        name=name,
        chosen=[_pair(text) for text in mapped or []],
        priority=priority,
        licence=licence,
        now=datetime.now(UTC),
        matching=_say,
    )
    _show(receipt, as_json=as_json)


@app.command()
def download(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="spotify-tracks.")],
    url: Annotated[str | None, typer.Option(help="Another address of the same file.", metavar="ADDRESS")] = None,
    sha256: Annotated[str | None, typer.Option(help="Checksum of another version of it.", metavar="HEX")] = None,
    as_json: AS_JSON = False,
) -> None:
    """Fetch a known dataset from its public home and read it. The one command that uses the network."""
    known = downloadable(name)
    sys.stderr.write(
        f"{known.known.title}, from {url or known.address}\nAbout it: {known.known.home}\nLicence: {known.known.licence}\n"
    )
    with _Bar(quiet=as_json) as bar:
        receipt = download_reference(
            context.obj, name, address=url, sha256=sha256, now=datetime.now(UTC), progress=bar.show, matching=_say
        )
    _show(receipt, as_json=as_json)


@app.command()
def remove(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="As groovelog reference list has it.")],
    as_json: AS_JSON = False,
) -> None:
    """Take a reference out, with its matches. What you confirmed or rejected is kept, should it come back."""
    remove_reference(context.obj, name, now=datetime.now(UTC))
    sys.stdout.write(json.dumps({"removed": name}) + "\n" if as_json else f"Taken out: {name}.\n")


@app.command("list")
def list_(context: typer.Context, as_json: AS_JSON = False) -> None:
    """Every reference, by priority: rows, share of counted plays with its audio features, licence."""
    there = references(context.obj)
    if as_json:
        sys.stdout.write(json.dumps({"references": [_reference_json(one) for one in there]}) + "\n")
        return
    if not there:
        sys.stdout.write(
            "None yet. `groovelog reference download spotify-tracks` fetches one, `groovelog reference add FILE` reads yours.\n"
        )
        return
    table = Table()
    table.add_column("Reference")
    table.add_column("Rows", justify="right")
    covered = any(one.coverage is not None for one in there)
    if covered:
        table.add_column("Coverage", justify="right")
    table.add_column("Licence", overflow="fold")
    for one in there:
        share = [f"{one.coverage:.1%}" if one.coverage is not None else ""] if covered else []
        table.add_row(Text(one.name), f"{one.rows:,}", *share, Text(one.licence))
    Console(highlight=False).print(table)


class _Bar:
    """A bar on stderr where that is a terminal; otherwise nothing."""

    def __init__(self, *, quiet: bool) -> None:
        self._progress = Progress(
            TextColumn("Downloading"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(),
            console=Console(stderr=True), disable=quiet or not sys.stderr.isatty(), transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task("", total=None)

    def show(self, done: int, total: int | None) -> None:
        self._progress.update(self._task, completed=done, total=total)

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()


def _say(reference: str) -> None:
    sys.stderr.write(f"Looking for your tracks in {reference} ...\n")


def _pair(text: str) -> tuple[str, str]:
    first, sign, second = text.partition("=")
    if not sign or not first or not second:
        raise UsageError(f"--map {text}: it is written FIELD=COLUMN, as --map tempo=Speed.")
    return first, second


def _show(receipt: ReferenceReceipt, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(_receipt_json(receipt)) + "\n")
        return
    one = receipt.reference
    said = {
        "added": "is there now",
        "replaced": "took the place of what it was",
        "unchanged": "has read this very file before: nothing was changed",
    }

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")

    say(f"{one.title}: the reference {one.name} {said[receipt.outcome]}.")
    say(
        f"The sum: {receipt.kept:,} kept + {receipt.merged:,} merged + {receipt.dropped:,} dropped = {receipt.rows:,} rows"
    )
    for why in receipt.reasons:
        first = f", the first in row {why.first_row:,}" if why.first_row else ""
        say(f"  {why.rows:,} {why.outcome}, {why.reason}{first}")
    for what in receipt.unknown:
        say(f"  {what.feature}: {what.values:,} values, {what.reason}")
    if receipt.percent:
        say(f"Told in percent, kept in 0–1: {', '.join(receipt.percent)}.")
    say(f"Licence: {one.licence}")
    say(f"Took {receipt.seconds:.1f} s.")


def _reference_json(one: Reference) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "rows": one.rows,
        "priority": one.priority,
        "coverage": one.coverage,
        "licence": one.licence,
        "home": one.home,
        "file": one.file,
        "sha256": one.sha256,
        "added_at": f"{one.added_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }


def _receipt_json(receipt: ReferenceReceipt) -> dict[str, Any]:
    return {
        "run": receipt.run_id,
        "reference": receipt.reference.name,
        "outcome": receipt.outcome,
        "file": receipt.reference.file,
        "rows": receipt.rows,
        "kept": receipt.kept,
        "merged": receipt.merged,
        "dropped": receipt.dropped,
        "reasons": [vars(why) for why in receipt.reasons],
        "unknown": [vars(what) for what in receipt.unknown],
        "columns": receipt.columns,
        "percent": list(receipt.percent),
        "licence": receipt.reference.licence,
        "home": receipt.reference.home,
        "priority": receipt.reference.priority,
        "seconds": receipt.seconds,
    }
