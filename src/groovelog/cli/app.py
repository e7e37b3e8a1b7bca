"""The `groovelog` command: its groups, and the one place where errors become messages and exit codes."""

import json
import logging
import os
import sys
import traceback
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from groovelog.errors import GroovelogError, NobodyShows, NotShown

# Command -> where it lives, and its line in --help. Only the module of the command that is called is imported, so that
# --help stays quick: DuckDB, Delta and Streamlit take a second together.
COMMANDS = {
    "demo": ("groovelog.cli.demo", "demo", "Import invented listeners and open the page."),
    "import": ("groovelog.cli.imports", "import_", "Read exports: zips, folders, JSON files."),
    "receipts": ("groovelog.cli.receipts", "receipts", "The account of every import, row by row."),
    "report": ("groovelog.cli.report", "report", "Ask a question; without a name, list the questions."),
    "listeners": ("groovelog.cli.listeners", "app", "Who is in this Groovelog."),
    "plays": ("groovelog.cli.plays", "app", "Which rows told of a play, and why they are one."),
    "playlist": ("groovelog.cli.playlist", "app", "Playlists: health, overlap, a better order, blends."),
    "reference": ("groovelog.cli.reference", "app", "Datasets with audio features: add, list, download, remove."),
    "match": ("groovelog.cli.match", "match", "Find tracks, or any list of songs, in datasets with audio features."),
    "matches": ("groovelog.cli.matches", "app", "Why a track has these audio features, or none; and your word on it."),
    "train": ("groovelog.cli.train", "train", "Learn what each listener finishes and comes back to."),
    "evaluate": ("groovelog.cli.evaluate", "evaluate", "How good the models are, against simple rules."),
    "recommend": ("groovelog.cli.recommend", "recommend", "Songs for this moment or a purpose, with reasons."),
    "feedback": ("groovelog.cli.feedback", "feedback", "Thumbs up or down, for later: what you say of songs."),
    "login": ("groovelog.cli.login", "login", "Connect a listener to Spotify."),
    "disconnect": ("groovelog.cli.disconnect", "disconnect", "Delete a listener's Spotify tokens."),
    "collect": ("groovelog.cli.collect", "collect", "Ask Spotify for plays, top lists, playlists, saved tracks."),
    "status": ("groovelog.cli.status", "status", "Who is connected, quota, next poll, until when, what was missed."),
    "export": ("groovelog.cli.export", "export", "Everything a listener has, as files."),
    "forget": ("groovelog.cli.forget", "forget", "Erase a listener and all that tells of them, for good."),
    "serve": ("groovelog.cli.serve", "serve", "Open the dashboard."),
    "keys": ("groovelog.cli.keys", "app", "Keys for programs: create, list, revoke."),
    "lake": ("groovelog.cli.lake", "app", "Look after the stored tables: check, compact, backup, restore."),
    "doctor": ("groovelog.cli.doctor", "doctor", "What is wrong with this installation, and how to mend it."),
}

TYPER_INTERRUPTED = 130
STOPPED = "Stopped. Nothing half-written stays behind."


def application(words: list[str]) -> typer.Typer:
    """The command line, with the commands among the words ready to run and the others by name and help alone."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback()(_groovelog)
    for name, (module, attribute, text) in COMMANDS.items():
        if name not in words:
            app.command(name, help=text)(_not_loaded)
            continue
        loaded = import_module(module)
        command = getattr(loaded, attribute)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            # A module may have a class of its own, as `report` has for --help of one report.
            app.command(name, cls=getattr(loaded, "Command", None))(command)
    return app


def _not_loaded() -> None:
    """Stands in for a command that is not among the words, and so cannot be called."""


def _groovelog(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="Where the lake lies; else GROOVELOG_HOME.", metavar="DIR")] = None,
) -> None:
    """Own your listening history: every play kept once, with a receipt for every row."""
    from groovelog.config import Settings  # noqa: PLC0415 (0.2 s that --help can do without)

    settings = Settings()
    logging.basicConfig(level=settings.logged_from(), stream=sys.stderr)
    context.obj = settings.home_at(home)


def main() -> None:
    """Run the command: exit code 0 done, 1 failed with a message on stderr, 2 wrong usage."""
    try:
        application(sys.argv[1:])()
    except GroovelogError as error:
        _leave(f"{error.message}{_command(error)}", error.file, error.row)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except SystemExit as left:
        if left.code == TYPER_INTERRUPTED:
            _leave(STOPPED)
        raise
    except BaseException as error:  # noqa: BLE001 (the outermost handler; panics of the Delta library are BaseExceptions)
        # DuckDB makes a RuntimeError of an interrupt.
        stopped = isinstance(error, KeyboardInterrupt) or str(error) == "Query interrupted"
        _leave(STOPPED if stopped else f"{_plainly(error)} (GROOVELOG_LOG_LEVEL=DEBUG shows where)")


def _command(error: GroovelogError) -> str:
    """The command that mends it, of errors that other surfaces meet as well and mend in another way."""
    match error:
        case NobodyShows(needed=needed):
            return f" Whoever wants to: groovelog listeners share NAME {needed}."
        case NotShown(name=name, needed=needed):
            return f" If they want to: groovelog listeners share {name!r} {needed}."
    return ""


def _leave(message: str, file: str | None = None, row: int | None = None) -> NoReturn:
    if os.environ.get("GROOVELOG_LOG_LEVEL", "").upper() == "DEBUG":
        traceback.print_exc()
    if wants_json():
        sys.stdout.write(json.dumps({"error": {"message": message, "file": file, "row": row}}) + "\n")
    sys.stderr.write(f"groovelog: {message}\n")
    sys.exit(1)


def _plainly(error: BaseException) -> str:
    text = str(error).splitlines()
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return text[0] if text else type(error).__name__


def wants_json() -> bool:
    """Whether this call asked for JSON: the error has to be JSON too, also where the words could not be parsed."""
    words = sys.argv[1:]
    return "--json" in words or "--format=json" in words or ("--format", "json") in pairwise(words)
