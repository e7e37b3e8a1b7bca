"""`groovelog playlist`: short words for the reports of playlists."""

from pathlib import Path
from typing import Annotated

import typer

from groovelog.cli.report import Format, report

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)

Listener = Annotated[
    str | None, typer.Option(help="Whose playlists; else the only listener who is not invented, else me.")
]
Top = Annotated[int | None, typer.Option(metavar="N", help="Rows at most; else all, in a table the first 20.")]
Form = Annotated[Format | None, typer.Option("--format", help="How the answer is printed.")]
AsJson = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
Output = Annotated[Path | None, typer.Option(metavar="FILE", help="Write here instead of to stdout.")]


@app.callback()
def _playlist() -> None:
    """Look at playlists beside what was played."""


@app.command()
def health(
    context: typer.Context,
    *,
    listener: Listener = None,
    top: Top = None,
    form: Form = None,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Size, age, freshness, variety and plays of every playlist: the report playlist-health."""
    report(context, "playlist-health", listener=listener, top=top, form=form, as_json=as_json, output=output)


@app.command()
def overlap(
    context: typer.Context,
    *,
    listener: Listener = None,
    top: Top = None,
    form: Form = None,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Pairs of playlists with tracks in common: the report playlist-overlap."""
    report(context, "playlist-overlap", listener=listener, top=top, form=form, as_json=as_json, output=output)
