"""Slips of the pen: whether two folded texts differ by a few letters only, and whether these make another word."""

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from groovelog.names import romanised

# One slip in so many letters: a name of 5 may have one, of 10 two. Beets allows a similar share. Of Chinese characters,
# kana and syllables of Hangul each says much more: one in six.
LETTERS_PER_SLIP = 5
# Within a word that the reference does not know, more is forgiven than in a name, where any letters may be a name.
LETTERS_PER_SLIP_OF_WORD = 3
LETTERS_PER_SLIP_OF_NAME = 4
SIGNS_PER_SLIP = 6
MORE_FREQUENT = 15  # "the" is met 50 times as often as "te", "night" thrice as often as "light"
LONG_WORD = 4  # letters of a word that may have one slip more, if the others are right
MOST_SLIPS = 4
# What no slip makes of another: numbers, and the two keys.
_NUMBER = re.compile(r"\d|^(?:[ivx]+|major|minor|dur|moll)$")
_TOLD_APART = re.compile(r"\d|^(?:.|[ivx]+|major|minor|dur|moll)$")
_SIGNS = re.compile("[\u2e80-\U0010ffff]")  # the scripts of East Asia


def distance(one: str, other: str) -> int | None:
    """Letters left out, put in, exchanged or swapped between two texts without spaces; None where they are too many."""
    each = SIGNS_PER_SLIP if _in_signs(one) and _in_signs(other) else LETTERS_PER_SLIP
    if each == LETTERS_PER_SLIP:
        one, other = romanised(one), romanised(other)
    shorter = min(len(one), len(other))
    most = min(MOST_SLIPS, (shorter + (each == LETTERS_PER_SLIP)) // each) if shorter else 0
    slips = OSA.distance(one, other, score_cutoff=most)
    return slips if slips <= most else None


def misspelt(one: str, other: str, words: Mapping[str, int], *, each: int = LETTERS_PER_SLIP_OF_WORD) -> str | None:
    """How a text's words differ from another's: by a "slip" each, or by a "slip into a word"; None: they are other words.

    A slip makes what is no word. It makes a word where the one on the other side is so much more frequent that a slip is
    likelier than another title. `words`: how often each is met, in Latin letters; `each`: letters for one slip within a word.
    """
    left, right = one.split(), other.split()
    if len(left) != len(right):
        odd, others = set(left) - set(right), set(right) - set(left)
        # A space more or less; a word more or less is no slip.
        some = bool(odd and others) and any(romanised(word) not in words for word in odd | others)
        return "slip" if some else None
    kinds = {_slip_of_word(a, b, words, each) for a, b in zip(left, right, strict=True) if a != b}
    if None in kinds or (kinds == {"slip into a word"} and len(left) == 1):
        return None
    return "slip into a word" if "slip into a word" in kinds else "slip"


def numbered(one: str, other: str) -> bool:
    """Whether what differs between two texts of as many words is a number, a key, or a single letter, on both sides."""
    pairs = zip(one.split(), other.split(), strict=True)
    return any(a != b and _TOLD_APART.search(a) and _TOLD_APART.search(b) for a, b in pairs)


def _slip_of_word(one: str, other: str, words: Mapping[str, int], each: int) -> str | None:
    if _NUMBER.search(one) or _NUMBER.search(other):
        return None
    left, right = romanised(one), romanised(other)
    slips = OSA.distance(left, right)
    most = max(1, min(3, (min(len(left), len(right)) + 1) // each))
    if left not in words or right not in words:
        if slips <= most:
            return "slip"
        loose = words and left not in words and slips <= most + 1 and len(right) >= LONG_WORD
        return "slip into a word" if loose else None
    return "slip into a word" if slips == 1 and words[right] >= MORE_FREQUENT * words[left] else None


def _in_signs(text: str) -> bool:
    return not text.isascii() and _SIGNS.search(text) is not None
