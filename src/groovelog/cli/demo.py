"""`groovelog demo`: invented listeners, through the same import as a real zip, and then the page."""

import os
import sys
import threading
import webbrowser
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from groovelog import access, pipeline
from groovelog.cli.printing import receipt_table
from groovelog.cli.report import Format, printed
from groovelog.demo.catalogue import invent
from groovelog.demo.export import SEED, write_exports
from groovelog.demo.reference import LICENCE, NAME, write_reference
from groovelog.errors import NotFoundError
from groovelog.lake.home import Home
from groovelog.lake.people import consents
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.references import add_reference, remove_reference
from groovelog.reports import Question, run

SHOWN = ("overview", "top-artists", "top-tracks", "top-albums", "listening-by-month", "heatmap", "coverage")
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
        path, _ = write_reference(scratch, invent(SEED), SEED)
        reference = add_reference(home, path, licence=LICENCE, now=now)
        console.print(f"{reference.reference.name}: {reference.kept:,} invented songs with audio features.")
    names = [person.name for person in invented]
    _share(home, names, now)
    return names


def _share(home: Home, names: list[str], now: datetime) -> None:
    """The invented show each other everything, so that there is a group to look at."""
    with open_snapshot(home.lake) as snapshot:
        said = consents(snapshot)
        quiet = [one for one in snapshot.listeners() if one.name in names and not access.shows(said, one, access.ALL)]
    for person in quiet:
        pipeline.share(home, person.name, access.ALL, now=now)


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
    now = datetime.now(UTC)
    names = pipeline.remove_invented(home, now=now)
    with suppress(NotFoundError):
        remove_reference(home, NAME, now=now)
    sys.stderr.write(f"Taken out: {', '.join(names)}.\n" if names else "There are no invented listeners here.\n")
