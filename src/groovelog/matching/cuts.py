"""Texts that were cut off: by columns of a fixed width, mobile screens, with dots to say so or without."""

import re
from collections.abc import Mapping
from functools import lru_cache

from groovelog.matching.slips import numbered
from groovelog.names import Title, compact, fold, numbers, plain, romanised

# A title cut after a word keeps at least so many letters, one cut within a word so many; below, too many titles begin alike.
SHORTEST_CUT = 8
SHORTEST_CUT_WITHIN = 6
# Whole titles that another of the artist's titles begins with have one or two words in charts ("Too Young", "Don't Stop").
MANY_WORDS, LONG_ENOUGH = 3, 9
FEWEST_WORDS = 2  # of a title that hangs

DOTS = re.compile(r"(?:…|\.\.\.?)\s*$")  # that stand for what was cut off
OPEN_TAIL = re.compile(r"[(\[][^)\]]*$")
# Dots, a bracket that is left open, or a sign after which something has to come.
_CUT_SIGN = re.compile(rf"{DOTS.pattern}|{OPEN_TAIL.pattern}|[,:&/]\s*$|\s[-–—+]\s*$")
_DANGLING = re.compile(r"\s[-–—(\[]\s*(?:…|\.\.\.?)?\s*$")
# A bracket that was cut within the word that credits guests.
_OPEN_GUEST = re.compile(r"[(\[]\s*(?:f|fe|fea|feat|featu\w*|w|wi|wit|with)\.?$", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r" (?:no|nr)$")  # which `fold` drops where a number follows
# After a whole title: another song of that name, or another piece of the work.
_PART = re.compile(r" (?:\d|part\b|volume\b|act\b|chapter\b|op\b)")

# A title that ends in one of these was cut.
_HANGING = frozenset(
    {
        "the", "a", "an", "of", "and", "my", "your", "our", "their", "with", "for", "into", "than", "or", "but", "youre",
        "theyre", "ive", "youve", "doesnt", "didnt", "isnt", "whos", "de", "la", "el", "le", "les", "los", "las", "un", "una",
        "di", "da", "do", "des", "der", "den", "dem", "das", "ein", "eine", "und", "oder", "von", "vom", "zum", "zur", "mit",
        "fur", "y", "e", "et", "que", "qui", "con", "por", "para", "pour", "sur", "dans", "en", "au", "aux", "du", "del",
        "della", "dei", "il", "gli", "per", "o", "os", "um", "uma", "em", "mein", "meine", "dein", "mon", "ton", "su", "meu",
        "minha", "och", "som", "sem", "ohne", "pod", "bez", "sin", "sans", "senza", "op", "k", "bwv", "no", "nr", "part",
        "volume", "act",
    }
)  # fmt: skip
_HANGING_VERSION = _HANGING | {"at", "in", "from", "on", "by", "na"}
# Words that make a subtitle another track of the same name.
OTHER_TRACK = frozenset(
    {
        "interlude", "intro", "outro", "reprise", "prelude", "overture", "skit", "introduction", "finale", "coda", "part",
        "epilogue", "prologue", "medley", "continued", "suite", "commentary", "interview", "dub", "freestyle", "dialogue",
        "ripresa", "final", "titles", "credits",
    }
)  # fmt: skip


@lru_cache(maxsize=65536)
def folded_once(text: str) -> str:
    """`fold`, remembered: each title is held against many."""
    return fold(text)


def shows_cut(text: str) -> bool:
    return _CUT_SIGN.search(text) is not None


def dangles(text: str) -> bool:
    """Whether a text ends in a dash or an open bracket that nothing follows."""
    return _DANGLING.search(text) is not None


def hides_version(text: str) -> bool:
    """Whether a bracket was cut before it closes: it may have told a version, unless it is about to name guests."""
    told = DOTS.sub("", text)
    return OPEN_TAIL.search(told) is not None and not _OPEN_GUEST.search(told)


def cut_in_core(
    query: tuple[str, Title], reference: tuple[str, Title], known_words: Mapping[str, int]
) -> tuple[str, ...]:
    """The penalty of a query's title (text, and taken apart) that is the beginning of the row's; nothing where it is none."""
    (text, title), (known_text, known) = query, reference
    cut = _begins(text, title, known, known_words) or _cut_in_number(text, known_text)
    if cut == "cut title" and known_text.count(":") > text.rstrip(" :.…").count(":"):
        cut = "cut before a number"  # of a work, whose movements follow
    return (cut,) if cut else ()


def _begins(text: str, title: Title, known: Title, known_words: Mapping[str, int]) -> str | None:
    core = _NUMBER_SIGN.sub("", title.core)
    left, right = compact(core), compact(known.core)
    if not left or len(left) >= len(right) or not right.startswith(left):
        return None
    shown = shows_cut(text)
    # A number that is cut itself is not told.
    half = shown and left[-1].isdigit() and right[len(left)].isdigit()
    told = set(numbers(core.rpartition(" ")[0]) if half else title.numbers)
    if not told <= set(known.numbers):
        return None
    if shown:
        return "cut title" if told == set(known.numbers) else "cut before a number"
    return _unshown(core, title, known, known_words)


def _unshown(core: str, title: Title, known: Title, known_words: Mapping[str, int]) -> str | None:
    """A cut that nothing shows, within a word or after one.

    A single word that the reference knows is whole, though the row may go on: "Image", "Imagem".
    """
    words, length = core.split(), len(compact(core))
    hangs = (len(words) >= FEWEST_WORDS and words[-1] in _HANGING) or core != title.core
    after_word = known.core.startswith(core + " ") and not hangs
    rest = known.core[len(core) :]
    too_short = length < (SHORTEST_CUT if after_word else SHORTEST_CUT_WITHIN)
    if too_short or (after_word and (_PART.match(rest) or OTHER_TRACK.intersection(rest.split()))):
        return None
    if not after_word and (hangs or len(words) > 1 or romanised(core) not in known_words):
        return "cut title" if title.numbers == known.numbers else "cut before a number"
    many = len(words) >= MANY_WORDS and length >= LONG_ENOUGH and title.numbers == known.numbers
    return "cut after words" if many else "cut after a word"


def _cut_in_number(text: str, known_text: str) -> str | None:
    """A cut within a word that `fold` takes for a number, once it is cut or before: "Wonderful O", "Ao Vi"."""
    left, right = plain(DOTS.sub("", text)), plain(known_text)
    if len(left) < LONG_ENOUGH or not right.startswith(left) or right.startswith(left + " "):
        return None
    at = left.rfind(" ") + 1
    return None if numbered(left[at:], right[at:].partition(" ")[0]) else "cut title"


def cut_in_tail(query: tuple[str, Title], reference: tuple[str, Title]) -> tuple[str, ...]:
    """The penalty of a query's title that breaks off in the tail of the row's, "Song - Acous", "Song (Li", or shortly before."""
    (text, title), (known_text, known) = query, reference
    whole, known_whole = folded_once(text), folded_once(known_text)
    left, right = compact(whole), compact(known_whole)
    if not known.tags or title.tags == known.tags or len(left) >= len(right):
        return ()
    if not right.startswith(left):
        cut = None if title.tags else _cut_in_number(text, known_text)
        return (cut,) if cut else ()
    if len(left) <= len(compact(known.core)):
        return ("cut before the version",) if shows_cut(text) and known.versions else ()
    return _within_tail(text, whole, known_whole, title, known)


def _within_tail(text: str, whole: str, known_whole: str, title: Title, known: Title) -> tuple[str, ...]:
    within_word = not known_whole.startswith(whole + " ")
    hangs = whole.rpartition(" ")[2] in _HANGING_VERSION
    if within_word or hangs or shows_cut(text) or title.versions == known.versions:
        return ("cut title",)
    if any(len(tag.partition(":")[2].split()) > 1 for tag in title.versions):
        return ("cut after words",)  # it tells which concert, or whose remix
    return () if _kinds(title.versions) == _kinds(known.versions) else ("cut after a word",)


def _kinds(versions: frozenset[str]) -> frozenset[str]:
    return frozenset(tag.partition(":")[0] for tag in versions)
