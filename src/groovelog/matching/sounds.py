"""Whether a text is another one written in Latin letters, whoever romanised it, and by whatever scheme."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from groovelog.names import romanised, sounded

MOST_SLIPS = 4
# Schemes of romanisation differ in a letter or so of each word.
LETTERS_PER_SCHEME = 5
LONGER = 1.8  # no scheme takes so many times the letters of another; Arabic without its vowels does
LEAST_COARSE = 3  # sounds that are left of a text
LETTERS_PER_COARSE = 6
_WITHOUT_VOWELS = re.compile("[\u0590-\u0dff]")  # Hebrew, Arabic, and the scripts of India
_VOICELESS = str.maketrans("gdb", "ktp")  # Hangul's finals and initials are one letter, and two sounds

# What the schemes of a script write differently, brought together on both sides, in this order: Revised, McCune–Reischauer
# and Yale; Hepburn, Kunrei and Nihon, also kana by kana ("kitsuto" for "kitto"); ISO 9, BGN, passports, and what people type.
_SCHEMES = tuple(
    (re.compile(script), tuple((re.compile(sounds), sound) for sounds, sound in rules))
    for script, rules in (
        ("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]", (
            ("eo|oe", "o"), ("eu", "u"), ("ae|ay|ey", "e"), ("[csjzd]h?", "t"), ("h", ""), ("[gq]", "k"), ("nk", "n"),
            ("l", "r"), ("[bf]", "p"), ("ui", "i"), ("[yw]|i(?=[aeou])", ""),
        )),
        ("[\u3040-\u30ff]", (
            ("t[iu]|ch?i|tsu|[jzd][iu]|shi|si", "su"), ("[fh]u", "u"), ("ch|sh|ts|[jzc]", "s"), ("[hyw]", ""),
            ("(?<=s)[iu](?=[aeou])|i(?=[aeou])", ""), ("(?<=[aeiou])su(?=[kstpc])", ""), ("l", "r"),
            ("m(?=[bp])", "n"), ("ou|oo", "o"),
        )),
        ("[\u0400-\u04ff]", (
            ("s?h?t?s?ch|tch|zh|sh|t[sz]|[czj](?=[^aeou]|$)|[cz]", "s"), ("kh|h", ""), ("x", "ks"), ("w", "v"),
            ("[yij]o", "e"), ("[yij]+(?=[aeou])", ""), ("[yij]+", "i"), ("q", "k"),
        )),
        ("[\u0370-\u03ff\u1f00-\u1fff]", (
            ("[ck]?h", ""), ("th|8", "t"), ("p?f|ph", "f"), ("mp|b", "v"), ("nt|d", "t"), ("ng|gk|gg", "g"), ("x|3", "ks"),
            ("w", "o"), ("[aeo]i|ou|[yue]", "i"),
        )),
    )
)  # fmt: skip
_RUNS = re.compile(r"(.)\1+")


def one_script(one: str, other: str) -> str | None:
    """How a folded text is another in Latin letters: "script" where these sound the same, else more loosely; None: it is not.

    >>> one_script("사랑", "sarang"), one_script("첫사랑", "chotsarang"), one_script("사랑", "salt")
    ('script', 'letters of the script', None)
    >>> one_script("きっと", "kitsuto"), one_script("ещё", "eshchyo")
    ('letters of the script', 'letters of the script')
    """
    if one.isascii() and other.isascii():
        return None
    left, right = romanised(one), romanised(other)
    if not left or not right:
        return None
    if left == right:
        return "script"
    if not one.isascii() and not other.isascii():
        return None
    return _by_sound(left, right, other if one.isascii() else one)


def _by_sound(left: str, right: str, text: str) -> str | None:
    """`text`: the one that is not in Latin letters."""
    longer = max(len(left), len(right)) > LONGER * min(len(left), len(right))
    if longer and not _WITHOUT_VOWELS.search(text):
        return None
    heard, known = (sounded(side).translate(_VOICELESS) for side in (left, right))
    if heard == known:
        return "script"
    most = min(MOST_SLIPS, min(len(heard), len(known)) // LETTERS_PER_SCHEME)
    like = (
        OSA.distance(heard, known, score_cutoff=most) <= most
        or (_WITHOUT_VOWELS.search(text) is not None and _consonants(heard, known))
        or any(_near(_coarse(left, number), _coarse(right, number)) for number in _scripts(text))
    )
    return "letters of the script" if like else None


def _near(left: str, right: str) -> bool:
    shorter = min(len(left), len(right))
    return shorter >= LEAST_COARSE and OSA.distance(left, right) <= shorter // LETTERS_PER_COARSE


def _scripts(text: str) -> list[int]:
    return [number for number, (script, _) in enumerate(_SCHEMES) if script.search(text)]


@lru_cache(maxsize=65536)
def _coarse(letters: str, scheme: int) -> str:
    for sounds, sound in _SCHEMES[scheme][1]:
        letters = sounds.sub(sound, letters)
    return _RUNS.sub(r"\1", letters)


def _consonants(left: str, right: str) -> bool:
    """Arabic and Hebrew leave vowels out; of what is left, four letters tell enough."""
    left, right = _without_vowels(left), _without_vowels(right)
    return len(left) >= 4 and left == right


def _without_vowels(text: str) -> str:
    bare = text.translate(_VOWELS)
    return "".join(sign for at, sign in enumerate(bare) if at == 0 or sign != bare[at - 1])


_VOWELS = str.maketrans("", "", "aeiouv")
