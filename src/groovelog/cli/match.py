"""`groovelog match`: the lake's tracks against its references; or a list of songs against files, without a lake."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from groovelog.errors import NotFoundError, UsageError
from groovelog.lake.home import Home
from groovelog.matching import Loaded, Matched, match_files


def match(
    context: typer.Context,
    *,
    listener: Annotated[
        str | None, typer.Option(help="Count the tracks of this listener; else of everybody.", metavar="NAME")
    ] = None,
    queries: Annotated[
        Path | None,
        typer.Option(
            help="Songs: query_id, track_name, artist_name, and where known album_name, duration_ms, spotify_track_id, isrc.",
            metavar="CSV",
        ),
    ] = None,
    reference: Annotated[
        list[Path] | None,
        typer.Option(
            help="A dataset with ref_id or track_id, titles and artists. Several are allowed.", metavar="CSV..."
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Where the verdicts go.", metavar="CSV")] = None,
    more: Annotated[list[Path] | None, typer.Argument(help="More references.", metavar="CSV", hidden=True)] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", help="A reference's column by hand, as track_name=Song.", metavar="FIELD=COLUMN"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find tracks in datasets with audio features: matched, ambiguous or unmatched, how surely, and why.

    Without --queries: the tracks of the lake in its references, those that are new or changed. With --queries, --reference
    and --output: any list of songs in any files; no lake is needed.
    """
    if not (queries or reference or output or more or mapped):
        _match_lake(context.obj, listener, as_json=as_json)
        return
    if queries is None or not reference or output is None:
        given = (("--queries", queries), ("--reference", reference), ("--output", output))
        missing = ", ".join(name for name, value in given if not value)
        raise UsageError(f"{missing} is missing. A list of songs needs --queries CSV --reference CSV... --output CSV.")
    if listener is not None:
        raise UsageError("--listener belongs to the lake; a list of songs has none.")
    _match_files(queries, [*reference, *(more or [])], output, mapped or [], as_json=as_json)


def _match_files(queries: Path, references: list[Path], output: Path, mapped: list[str], *, as_json: bool) -> None:
    matched = match_files(queries, references, output, dict(map(_mapping, mapped)))
    if as_json:
        sys.stdout.write(json.dumps(_object(matched)) + "\n")
        return
    for loaded in matched.references:
        sys.stdout.write(
            f"{loaded.file}: {loaded.kept:,} of {loaded.rows:,} rows, each once, with a title{_no_rows(loaded)}\n"
        )
    told = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(matched.verdicts.items())) or "none"
    sys.stdout.write(f"{matched.queries:,} queries: {told}. Written to {output}\n")


def _no_rows(loaded: Loaded) -> str:
    return f"; {loaded.unreadable:,} lines are no rows" if loaded.unreadable else ""


def _match_lake(home: Home, listener: str | None, *, as_json: bool) -> None:
    # Files need no lake: this takes a quarter of a second.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    from groovelog.lake.people import named  # noqa: PLC0415
    from groovelog.lake.references import references  # noqa: PLC0415
    from groovelog.lake.snapshot import open_snapshot  # noqa: PLC0415
    from groovelog.pipeline.matching import match_tracks, matched_tracks  # noqa: PLC0415

    with open_snapshot(home.lake) as snapshot:
        there = references(snapshot)
        if listener is not None:
            named(snapshot.listeners(), listener)
    if not there:
        raise NotFoundError(
            "There is no reference yet. `groovelog reference download spotify-tracks` fetches one, "
            "`groovelog reference add FILE` reads yours."
        )
    counts = match_tracks(home, now=datetime.now(UTC), told=_say)
    tracks, matched = matched_tracks(home) if listener is None else _of_listener(home, listener)
    if as_json:
        told = {"listener": listener, "tracks": tracks, "matched": matched, "references": [vars(one) for one in counts]}
        sys.stdout.write(json.dumps(told) + "\n")
        return
    table = Table()
    table.add_column("Reference")
    for heading in ("Matched", "Ambiguous", "Unmatched", "Asked now"):
        table.add_column(heading, justify="right")
    for one in counts:
        table.add_row(one.reference, *(f"{n:,}" for n in (one.matched, one.ambiguous, one.unmatched, one.new)))
    Console(highlight=False).print(table)
    whose = f"of {listener} " if listener else ""
    sys.stdout.write(
        f"{matched:,} of {tracks:,} tracks {whose}have audio features. "
        "`groovelog report coverage` tells more, `groovelog matches explain TRACK` why.\n"
    )


def _of_listener(home: Home, listener: str) -> tuple[int, int]:
    from groovelog.lake.snapshot import open_snapshot  # noqa: PLC0415
    from groovelog.reports import Question, run  # noqa: PLC0415

    with open_snapshot(home.lake) as snapshot:
        every, matched, *_ = run(snapshot, "coverage", Question(listener=listener, count="all")).as_json()["rows"]
    return every["tracks"], matched["tracks"]


def _say(reference: str, tracks: int) -> None:
    sys.stderr.write(f"Looking for {tracks:,} tracks in {reference} ...\n")


def _mapping(text: str) -> tuple[str, str]:
    field, sign, column = text.partition("=")
    if not sign or not field or not column:
        raise UsageError(f"--map {text}: it is written FIELD=COLUMN, as --map track_name=Song.")
    return field, column


def _object(matched: Matched) -> dict[str, object]:
    return {
        "references": [vars(loaded) for loaded in matched.references],
        "queries": matched.queries,
        "verdicts": matched.verdicts,
    }
