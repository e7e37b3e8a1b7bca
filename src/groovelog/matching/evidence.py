"""What speaks against two names being one recording: named penalties, or the reason that rules it out.

Everything here looks at one query and one reference row. How much each penalty weighs stands in `confidence`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from groovelog.names import Artists, Title, compact, parse_artists, parse_title, romanised, sounded

# Letters per slip allowed in a title or name; beets and the lake's joiner use the same order of size.
LETTERS_PER_SLIP = 4
MOST_SLIPS = 4
# A cut title keeps at least so many letters; below it, too many titles begin alike.
SHORTEST_CUT = 8
# Words that make a subtitle another track of the same name.
_OTHER_TRACK = frozenset(
    {
        "interlude", "intro", "outro", "reprise", "prelude", "overture", "skit", "introduction", "finale", "coda", "part",
        "epilogue", "prologue", "medley", "continued", "suite", "commentary", "interview", "dub", "freestyle", "dialogue",
    }
)  # fmt: skip
_ARTICLES = frozenset(
    {"the", "a", "an", "el", "la", "los", "las", "le", "les", "l", "il", "der", "die", "das", "o", "os"}
)
# "& The Wailers", "and his Orchestra": the band behind the name, which many catalogues leave out.
_BACKING = re.compile(
    r"(?:&|\+|,|\band|\by|\be|\bet|\bund|\bwith)\s+(?:the|his|her|their|los|las|les|die|seine?|son|su|os|as)\s",
    re.IGNORECASE,
)
_CUT_SIGN = re.compile(r"(?:…|\.\.\.?)\s*$")


@dataclass(frozen=True, slots=True)
class Names:
    """A title and its artists, as told and taken apart."""

    title_text: str
    artist_text: str
    title: Title
    artists: Artists

    @property
    def everyone(self) -> tuple[str, ...]:
        """All artists, guests last, without spaces."""
        return tuple(dict.fromkeys(compact(name) for name in self.artists.names + self.title.guests))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The penalties of a pair in the order title, version, artist; `refused` says why it cannot be one, else it is empty."""

    penalties: tuple[str, ...] = ()
    refused: str = ""


@lru_cache(maxsize=65536)
def names(title: str, artist: str) -> Names:
    return Names(title, artist, parse_title(title[:LONGEST_TITLE]), parse_artists(artist[:LONGEST_TITLE]))


LONGEST_TITLE = 300


def compare(query: Names, reference: Names, words: Collection[str]) -> Evidence:
    """Weigh two names. `words` are those of the reference's titles: what stands in it is no slip of the pen."""
    title = _title(query, reference, words)
    if title.refused:
        return title
    versions = _versions(query.title.versions, reference.title.versions)
    if versions.refused:
        return versions
    artists = _artists(query, reference, words)
    if artists.refused:
        return artists
    return Evidence(title.penalties + versions.penalties + artists.penalties)


def _title(  # noqa: PLR0911 (a list of cases)
    query: Names, reference: Names, words: Collection[str]
) -> Evidence:
    one, other = query.title, reference.title
    if one.key == other.key:
        return Evidence()
    cut = _cut(query.title_text, one.core, other.core) or _cut(reference.title_text, other.core, one.core)
    if one.numbers != other.numbers and not cut:
        return Evidence(refused="other number")
    if _bare(one.core) == _bare(other.core):
        return Evidence(("article",))
    if _one_script(one.core, other.core):
        return Evidence(("script in title",))
    if cut:
        return Evidence((cut,))
    if (one.core == one.short) != (other.core == other.short) and compact(one.short) == compact(other.short):
        longer = one if one.core != one.short else other
        added = longer.core.split()[len(longer.short.split()) :]
        if _OTHER_TRACK.intersection(added):
            return Evidence(refused="other part")
        return Evidence(("subtitle",))
    slip = _slips(one.core, other.core, words)
    return Evidence((f"{slip} in title",)) if slip else Evidence(refused="other title")


def _bare(core: str) -> str:
    told = core.split()
    return "".join(word for word in told if word not in _ARTICLES) or core


def _one_script(one: str, other: str) -> bool:
    if one.isascii() and other.isascii():
        return False
    left, right = romanised(one), romanised(other)
    return bool(left) and (left == right or sounded(left) == sounded(right))


def _cut(text: str, core: str, whole: str) -> str | None:
    """Whether a title is the beginning of the other: with dots to say so, in the middle of a word, or after one."""
    left, right = compact(core), compact(whole)
    if len(left) < len(right) and right.startswith(left):
        if _CUT_SIGN.search(text):
            return "cut title"
        if len(left) < SHORTEST_CUT:
            return None
        within = not (whole == core or whole.startswith(core + " "))
        return "cut title" if within else "cut after a word"
    return None


