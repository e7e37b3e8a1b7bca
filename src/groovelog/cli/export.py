"""`groovelog export`: everything a listener has, as files."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from groovelog.lake.export import ExportedTable, export_listener
from groovelog.lake.people import as_known, named
from groovelog.lake.snapshot import open_snapshot


class Format(StrEnum):
    """What the files are."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


def export(
    context: typer.Context,
    listener: Annotated[str, typer.Option(help="Whose.", metavar="NAME")],
    output: Annotated[Path, typer.Option(help="The folder for the files; made where it is missing.", metavar="DIR")],
    form: Annotated[Format, typer.Option("--format", help="What the files are.")] = Format.PARQUET,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write everything a listener has, one file a table; `groovelog import DIR` takes it back."""
    with open_snapshot(context.obj.lake) as snapshot:
        known = snapshot.listeners()
        person = named(known, as_known(known, listener))
        written = export_listener(snapshot, person, form, output.expanduser())
    if as_json:
        told = {"listener": person.name, "format": form, "output": str(output), "files": [vars(one) for one in written]}
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        _draw(written, person.name, output)


def _draw(written: list[ExportedTable], name: str, output: Path) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("File", overflow="fold")
    table.add_column("Rows", justify="right")
    for one in written:
        table.add_row(Text(one.file), f"{one.rows:,}")
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"Everything of {name}, in {output}", "bold"))
    console.print(table)
    console.print(Text(f"groovelog import {output} brings it into a Groovelog again."))
