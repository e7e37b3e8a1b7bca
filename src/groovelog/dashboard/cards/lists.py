"""Rows of names with what is said of each."""

from collections.abc import Sequence
from html import escape
from types import MappingProxyType

from groovelog.dashboard.cards.marks import Marks, mark

NO_MARKS: Marks = MappingProxyType({})


def named(rows: Sequence[tuple[str, str, str, str]], marks: Marks = NO_MARKS, *, wide: bool = False) -> str:
    """Rows of a name, whose mark it bears, a first line and a second one; `wide` ones stand side by side."""
    cells = "".join(
        f'<li>{mark(marks, artist)}<span class="words"><b>{escape(name)}</b><span>{escape(first)}</span>'
        f"<span>{escape(second)}</span></span></li>"
        for name, artist, first, second in rows
    )
    return f'<ul class="named{" wide" if wide else ""}">{cells}</ul>'
