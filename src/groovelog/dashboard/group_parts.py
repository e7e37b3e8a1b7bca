"""Pieces of the page of the group as HTML: who shares, pairs as sleeves, who heard it first."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from groovelog.dashboard import prints
from groovelog.dashboard.components import disc


@dataclass(frozen=True)
class Sharing:
    """Somebody who agreed to share, and what."""

    name: str
    words: str


@dataclass(frozen=True)
class First:
    """Something two know, who heard it first, and who followed."""

    name: str
    sub: str
    first: str
    then: str


def sharing(rows: Sequence[Sharing]) -> str:
    listed = "".join(
        f"<li>{disc(row.name)}<span><b>{escape(row.name)}</b><span>{escape(row.words)}</span></span></li>"
        for row in rows
    )
    return f'<ul class="sharing">{listed}</ul>'


def pair(colour: str, title: str, why: str, number: int, hours: Sequence[Sequence[float]]) -> str:
    """A sleeve with the two prints over each other; without hours of either it does without."""
    drawn = "".join(f'<img src="{prints.data_uri(prints.clock_print(day))}" alt="">' for day in hours if any(day))
    return (
        f'<section class="sleeve pair sleeve-{colour}"><div class="words"><h3>{escape(title)}</h3>'
        f'<p class="why">{escape(why)}</p></div><div class="prints">{drawn}</div><b class="score">{number}</b></section>'
    )


def firsts(rows: Sequence[First]) -> str:
    listed = "".join(
        f'<li><span class="what"><b>{escape(row.name)}</b>{_small(row.sub)}</span>'
        f'<span class="who"><b>{escape(row.first)}</b><span>{escape(row.then)}</span></span></li>'
        for row in rows
    )
    return f'<ol class="firsts">{listed}</ol>'


def _small(words: str) -> str:
    return f"<span>{escape(words)}</span>" if words else ""
