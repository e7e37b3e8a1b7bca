"""`groovelog forget`: erase a listener for good, and say what went."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from groovelog import pipeline
from groovelog.cli.printing import megabytes
from groovelog.config import Settings
from groovelog.lake.erase import Erased, ids_of
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.backup.forgotten import Holding

STILL_TOLD = "Copies that you made of the home folder, and the exports that were imported, are yours to delete.\n"
STILL_HELD = (
    "{backups} in {to} still hold them. A restore leaves them out; to delete those backups now: "
    "groovelog lake backup {to} --forgotten\n"
)
NOT_TOLD = (
    "The backups in {to} could not be told of it, and still hold them: {fault} The next backup into it tells them.\n"
)


def forget(
    context: typer.Context,
    listener: Annotated[str, typer.Option(help="Whom to erase.", metavar="NAME")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask on a terminal.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, and do not ask.")] = False,
) -> None:
    """Erase a listener from every table, file and log. Where nobody can answer (no terminal), nothing is asked."""
    if not (yes or as_json) and sys.stdin.isatty() and sys.stderr.isatty():
        _ask(context, listener)
    erased = pipeline.forget(context.obj, listener, now=datetime.now(UTC), store_of=Settings().store_of(context.obj))
    backups = [vars(one) for one in erased.backups]
    if as_json:
        told = {
            "listener": listener,
            "rows": erased.rows,
            "files": erased.files,
            "bytes": erased.bytes,
            "backups": backups,
        }
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        sys.stdout.write(_text(listener, erased) + "".join(map(_held, erased.backups)) + STILL_TOLD)


def _ask(context: typer.Context, name: str) -> None:
    with open_snapshot(context.obj.lake) as snapshot:
        erased = ids_of(snapshot, name)
        plays = sum(person.plays for person in snapshot.listeners() if person.listener_id in erased)
    question = f"Erase {name}, {plays:,} plays and all that tells of them? This cannot be undone."
    if not typer.confirm(question, err=True):
        sys.stderr.write("groovelog: Nothing was erased.\n")
        raise typer.Exit(1)


def _text(name: str, erased: Erased) -> str:
    rows = [f"  {table}: {count:,} row{'s' if count > 1 else ''}\n" for table, count in erased.rows.items() if count]
    return (
        f"{name} is erased: {sum(erased.rows.values()):,} rows, and {erased.files:,} files "
        f"({megabytes(erased.bytes)}) off the disk.\n{''.join(rows)}"
    )


def _held(one: Holding) -> str:
    backups = f"{one.backups} backup{'s' if one.backups != 1 else ''}"
    return (NOT_TOLD if one.fault else STILL_HELD).format(to=one.to, backups=backups, fault=one.fault)
