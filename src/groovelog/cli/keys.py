"""`groovelog keys`: what a program shows in place of a sign-in."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from groovelog.config import Settings
from groovelog.errors import NotFoundError
from groovelog.lake import people
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Listener
from groovelog.reports.question import check_choice
from groovelog.state import api_keys
from groovelog.state.database import open_state

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.callback()
def _keys() -> None:
    """Keys for programs: each is of one listener and one scope, and is told once."""


@app.command()
def create(
    context: typer.Context,
    listener: Annotated[str, typer.Option(help="Whose it is.", metavar="NAME")],
    scope: Annotated[
        str,
        typer.Option(
            help="read: ask; submit: bring plays in, and read them back; write: both, and change things.",
            metavar="read|submit|write",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Make a key, and print it, this once."""
    check_choice("scope", scope, api_keys.SCOPES)
    known = _known(context.obj)
    person = people.own_named(known, listener)
    chosen = next(one for one in api_keys.SCOPES if one == scope)
    with open_state(context.obj.root, Settings().sealing_key) as state:
        key, made = api_keys.create(state, person.listener_id, chosen, datetime.now(UTC))
    if as_json:
        sys.stdout.write(json.dumps({"key": key, "id": made.key_id}) + "\n")
        return
    sys.stdout.write(f"{key}\n")
    sys.stderr.write(f"Nothing shows this key again. It ends with: groovelog keys revoke {made.key_id}\n")


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """All keys, without themselves: whose, for what, used when."""
    names = {person.listener_id: person.name for person in _known(context.obj)}
    with open_state(context.obj.root) as state:
        keys = api_keys.all_of(state)
    if as_json:
        listed = [
            {
                "id": key.key_id, "listener": names.get(key.listener_id), "scope": key.scope,
                "created_at": _iso(key.created_at), "last_used_at": _iso(key.last_used_at),
                "revoked_at": _iso(key.revoked_at),
            }
            for key in keys
        ]  # fmt: skip
        sys.stdout.write(json.dumps({"keys": listed}) + "\n")
        return
    if not keys:
        sys.stdout.write("No keys yet. `groovelog keys create --listener NAME --scope read` makes one.\n")
        return
    table = Table()
    for title in ("Key", "Listener", "Scope", "Made", "Last used", ""):
        table.add_column(title)
    for key in keys:
        revoked = "revoked" if key.revoked_at else ""
        used = _iso(key.last_used_at) or "never"
        name = names.get(key.listener_id, "removed")
        table.add_row(key.key_id, Text(name), key.scope, _iso(key.created_at), used, revoked)
    Console(highlight=False).print(table)


@app.command()
def revoke(context: typer.Context, key_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """End a key, for good."""
    with open_state(context.obj.root) as state:
        if not any(key.key_id == key_id for key in api_keys.all_of(state)):
            raise NotFoundError(f"There is no key {key_id}. `groovelog keys list` shows them.")
        api_keys.revoke(state, key_id, datetime.now(UTC))
    sys.stderr.write(f"{key_id} opens nothing any more.\n")


def _known(home: Home) -> list[Listener]:
    with open_snapshot(home.lake) as snapshot:
        return snapshot.listeners()


def _iso(instant: datetime | None) -> str | None:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None
