"""Folding a text: what two spellings of one name have in common."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Accents of Latin, Greek and Cyrillic. The marks of other scripts carry meaning: か is not が.
_ACCENTS = re.compile("[̀-ͯ]")
_NOT_WORD = re.compile(r"[\W_]+")

# Letters that Unicode does not take apart, and letters of one sound that keyboards mix up (Arabic, Persian).
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "",
    "'": "", "’": "", "‘": "", "`": "", "´": "", "ʼ": "", "ʻ": "", "′": "", "＇": "",
    "ʹ": "", "ʺ": "", "\ufffd": "", "\u200b": "", "\u00ad": "",
})  # fmt: skip
# Vowel points of Arabic and Hebrew, which most writers leave out.
_POINTS = re.compile("[\u064b-\u065f\u0670\u0591-\u05c7]")
# The vowel signs of India and South-East Asia are not letters to `re`, but are to readers. A line break ends a text.
_NOT_LETTERS = re.compile(r"(?:[^\w\n\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17d3]|_)+")
_SIGNS = re.compile(
    r"(?<=[^\W\d_])\$(?=\w)|(?<!\w)\$(?=[^\W\d_])|(?<=[^\W\d_])\$(?!\w)"
    r"|(?<=[^\W\d_])!(?=[^\W\d_])|(?<=[^\W\d_])@(?=[^\W\d_])|[&+＆＋]|(?<!\w)@(?!\w)"
)
_SIGN_WORDS = {"$": "s", "!": "i", "&": " and ", "+": " and ", "＆": " and ", "＋": " and "}
_NUMERAL = re.compile(r"(?<![^\s:(\-–])([IVX]{1,5})\.(?=\s|$)")
_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18", "xix": "19",
}  # fmt: skip
_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    "pt": "part", "pts": "part", "parts": "part", "vol": "volume", "n": "and",
    **{word: str(number) for number, word in enumerate(_COUNTED)},
    **{word: f"{number}{('th', 'st', 'nd', 'rd')[number if number < 4 else 0]}" for number, word in enumerate(_ORDINALS, 1)},
    **{word: str(number) for number, word in zip(range(20, 100, 10), _TENS, strict=True)},
    **{numeral: number for numeral, number in _ROMAN.items() if len(numeral) > 1},
}  # fmt: skip
_WORD = re.compile(rf"(?<= )n(?= )|\b(?:{'|'.join(word for word in _WORDS if word != 'n')})\b")
# "Part I", "Act V": a single letter is a number only after such a word.
_COUNTER = re.compile(r"\b(part|act|volume|chapter|movement|mvt|book|scene|suite) ([ivx])\b")
_NUMBER_SIGN = re.compile(r"\b(?:no|nr|num|number|nº|n) (?=\d)")


_WIDE = re.compile("[\u3000\uff01-\uff5e]")


def narrow(text: str) -> str:
    """Full-width letters and signs as the usual ones, so that "－" and "（" separate as "-" and "(" do.

    >>> narrow("Ｓｏｎｇ　－　Ｌｉｖｅ")
    'Song - Live'
    """
    return unicodedata.normalize("NFKC", text) if _WIDE.search(text) else text


def plain(text: str) -> str:
    """Case, accents, width, punctuation and spacing taken away; a name of punctuation alone keeps it.

    >>> plain("JAŸ-Z"), plain("Ayọ"), plain("黒い海"), plain("!!!")
    ('jay z', 'ayo', '黒い海', '!!!')
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = unicodedata.normalize("NFKC", _ACCENTS.sub("", folded)).casefold()
    return _NOT_WORD.sub(" ", bare).strip() or bare.strip()


def fold(text: str) -> str:
    """`plain` with what else writers vary: apostrophes, "&" and "and", "Pt. II" and "Part 2", "No. 5", "P!nk", "Ke$ha".

    Works line by line, so that many texts can be folded at once, joined by line breaks. A text of punctuation alone
    folds to nothing (see `folded`).

    >>> fold("Rock ’n’ Roll, Pt. II"), fold("Mambo No. 5"), fold("A$AP"), fold("Sonata: IV. Allegro")
    ('rock and roll part 2', 'mambo 5', 'asap', 'sonata 4 allegro')
    """
    if _EASY.fullmatch(text):
        words = text.lower().translate(_DROPPED).split()
        if _TELLING.isdisjoint(words):
            return " ".join(words)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _NUMERAL.sub(lambda numeral: _ROMAN.get(numeral[1].lower(), numeral[0]), text)
    text = text.casefold()
    if not text.isascii():
        text = _POINTS.sub("", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
        text = unicodedata.normalize("NFKC", text).casefold()
    text = _SIGNS.sub(_sign, text).translate(_LETTERS)
    text = _NOT_LETTERS.sub(" ", text)
    text = _WORD.sub(lambda word: _WORDS[word[0]], text)
    text = _COUNTER.sub(lambda found: f"{found[1]} {_ROMAN[found[2]]}", text)
    text = _NUMBER_SIGN.sub("", text)
    return text.strip(" ") if "\n" not in text else _TRIM.sub("", text).strip(" ")


# Most names are plain words that none of these expressions changes.
_EASY = re.compile(r"[A-Za-z0-9 ',()\-]*")
_DROPPED = str.maketrans(",()-", "    ", "'")
_TELLING = frozenset({*_WORDS, "no", "nr", "num", "number"})
_TELLING |= {"part", "act", "volume", "chapter", "movement", "mvt", "book", "scene", "suite"}

_TRIM = re.compile(r"(?m)^ | $")


def _sign(sign: re.Match[str]) -> str:
    if sign[0] == "@":
        inside = sign.start() > 0 and sign.string[sign.start() - 1].isalpha()
        return "a" if inside else " at "
    return _SIGN_WORDS[sign[0]]


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """`fold`, but a name of punctuation alone keeps it: "!!!" is an artist."""
    return fold(text) or " ".join(text.split())


def compact(folded: str) -> str:
    """A folded text without its spaces: "blink 182", "blink-182" and "blink182" are one name."""
    return folded.replace(" ", "")


# One sound, several letters: which is written depends on who romanised. Korean ㄹ is r or l; おう is ou, oo or o.
_SOUNDS = str.maketrans({"l": "r", "y": "i", "j": "i", "w": "v", "q": "k", "c": "k", "z": "s", "h": ""})
_RUNS = re.compile(r"(.)\1+")
_LONG = re.compile(r"ou|oo|uu|eo|eu|oe|ee|aa|ii")


@lru_cache(maxsize=65536)
def romanised(folded: str) -> str:
    """A folded text in Latin letters without spaces, letter by letter.

    >>> romanised("группа крови"), romanised("사랑"), romanised("ありがとう")
    ('gruppakrovi', 'salang', 'arigatou')
    """
    text = folded if folded.isascii() else anyascii(folded).lower()
    return text.replace(" ", "").replace("'", "").replace("`", "")


@lru_cache(maxsize=65536)
def sounded(romanised: str) -> str:
    """A romanised text brought to one letter per sound, so that schemes of romanisation agree.

    >>> sounded("sarang") == sounded("salang"), sounded("arigato") == sounded("arigatou")
    (True, True)
    """
    short = _LONG.sub(lambda vowels: {"eo": "o", "eu": "u", "oe": "o"}.get(vowels[0], vowels[0][0]), romanised)
    return _RUNS.sub(r"\1", short.translate(_SOUNDS))
