"""`groovelog match`: a list of songs against reference datasets with audio features."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from groovelog.errors import UsageError
from groovelog.matching import Loaded, Matched, match_files


def match(
    *,
    queries: Annotated[
        Path,
        typer.Option(
            help="Songs: query_id, track_name, artist_name, and where known album_name, duration_ms, spotify_track_id, isrc.",
            metavar="CSV",
        ),
    ],
    reference: Annotated[
        list[Path],
        typer.Option(
            help="A dataset with ref_id or track_id, titles and artists. Several are allowed.", metavar="CSV..."
        ),
    ],
    output: Annotated[Path, typer.Option(help="Where the verdicts go.", metavar="CSV")],
    more: Annotated[list[Path] | None, typer.Argument(help="More references.", metavar="CSV", hidden=True)] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", help="A reference's column by hand, as track_name=Song.", metavar="FIELD=COLUMN"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find each song in the references: matched, ambiguous or unmatched, how surely, and why. Needs no lake."""
    matched = match_files(queries, [*reference, *(more or [])], output, dict(map(_mapping, mapped or [])))
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
