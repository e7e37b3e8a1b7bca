"""`groovelog lake`: look after the stored tables."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from groovelog import pipeline
from groovelog.cli import group_lake
from groovelog.cli.backup import backup, restore
from groovelog.cli.printing import megabytes
from groovelog.lake.check import check as check_lake
from groovelog.lake.compact import Size
from groovelog.lake.snapshot import open_snapshot

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)
app.command("push")(group_lake.push)
app.command("pull")(group_lake.pull)


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


@app.command()
def compact(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False
) -> None:
    """Write small files together, and take away old versions that nobody needs. Rows stay as they are."""
    compacted = pipeline.compact_lake(context.obj, now=datetime.now(UTC))
    waiting = compacted.waiting
    if as_json:
        tables = [{"name": name, **_sizes(before, compacted.after[name])} for name, before in compacted.before.items()]
        kept = {"files": waiting.files, "bytes": waiting.bytes}
        told = {**_sizes(_sum(compacted.before), _sum(compacted.after)), "kept_for_readers": kept, "tables": tables}
        sys.stdout.write(json.dumps(told) + "\n")
        return
    for word, size in (("Before", _sum(compacted.before)), ("Now", _sum(compacted.after))):
        sys.stdout.write(f"{word}: {size.files:,} files, {megabytes(size.bytes)}\n")
    if waiting.files:
        sys.stdout.write(
            f"Of these {waiting.files:,} ({megabytes(waiting.bytes)}) were replaced within the last hour, and are kept for "
            "readers that opened before; a compact after that takes them away.\n"
        )


app.command()(backup)
app.command()(restore)


def _sum(sizes: dict[str, Size]) -> Size:
    return Size(sum(size.files for size in sizes.values()), sum(size.bytes for size in sizes.values()))


def _sizes(before: Size, after: Size) -> dict[str, int]:
    return {
        "files_before": before.files,
        "files_after": after.files,
        "bytes_before": before.bytes,
        "bytes_after": after.bytes,
    }
