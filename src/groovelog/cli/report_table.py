"""Answers drawn for a terminal, with rich."""

import io
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from groovelog.metrics.rules import RULES
from groovelog.reports import REPORTS, Answer
from groovelog.tables import Column

SHOWN = 20
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = 24
SHADES = "·░▒▓█"  # the first is for no time at all
KINDS = {
    "track": "tracks",
    "episode": "podcast episodes",
    "audiobook": "audiobooks",
    "unknown": "plays of unknown kind",
    "all": "tracks, episodes, audiobooks and the unknown",
}


def draw(answer: Answer, width: int, *, whole: bool) -> str:
    """Title, what it is of, the rows, and what they stand on; unless `whole`, of a ranking the first 20."""
    console, text = _paper(width)
    console.print(answer.title)
    console.print(answer.definition)
    console.print(_stated(answer))
    rows = answer.as_json()["rows"]
    if answer.report.name == "overview":
        console.print(_facts(answer, rows[0]))
    elif answer.report.name == "heatmap":
        console.print(_week(rows))
    else:
        console.print(_grid(answer, rows if whole or not answer.report.ranked else rows[:SHOWN]))
        if answer.report.ranked and not whole and len(rows) > SHOWN:
            console.print(f"The first {SHOWN} of {len(rows):,} rows; --top N shows more.")
    console.print(_basis(answer))
    return text.getvalue()


def draw_listing(width: int) -> str:
    """Every report with its definition."""
    console, text = _paper(width)
    table = Table("Report", "Answers", box=SIMPLE_HEAD)
    for report in REPORTS:
        table.add_row(report.name, report.definition)
    console.print(table)
    console.print("groovelog report NAME --help tells the options.")
    return text.getvalue()


def duration(ms: int) -> str:
    """Seconds under a minute, then minutes, then hours with minutes.

    >>> duration(41_700), duration(24_180_000), duration(360_000_000)
    ('42 s', '6 h 43 min', '100 h')
    """
    seconds, minutes = round(ms / 1_000), round(ms / 60_000)
    if seconds < 60:
        return f"{seconds} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours:,} h {rest} min" if rest else f"{hours:,} h"


def _paper(width: int) -> tuple[Console, io.StringIO]:
    # Names may hold what rich would take for markup or emoji.
    text = io.StringIO()
    return Console(file=text, width=width, markup=False, highlight=False, emoji=False), text


def _stated(answer: Answer) -> str:
    period = f"{answer.from_date} to {answer.to_date}" if answer.basis.plays else "no plays"
    return (
        f"{_printable(answer.listener)} · {period} · {answer.timezone} · {KINDS[answer.kind]} · {RULES[answer.count]}"
    )


def _basis(answer: Answer) -> str:
    basis = answer.basis
    said = f"{basis.counted_plays:,} of {basis.plays:,} plays count."
    return f"{said} {basis.undecided_plays:,} cannot be decided." if basis.undecided_plays else said


def _facts(answer: Answer, row: dict[str, Any]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for column in answer.report.columns:
        table.add_row(_label(column), _cell(column, row[column.name]))
    return table


def _grid(answer: Answer, rows: list[dict[str, Any]]) -> Table:
    table = Table(box=SIMPLE_HEAD)
    for column in answer.report.columns:
        is_number = column.type == "BIGINT"
        table.add_column(_label(column), justify="right" if is_number else "left", no_wrap=is_number)
    for row in rows:
        table.add_row(*(_cell(column, row[column.name]) for column in answer.report.columns))
    return table


def _week(rows: list[dict[str, Any]]) -> str:
    """Seven lines of 24 cells, two signs wide, the darker the longer."""
    most = max(row["ms_played"] for row in rows)
    lines = ["", "     " + "".join(f"{hour:02d}".ljust(6) for hour in range(0, HOURS, 3))]
    for number, weekday in enumerate(WEEKDAYS):
        cells = (_shade(row["ms_played"], most) * 2 for row in rows[number * HOURS : (number + 1) * HOURS])
        lines.append(f"{weekday}  {''.join(cells)}")
    return "\n".join([*lines, f"     {SHADES[-1]} up to {duration(most)}, {SHADES[0]} nothing", ""])


def _shade(ms: int, most: int) -> str:
    steps = len(SHADES) - 1
    return SHADES[-(-ms * steps // most)] if ms else SHADES[0]


def _label(column: Column) -> str:
    return column.name.removeprefix("ms_").replace("_", " ").capitalize()


def _cell(column: Column, value: Any) -> str:
    if value is None:
        return "–"
    if column.unit == "ms":
        return duration(value)
    if column.type == "TIMESTAMPTZ":
        return f"{value[:16].replace('T', ' ')} UTC"
    return f"{value:,}" if isinstance(value, int) else _printable(value)


def _printable(text: str) -> str:
    """A name without what could steer the terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
