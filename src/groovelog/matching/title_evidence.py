"""What speaks against two titles being one: slips, cuts, subtitles, scripts, versions."""

import re
from collections.abc import Collection, Mapping

from rapidfuzz.distance import OSA

from groovelog.matching.cuts import (
    OPEN_TAIL,
    OTHER_TRACK,
    cut_in_core,
    cut_in_tail,
    dangles,
    folded_once,
    hides_version,
    shows_cut,
)
from groovelog.matching.slips import distance, misspelt, numbered
from groovelog.matching.sounds import one_script
from groovelog.matching.version_evidence import other_film, version_penalties
from groovelog.matching.ways_of_writing import title_as_spoken
from groovelog.names import Title, compact, plain

ALIKE_SUBTITLE = 0.8
MOST_SLIPS_INTO_WORDS = 2
LONG_TITLE = 14  # letters of a title for each that makes another word
SHORT_TITLE = 6  # letters; "One" and "The One" are two songs
_ARTICLE = re.compile(r"^(?:the|a|an|el|la|los|las|le|les|il|der|die|das|o|os) (?=\S)")
_ARTICLE_LAST = re.compile(r",\s*(?:the|an?)$", re.IGNORECASE)  # as lists have it, "Harbour, The"
_DIGITS = re.compile(r"\d+")
_CREDIT_WORDS = frozenset({"feat", "ft", "featuring", "with", "and", "x", "vs", "the", "by", "of"})

Penalties = tuple[str, ...]
Told = tuple[str, Title]  # a title's text, and what it says


def title_penalties(
    query: Told, reference: Told, artist_words: Collection[str], words: Mapping[str, int]
) -> Penalties | str:
    """The penalties of a query's title against a row's, or why they are two.

    `artist_words` are those of both sides' artists: a tail of them alone is a credit. `words`: see `Vocabulary`.
    """
    (text, title), (known_text, known) = query, reference
    if title.key == known.key and title.versions == known.versions:
        if other_film(title.tags, known.tags):
            return "other film"
        return ("cut title",) if dangles(text) and not dangles(known_text) else ()
    whole, known_whole = folded_once(text), folded_once(known_text)
    if whole and compact(whole) == compact(known_whole):
        return ()
    cut = cut_in_tail(query, reference)
    if cut:
        return cut
    of_core = _core(query, reference, artist_words, words)
    of_version = version_penalties(title.versions, known.versions)
    if not isinstance(of_core, str) and not isinstance(of_version, str):
        return (*of_core, *of_version)
    slip = _slip_in_version(whole, known_whole, words)
    return slip or (of_core if isinstance(of_core, str) else str(of_version))


def _slip_in_version(whole: str, known_whole: str, words: Mapping[str, int]) -> Penalties:
    """A slip in the word that tells the version."""
    slips = distance(compact(whole), compact(known_whole))
    if not slips or whole.count(" ") != known_whole.count(" ") or _digits(whole) != _digits(known_whole):
        return ()
    return _slips(slips) if misspelt(whole, known_whole, words) == "slip" else ()


def _core(  # noqa: PLR0911 (a list of cases)
    query: Told, reference: Told, artist_words: Collection[str], words: Mapping[str, int]
) -> Penalties | str:
    (text, title), (known_text, other) = query, reference
    one, known = title.core, other.core
    if compact(one) == compact(known):
        return ()
    # A row may be cut as well: its bracket stays open then.
    cut = cut_in_core(reference, query, words) if OPEN_TAIL.search(known_text) else ()
    cut = cut or cut_in_core(query, reference, words)
    subtitle = _subtitle(title, other, artist_words)
    untold = subtitle == ("subtitle",) and compact(one) == compact(other.short) and not shows_cut(text)
    if cut and not untold:
        return cut
    if subtitle is not None:
        hidden = subtitle == ("subtitle",) and (
            (known == other.short and hides_version(text)) or (one == title.short and hides_version(known_text))
        )
        return "a version that is cut off" if hidden else subtitle
    if title_as_spoken(one) == title_as_spoken(known):
        return ("way of writing",)
    if title.numbers != other.numbers:
        return _slip_in_number(text, known_text, words) or "other number"
    bare = _bare(text, one)
    if bare == _bare(known_text, known):
        return ("article" if len(bare) >= SHORT_TITLE else "article of a short title",)
    return _spelling(one, known, words)


def _bare(text: str, core: str) -> str:
    """A core without its article."""
    return compact(core.rpartition(" ")[0] if _ARTICLE_LAST.search(text) else _ARTICLE.sub("", core))


def _spelling(one: str, known: str, words: Mapping[str, int]) -> Penalties | str:
    script = one_script(one, known)
    if script:
        return (f"{script} in title",)
    slips = distance(compact(one), compact(known))
    if slips is None:
        return "other title"
    kind = misspelt(one, known, words)
    if kind == "slip":
        return _slips(slips)
    same_count = one.count(" ") == known.count(" ")
    if same_count and numbered(one, known):
        return "other number"
    if kind and slips <= MOST_SLIPS_INTO_WORDS:
        return ("slip into a word",)
    return ("letter in a long title" if same_count and len(one) >= slips * LONG_TITLE else "other word in title",)


def _slips(count: int) -> Penalties:
    return ("slip in title" if count == 1 else "slips in title",)


def _subtitle(title: Title, other: Title, artist_words: Collection[str]) -> Penalties | str | None:
    """What a tail that only one of them has means: nothing where it credits artists; None where it is none."""
    longer, shorter = (title, other) if len(title.core) > len(other.core) else (other, title)
    told, rest = longer.core.split(), shorter.core.split()
    if compact(longer.short) == compact(shorter.short) and title.core != title.short and other.core != other.short:
        if OTHER_TRACK.intersection(set(told) ^ set(rest)):
            return "other part"
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
    return "other part" if OTHER_TRACK.intersection(added) else ("subtitle",)


def _slip_in_number(text: str, known_text: str, words: Mapping[str, int]) -> Penalties | None:
    """ "Oen Day": no figure differs, only the spelling of a number."""
    if _digits(text) != _digits(known_text):
        return None
    told = _spelling(plain(text), plain(known_text), words)
    return told if told in (("slip in title",), ("slips in title",)) else None


def _digits(text: str) -> list[str]:
    return _DIGITS.findall(text)
