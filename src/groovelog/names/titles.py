"""Taking a title apart: what it is called, which version it is, who is a guest."""

import re
from dataclasses import dataclass
from functools import lru_cache

from groovelog.names.artists import parse_artists
from groovelog.names.folding import compact, fold, narrow, plain
from groovelog.names.mending import mend
from groovelog.names.versions import other_recording, read_tail


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart; all texts folded (see `fold`).

    `core` is the title without versions and guests; `short` also without what stands in brackets or after a dash
    ("sweet dreams" of "Sweet Dreams (Are Made of This)"), equal to `core` where there is nothing of the kind.
    """

    core: str
    short: str
    tags: frozenset[str] = frozenset()
    guests: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The core without spaces."""
        return compact(self.core)

    @property
    def versions(self) -> frozenset[str]:
        """The tags that make it another recording."""
        return other_recording(self.tags)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in the core, sorted: parts, movements, opus and catalogue numbers."""
        return numbers(self.core)


# What may have to be taken apart; a title without it is all core.
_COMPOUND = re.compile(
    r"[(\[{（【［「『~～|]|\s[-–—―/:]\s|\s[-–—]|[-–—]\s"
    r"|\b(?:feat|ft|featuring|h[dq]|remix|remaster(?:ed)?|karaoke|instrumental|sped|slowed|nightcore)\b"
    r"|\bw/|(?:radio edit|(?:version|ver\.?|live)$)|[Â-ô][\x80-\xbf€-™]",
    re.IGNORECASE,
)
_OPEN, _CLOSE = frozenset("([{（【［"), frozenset(")]}）】］")
_DASH = re.compile(
    r"\s+[-–—―|~～]+\s+|\s+[-–—](?=\S)|(?<=\S)[-–—]\s+|\s+/\s+(?=(?:live|remaster|\d{4}))", re.IGNORECASE
)
_GUESTS = re.compile(
    r"^(?:(?:feat|ft|featuring|with|w/|avec|con|duet with|dueto con|f/|&|participa[cç][aã]o(?: especial)?)(?:\.|\s|:)\s*"
    # In Brazil "Part. Somebody" is a guest, and "Part. 2" is what it is everywhere.
    r"|part\.\s*(?:esp\.\s*)?(?![IVX]+\b|\d))(?P<names>\S.*)$",
    re.IGNORECASE,
)
_GUEST_TAIL = re.compile(r"(?:^|\s)(?:feat\.?|ft\.|ft|featuring|w/)\s+(?P<names>\S.*)$", re.IGNORECASE)
# "with" opens many subtitles too; only a name follows it as a guest: "(With You)" and "(With a Smile)" are words.
_WITH_WORDS = re.compile(
    r"^(?:with|con|avec|w/)\s+(?:a|an|the|you|me|my|your|or|no|out|love|it|him|her|us|them|this|all|lyrics|strings|intro)\b",
    re.IGNORECASE,
)
_FROM_QUOTED = re.compile(
    r"^(?:music |theme |song )?(?:from|aus|de|du film|del film|dal film)\b.{0,30}?[\"“”„«'‘’](?P<what>.*)",
    re.IGNORECASE,
)
# Versions that are told without a bracket or dash; only the unmistakable ones.
_BARE_TAIL = re.compile(
    r" (?P<tail>(?:(?:19|20)\d\d )?(?:digital(?:ly)? )?remaster(?:ed)?(?: (?:version|(?:19|20)\d\d))*|radio edit"
    r"|(?:\w+ )?karaoke version|karaoke|instrumental version|instrumental|acoustic version|album version|single version"
    r"|extended (?:mix|version)|live version"
    r"|h[dq]|remix|sped up(?: version)?|slowed(?: and reverb| reverb)?|nightcore|official (?:music )?video|official audio"
    r"|lyrics? video)$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")  # "2011 - Remaster", "Live at the Pier / 1963"
_NUMBER = re.compile(r"\d+")


def numbers(folded: str) -> tuple[str, ...]:
    return tuple(sorted(number.lstrip("0") or "0" for number in _NUMBER.findall(folded)))


def is_compound(title: str) -> bool:
    """Whether the title may hold more than its core: if not, `fold(title)` is all there is to know."""
    return _COMPOUND.search(title) is not None


@lru_cache(maxsize=65536)
def parse_title(title: str) -> Title:
    """Take a title apart.

    >>> parse_title("Song (feat. Somebody) - 2011 Remaster")
    Title(core='song', short='song', tags=frozenset({'remaster'}), guests=('somebody',))
    """
    title = " ".join(narrow(mend(title)).split())
    if not is_compound(title):
        core = fold(title) or title
        return Title(core, core)
    tags: set[str] = set()
    guests: list[str] = []
    pieces = _pieces(title)
    kept: list[str] = []
    base: list[str] = []
    for piece in pieces:
        names = _guest_names(piece) if piece.tail else None
        if names is not None:
            guests.extend(parse_artists(names).names)
            continue
        found, credited = _read(piece) if piece.tail else (None, ())
        if found is not None:
            tags |= found
            guests.extend(credited)
            continue
        text = _plain_piece(piece.text, tags, guests)
        kept.append(text)
        if not piece.tail:
            base.append(text)
    if tags:
        kept = [text for text in kept if text in base or not _YEAR.fullmatch(text)]
    core = fold(" ".join(kept))
    if not core:
        # Nothing but versions: then these words are the title ("Remix", "Live").
        core = fold(title) or title
        return Title(core, core)
    return Title(core, fold(" ".join(base)) or core, frozenset(tags), tuple(dict.fromkeys(guests)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a title; a tail stands in brackets or after a dash."""

    text: str
    tail: bool


