"""Slips of the pen: whether two folded texts differ by a few letters only, and whether these make another word."""

import re
from collections.abc import Collection

from rapidfuzz.distance import OSA

from groovelog.names import romanised, sounded

# One slip in so many letters: a name of 5 may have one, of 10 two. Beets allows a similar share. Of Chinese characters,
# kana and syllables of Hangul each says much more: one in six.
LETTERS_PER_SLIP = 5
# Within a word that the reference does not know, more is forgiven than in a name, where any letters may be a name.
LETTERS_PER_SLIP_OF_WORD = 3
LETTERS_PER_SLIP_OF_NAME = 5
SIGNS_PER_SLIP = 6
MOST_SLIPS = 4
# Schemes of romanisation differ in a letter or so of each word.
LETTERS_PER_SCHEME = 7
_WITHOUT_VOWELS = re.compile("[\u0590-\u0dff]")  # Hebrew, Arabic, and the scripts of India
_NUMBER = re.compile(r"\d+|[ivx]+")
_VOICELESS = str.maketrans("gdb", "ktp")  # Hangul's finals and initials are one letter, and two sounds
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


def one_script(one: str, other: str) -> bool:
    """Whether a text is the other written in Latin letters, whoever romanised it."""
    if one.isascii() and other.isascii():
        return False
    left, right = romanised(one), romanised(other)
    if not left or not right:
        return False
    if left == right:
        return True
    if not one.isascii() and not other.isascii():
        return False
    unvoiced = bool(_WITHOUT_VOWELS.search(one + other))
    left, right = sounded(left).translate(_VOICELESS), sounded(right).translate(_VOICELESS)
    most = min(MOST_SLIPS, min(len(left), len(right)) // LETTERS_PER_SCHEME)
    return OSA.distance(left, right, score_cutoff=most) <= most or (unvoiced and _consonants(left, right))


def misspelt(one: str, other: str, words: Collection[str], *, each: int = LETTERS_PER_SLIP_OF_WORD) -> bool:
    """Whether, word by word, what differs are slips, and one of each two words is not known as a word.

    `each`: letters for one slip within a word.
    """
    left, right = one.split(), other.split()
    if len(left) != len(right):
        odd, others = set(left) - set(right), set(right) - set(left)
        # A space more or less; a word more or less is no slip.
        return bool(odd and others) and any(romanised(word) not in words for word in odd | others)
    pairs = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return all(_slip_of_word(a, b, each) and not (romanised(a) in words and romanised(b) in words) for a, b in pairs)


def _slip_of_word(one: str, other: str, each: int) -> bool:
    if _NUMBER.fullmatch(one) or _NUMBER.fullmatch(other):
        return False
    left, right = romanised(one), romanised(other)
    return OSA.distance(left, right) <= max(1, min(3, (min(len(left), len(right)) + 1) // each))


def _in_signs(text: str) -> bool:
    return not text.isascii() and _SIGNS.search(text) is not None


def _consonants(left: str, right: str) -> bool:
    """Arabic and Hebrew leave vowels out; of what is left, four letters tell enough."""
    left, right = _without_vowels(left), _without_vowels(right)
    return len(left) >= 4 and left == right


def _without_vowels(text: str) -> str:
    bare = text.translate(_VOWELS)
    return "".join(sign for at, sign in enumerate(bare) if at == 0 or sign != bare[at - 1])


_VOWELS = str.maketrans("", "", "aeiouv")
