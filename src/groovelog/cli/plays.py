"""`groovelog plays`: look at a single play."""

import json
import sys
from datetime import date, datetime
from typing import Annotated, Any

import typer

from groovelog.lake.explain import explain as explain_play
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Explained, TellingRow
from groovelog.sources import TITLES

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)

NAMES = ("track_name", "artist_name", "album_name", "episode_name", "show_name", "audiobook_title", "chapter_title")
# What is said of the time of a play, in this order.
TIMES = ("started_at", "stopped_at", "played_at", "ms_played", "length_ms")


@app.callback()
def _plays() -> None:
    """Look at a single play."""


@app.command()
def explain(
    context: typer.Context,
    play: Annotated[str, typer.Argument(metavar="PLAY", help="The play's id, 16 hex digits.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show which rows of which files told of a play, what each said, and why they were taken for one."""
    with open_snapshot(context.obj.lake) as snapshot:
        found = explain_play(snapshot, play)
    if as_json:
        sys.stdout.write(json.dumps({"plays": [_object(one) for one in found]}, default=_plain) + "\n")
    else:
        sys.stdout.write("\n".join(_text(one) for one in found))


def _object(one: Explained) -> dict[str, Any]:
    told = {name: value for name, value in one.play.items() if name not in ("listener_id", "year")}
    return {"play_id": one.play_id, "listener": one.listener, **told, "rows": [vars(row) for row in one.rows]}


def _plain(value: datetime | date) -> str:
    return value.isoformat() + ("Z" if isinstance(value, datetime) else "")


def _text(one: Explained) -> str:
    named = " / ".join(_printable(one.play[name]) for name in NAMES if one.play[name])
    local = f"{one.play['local_date']}, {one.play['local_hour']} h in {one.play['timezone']}"
    lines = [
        f"Play {one.play_id} of {one.listener}: {named or 'nothing is named'}",
        f"  {local}; {_times(one.play)}",
        "",
    ]
    lines += [line for number, row in enumerate(one.rows, 1) for line in _row_lines(number, row)]
    return "\n".join(lines) + "\n"


def _row_lines(number: int, row: TellingRow) -> list[str]:
    apart = "" if row.seconds_apart is None else f", {abs(row.seconds_apart):.0f} s {_earlier(row.seconds_apart)}"
    named = " / ".join(_printable(row.said[name]) for name in NAMES if name in row.said)
    uri = next((row.said[name] for name in ("track_uri", "episode_uri", "chapter_uri") if name in row.said), None)
    return [
        f"{number}. {TITLES[row.source]}: {row.how}{apart}",
        f"   {_printable(row.file or 'a file no receipt names')}, row {row.row}",
        f"   {named or 'names nothing'}{f' ({_printable(uri)})' if uri else ''}",
        f"   {_times(row.said)}",
    ]


def _earlier(seconds: float) -> str:
    return "later" if seconds > 0 else "earlier"


def _times(said: dict[str, Any]) -> str:
    words = {
        "started_at": "began",
        "stopped_at": "ended",
        "played_at": "told at",
        "ms_played": "ran",
        "length_ms": "length",
    }
    return ", ".join(
        f"{words[name]} {value:%Y-%m-%d %H:%M:%S} UTC"
        if isinstance(value, datetime)
        else f"{words[name]} {value / 1000:.1f} s"
        for name in TIMES
        if (value := said.get(name)) is not None
    )


def _printable(text: str) -> str:
    # Control characters would act on the terminal.
    return "".join(char if char.isprintable() else "�" for char in text)
