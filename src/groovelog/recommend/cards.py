"""A model card: what a model was learnt from, how good it is, against what, and what it cannot do (Mitchell et al. 2019)."""

from collections.abc import Sequence


def card(title: str, sections: Sequence[tuple[str, str]]) -> str:
    """The card as Markdown, one heading a section."""
    parts = [f"# {title}", *(f"## {heading}\n\n{text.strip()}" for heading, text in sections)]
    return "\n\n".join(parts) + "\n"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown; the first column is of words, the others of numbers."""
    lines = [headings, ["---", *("---:" for _ in headings[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
