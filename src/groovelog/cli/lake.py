"""`groovelog lake`: look after the stored tables."""

import json
import sys
from typing import Annotated

import typer

from groovelog.lake.check import check as check_lake
from groovelog.lake.snapshot import open_snapshot

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)


@app.callback()
def _lake() -> None:
    """Look after the stored tables."""


@app.command()
def check(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False
) -> None:
    """Check schemas, keys, receipts, and that the plays are what their source rows give. Exits 1 on a problem."""
    with open_snapshot(context.obj.lake) as snapshot:
        findings = check_lake(snapshot)
    sound = not any(finding.problem for finding in findings)
    if as_json:
        sys.stdout.write(json.dumps({"sound": sound, "findings": [vars(finding) for finding in findings]}) + "\n")
    else:
        for finding in findings:
            sys.stdout.write(f"{'problem' if finding.problem else 'note'}: {finding.check}: {finding.text}\n")
        sys.stdout.write(
            "The lake is sound.\n" if sound else "The lake is damaged. `groovelog lake check --json` for tools.\n"
        )
    if not sound:
        raise typer.Exit(1)
