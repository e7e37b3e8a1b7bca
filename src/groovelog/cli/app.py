"""The `groovelog` command: its groups, and the one place where errors become messages and exit codes."""

import json
import logging
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from groovelog.errors import GroovelogError

# Command -> module that holds it. Modules are imported when their command is named, so that --help stays quick.
COMMANDS = {
    "demo": ("groovelog.cli.demo", "Import invented listeners and open the page."),
    "import": ("groovelog.cli.imports", "Read exports: zips, folders, JSON files."),
    "receipts": ("groovelog.cli.receipts", "The account of every import, row by row."),
    "report": ("groovelog.cli.report", "Ask a question; without a name, list the questions."),
    "listeners": ("groovelog.cli.listeners", "Who is in this Groovelog."),
    "serve": ("groovelog.cli.serve", "Open the dashboard."),
    "lake": ("groovelog.cli.lake", "Look after the stored tables."),
}


class _Lazy(TyperGroup):
    def list_commands(self, ctx: typer.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name][0]).app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: typer.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise GroovelogError("Stopped. Nothing half-written stays behind.") from error


app = typer.Typer(cls=_Lazy, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback()
def _groovelog(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="Where the lake lies; else GROOVELOG_HOME.", metavar="DIR")] = None,
) -> None:
    """Own your listening history: every play kept once, with a receipt for every row."""
    from groovelog.config import Settings  # noqa: PLC0415 (0.2 s that --help can do without)

    settings = Settings()
    logging.basicConfig(level=settings.log_level.upper(), stream=sys.stderr)
    context.obj = settings.home_at(home)


def main() -> None:
    """Run the command: exit code 0 done, 1 failed with a message on stderr, 2 wrong usage."""
    try:
        app()
    except GroovelogError as error:
        _leave(error.message, error.file, error.row)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 (the outermost handler; panics of the Delta library are BaseExceptions)
        _leave(f"{_plainly(error)} (GROOVELOG_LOG_LEVEL=DEBUG shows where)")


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
    return "--json" in words or "--format=json" in words or ("--format", "json") in zip(words, words[1:], strict=False)
