"""The receipt as paper, the steps of an import, and what was not used and why, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from groovelog.dashboard.components import breakable
from groovelog.dashboard.texts import bringing, wording
from groovelog.dashboard.texts.wording import count
from groovelog.model import FileNote

KINDS = {
    "track": "tracks",
    "episode": "podcast episodes",
    "audiobook": "audiobook chapters",
    "unknown": "of unknown kind",
}


@dataclass(frozen=True)
class Paper:
    """What a receipt prints; `saved` counts what was kept beside plays, `seconds` is known only right after the import."""

    about: str
    rows: int
    stored: int
    duplicates: int
    unreadable: int
    by_kind: dict[str, int]
    saved: dict[str, int]
    files: int
    timezone: str
    number: str
    seconds: float | None = None
    elsewhere: bool = False  # the lake lies in a bucket


@dataclass(frozen=True)
class Step:
    """A step of an import: `state` is done, running or waiting."""

    name: str
    state: str
    amount: str = ""


@dataclass(frozen=True)
class Reason:
    """Something that was not used: what, why, and how much of it."""

    title: str
    why: str
    amount: str = ""


def paper(receipt: Paper) -> str:
    kinds = [
        _line(KINDS[kind], count(stored), "kind")
        for kind, stored in receipt.by_kind.items()
        if stored and receipt.stored
    ]
    right = receipt.stored + receipt.duplicates + receipt.unreadable == receipt.rows
    took = (
        []
        if receipt.seconds is None
        else [_line("Took", f"{wording.rounded(receipt.seconds, 1)}{wording.NB}s", "small")]
    )
    lines = [
        _line("Rows read", count(receipt.rows), "strong cut"),
        _line("Stored", count(receipt.stored), "strong"),
        *kinds,
        _line("Already known", count(receipt.duplicates), "strong"),
        _line("Not usable", count(receipt.unreadable), "strong cut"),
        _line("Together", count(receipt.stored + receipt.duplicates + receipt.unreadable), "total"),
    ]
    beside = [_line(f"Kept beside: {name}", amount, "small") for name, amount in bringing.kept_beside(receipt.saved)]
    below = [
        *beside,
        _line("Files read", count(receipt.files), "small"),
        _line("Zone", receipt.timezone, "small"),
        *took,
        _line("Sent to anybody", bringing.sent(elsewhere=receipt.elsewhere), "small"),
        _line("Number", receipt.number, "small"),
    ]
    sum_line = bringing.sum_line(receipt.stored, receipt.duplicates, receipt.unreadable, receipt.rows)
    return (
        f'<section class="paper"><div class="sheet"><h3>Receipt</h3><p class="about">{breakable(receipt.about)}</p>'
        f'<dl>{"".join(lines)}</dl><p class="sum {"right" if right else "wrong"}">{escape(sum_line)}</p>'
        f"<dl>{''.join(below)}</dl></div></section>"
    )


def steps(rows: Sequence[Step]) -> str:
    signs = {"done": "✓", "running": "…", "waiting": ""}
    words = {"done": "done", "running": "under way", "waiting": "to come"}
    items = "".join(
        f'<li class="{row.state}"><i aria-hidden="true">{signs[row.state]}</i>'
        f'<span>{escape(row.name)}<span class="spoken">, {words[row.state]}</span></span>'
        f"<span>{escape(row.amount)}</span></li>"
        for row in rows
    )
    return f'<ol class="steps">{items}</ol>'


def reasons(rows: Sequence[Reason]) -> str:
    items = "".join(
        f"<li><span><b>{breakable(row.title)}</b><span>{breakable(row.why)}</span></span><span>{escape(row.amount)}</span></li>"
        for row in rows
    )
    return f'<ul class="reasons">{items}</ul>'


def of_files(notes: Sequence[FileNote]) -> str:
    """Files that were not read, each with its reason."""
    rows = [
        Reason(
            bringing.file_name(note.file), note.reason, "" if note.row is None else bringing.row_numbers([note.row], 1)
        )
        for note in notes
    ]
    return reasons(rows)


def _line(name: str, value: str, kind: str) -> str:
    return f'<div class="{kind}"><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>'
