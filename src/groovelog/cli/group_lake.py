"""`groovelog lake push` and `pull`: what members of a group share, each from their own Groovelog."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from groovelog.config import Settings
from groovelog.pipeline import as_json as objects
from groovelog.pipeline.group_lake import group_lake
from groovelog.pipeline.pulling import PulledListener
from groovelog.pipeline.pulling import pull as pull_from
from groovelog.pipeline.pushing import PushedListener
from groovelog.pipeline.pushing import push as push_to

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def push(
    context: typer.Context,
    to: Annotated[str | None, typer.Option(help="The group's lake; else GROOVELOG_GROUP_LAKE.", metavar="DEST")] = None,
    listener: Annotated[str | None, typer.Option(help="Only this one.", metavar="NAME")] = None,
    web_api: Annotated[bool, typer.Option("--web-api", help="Plays that the Web API told go, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Send what listeners share to the group's lake: everything, monthly totals, or nothing (`listeners share`).

    What somebody shares no longer, or was forgotten here, is taken out there. Again is no harm: only what is new is sent.
    """
    group = group_lake(context.obj, Settings().group_place(context.obj, to), "--to")
    pushed = push_to(context.obj, group, listener=listener, web_api=web_api, now=datetime.now(UTC))
    if as_json:
        sys.stdout.write(json.dumps({"to": str(group.at)} | objects.pushed(pushed)) + "\n")
        return
    for one in pushed.listeners:
        sys.stdout.write(f"{one.name}: {_told(one)}\n")
    if pushed.erasures:
        sys.stdout.write(f"The group's lake now knows of {_many(pushed.erasures, 'erasure')} made here.\n")


def pull(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Option("--from", help="The group's lake; else GROOVELOG_GROUP_LAKE.", metavar="SRC")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring what the members of the group share, for reports of the group; who shares no longer is taken out here."""
    group = group_lake(context.obj, Settings().group_place(context.obj, source), "--from")
    pulled = pull_from(context.obj, group, now=datetime.now(UTC))
    if as_json:
        sys.stdout.write(json.dumps({"from": str(group.at)} | objects.pulled(pulled)) + "\n")
        return
    for member in pulled.members:
        sys.stdout.write(f"{member.here.name}: {_brought(member)}\n")
    for name in pulled.gone:
        sys.stdout.write(f"{name}: shares nothing any more, taken out\n")
    if pulled.kept_out:
        sys.stdout.write(
            f"{_many(pulled.kept_out, 'member')} who {'was' if pulled.kept_out == 1 else 'were'} forgotten stayed away.\n"
        )
    for name in pulled.erased_elsewhere:
        sys.stdout.write(
            f"{name} was forgotten in another Groovelog. What is kept here stays, and is not pushed any more.\n"
        )
    if not (pulled.members or pulled.gone):
        sys.stdout.write("Nobody else shares anything with the group yet.\n")


def _told(one: PushedListener) -> str:
    if one.withdrawn:
        return "shares nothing any more, taken out of the group's lake"
    if one.forgotten_at:
        return (
            f"was forgotten on {one.forgotten_at:%Y-%m-%d}, and what is older stays gone; nothing was sent. "
            f"To share what came later: groovelog listeners share {one.name!r} {one.shares}"
        )
    if one.shares == "nothing":
        return "shares nothing, nothing was sent"
    if one.shares == "totals":
        said = f"totals, {_many(one.there.months, 'month')} new or changed" + _taken_out(one.there.taken_out)
    else:
        said = f"all, {_many(one.there.added, 'row')} sent" + _taken_out(one.there.taken_out)
    kept = [
        f"{count:,} {why}"
        for count, why in (
            (one.private, "of private sessions"),
            (one.of_web_api, "of the Web API"),
            (one.erased, "erased elsewhere"),
        )
        if count
    ]
    called = f" The group knows them as {one.there.name}." if one.there.name != one.name else ""
    return said + (f"; stayed here: {', '.join(kept)}" if kept else "") + called


def _brought(member: PulledListener) -> str:
    if member.shares == "totals":
        return f"totals, {_many(member.here.months, 'month')} new or changed" + _taken_out(member.here.taken_out)
    return f"all, {_many(member.here.added, 'row')} new" + _taken_out(member.here.taken_out)


def _taken_out(rows: int) -> str:
    return f", {rows:,} taken out" if rows else ""


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
