"""`groovelog demo`: invented listeners, through the same import as a real zip, and then the page."""

import os
import sys
import threading
import webbrowser
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from groovelog import pipeline
from groovelog.cli.printing import receipt_table
from groovelog.cli.report import Format, printed
from groovelog.demo.export import write_exports
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question, run

SHOWN = ("overview", "top-artists", "top-tracks", "top-albums", "listening-by-month", "heatmap")
TOP = 5
PORT = 8888


def demo(
    context: typer.Context,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Print receipts and reports instead of the page.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the invented listeners out, and nothing else.")
    ] = False,
) -> None:
    """Import invented listeners and open the page. Again: their newest days are added. Deletes nothing."""
    home: Home = context.obj
    if remove:
        _remove(home)
        return
    names = _import(home)
    if no_serve:
        _print_reports(home, names)
    else:
        _serve(home)


def _import(home: Home) -> list[str]:
    console = Console(highlight=False)
    now = datetime.now(UTC)
    with home.scratch_folder() as scratch:
        sys.stderr.write("Inventing three listeners and what Spotify would hand out of their years ...\n")
        invented = write_exports(scratch, end=now.date())
        for person in invented:
            receipt = pipeline.import_exports(
                home,
                list(person.paths),
                listener=person.name,
                timezone=person.timezone,
                now=now,
                invented=True,
                labels={path: path.name for path in person.paths},
            )
            receipt_table(receipt, console)
            console.print()
    return [person.name for person in invented]


def _print_reports(home: Home, names: list[str]) -> None:
    with open_snapshot(home.lake) as snapshot:
        for name in names:
            for report in SHOWN:
                top = TOP if report.startswith("top-") else None
                answer = run(snapshot, report, Question(listener=name, top=top))
                sys.stdout.write(str(printed(answer, Format.TABLE, top)) + "\n")


def _serve(home: Home) -> None:
    from groovelog.server import serve  # noqa: PLC0415 (Streamlit takes its time, and only serving needs it)

    if sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        opener = threading.Timer(2, webbrowser.open, [f"http://127.0.0.1:{PORT}/"])
        opener.daemon = True
        opener.start()
    serve(home, port=PORT)


def _remove(home: Home) -> None:
    names = pipeline.remove_invented(home, now=datetime.now(UTC))
    sys.stderr.write(f"Taken out: {', '.join(names)}.\n" if names else "There are no invented listeners here.\n")
