"""Letters that an encoding lost: "Beyonc?", "Beyonc\ufffd", "Beyonc", and letters that a writer spelt out, "Muenchen"."""

import re
from functools import lru_cache

from groovelog.names import mend

_LOST = re.compile(r"[?_\ufffd]+")
_LETTER = re.compile(r"[^\W_]")
_CENSORED = re.compile(r"(?<=\w)\*+(?=\w)|(?<=\w)\*{2,}")
_WORD = re.compile(r"[^\s,;&/()]+")
_SPELT_OUT = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe",
    "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa", "Æ": "Ae", "Œ": "Oe",
})  # fmt: skip
SHORTEST_LEFT = 3  # letters of a text that has lost some without a trace


def restored(text: str, other: str) -> str:
    """The text with lost letters as the other text has them, as far as the words around them agree; else as it is.

    >>> restored("Anton?n Dvo??k", "Antonín Dvořák"), restored("Why? N? 1", "Nº 1"), restored("J�nsi", "Janis")
    ('Antonín Dvořák', 'Why? Nº 1', 'J�nsi')
    >>> restored("Mueller", "Müller"), restored("Adis Mi Senor", "Adiós Mi Señor"), restored("H**bour Night", "Harbour Night")
    ('Müller', 'Adis Mi Senor', 'Harbour Night')
    >>> restored("Adis Mi Seor", "Adiós Mi Señor")
    'Adiós Mi Señor'
    """
    if "*" in text and _CENSORED.search(text):
        text = _filled(text, _CENSORED, r"\w+", _WORD.findall(other))
    if other.isascii():
        return text
    if "\ufffd" in text and text == other.encode().decode("cp1252", "replace"):
        return other
    text, other = mend(text), mend(other)
    if _LOST.search(text) and _LETTER.search(text):
        text = _filled(
            text, _LOST, r"[^\x00-\x7f]{1,%d}", [word for word in _WORD.findall(other) if not word.isascii()]
        )
    if not text.isascii():
        return text
    without = _without(other)
    if text.casefold() == without and len(without) >= SHORTEST_LEFT:
        return other
    spelt_out = _spelt_out(other)
    return _WORD.sub(lambda word: spelt_out.get(word[0].casefold(), word[0]), text) if spelt_out else text


def _filled(text: str, holes: re.Pattern[str], lost: str, words: list[str]) -> str:
    """The text, of which each word with holes is one of the words, where one fits; `lost`: what a hole of so many signs is."""

    def known(word: re.Match[str]) -> str:
        kept = holes.split(word[0])
        if len(kept) == 1:
            return word[0]
        lacking = [lost.replace("%d", str(len(hole))) for hole in holes.findall(word[0])]
        like = "".join(re.escape(part) + hole for part, hole in zip(kept, [*lacking, ""], strict=True))
        fits = re.compile(like, re.IGNORECASE)
        return next((whole for whole in words if fits.fullmatch(whole)), word[0])

    return _WORD.sub(known, text)


@lru_cache(maxsize=65536)
def _without(text: str) -> str:
    """The text without what is not ASCII; nothing where whole words would be gone."""
    words = ["".join(sign for sign in word if sign.isascii()) for word in text.casefold().split()]
    return " ".join(words) if all(words) else ""


@lru_cache(maxsize=65536)
def _spelt_out(text: str) -> dict[str, str]:
    """The words that may be spelt out, by what they then are."""
    told = {word.translate(_SPELT_OUT).casefold(): word for word in _WORD.findall(text) if not word.isascii()}
    return {spelt: word for spelt, word in told.items() if spelt.isascii()}
