"""`groovelog recommend`: songs for this moment or for a purpose, each with its reasons."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from groovelog.access import PERSONAL
from groovelog.config import Settings
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import playlists
from groovelog.pipeline.recommending import recommend as suggestions_for
from groovelog.pipeline.recommending import whose
from groovelog.recommend.suggestions import CONTEXTS, NOW, Suggestions, Wanted
from groovelog.spotify.client import connect
from groovelog.state.database import open_state

DESCRIPTION = "Suggested by Groovelog, {at:%Y-%m-%d %H:%M} UTC"
DRY = "Nothing is written yet. With --yes, {count} of these songs go into a new private playlist named {name}."


def recommend(
    context: typer.Context,
    *,
    listener: Annotated[
        str | None, typer.Option(help="For whom; else the only listener who is not invented.", metavar="NAME")
    ] = None,
    purpose: Annotated[
        str,
        typer.Option(
            "--context",
            metavar="C",
            help=f"What for: {', '.join(CONTEXTS)}. {NOW}: hour, weekday and the session under way decide.",
        ),
    ] = NOW,
    novelty: Annotated[
        float, typer.Option(metavar="X", help="From 0, what you know, to 1, what you never played.")
    ] = Wanted().novelty,
    count: Annotated[int, typer.Option("-n", metavar="N", help="How many, up to 100.")] = Wanted().n,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    create_playlist: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Put them into a new playlist at Spotify; shown first, written with --yes."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write the playlist.")] = False,
) -> None:
    """Suggest songs, by the listener's ranker where it beat every plain rule, else by the best rule, and say which.

    Without audio features only `now` can be asked for. What was played in the last day does not come again.
    """
    wanted = Wanted(purpose, novelty, count)
    home: Home = context.obj
    with open_snapshot(home.lake) as snapshot:
        found = suggestions_for(home, snapshot, PERSONAL, listener, wanted, datetime.now(UTC))
        person = whose(PERSONAL, snapshot, listener)
    told = found.as_json()
    if not as_json:
        _print(found)
    if create_playlist is not None:
        told["playlist"] = _playlist(home, person.listener_id, found, create_playlist, yes=yes)
    if as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def _print(found: Suggestions) -> None:
    console = Console(highlight=False)
    for place, one in enumerate(found.suggestions, 1):
        console.print(Text.assemble((f"{place:>3}  {one.track_name}", "bold"), f"  {one.artist_name}"))
        for reason in one.reasons:
            console.print(Text(f"     {reason}", "dim"))
    console.print()
    for sentence in (found.why, *found.notes):
        console.print(Text(sentence))


def _playlist(home: Home, listener_id: str, found: Suggestions, name: str, *, yes: bool) -> dict[str, Any]:
    """Write it, or say what would be written."""
    uris = [one.track_id for one in found.suggestions if one.track_id]
    if not yes:
        sys.stderr.write(DRY.format(count=len(uris), name=name) + "\n")
        return {"name": name, "tracks": len(uris), "written": False, "playlist_id": None}
    playlists.check_items(uris)
    settings = Settings()
    with open_state(home.root, settings.sealing_key) as state:
        client = connect(settings.spotify(home), state, listener_id)
        written = playlists.write(client, name, uris, description=DESCRIPTION.format(at=found.at))
    sys.stderr.write(f"{written.tracks} songs are in the new playlist {name}.\n")
    return {"name": name, "tracks": written.tracks, "written": True, "playlist_id": written.playlist_id}
