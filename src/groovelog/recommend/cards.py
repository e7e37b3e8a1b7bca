"""A model card: what a model was learnt from, how good it is, against what, and what it cannot do (Mitchell et al. 2019)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from groovelog.recommend.history import US


def card(title: str, sections: Sequence[tuple[str, str]]) -> str:
    """The card as Markdown, one heading a section."""
    parts = [f"# {title}", *(f"## {heading}\n\n{text.strip()}" for heading, text in sections)]
    return "\n\n".join(parts) + "\n"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown; the first column is of words, the others of numbers."""
    lines = [headings, ["---", *("---:" for _ in headings[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def number(value: float | None, bounds: Sequence[float | None] | None) -> str:
    """A score with the bounds of its interval, if it has one."""
    if value is None:
        return "–"
    low, high = bounds or (None, None)
    return f"{value:.3f}" + ("" if low is None or high is None else f" ({low:.3f}–{high:.3f})")


def day(instant: int) -> str:
    """The date (UTC) of an instant in microseconds."""
    return f"{datetime.fromtimestamp(int(instant) / US, UTC):%Y-%m-%d}"
