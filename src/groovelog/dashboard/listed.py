"""Lists of a page as HTML: streaks, scales and small multiples. Pure, and everything from the data is escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Bar:
    """A row of a list: what, how much of the longest (`share`), and its numbers."""

    name: str
    value: str
    note: str
    share: float


@dataclass(frozen=True)
class Multiple:
    """One of several small charts of the same kind: bars by `share` of the highest of all, each with its label."""

    title: str
    value: str
    note: str
    bars: tuple[tuple[str, float, str], ...]  # label, share, what it is in words
    marked: bool = False


def bars(rows: Sequence[Bar], *, first_marked: bool) -> str:
    items = "".join(
        f'<li><b>{escape(row.value)}</b><span>{escape(row.name)}<i class="meter"><i style="width:{row.share:.1%}"></i></i>'
        f"<small>{escape(row.note)}</small></span></li>"
        for row in rows
    )
    return f'<ol class="bars{" led" if first_marked else ""}">{items}</ol>'


def scales(rows: Iterable[tuple[str, str, float | None]], low: str, high: str) -> str:
    """Places between 0 and 1, each with its name and value; None has no place."""
    lines = []
    for name, value, place in rows:
        at = "" if place is None else f'<i style="left:{min(max(place, 0), 1):.1%}"></i>'
        lines.append(
            f'<div><dt>{escape(name)}</dt><dd><b>{escape(value)}</b><span class="track" aria-hidden="true">{at}</span></dd></div>'
        )
    ends = f'<p class="ends" aria-hidden="true"><span>{escape(low)}</span><span>{escape(high)}</span></p>'
    return f'<dl class="scales">{"".join(lines)}</dl>{ends}'


def multiples(charts: Iterable[Multiple]) -> str:
    return f'<div class="multiples">{"".join(_multiple(chart) for chart in charts)}</div>'


def _multiple(chart: Multiple) -> str:
    columns = "".join(
        f'<li title="{escape(words)}"><i style="height:calc((100% - 18px) * {share:.3f})"></i><span>{escape(label)}</span></li>'
        for label, share, words in chart.bars
    )
    said = "; ".join(words for _, _, words in chart.bars)
    return (
        f'<section class="multiple{" marked" if chart.marked else ""}"><h4>{escape(chart.title)}</h4>'
        f'<p class="value">{escape(chart.value)}</p><ol aria-label="{escape(said)}">{columns}</ol>'
        f'<p class="note">{escape(chart.note)}</p></section>'
    )


@dataclass(frozen=True)
class Row:
    """A row of a ranking: `share` of the first sets the meter; `moved` is a class of the style sheet and words."""

    rank: int
    name: str
    sub: str
    picture: str
    share: float
    amounts: tuple[str, ...]
    moved: tuple[str, str] = ("", "")
    marked: bool = False


def ranked(row: Row) -> str:
    """A list of one row, so that a link can lie over each."""
    sub = f'<span class="by">{escape(row.sub)}</span>' if row.sub else ""
    first, *others = row.amounts
    more = f"<span>{escape(', '.join(others))}</span>" if others else ""
    kind, words = row.moved
    return (
        f'<ol class="ranking tops{" led" if row.marked else ""}" start="{row.rank}"><li><span class="rank">{row.rank}</span>'
        f'{row.picture}<span class="name"><b>{escape(row.name)}</b>{sub}<i class="meter"><i style="width:{row.share:.1%}">'
        f'</i></i></span><span class="amount"><b>{escape(first)}</b>{more}</span>'
        f'<span class="moved {kind}">{escape(words)}</span></li></ol>'
    )


def column(title: str, note: str, rows: Iterable[tuple[int, str, str, str]], nothing: str) -> str:
    """A narrow ranking: place, name, what is below it, and its number."""
    items = "".join(
        f'<li><span class="rank">{rank}</span><span class="name"><b>{escape(name)}</b><span class="by">{escape(sub)}</span>'
        f'</span><span class="amount">{escape(value)}</span></li>'
        for rank, name, sub, value in rows
    )
    held = f'<ol class="narrow">{items}</ol>' if items else f'<p class="note">{escape(nothing)}</p>'
    return f'<section class="column"><h4>{escape(title)}</h4><p class="note">{escape(note)}</p>{held}</section>'
