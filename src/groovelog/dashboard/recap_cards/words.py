"""Words on a card: placed, broken into lines, and made to fit."""

import unicodedata
from collections.abc import Sequence
from html import escape

from groovelog.dashboard.recap_cards.fonts import OTHERS, runs, width
from groovelog.dashboard.texts.wording import NB

CUT = "…"
SHARES_LEFT = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of a line, before its x
OTHER_FAMILIES = ", ".join(f"'{name}'" for name in OTHERS) + ", sans-serif"


def text(words: str, x: float, y: float, *, size: float, family: str, fill: str, anchor: str = "start") -> str:
    """One line, its foot at `y`. Signs that the font lacks are drawn in another one, the rest keeps it.

    Such signs are an element of their own, or all of the line would change its font; and of the length measured, whichever
    font it turns out to be.
    """
    shown = drawable(words)
    left = x - width(shown, size, family) * SHARES_LEFT[anchor]
    parts = []
    for has, part in runs(shown, family):
        long = width(part, size, family)
        own = f"font-family=\"'{family}'\""
        other = (
            f'font-family="{OTHER_FAMILIES}" font-weight="700" textLength="{long:.1f}" lengthAdjust="spacingAndGlyphs"'
        )
        parts.append(
            f'<text x="{left:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}" xml:space="preserve" '
            f"{own if has else other}>{escape(part)}</text>"
        )
        left += long
    return "".join(parts)


def drawable(words: str) -> str:
    """Composed, and without what no picture can hold, as control characters."""
    return "".join(sign for sign in unicodedata.normalize("NFC", words) if sign.isprintable() or sign == NB)


def broken(words: str, size: float, family: str, room: float) -> list[str]:
    """The words in lines no longer than `room`; only a word that is longer is broken inside."""
    lines: list[str] = []
    line = ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, family) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, size, family, room)
        lines += whole
    return [*lines, line] if line else lines


def fitted(words: str, sizes: Sequence[float], family: str, room: float, most: int) -> tuple[float, list[str]]:
    """The largest of the sizes, which fall, in which the words take at most so many lines; else cut at the smallest."""
    for size in sizes:
        lines = broken(words, size, family, room)
        if len(lines) <= most and all(width(word, size, family) <= room for word in words.split(" ")):
            return size, lines
    size = sizes[-1]
    lines = broken(words, size, family, room)
    if len(lines) > most:
        last = lines[most - 1]
        while last and width(last + CUT, size, family) > room:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip() + CUT]
    return size, lines


def _pieces(word: str, size: float, family: str, room: float) -> list[str]:
    """Scripts without spaces break anywhere."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign, size, family) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces
