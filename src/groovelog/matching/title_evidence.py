"""What speaks against two titles being one: slips, cuts, subtitles, scripts, versions."""

import re
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import OSA

from groovelog.matching.slips import distance, misspelt, one_script
from groovelog.matching.ways_of_writing import title_as_spoken
from groovelog.names import Title, compact, fold, plain

# A title cut after a word keeps at least so many letters, one cut within a word so many; below it, too many titles begin alike.
SHORTEST_CUT = 8
SHORTEST_CUT_WITHIN = 6
# Words that make a subtitle another track of the same name.
# A title that ends in one of these was cut.
_HANGING = frozenset(
    {
        "the", "a", "an", "of", "and", "my", "your", "de", "la", "el", "le", "les", "los", "las", "di", "da", "do", "des", "der",
        "das", "und", "y", "e", "et", "que", "con", "du", "o", "os",
    }
)  # fmt: skip
_OTHER_TRACK = frozenset(
    {
        "interlude", "intro", "outro", "reprise", "prelude", "overture", "skit", "introduction", "finale", "coda", "part",
        "epilogue", "prologue", "medley", "continued", "suite", "commentary", "interview", "dub", "freestyle", "dialogue",
    }
)  # fmt: skip
_ARTICLE = re.compile(r"^(?:the|a|an|el|la|los|las|le|les|il|der|die|das|o|os) (?=\S)| (?:the)$")
_DANGLING = re.compile(r"\s[-–—(\[]\s*(?:…|\.\.\.?)?\s*$")
_CUT_SIGN = re.compile(r"(?:…|\.\.\.?)\s*$")
_DIGITS = re.compile(r"\d+")
ALIKE_DETAIL = 0.85
ALIKE_SUBTITLE = 0.6
FEWEST_WORDS = 3  # of a title that is told by what is left of it
LONG_TITLE = 16
SHORT_TITLE = 6  # letters; "One" and "The One" are two songs
_CREDIT_WORDS = frozenset({"feat", "ft", "featuring", "with", "and", "x", "vs", "the", "by", "of"})
_OPEN_TAIL = re.compile(r"[(\[][^)\]]*$")

Penalties = tuple[str, ...]


def title_penalties(
    query: tuple[str, Title], reference: tuple[str, Title], artist_words: Collection[str], words: Collection[str]
) -> Penalties | str:
    """The penalties of a query's title (text, and taken apart) against a row's, or why they are two.

    `artist_words` are those of both sides' artists: a tail of them alone is a credit. `words`: see `Vocabulary`.
    """
    (text, title), (known_text, known) = query, reference
    if title.key == known.key and title.versions == known.versions:
        return ("cut title",) if _DANGLING.search(text) and not _DANGLING.search(known_text) else ()
    whole, known_whole = _whole(text), _whole(known_text)
    if whole and compact(whole) == compact(known_whole):
        return ()
    cut = _cut_in_tail(text, whole, known_whole, title, known)
    if cut:
        return cut
    of_core = _core(query, reference, artist_words, words)
    of_version = _version(title.versions, known.versions)
    if not isinstance(of_core, str) and not isinstance(of_version, str):
        return (*of_core, *of_version)
    # A slip in the word that tells the version.
    slips = distance(compact(whole), compact(known_whole))
    same_count = len(whole.split()) == len(known_whole.split())
    if slips and same_count and _digits(whole) == _digits(known_whole) and misspelt(whole, known_whole, words):
        return ("slip in title" if slips == 1 else "slips in title",)
    return of_core if isinstance(of_core, str) else str(of_version)


@lru_cache(maxsize=65536)
def _whole(text: str) -> str:
    return fold(text)


def _core(  # noqa: PLR0911 (a list of cases)
    query: tuple[str, Title], reference: tuple[str, Title], artist_words: Collection[str], words: Collection[str]
) -> Penalties | str:
    (text, title), (known_text, other) = query, reference
    one, known = title.core, other.core
    if compact(one) == compact(known):
        return ()
    cut = _cut(text, one, known)
    if cut and set(title.numbers) <= set(other.numbers):
        return (cut,)
    subtitle = _subtitle(title, other, artist_words)
    if subtitle is not None:
        return _OPEN_REASON if subtitle == ("subtitle",) and _breaks_off(text, other) else subtitle
    if title_as_spoken(one) == title_as_spoken(known):
        return ("way of writing",)
    if title.numbers != other.numbers:
        return _slip_in_number(text, known_text, words) or "other number"
    bare = compact(_ARTICLE.sub("", one))
    if bare == compact(_ARTICLE.sub("", known)):
        return ("article" if len(bare) >= SHORT_TITLE else "article of a short title",)
    return _spelling(one, known, words)


