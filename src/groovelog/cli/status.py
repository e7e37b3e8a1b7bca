"""`groovelog status`: who is connected, what of the quota is used, what is planned, what was missed."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from groovelog.config import Settings
from groovelog.lake.gaps import gaps
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Gap
from groovelog.reports.connections import AppUse, Connection, about_consent, app_uses, connections
from groovelog.spotify.apps import NO_APP
from groovelog.spotify.quota import iso
from groovelog.state.database import open_state

NOBODY = "Nobody is connected to Spotify. `groovelog login --listener NAME` connects somebody.\n"


def status(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False
) -> None:
    """Who is connected to Spotify and until when, what of each app's quota is used, when plays are asked for next."""
    settings, now = Settings(), datetime.now(UTC)
    setup = settings.spotify(context.obj)
    with open_state(context.obj.root, settings.sealing_key) as state, open_snapshot(context.obj.lake) as snapshot:
        found, apps = connections(snapshot, state, setup, now), app_uses(state, setup, now)
        missed = gaps(snapshot, now, [connection.sign_in.listener_id for connection in found])
        names = {person.listener_id: person.name for person in snapshot.listeners()}
    if as_json:
        sys.stdout.write(json.dumps(told(found, apps, [gap_json(gap, names) for gap in missed])) + "\n")
    else:
        _print(found, apps)
        _print_gaps(missed, names)
    for connection in found:
        if warning := about_consent(connection.name, connection.sign_in, now):
            sys.stderr.write(f"groovelog: {warning}\n")


def told(found: list[Connection], apps: list[AppUse], gaps: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The object of --json. Times are ISO 8601 in UTC, null where there is none."""
    return {
        "listeners": [
            {
                "name": connection.name,
                "state": connection.state,
                "consent_expires_at": iso(connection.sign_in.consent_expires_at),
                "next_poll_at": iso(connection.next_poll_at) if connection.next_poll_at else None,
            }
            for connection in found
        ],
        "apps": [
            {
                "client_id": app.client_id,
                "blocked_until": iso(app.blocked_until) if app.blocked_until else None,
                "calls_24h": app.calls_24h,
            }
            for app in apps
        ],
        "gaps": list(gaps),
    }


def gap_json(gap: Gap, names: dict[str, str]) -> dict[str, Any]:
    """A gap as --json tells it; `to` is null while it lasts."""
    return {
        "listener": names[gap.listener_id],
        "from": iso(gap.began_at),
        "to": iso(gap.ended_at) if gap.ended_at else None,
        "cause": gap.cause,
        "expected_plays": gap.expected_plays,
        "closed_at": iso(gap.closed_at) if gap.closed_at else None,
    }


def _print_gaps(missed: list[Gap], names: dict[str, str]) -> None:
    """Those that are open."""
    table = Table("Listener", _times("Likely missed from"), _times("to"), "Because of", "Plays expected")
    for gap in missed:
        if gap.closed_at is None:
            until = iso(gap.ended_at) if gap.ended_at else "now"
            row = (iso(gap.began_at), until, gap.cause.replace("_", " "), f"{gap.expected_plays:.0f}")
            table.add_row(Text(names[gap.listener_id]), *row)
    if table.row_count:
        Console(highlight=False).print(table)
        sys.stdout.write("An export from Spotify that covers such a stretch brings its plays, and closes the gap.\n")


def _print(found: list[Connection], apps: list[AppUse]) -> None:
    if not found:
        sys.stdout.write(NOBODY if apps else f"{NO_APP}\n")
    console = Console(highlight=False)
    people = Table("Listener", "State", "Account", _times("Consent until"), _times("Next poll"))
    for connection in found:
        sign_in, next_poll_at = connection.sign_in, connection.next_poll_at
        account = Text(sign_in.display_name or sign_in.account_id or "")
        until = f"{sign_in.consent_expires_at:%Y-%m-%d}"
        planned = iso(next_poll_at) if next_poll_at else "not planned"
        people.add_row(Text(connection.name), connection.state.replace("_", " "), account, until, planned)
    if found:
        console.print(people)
    for connection in found:
        _print_why(connection)
    quota = Table("App", "Calls in 24 hours", _times("Blocked until"))
    for app in apps:
        quota.add_row(Text(app.client_id), f"{app.calls_24h:,}", iso(app.blocked_until) if app.blocked_until else "")
    if apps:
        console.print(quota)


def _print_why(connection: Connection) -> None:
    """What keeps a connection from being ok, and what it goes without: too long for a cell of the table."""
    again = f"Sign in again: groovelog login --listener {connection.name!r}"
    if connection.why:
        ends = f". {again}" if connection.state == "reauth_required" else ""
        sys.stdout.write(f"{connection.name}: {connection.why}{ends}\n")
    if connection.not_allowed and connection.state != "reauth_required":
        sys.stdout.write(f"{connection.name}: not allowed, so without it: {connection.not_allowed}. {again}\n")


def _times(heading: str) -> Column:
    """Of a table; never cut: half a time says nothing."""
    return Column(heading, no_wrap=True, overflow="fold")
