"""The fonts of the cards: how wide words are in them, and which signs they have (docs/card_fonts.py makes them)."""

import json
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).with_name("fonts")
DISPLAY, TEXT, STRONG = "Groovelog Display", "Groovelog Text", "Groovelog Strong"
FILES = {family: FOLDER / f"{family.lower().replace(' ', '-')}.ttf" for family in (DISPLAY, TEXT, STRONG)}
# For signs that ours lack: the first of these that a machine has. Named one by one, for left alone the drawing program takes
# any font of the machine that has the signs, also a slanted one, and for the whole of the words.
OTHERS = (
    "Noto Sans", "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans JP", "DejaVu Sans", "Segoe UI", "Hiragino Sans",
    "Yu Gothic", "Arial Unicode MS", "Arial", "Liberation Sans",
)  # fmt: skip
WIDE, OTHER = 1000, 660  # thousandths of the size, of signs that are not measured
# Marks, joiners and spaces are drawn with what they stand by.
DRAWN_ALONE = ("L", "N", "P", "S")


def width(words: str, size: float, family: str) -> float:
    """How long the words are, kerning left aside."""
    return sum(_wide(sign, family) for sign in words) * size / 1000


def runs(words: str, family: str) -> Iterator[tuple[bool, str]]:
    """The words in parts: whether the font has their signs, and the part."""
    known = _widths()[family]
    place: list[bool] = []
    for sign in words:
        alone = unicodedata.category(sign)[0] in DRAWN_ALONE
        place.append(sign in known if alone or not place else place[-1])
    for has, part in groupby(zip(place, words, strict=True), key=lambda pair: pair[0]):
        yield has, "".join(sign for _, sign in part)


def lacking(words: str) -> str:
    """The signs of the words that the vendored fonts do not have, each once."""
    known = _widths()[DISPLAY].keys() & _widths()[TEXT].keys()
    signs = unicodedata.normalize("NFC", words)
    return "".join(
        dict.fromkeys(sign for sign in signs if sign not in known and unicodedata.category(sign)[0] in DRAWN_ALONE)
    )


def _wide(sign: str, family: str) -> int:
    known = _widths()[family]
    if sign in known:
        return known[sign]
    if unicodedata.combining(sign):
        return 0
    return WIDE if unicodedata.east_asian_width(sign) in "WF" else OTHER


@cache
def _widths() -> dict[str, dict[str, int]]:
    measured: dict[str, dict[str, int]] = json.loads((FOLDER / "widths.json").read_text(encoding="utf-8"))
    return measured
