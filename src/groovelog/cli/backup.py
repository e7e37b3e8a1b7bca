"""`groovelog lake backup` and `groovelog lake restore`."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from groovelog.cli.printing import megabytes
from groovelog.config import Settings
from groovelog.errors import BackupError, UsageError
from groovelog.pipeline import as_json as objects
from groovelog.pipeline.backup import shelf
from groovelog.pipeline.backup.making import Made, back_up
from groovelog.pipeline.backup.restoring import Restored
from groovelog.pipeline.backup.restoring import restore as put_back
from groovelog.pipeline.backup.rotating import Keep
from groovelog.pipeline.backup.shelf import Shelf, faults
from groovelog.pipeline.backup.store import Store
from groovelog.state.sealing import KEY_FILE

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

NO_PLACE = "Say where backups go: groovelog lake backup FOLDER, or set GROOVELOG_BACKUP_TO."
KEY_STAYS = "The key of the Spotify tokens, {key}, is not in it. Keep a copy of it elsewhere, once.\n"
KEY_LOST = (
    "{count} Spotify sign-in(s) cannot be opened: their key is not in a backup. Put the old home's secret.key into {home}, or "
    "set GROOVELOG_SECRET_KEY as it was; or sign in again: groovelog login --listener NAME\n"
)
COMPLETED = "A restore had died while the files took their places; it is completed now.\n"


def backup(
    context: typer.Context,
    *,
    to: Annotated[
        str | None,
        typer.Argument(
            help="A folder outside of the home, or s3://BUCKET/PREFIX; else GROOVELOG_BACKUP_TO.", metavar="DEST"
        ),
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Delete all backups but the newest so many.", metavar="N")
    ] = None,
    weeks: Annotated[
        int, typer.Option(min=0, help="With --keep: and the newest of each of the last so many weeks.", metavar="N")
    ] = 0,
    forgotten: Annotated[
        bool, typer.Option("--forgotten", help="Delete the backups that tell of erased listeners.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Copy the lake and all that stands beside it to another place, as of one moment; only what is new is copied.

    Without --keep no backup is deleted. docs/backup.md tells how to do it every day.
    """
    settings = Settings()
    to = to or settings.backup_to
    if to is None:
        raise UsageError(NO_PLACE)
    if weeks and keep is None:
        raise UsageError("--weeks goes with --keep: without it no backup is deleted.")
    rotation = None if keep is None else Keep(keep, weeks)
    made = back_up(
        context.obj,
        settings.store_of(context.obj)(to),
        now=datetime.now(UTC),
        keep=rotation,
        forgotten=forgotten,
        tell=_to_stderr,
    )
    if as_json:
        sys.stdout.write(json.dumps(objects.backed_up(made)) + "\n")
        return
    sys.stdout.write(_made_text(made))
    if (context.obj.root / KEY_FILE).exists():
        sys.stdout.write(KEY_STAYS.format(key=context.obj.root / KEY_FILE))


def restore(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="Where the backups are.", metavar="SRC")],
    at: Annotated[
        str | None, typer.Option(help="Which one, by the beginning of its id; else the newest.", metavar="ID")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Only tell which there are.")] = False,
    as_json: Json = False,
) -> None:
    """Put a backup into an empty home (choose it with `groovelog --home DIR lake restore SRC`). Every file is checked before."""
    settings = Settings()
    store = settings.store_of(context.obj)(source)
    if listed:
        _list(store, as_json)
        return
    restored = put_back(context.obj, store, at=at, now=datetime.now(UTC), key=settings.sealing_key)
    if as_json:
        told = objects.backup(restored.manifest) | {
            "home": str(context.obj.root), "erased_listeners": restored.erased, "unopened_sign_ins": restored.sealed,
            "completed": restored.completed,
        }  # fmt: skip
        sys.stdout.write(json.dumps(told) + "\n")
        return
    sys.stdout.write(_restored_text(restored, str(context.obj.root)))


def _to_stderr(text: str) -> None:
    sys.stderr.write(f"groovelog: {text}\n")
    sys.stderr.flush()


def _made_text(made: Made) -> str:
    manifest = made.manifest
    lines = [
        f"Backup {manifest.backup_id} in {made.to}: {manifest.plays:,} plays, {len(manifest.files):,} files, "
        f"{megabytes(manifest.bytes)}.",
        f"New there: {made.copied:,} files, {megabytes(made.copied_bytes)}. Backups there now: {made.kept}.",
    ]
    if made.deleted:
        lines.append(f"Deleted: {', '.join(made.deleted)}, which freed {megabytes(made.freed_bytes)}.")
    return "".join(f"{line}\n" for line in lines)


def _restored_text(restored: Restored, home: str) -> str:
    manifest = restored.manifest
    text = COMPLETED if restored.completed else ""
    text += (
        f"Backup {manifest.backup_id} is in {home}: {manifest.plays:,} plays, {len(manifest.files):,} files, "
        f"{megabytes(manifest.bytes)}, every one checked.\n"
    )
    if restored.erased:
        text += f"Left out: {restored.erased} listener(s) who were erased after it was made.\n"
    if restored.sealed:
        text += KEY_LOST.format(count=restored.sealed, home=home)
    return text


def _list(store: Store, as_json: bool) -> None:
    with faults(store, "Reading"):
        if shelf.opened(store) is None:
            raise BackupError(f"{store.title} holds no backups of Groovelog: there is nothing, or no such folder.")
        there = shelf.read(store)
    if as_json:
        told = {
            "in": store.title,
            "backups": [objects.backup(manifest) for manifest in there.manifests],
            "damaged": sorted(there.damaged),
            "cut_short": list(there.cut_short),
        }
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        _print(there)


def _print(there: Shelf) -> None:
    table = Table("Backup", "Made (UTC)", Column("Plays", justify="right"), Column("Size", justify="right"), "")
    for one in there.manifests:
        made_at = f"{one.made_at:%Y-%m-%d %H:%M}"
        table.add_row(one.backup_id, made_at, f"{one.plays:,}", megabytes(one.bytes), "")
    for backup_id in sorted(there.damaged):
        table.add_row(backup_id, "", "", "", "damaged")
    for backup_id in there.cut_short:
        table.add_row(backup_id, "", "", "", "cut short, nothing to put back")
    Console(highlight=False).print(table)
