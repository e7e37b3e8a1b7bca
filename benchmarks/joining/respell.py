"""Other spellings of a name, as listeners, taggers and scrobblers write it. One kind of change at a time."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from benchmarks.joining.transliterate import transliterated

Rng = np.random.Generator


class Names(NamedTuple):
    """What a row calls a song; the main artist first."""

    title: str
    artists: tuple[str, ...]


LETTERS = str.maketrans("øØłŁæÆœŒđĐ", "oOlLaAoOdD") | {ord("ß"): "ss"}
SUFFIXES = (" (Remastered 2011)", " - Remastered 2011", " - Radio Edit", " - 2011 Remaster", " (Radio Edit)")
GUESTS_IN_TITLE = re.compile(r" \(feat\. [^)]*\)")
CREDITS = (" feat. ", " ft. ", " featuring ")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
CASES = (str.upper, str.lower, str.title)


def respelt(names: Names, rng: Rng) -> Names:
    """The names changed in one way, of those that change them, the likelier ways more often."""
    for at in rng.choice(len(KINDS), len(KINDS), replace=False, p=SHARES).tolist():
        changed: Names = KINDS[at](names, rng)
        if changed != names:
            return changed
    return names


Change = Callable[[Names, Rng], Names]


def each(names: Names, change: Callable[[str], str]) -> Names:
    return Names(change(names.title), tuple(map(change, names.artists)))


def another_case(names: Names, rng: Rng) -> Names:
    return each(names, CASES[int(rng.integers(len(CASES)))])


def without_diacritics(names: Names, _rng: Rng) -> Names:
    return each(names, bare)


def bare(text: str) -> str:
    """Accents off Latin letters; other scripts stay as they are."""
    kept = []
    for char in text.translate(LETTERS):
        parts = unicodedata.normalize("NFD", char)
        kept.append(parts[0] if parts[0].isascii() else char)
    return "".join(kept)


def other_quotes(names: Names, _rng: Rng) -> Names:
    return each(names, lambda text: text.translate({ord("'"): "’", ord("’"): "'"}))


def guests_moved(names: Names, rng: Rng) -> Names:
    """Into the title, into the artist's name, or left out."""
    title = GUESTS_IN_TITLE.sub("", names.title)
    main, guests = names.artists[0], names.artists[1:]
    if not guests:
        return names
    credit = f"{CREDITS[int(rng.integers(len(CREDITS)))]}{' & '.join(guests)}"
    ways = (Names(f"{title}{credit}", (main,)), Names(title, (f"{main}{credit}",)), Names(title, (main,)))
    return ways[int(rng.integers(len(ways)))]


def with_suffix(names: Names, rng: Rng) -> Names:
    return names._replace(title=names.title + SUFFIXES[int(rng.integers(len(SUFFIXES)))])


def without_the(names: Names, _rng: Rng) -> Names:
    return names._replace(artists=tuple(artist.removeprefix("The ") for artist in names.artists))


def other_and(names: Names, _rng: Rng) -> Names:
    return each(names, lambda text: text.replace(" & ", " and ") if " & " in text else text.replace(" and ", " & "))


def typo(names: Names, rng: Rng) -> Names:
    """Two neighbours swapped, one letter left out, or one doubled; in the title, or else in the main artist."""
    if rng.random() < 0.5 and len(names.title) > 4:
        return names._replace(title=mistyped(names.title, rng))
    return names._replace(artists=(mistyped(names.artists[0], rng), *names.artists[1:]))


def mistyped(text: str, rng: Rng) -> str:
    if len(text) < 3:
        return text
    at = int(rng.integers(1, len(text) - 1))
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return (swapped, text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:])[int(rng.integers(3))]


def full_width(names: Names, _rng: Rng) -> Names:
    return each(names, lambda text: text.translate(WIDE))


def in_latin(names: Names, _rng: Rng) -> Names:
    return each(names, transliterated)


WEIGHTS: dict[Change, float] = {
    another_case: 3,
    without_diacritics: 3,
    other_quotes: 2,
    guests_moved: 4,
    with_suffix: 2,
    without_the: 2,
    other_and: 2,
    typo: 1.5,
    full_width: 0.5,
    in_latin: 1,
}
KINDS: tuple[Change, ...] = tuple(WEIGHTS)
SHARES = np.array(list(WEIGHTS.values())) / sum(WEIGHTS.values())
