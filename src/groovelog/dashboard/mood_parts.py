"""Pieces of the page of mood as HTML, as those in `components`: how much is known, quadrants, contexts."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

TRIANGLES = '<p class="legend"><span>▲ above it</span><span>▼ below it</span><span>Press a week to open it</span></p>'


@dataclass(frozen=True)
class Quadrant:
    """A quarter of the map; `share` is of the plays whose quadrant is known."""

    name: str
    sounds: str
    percent: str
    share: float
    plays: str
    top_artist: str
    leads: bool


@dataclass(frozen=True)
class ContextRow:
    """A context with its share of plays, what is known of them, and its rule."""

    name: str
    share: float
    percent: str
    about: str
    rule: str
    leads: bool


def coverage(share: float, marked: str, rest: str, why: str) -> str:
    """The line above everything: how many plays are known at all. `why` is HTML."""
    return (
        f'<div class="coverage"><div class="covered" role="img" aria-label="{escape(marked)}">'
        f'<i style="width:{share:.1%}"></i></div><p><b>{escape(marked)}</b> {escape(rest)}</p>{why}</div>'
    )


def quadrants(rows: Sequence[Quadrant]) -> str:
    """Two by two, as the quadrants lie on the map."""
    return f'<ul class="quadrants">{"".join(_quadrant(row) for row in rows)}</ul>'


def contexts(rows: Sequence[ContextRow]) -> str:
    return f'<ol class="contexts">{"".join(_context(row) for row in rows)}</ol>'


def why(key: str, definition: str, lines: Sequence[tuple[str, str]]) -> str:
    """Words that open why not every play has audio features."""
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in lines)
    return (
        f'<button class="explain" popovertarget="how-{key}">Why not all?</button>'
        f'<div class="explanation" id="how-{key}" popover><h4>What has no audio features</h4>'
        f"<p>{escape(definition)}</p><dl>{listed}</dl></div>"
    )


def _quadrant(row: Quadrant) -> str:
    led = ' class="led"' if row.leads else ""
    top = f'<span class="top">most by {escape(row.top_artist)}</span>' if row.top_artist else ""
    return (
        f'<li{led}><span class="corner">{escape(row.name)}</span><b>{escape(row.percent)}</b>'
        f'<i class="meter"><i style="width:{row.share:.1%}"></i></i>'
        f"<span>{escape(row.sounds)} · {escape(row.plays)}</span>{top}</li>"
    )


def _context(row: ContextRow) -> str:
    led = ' class="led"' if row.leads else ""
    return (
        f'<li{led}><span class="name"><b>{escape(row.name)}</b><b>{escape(row.percent)}</b></span>'
        f'<i class="meter"><i style="width:{row.share:.1%}"></i></i>'
        f'<span class="about">{escape(row.about)}</span><span class="rule">{escape(row.rule)}</span></li>'
    )
