"""`groovelog feedback`: thumbs up, thumbs down, for later; and what was said so far."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from groovelog.access import PERSONAL
from groovelog.errors import NotFoundError, UsageError
from groovelog.lake.feedback import VERDICTS
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.pipeline.feedback import give_feedback
from groovelog.pipeline.matches import find_entry
from groovelog.pipeline.recommending import whose
from groovelog.recommend.said import named_said

MEANINGS = {"up": "thumbs up", "down": "thumbs down", "later": "for later"}


def feedback(
    context: typer.Context,
    track: Annotated[
        str | None, typer.Argument(help="The track: the key that `recommend --json` tells, an id or URI, or its title.")
    ] = None,
    verdict: Annotated[str | None, typer.Argument(help=f"One of {', '.join(VERDICTS)}; none takes it back.")] = None,
    *,
    listener: Annotated[
        str | None, typer.Option(help="Who says so; else the only listener who is not invented.", metavar="NAME")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what you think of a song; without one, list what you said.

    Thumbs down: it is never suggested again. Thumbs up: the next training takes it as wanted. For later: kept in a list.
    """
    home: Home = context.obj
    with open_snapshot(home.lake) as snapshot:
        person = whose(PERSONAL, snapshot, listener)
        if track is not None:
            if verdict is None:
                raise UsageError(f"Say what you think of it, too: one of {', '.join(VERDICTS)}.")
            key = key_of(snapshot, track)
    if track is not None and verdict is not None:
        give_feedback(home, person.name, key, verdict, now=datetime.now(UTC))
    with open_snapshot(home.lake) as snapshot:
        told = named_said(snapshot, person)
    if as_json:
        sys.stdout.write(json.dumps({"listener": person.name, "feedback": told}, ensure_ascii=False) + "\n")
        return
    for one in told:
        name = f"{one['track_name']} / {one['artist_name']}" if one["track_name"] else one["track_id"]
        sys.stdout.write(f"{MEANINGS[str(one['verdict'])]}: {name}\n")
    if verdict == "none":
        sys.stderr.write("Taken back.\n")
    elif not told:
        sys.stderr.write(f"{person.name} has said nothing of any song yet.\n")


def key_of(snapshot: Snapshot, track: str) -> str:
    """What feedback is kept under: the catalogue's id, else that of a reference's row. Raises NotFoundError, UsageError."""
    in_reference = snapshot.connection.execute(
        "SELECT 1 FROM \"references\" WHERE track_id = $1 OR reference || ':' || ref_id = $1 LIMIT 1", [track]
    ).fetchall()
    try:
        return find_entry(snapshot, track).track_id
    except NotFoundError:
        if in_reference:
            return track
        raise