def _slips(one: str, other: str, words: Collection[str]) -> str | None:
    """How two folded texts differ if by slips of the pen: `slip`, `slips` (several), or `other word` where both are words."""
    left, right = romanised(compact(one)), romanised(compact(other))
    if not left or not right:
        return None
    most = min(MOST_SLIPS, (min(len(left), len(right)) + 1) // LETTERS_PER_SLIP)
    distance = OSA.distance(left, right, score_cutoff=most)
    if distance > most:
        return None
    if not _misspelt(one, other, words):
        return "other word"
    return "slip" if distance == 1 else "slips"


def _misspelt(one: str, other: str, words: Collection[str]) -> bool:
    """Whether a word that only one side has is no word at all."""
    left, right = set(one.split()), set(other.split())
    return any(word not in words for word in left - right) or any(word not in words for word in right - left)


def _versions(one: frozenset[str], other: frozenset[str]) -> Evidence:
    if one == other:
        return Evidence()
    kinds, other_kinds = {tag.partition(":")[0] for tag in one}, {tag.partition(":")[0] for tag in other}
    if kinds != other_kinds:
        return Evidence(refused="other version")
    for kind in kinds:
        told, others = _detail(one, kind), _detail(other, kind)
        if told and others and not _detail_alike(told, others):
            return Evidence(refused="other version")
    return Evidence(("version told less",))


def _detail(tags: frozenset[str], kind: str) -> str:
    return " ".join(sorted(tag.partition(":")[2] for tag in tags if tag.partition(":")[0] == kind)).strip()


def _detail_alike(one: str, other: str) -> bool:
    left, right = set(one.split()), set(other.split())
    return left <= right or right <= left or OSA.normalized_similarity(one, other) > 0.85


def _artists(query: Names, reference: Names, words: Collection[str]) -> Evidence:
    one, other = query.artists, reference.artists
    if not one.names or not other.names:
        return Evidence(refused="no artist")
    if one.whole == other.whole:
        return _guests(query, reference, frozenset(), frozenset())
    asked, known = query.everyone, reference.everyone
    if set(asked) == set(known):
        return Evidence()
    spelt = _pairs(asked, known, words)
    penalties = list(dict.fromkeys(how for _, _, how in spelt if how))
    met = {name for name, _, _ in spelt}
    met_known = {name for _, name, _ in spelt}
    if not met:
        how = _whole_alike(query, reference)
        return Evidence((how,)) if how else Evidence(refused="other artist")
    if compact(one.first) not in met and compact(other.first) not in met_known:
        return Evidence(refused="other artist")
    if compact(one.first) not in met or compact(other.first) not in met_known:
        penalties.append("other main artist")
    return Evidence((*penalties, *_guests(query, reference, frozenset(met), frozenset(met_known)).penalties))


def _guests(query: Names, reference: Names, met: frozenset[str], met_known: frozenset[str]) -> Evidence:
    """Artists that one side alone tells."""
    lacked = [name for name in query.everyone if name not in met and name not in reference.everyone]
    untold = [name for name in reference.everyone if name not in met_known and name not in query.everyone]
    penalties = []
    if lacked:
        penalties.append("backing band" if _BACKING.search(query.artist_text) else "guest not in reference")
    if untold:
        penalties.append("backing band" if _BACKING.search(reference.artist_text) else "guest not in query")
    return Evidence(tuple(dict.fromkeys(penalties)))


def _pairs(asked: tuple[str, ...], known: tuple[str, ...], words: Collection[str]) -> list[tuple[str, str, str]]:
    """Which artist of one side is which of the other, and how their spellings differ (empty: not at all)."""
    found = [(name, name, "") for name in asked if name in known]
    left = [name for name in asked if name not in known]
    right = [name for name in known if name not in asked]
    for name in left:
        for other in right:
            how = _name_alike(name, other)
            if how:
                found.append((name, other, how))
                right.remove(other)
                break
    return found


def _name_alike(one: str, other: str) -> str | None:
    left, right = romanised(one), romanised(other)
    if not left or not right:
        return None
    if not (one.isascii() and other.isascii()) and (left == right or sounded(left) == sounded(right)):
        return "script in artist"
    most = min(MOST_SLIPS, (min(len(left), len(right)) + 1) // LETTERS_PER_SLIP)
    if OSA.distance(left, right, score_cutoff=most) <= most:
        return "slip in artist"
    if min(len(left), len(right)) >= SHORTEST_CUT // 2 and (left.startswith(right) or right.startswith(left)):
        return "part of artist"
    return None


def _whole_alike(query: Names, reference: Names) -> str | None:
    """Artists whose names are taken apart differently, or shortened to their initials."""
    one, other = query.artists, reference.artists
    left, right = romanised(one.whole), romanised(other.whole)
    if OSA.normalized_similarity(left, right) >= 0.85:
        return "slip in artist"
    tokens, others = " ".join(one.names).split(), " ".join(other.names).split()
    for short, long in ((left, others), (right, tokens)):
        if len(long) >= 3 and short == "".join(word[0] for word in long):
            return "initials"
    inner, outer = sorted((set(tokens), set(others)), key=len)
    if len("".join(inner)) >= 5 and inner < outer:
        return "part of artist"
    return None
