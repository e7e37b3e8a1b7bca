"""`groovelog matches`: why a track is, or is not, a row of a reference; and a person's word on it."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from groovelog.lake.matches import CONFIRM, REJECT
from groovelog.matching.explain import Looked
from groovelog.model import Match
from groovelog.pipeline.matches import InReference, decide, explain_track

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)

TRACK = Annotated[
    str, typer.Argument(metavar="TRACK", help="Id, URI or address of the track, its title, or 'title - artist'.")
]
REF = Annotated[str, typer.Argument(metavar="REF", help="ref_id, as explain shows it; else REFERENCE/REF_ID.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.callback()
def _matches() -> None:
    """Why a track has these audio features, or none."""


@app.command("explain")
def explain_(context: typer.Context, track: TRACK, as_json: AS_JSON = False) -> None:
    """Show every candidate for a track, what speaks for and against each, and the verdict."""
    entry, told = explain_track(context.obj, track)
    if as_json:
        sys.stdout.write(json.dumps({**asdict(entry), "references": [_object(one) for one in told]}) + "\n")
        return
    console = Console(highlight=False)
    console.print(Text(str(entry), "bold"))
    for one in told:
        _print(one, console)


@app.command()
def confirm(context: typer.Context, track: TRACK, ref: REF, as_json: AS_JSON = False) -> None:
    """Say that a track is this row of a reference. Kept for ever, and wins over every rule."""
    _decide(context, track, ref, CONFIRM, as_json=as_json)


@app.command()
def reject(context: typer.Context, track: TRACK, ref: REF, as_json: AS_JSON = False) -> None:
    """Say that a track is not this row of a reference. Kept for ever; the track is matched anew without it."""
    _decide(context, track, ref, REJECT, as_json=as_json)


def _decide(context: typer.Context, track: str, ref: str, decision: str, *, as_json: bool) -> None:
    entry, match, chosen = decide(context.obj, track, ref, decision, now=datetime.now(UTC))
    if as_json:
        sys.stdout.write(
            json.dumps({**asdict(entry), "decision": decision, "match": _match_object(match, chosen=chosen)}) + "\n"
        )
        return
    sys.stdout.write(f"Kept. {entry}\n  {_verdict(match, chosen=chosen)}\n")


def _verdict(match: Match, *, chosen: bool) -> str:
    counts = ", which counts" if chosen else ""
    where = f" {match.ref_id}{counts}" if match.ref_id else ""
    return f"{match.reference}: {match.verdict}{where}, {match.confidence:.3f}: {match.reason}"


def _print(one: InReference, console: Console) -> None:
    console.print()
    by_rules = one.by_rules
    if one.kept is None:
        console.print(Text(f"{one.reference}: not matched yet; `groovelog match` does", "bold"))
    else:
        console.print(Text(_verdict(one.kept, chosen=one.chosen), "bold"))
    if one.confirmed:
        console.print(Text(f"A person confirmed {one.confirmed}. By the rules: {by_rules.verdict}, {by_rules.reason}."))
    if one.rejected:
        console.print(Text(f"A person rejected {', '.join(one.rejected)}."))
    if not by_rules.looked:
        console.print("No row comes near.")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("Sure", "Title", "Artist", "ref_id", "For and against"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "Sure" else "left")
    for looked in by_rules.looked:
        sure = "" if looked.refused else f"{looked.confidence:.3f}"
        names = (looked.track_name or "", looked.artist_name or "", looked.ref_id)
        table.add_row(sure, *map(Text, names), Text(_told(looked)))
    console.print(table)


def _told(looked: Looked) -> str:
    if looked.refused:
        return f"ruled out: {looked.refused}"
    support = [f"+{weight:g} same {name}" if weight else f"same {name}" for name, weight in looked.support.items()]
    return (
        ", ".join([*(f"−{weight:g} {name}" for name, weight in looked.against.items()), *support]) or "the same names"
    )


def _object(one: InReference) -> dict[str, Any]:
    by_rules = asdict(one.by_rules)
    return {
        "reference": one.reference,
        "match": _match_object(one.kept, chosen=one.chosen) if one.kept else None,
        "confirmed": one.confirmed,
        "rejected": list(one.rejected),
        "by_rules": {name: by_rules[name] for name in ("ref_id", "confidence", "verdict", "evidence", "reason")},
        "candidates": by_rules["looked"],
    }


def _match_object(match: Match, *, chosen: bool) -> dict[str, Any]:
    told = asdict(match)
    return {
        **{name: told[name] for name in ("reference", "ref_id", "verdict", "confidence", "evidence", "reason")},
        "chosen": chosen,
    }
