"""Answers drawn for a terminal, with rich."""

import io
import itertools
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from groovelog.metrics.rules import RULES
from groovelog.reports import REPORTS, Answer, Held
from groovelog.reports.words import cell, cells, duration, label, printable, share
from groovelog.tables import Column

SHOWN = 20
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = 24
NAMING = ("VARCHAR", "DATE")
NAME_WIDTH, TEXT_WIDTH = 24, 12
CELL_MARGIN = 3  # the space on both sides, and the line between
EDGES = 2
NUMBERS = ("BIGINT", "DOUBLE", "INTEGER")
SHADES = "·░▒▓█"  # the first is for no time at all
KINDS = {
    "track": "tracks",
    "episode": "podcast episodes",
    "audiobook": "audiobooks",
    "unknown": "plays of unknown kind",
    "all": "tracks, episodes, audiobooks and the unknown",
}
# What the rows are that an answer stands on, by the table that its report is of.
HELD = {
    "source_plays": "source rows stored",
    "playlists": "states kept of all playlists",
    "playlist_tracks": "entries kept of all states of playlists",
    "saved_tracks": "saved tracks kept of all states of the library",
}
FOR_PROGRAMS = (
    "track_uri",
    "playlist_id",
    "other_playlist_id",
    "context_uri",
)  # long, and nothing to read; in the other forms of an answer


def draw(answer: Answer, width: int, *, whole: bool) -> str:
    """Title, what it is of, the rows, and what they stand on; unless `whole`, of a ranking or list the first 20."""
    console, text = _paper(width)
    console.print(answer.title)
    console.print(answer.definition)
    console.print(_stated(answer))
    rows = answer.as_json()["rows"]
    cut = answer.report.takes("top") and not whole
    if answer.report.name == "overview":
        console.print(_facts(answer, rows[0]))
    elif answer.report.name == "coverage":
        for grid in _coverage(rows):
            console.print(grid)
    elif answer.report.name == "heatmap":
        console.print(_week(rows))
    else:
        for grid in _grids(answer, rows[:SHOWN] if cut else rows, width):
            console.print(grid)
        if cut and len(rows) > SHOWN:
            console.print(f"The first {SHOWN} of {len(rows):,} rows; --top N shows more.")
    console.print(_basis(answer))
    return text.getvalue()


def draw_listing(width: int) -> str:
    """Every report on a line: its name, and the first sentence of its definition as far as there is room."""
    console, text = _paper(width)
    longest = max(len(report.name) for report in REPORTS)
    for report in REPORTS:
        said = f"{report.name:<{longest}}  {report.definition.partition('. ')[0].rstrip('.')}"
        console.print(said if len(said) <= width else said[: width - 2].rstrip() + " …")
    console.print(f"{len(REPORTS)} reports. groovelog report NAME --help tells what one says and takes.")
    return text.getvalue()


def _paper(width: int) -> tuple[Console, io.StringIO]:
    # Names may hold what rich would take for markup or emoji.
    text = io.StringIO()
    return Console(file=text, width=width, markup=False, highlight=False, emoji=False), text


def _stated(answer: Answer) -> str:
    said = [printable(answer.listener)]
    if answer.report.takes("from"):
        said.append("no plays" if answer.from_date is None else f"{answer.from_date} to {answer.to_date}")
    told = (answer.of_one, answer.timezone, answer.kind and KINDS[answer.kind], answer.count and RULES[answer.count])
    return " · ".join([*said, *(part for part in told if part)])


def _basis(answer: Answer) -> str:
    if isinstance(answer.stands_on, Held):
        return f"{HELD[answer.report.of.name].capitalize()}: {answer.stands_on.rows:,}."
    basis = answer.basis
    said = f"{basis.counted_plays:,} of {basis.plays:,} plays count."
    if answer.coverage is not None:
        said += f" {share(answer.coverage)} of them have audio features."
    if basis.undecided_plays:
        said += f" {basis.undecided_plays:,} cannot be decided."
    if answer.tells_time and basis.estimated_share:
        said += f" {share(basis.estimated_share)} of the time is estimated from the lengths of tracks."
    if answer.tells_time and basis.untimed_plays:
        tell, add = ("tells", "adds") if basis.untimed_plays == 1 else ("tell", "add")
        said += f" {basis.untimed_plays:,} {tell} no duration and {add} no time."
    return said


def _facts(answer: Answer, row: dict[str, Any]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for column in answer.columns:
        table.add_row(label(column), cell(column, row[column.name]))
    return table


def _grids(answer: Answer, rows: list[dict[str, Any]], width: int) -> list[Table]:
    """The rows as a table; one too wide is cut in several, each with the columns that name a row."""
    columns = [column for column in answer.columns if column.name not in FOR_PROGRAMS]
    lines = [cells(columns, row) for row in rows]
    told = {column.name: [line[place] for line in lines] for place, column in enumerate(columns)}
    names = list(itertools.takewhile(_names, columns)) or columns[:1]
    room = width - EDGES - sum(_need(column, told[column.name], NAME_WIDTH) for column in names)
    blocks: list[list[Column]] = [[]]
    left = room
    for column in columns[len(names) :]:
        need = _need(column, told[column.name], TEXT_WIDTH)
        if blocks[-1] and need > left:
            blocks.append([])
            left = room
        blocks[-1].append(column)
        left -= need
    return [_grid([*names, *block], told) for block in blocks]


def _names(column: Column) -> bool:
    """Whether the column is one of those, in front, that name a row."""
    return column.type in NAMING or column.name == "rank"


def _need(column: Column, cells: list[str], text_width: int) -> int:
    """So many signs a column takes; longer texts go over several lines."""
    longest = max(map(len, (*label(column).split(), *cells)))
    return (min(longest, text_width) if column.type == "VARCHAR" else longest) + CELL_MARGIN


def _grid(columns: list[Column], told: dict[str, list[str]]) -> Table:
    table = Table(box=SIMPLE_HEAD)
    for column in columns:
        is_number, is_text = column.type in NUMBERS, column.type == "VARCHAR"
        heading = label(column) if is_text else label(column).replace(" ", "\n")
        table.add_column(heading, justify="right" if is_number else "left", no_wrap=not is_text)
    for row in zip(*(told[column.name] for column in columns), strict=True):
        table.add_row(*row)
    return table


def _coverage(rows: list[dict[str, Any]]) -> list[Table]:
    """The sums, and the most played tracks without audio features."""
    sums = Table(box=SIMPLE_HEAD)
    sums.add_column("")
    for heading in ("Tracks", "of all", "Plays", "of all"):
        sums.add_column(heading, justify="right", no_wrap=True)
    listed = Table("Most played without audio features", "By", "Why", box=SIMPLE_HEAD)
    listed.add_column("Plays", justify="right", no_wrap=True)
    part = None
    for row in rows:
        if row["track_name"] is not None or row["artist_name"] is not None:
            names = (printable(row[name] or "–") for name in ("track_name", "artist_name", "reason"))
            listed.add_row(*names, f"{row['plays']:,}")
            continue
        told = row["reference"] or row["evidence"] or row["verdict"]
        if told is not None and row["part"] != part:
            sums.add_row(row["part"])
        part = row["part"]
        shares = (
            f"{row['tracks']:,}",
            _share(row["share_of_tracks"]),
            f"{row['plays']:,}",
            _share(row["share_of_plays"]),
        )
        sums.add_row(row["part"] if told is None else f"  {printable(told)}", *shares)
    return [sums, listed] if listed.row_count else [sums]


def _share(part: float | None) -> str:
    return "–" if part is None else share(part)


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