def _spelling(one: str, known: str, words: Collection[str]) -> Penalties | str:
    if one_script(one, known):
        return ("script in title",)
    slips = distance(compact(one), compact(known))
    if slips is None:
        return "other title"
    if not misspelt(one, known, words):
        return ("letter in a long title",) if slips == 1 and len(one) >= LONG_TITLE else ("other word in title",)
    return ("slip in title" if slips == 1 else "slips in title",)


_OPEN_REASON = "a version that is cut off"


def _breaks_off(text: str, known: Title) -> bool:
    """Whether the query's bracket was cut before it closes, and the row has none: it may have told a version."""
    return bool(_OPEN_TAIL.search(text)) and known.core == known.short


def _subtitle(title: Title, other: Title, artist_words: Collection[str]) -> Penalties | str | None:
    """What a tail that only one of them has means: nothing where it credits artists; None where it is none."""
    longer, shorter = (title, other) if len(title.core) > len(other.core) else (other, title)
    told, rest = longer.core.split(), shorter.core.split()
    if compact(longer.short) == compact(shorter.short) and title.core != title.short and other.core != other.short:
        same = title.numbers == other.numbers
        alike = OSA.normalized_similarity(title.core, other.core) >= ALIKE_SUBTITLE
        return ("subtitle",) if same and alike and len(longer.short) >= SHORT_TITLE else None
    if told[: len(rest)] != rest or not compact(shorter.core).startswith(compact(longer.short)):
        return None
    added = told[len(rest) :]
    if all(word in artist_words or word in _CREDIT_WORDS for word in added):
        return ()
    if title.numbers != other.numbers:
        return None
    return "other part" if _OTHER_TRACK.intersection(added) else ("subtitle",)


def _slip_in_number(text: str, known_text: str, words: Collection[str]) -> Penalties | None:
    """ "Oen Day": no figure differs, only the spelling of a number."""
    if _digits(text) != _digits(known_text):
        return None
    told = _spelling(plain(text), plain(known_text), words)
    return told if told in (("slip in title",), ("slips in title",)) else None


def _digits(text: str) -> list[str]:
    return _DIGITS.findall(text)


def _cut(text: str, core: str, known: str) -> str | None:
    """Whether a query's title is the beginning of the row's: with dots to say so, within a word, or after one."""
    left, right = compact(core), compact(known)
    if not left or len(left) >= len(right) or not right.startswith(left):
        return None
    if _CUT_SIGN.search(text):
        return "cut title"
    told = core.split()
    hangs = len(told) >= FEWEST_WORDS and told[-1] in _HANGING
    after_word = known.startswith(core + " ") and not hangs
    if len(left) < (SHORTEST_CUT if after_word else SHORTEST_CUT_WITHIN):
        return None
    if not after_word:
        return "cut title"
    return "cut long title" if len(left) >= LONG_TITLE and len(told) >= FEWEST_WORDS else "cut after a word"


def _cut_in_tail(text: str, whole: str, known_whole: str, title: Title, known: Title) -> Penalties:
    """Whether a query's title breaks off in the tail of the row's, "Song - Acous", "Song (Li", or with dots before it."""
    left, right = compact(whole), compact(known_whole)
    if not known.tags or title.tags == known.tags or len(left) >= len(right) or not right.startswith(left):
        return ()
    dots = bool(_CUT_SIGN.search(text))
    if len(left) <= len(compact(known.core)):
        return ("cut before the version",) if dots and known.versions else ()
    if dots or not known_whole.startswith(whole + " "):
        return ("cut title",)
    return ("cut after a word",) if isinstance(_version(title.versions, known.versions), str) else ()


def _version(one: frozenset[str], other: frozenset[str]) -> Penalties | str:
    if one == other:
        return ()
    kinds, other_kinds = {tag.partition(":")[0] for tag in one}, {tag.partition(":")[0] for tag in other}
    if kinds != other_kinds:
        return "other version"
    for kind in kinds:
        told, known = _detail(one, kind), _detail(other, kind)
        if told and known and not _alike_detail(told, known):
            return "other version"
    return ("version told less",)


def _detail(tags: frozenset[str], kind: str) -> str:
    return " ".join(sorted(tag.partition(":")[2] for tag in tags if tag.partition(":")[0] == kind)).strip()


def _alike_detail(one: str, other: str) -> bool:
    left, right = set(one.split()), set(other.split())
    return left <= right or right <= left or OSA.normalized_similarity(one, other) > ALIKE_DETAIL
