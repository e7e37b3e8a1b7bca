"""`groovelog collect`: ask Spotify for plays, top lists, playlists and saved tracks now, or again and again."""

import json
import sys
import time
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

import typer

from groovelog.config import Settings
from groovelog.errors import GroovelogError, NoCredentials, UsageError
from groovelog.lake.home import Home
from groovelog.model import CollectedOf
from groovelog.pipeline import web_api
from groovelog.pipeline.pacing import LOOK_S, is_due
from groovelog.pipeline.web_api import ELSEWHERE, ClientOf, Collected, chosen
from groovelog.spotify.apps import NO_APP
from groovelog.spotify.client import connect
from groovelog.spotify.quota import iso
from groovelog.spotify.tokens import utc_now
from groovelog.state import sign_ins
from groovelog.state.database import State, open_state


def collect(
    context: typer.Context,
    listener: Annotated[
        str | None, typer.Option(help="Of whom; by default of everybody who is connected.", metavar="NAME")
    ] = None,
    everybody: Annotated[bool, typer.Option("--all", help="Of everybody who is connected.")] = False,
    watch: Annotated[bool, typer.Option(help="Go on, by each listener's own rhythm, until Ctrl-C.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object; with --watch, one for each collection.")
    ] = False,
) -> None:
    """Ask Spotify now for what was played last, then for top lists, playlists and saved tracks not read today."""
    if listener is not None and everybody:
        raise UsageError("Give --listener or --all, not both.")
    home: Home = context.obj
    settings = Settings()
    with open_state(home.root, settings.sealing_key) as state:
        setup, signed_in = settings.spotify(home), _signed_in(state)
        if not (setup.apps or signed_in):
            raise NoCredentials(NO_APP)
        client_of = partial(connect, setup, state)
        persons = chosen(home, listener, signed_in)
        if not watch:
            told = web_api.collect(home, state, client_of, persons, utc_now)
            _tell(told, as_json)
            if told.failed:
                raise typer.Exit(1)
            return
        _watch(home, state, client_of, listener, as_json)


def _watch(home: Home, state: State, client_of: ClientOf, name: str | None, as_json: bool) -> None:
    """Each when it is time. Ends with Ctrl-C, at which nothing is half written."""
    while True:
        try:
            persons = chosen(home, name, _signed_in(state))
        except GroovelogError as error:
            sys.stderr.write(f"groovelog: {error.message}\n")
            persons = []
        now = utc_now()
        due = [person for person in persons if is_due(state, person.listener_id, now)]
        if due:
            _tell(web_api.collect(home, state, client_of, due, utc_now), as_json)
            sys.stdout.flush()
        time.sleep(LOOK_S)


def _signed_in(state: State) -> list[str]:
    return [sign_in.listener_id for sign_in in sign_ins.all_of(state)]


def collected_json(told: Collected) -> dict[str, Any]:
    """The object of the contract."""
    return {
        "listeners": [
            {
                "name": one.name,
                "stored": one.stored,
                "duplicates": one.duplicates,
                "unreadable": one.unreadable,
                "calls": one.calls,
                "gaps": one.gaps,
                "error": one.fault,
                "until": iso(one.until) if one.until else None,
            }
            for one in told.listeners
        ],
        **{
            key: sum(getattr(one, key) for one in told.listeners)
            for key in ("stored", "duplicates", "unreadable", "calls")
        },
    }


def _tell(told: Collected, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(collected_json(told)) + "\n")
    for one in told.listeners:
        if not as_json and one.fault is None:
            sys.stdout.write(_line(one))
        _complain(one)
    for name in told.busy:
        sys.stderr.write(f"groovelog: {ELSEWHERE.format(name=name)}\n")


def _line(one: CollectedOf) -> str:
    counts = f"{one.stored:,} new, {one.duplicates:,} known, {one.unreadable:,} unreadable"
    missed = " Some plays before them were likely missed: groovelog status" if one.gaps else ""
    return f"{one.name}: {counts}; {one.calls:,} call{'' if one.calls == 1 else 's'}.{missed}\n"


def _complain(one: CollectedOf) -> None:
    notes: Sequence[str] = one.notes if one.fault is None else (one.fault, *one.notes)
    for note in dict.fromkeys(notes):
        sys.stderr.write(f"groovelog: {one.name}: {note}\n")
