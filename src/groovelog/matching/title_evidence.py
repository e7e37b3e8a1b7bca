"""What speaks against two titles being one: slips, cuts, subtitles, scripts, versions."""

import re
from collections.abc import Collection

from rapidfuzz.distance import OSA

from groovelog.matching.slips import distance, misspelt, one_script
from groovelog.names import Title, compact, fold

# A cut title keeps at least so many letters; below it, too many titles begin alike.
SHORTEST_CUT = 8
# Words that make a subtitle another track of the same name.
_OTHER_TRACK = frozenset(
    {
        "interlude", "intro", "outro", "reprise", "prelude", "overture", "skit", "introduction", "finale", "coda", "part",
        "epilogue", "prologue", "medley", "continued", "suite", "commentary", "interview", "dub", "freestyle", "dialogue",
    }
)  # fmt: skip
_ARTICLE = re.compile(r"^(?:the|a|an|el|la|los|las|le|les|il|der|die|das|o|os) (?=\S)| (?:the)$")
_CUT_SIGN = re.compile(r"(?:…|\.\.\.?)\s*$")
_DIGITS = re.compile(r"\d+")
ALIKE_DETAIL = 0.85

Penalties = tuple[str, ...]


def title_penalties(text: str, title: Title, other_text: str, other: Title, words: Collection[str]) -> Penalties | str:
    """The penalties of a query's title against a row's, or why they are two."""
    if title.key == other.key and title.versions == other.versions:
        return ()
    whole, other_whole = fold(text), fold(other_text)
    if whole and compact(whole) == compact(other_whole):
        return ()
    if _cut_in_tail(text, whole, other_whole, other):
        return ("cut title",)
    of_core = _core(text, title, other_text, other, words)
    of_version = _version(title.versions, other.versions)
    if not isinstance(of_core, str) and not isinstance(of_version, str):
        return (*of_core, *of_version)
    # A slip in the word that tells the version.
    slips = distance(compact(whole), compact(other_whole))
    if slips and _digits(whole) == _digits(other_whole) and misspelt(whole, other_whole, words):
        return ("slip in title" if slips == 1 else "slips in title",)
    return of_core if isinstance(of_core, str) else str(of_version)


def _core(text: str, title: Title, other_text: str, other: Title, words: Collection[str]) -> Penalties | str:
    one, known = title.core, other.core
    if compact(one) == compact(known):
        return ()
    cut = _cut(text, one, known)
    if cut and set(title.numbers) <= set(other.numbers):
        return (cut,)
    if title.numbers != other.numbers and not _slip_in_number(text, other_text, one, known, words):
        return "other number"
    if compact(_ARTICLE.sub("", one)) == compact(_ARTICLE.sub("", known)):
        return ("article",)
    if one_script(one, known):
        return ("script in title",)
    if (one == title.short) != (known == other.short) and compact(title.short) == compact(other.short):
        longer = title if one != title.short else other
        told = longer.core.split()
        return "other part" if _OTHER_TRACK.intersection(told) else ("subtitle",)
    slips = distance(compact(one), compact(known))
    if slips is None:
        return "other title"
    if not misspelt(one, known, words):
        return ("other word in title",)
    return ("slip in title" if slips == 1 else "slips in title",)


def _slip_in_number(text: str, other_text: str, one: str, known: str, words: Collection[str]) -> bool:
    """ "Oen Day": no figure differs, and the odd word is none."""
    return (
        _digits(text) == _digits(other_text)
        and distance(compact(one), compact(known)) is not None
        and any(word not in words and not word.isdigit() for word in set(one.split()) - set(known.split()))
    )


def _digits(text: str) -> list[str]:
    return _DIGITS.findall(text)


def _cut(text: str, core: str, known: str) -> str | None:
    """Whether a query's title is the beginning of the row's: with dots to say so, within a word, or after one."""
    left, right = compact(core), compact(known)
    if not left or len(left) >= len(right) or not right.startswith(left):
        return None
    if _CUT_SIGN.search(text):
        return "cut title"
    if len(left) < SHORTEST_CUT:
        return None
    return "cut after a word" if known.startswith(core + " ") else "cut title"


def _cut_in_tail(text: str, whole: str, known_whole: str, known: Title) -> bool:
    """Whether a query's title breaks off in the tail of the row's: "Song - Acous", "Song (Li"."""
    left, right = compact(whole), compact(known_whole)
    if not known.tags or len(left) >= len(right) or not right.startswith(left) or len(left) <= len(compact(known.core)):
        return False
    return not known_whole.startswith(whole + " ") or bool(_CUT_SIGN.search(text))


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
