"""What the tail of a title says of the version: "Live at …", "2011 Remaster", "Spanish Version".

A tag is a word, or a word and its detail: `remix:some dj`, `language:spanish`, `take:3`.
"""

import re
from functools import lru_cache

from groovelog.names.version_words import LANGUAGES, PATTERNS, VERSION

# Tags that change the packaging and not the audio features.
SAME_RECORDING = frozenset(
    {"remaster", "radio_edit", "album", "explicit", "clean", "mono", "bonus", "soundtrack", "video", "credit"}
)

_TAGS = tuple((tag, re.compile("|".join(patterns))) for tag, patterns in PATTERNS)

# Words that name a reworking; what stands before or after them is whose it is.
_REMIX = re.compile(
    r"\b(?:remix(?:ed)?(?: by| edit| version)?|rmx(?: edit)?|re ?mix|refix|re ?work(?:ed)?|rework|bootleg|flip|"
    r"vip(?: mix| remix)?|mash ?up|dub(?: mix| version)?|mix|club(?: mix| version| edit)?|megamix|リミックス|리믹스)\b"
)
_REMIX_ENDS = re.compile(
    r"\b(?:edit|version|ver|mix|remix|rmx|rework|dub|bootleg|flip|mashup|vip|refix)$|\bremix(?:ed)?\b|^club$|^dub\b|^vip$"
)
_OWN_VERSION = re.compile(rf"^(?P<before>.*?) ?\b{VERSION}\b(?: (?P<after>\d+|.*))?$")
_LIVE_WORD = re.compile(
    rf"{VERSION}|live|ao|en|dal|vivo|direct|directo|directe|sessions?|recording|performance|mix|edit|take|desde|na|no|em|"
    r"concert|concierto|public|canli|performans|aus|im|vom|au|aux|ライブ|ライヴ|라이브"
)
_NOISE = frozenset(
    {"the", "a", "an", "and", "of", "by", "in", "on", "from", "for", "with", "at", "to", "official", "original", "new"}
)
# A tail that reads on as a sentence is part of the title, whatever its last word: "(In the Mix)", "(Get the Flip)".
_SENTENCE = re.compile(r"^(?:in|on|to|get|got|let|lets|make|the|do|dont|i|you|my|we|is|it|its|this) ")
_LONGEST_DETAIL = 8  # words; a longer tail is a subtitle


@lru_cache(maxsize=65536)
def read_tail(folded: str) -> frozenset[str] | None:
    """The tags of a folded tail, or None where it is not about the version but part of the title.

    >>> sorted(read_tail("2011 remaster")), sorted(read_tail("some dj remix")), read_tail("are made of this")
    (['remaster'], ['remix:some dj'], None)
    """
    tags: set[str] = set()
    rest = folded
    for tag, pattern in _TAGS:
        found = pattern.search(rest)
        if found is None:
            continue
        detail = _live_detail(found[0]) if tag == "live" else next(filter(None, found.groupdict().values()), None)
        tags.add(f"{tag}:{LANGUAGES.get(detail, detail)}" if detail else tag)
        rest = " ".join(f"{rest[: found.start()]} {rest[found.end() :]}".split())
    own = _own_version(rest, bool(tags))
    if own is not None:
        # "DJ Radio Edit" is an edit of the DJ's, not of the original.
        return frozenset((tags - {"radio_edit"} if own.startswith("remix") else tags) | {own})
    if tags == {"radio_edit"} and _words(rest):
        return frozenset({f"remix:{_words(rest)}"})
    if not tags:
        return None
    return frozenset(tags)


def _live_detail(told: str) -> str:
    """Where and when: two concerts are two recordings."""
    return " ".join(word for word in told.split() if word not in _NOISE and not _LIVE_WORD.fullmatch(word))


def _own_version(rest: str, tagged: bool) -> str | None:
    words = rest.split()
    if not words or len(words) > _LONGEST_DETAIL + 2 or (not tagged and _SENTENCE.match(rest)):
        return None
    if _REMIX_ENDS.search(rest) and _REMIX.search(rest):
        whose = _words(_REMIX.sub(" ", rest))
        kind = (
            "remix"
            if re.search(r"remix|rmx|mix|rework|bootleg|flip|mash|refix", rest)
            else "dub"
            if "dub" in rest
            else "club"
        )
        return f"{kind}:{whose}" if whose else kind
    own = _OWN_VERSION.match(rest)
    if own is None:
        return "remix:" + _words(rest[: -len("edit")]) if rest.endswith(" edit") else None
    detail = _words(f"{own['before']} {own['after'] or ''}")
    if re.fullmatch(r"\w+s", own["before"] or "") and own["after"] is None and len(words) == 2:
        return "rerecorded"
    return f"version:{detail}" if detail else None if tagged else "alternate"


def _words(text: str) -> str:
    return " ".join(word for word in text.split() if word not in _NOISE)


def other_recording(tags: frozenset[str]) -> frozenset[str]:
    """The tags that name another recording than the plain title does."""
    return frozenset(tag for tag in tags if tag.partition(":")[0] not in SAME_RECORDING)