def _read(piece: _Piece) -> tuple[frozenset[str] | None, tuple[str, ...]]:
    """The tags of a tail, None where it tells no version, and the guests credited behind them: "Radio Edit feat. …"."""
    film = _FROM_QUOTED.match(piece.text)
    if film:
        told = plain(re.split('["“”«»]', film["what"])[0])
        return frozenset({f"soundtrack:{told}" if told else "soundtrack"}), ()
    found = read_tail(fold(piece.text))
    credited = _GUEST_TAIL.search(piece.text)
    if not credited or not credited.start():
        return found, ()
    before = read_tail(fold(piece.text[: credited.start()]))
    return (found, ()) if before is None else (before, parse_artists(credited["names"]).names)


def _plain_piece(text: str, tags: set[str], guests: list[str]) -> str:
    """A piece that is title: without guests and versions told in passing, which are added to the sets."""
    credited = _GUEST_TAIL.search(text)
    if credited:
        guests.extend(parse_artists(credited["names"]).names)
        text = text[: credited.start()]
    folded = fold(text)
    bare = _BARE_TAIL.search(folded)
    if bare:
        tags |= read_tail(bare["tail"]) or frozenset()
        return folded[: bare.start()]
    return text


def _guest_names(piece: _Piece) -> str | None:
    named = _GUESTS.match(piece.text)
    return None if named is None or _WITH_WORDS.match(piece.text) else named["names"]


def _pieces(title: str) -> list[_Piece]:
    """The title in order: what stands outside brackets before the first dash is no tail."""
    pieces: list[_Piece] = []
    dashed = False
    for text, in_brackets in _bracketed(title):
        if in_brackets:
            pieces.extend(
                _Piece(part.strip(" -–"), True)
                for part in re.split(r"[(\[{（【［)\]}）】］]", text)
                if part.strip(" -–")
            )
            continue
        for number, part in enumerate(_DASH.split(f" {text} " if pieces else f"{text} ")):
            dashed = dashed or number > 0
            if part.strip(" -–—~"):
                pieces.append(_Piece(part.strip(), dashed))
    return pieces


def _bracketed(title: str) -> list[tuple[str, bool]]:
    """The stretches of a title outside and inside its outermost brackets; one left open runs to the end."""
    found: list[tuple[str, bool]] = []
    depth = start = 0
    for place, character in enumerate(title):
        if character in _OPEN:
            if depth == 0:
                found.append((title[start:place], False))
                start = place + 1
            depth += 1
        elif character in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                found.append((title[start:place], True))
                start = place + 1
    return [*found, (title[start:], depth > 0)]
