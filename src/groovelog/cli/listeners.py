"""`groovelog listeners`: list, add, zone, share, invite, dismiss, remove."""

import json
import platform
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from groovelog import pipeline
from groovelog.access import PERSONAL, WORDS
from groovelog.access import shares as shares_of
from groovelog.cli.zone import machine_zone
from groovelog.config import Settings
from groovelog.lake.people import consents
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Listener
from groovelog.pipeline import joining
from groovelog.reports.dates import local_date
from groovelog.state.database import open_state

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)


@app.callback()
def _listeners() -> None:
    """Who is in this Groovelog, and in which time zone."""


@app.command("list")
def list_(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False
) -> None:
    """Everybody, with their zone and the number of plays kept."""
    with open_snapshot(context.obj.lake) as snapshot:
        people, said = snapshot.listeners(), consents(snapshot)
    if as_json:
        listed = [
            {
                "name": p.name,
                "timezone": p.timezone,
                "plays": p.plays,
                "invented": p.invented,
                "from_group": p.origin is not None,
            }
            for p in people
        ]
        sys.stdout.write(json.dumps({"listeners": listed}) + "\n")
        return
    if not people:
        sys.stdout.write("Nobody yet. `groovelog import PATH` or `groovelog demo` brings somebody.\n")
        return
    table = Table()
    table.add_column("Listener")
    table.add_column("Zone")
    table.add_column("Plays", justify="right")
    table.add_column("Shows others")
    table.add_column("")
    for person in people:
        told = "invented" if person.invented else "from the group" if person.origin else ""
        table.add_row(Text(person.name), zones_of(person), f"{person.plays:,}", shares_of(said, person), told)
    Console(highlight=False).print(table)


def zones_of(person: Listener) -> str:
    """The zones in words: Europe/Lisbon, from 2024-05-01 Asia/Tokyo."""
    (_, home), *later = person.zones
    return ", ".join([home, *(f"from {since} {zone}" for since, zone in later)])


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    timezone: Annotated[str | None, typer.Option(help="IANA name; the machine's unless given.", metavar="TZ")] = None,
) -> None:
    """Add a listener."""
    zone = timezone or machine_zone()
    pipeline.add_listener(context.obj, name, zone, now=datetime.now(UTC))
    sys.stderr.write(f"{name} is added, in {zone}.\n")


@app.command()
def zone(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    timezone: Annotated[str, typer.Argument(metavar="TZ")],
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First local date there, as 2025-01-31; else always.")
    ] = None,
) -> None:
    """Say where a listener lives, or lived from a date on; local dates and hours are worked out anew.

    Without a date the zone holds from the beginning up to the first date for which there is another.
    """
    moved = pipeline.change_zone(context.obj, name, timezone, from_date=local_date(since), now=datetime.now(UTC))
    sys.stderr.write(f"{moved.name} lives in {zones_of(moved)}. Local dates and hours are worked out anew.\n")


@app.command()
def share(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    shares: Annotated[str, typer.Argument(metavar="nothing|totals|all")],
) -> None:
    """Say what a listener shows to the others of this Groovelog: nothing (so it is at first), totals, or all.

    totals: counts and times, for leaderboards. all: also tracks, artists and audio features, for what compares tastes.
    What was played in a private session is shown to nobody.
    """
    person = pipeline.share(context.obj, name, shares, now=datetime.now(UTC))
    sys.stderr.write(f"{person.name} shows the others {WORDS[shares]}.\n")


@app.command()
def invite(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    port: Annotated[int, typer.Option(help="Port of the server, where no public address is set.")] = 8888,
) -> None:
    """Print a link with which somebody joins, once, within seven days; for a member, a way to a new password."""
    settings = Settings()
    base = settings.hosting(context.obj).public_url or f"http://{platform.node()}:{port}"
    with open_state(context.obj.root, settings.sealing_key) as state:
        word = joining.invite(context.obj, state, PERSONAL, name, now=datetime.now(UTC))
    sys.stdout.write(f"{base}/join/{word}\n")
    sys.stderr.write(f"Send it to {name}, and to nobody else: whoever opens it is them.\n")


@app.command()
def dismiss(context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Let somebody be no member any more: signed out everywhere, keys revoked. Their plays stay."""
    with open_state(context.obj.root, Settings().sealing_key) as state:
        was = joining.dismiss(context.obj, state, PERSONAL, name, now=datetime.now(UTC))
    sys.stderr.write(f"{name} {'is no member any more' if was else 'was no member'}. Their plays stay.\n")


@app.command()
def remove(context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Take a listener and all their plays out of every table; `groovelog forget` takes them off the disk too."""
    pipeline.remove_listeners(context.obj, [name], now=datetime.now(UTC))
    sys.stderr.write(f"{name} and all their plays are taken out.\n")
