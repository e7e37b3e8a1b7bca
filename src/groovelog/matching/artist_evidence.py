"""What speaks against two texts of artists being the same people: guests, spelling, short forms."""

import re
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import OSA

from groovelog.matching.cuts import DOTS, OPEN_TAIL, folded_once
from groovelog.matching.slips import LETTERS_PER_SLIP_OF_NAME, MOST_SLIPS, distance, misspelt
from groovelog.matching.sounds import one_script
from groovelog.matching.ways_of_writing import name_as_spoken
from groovelog.names import Artists, compact, fold, parse_artists, plain, romanised

Penalties = tuple[str, ...]
# The text, its artists, and the guests that the title tells.
Credits = tuple[str, Artists, tuple[str, ...]]

# "& The Wailers", "and his Orchestra": the band behind the name, which many catalogues leave out.
_BACKING = re.compile(
    r"(?:&|\+|,|\band|\by|\be|\bet|\bund|\bwith)\s+(?:the|his|her|their|los|las|les|die|seine?|son|su|os|as)\s+(?P<name>[^,;&/]+)",
    re.IGNORECASE,
)
# Words that a name is told with or without.
_FORMS = frozenset(
    {
        "dj", "mc", "band", "orchestra", "group", "trio", "quartet", "quintet", "ensemble", "jr", "sr", "official", "music",
        "the", "mr", "ms", "mrs", "dr", "sir", "lady", "feat", "2", "3", "4", "choir", "project", "experience", "crew",
        "lil", "little", "big", "young", "los", "las", "les", "die",
        "he", "te", "th", "teh", "hte",  # slips of "the"
    }
)  # fmt: skip
# A list's order: "Bell, E.", whose comma separates no artists.
_TURNED = re.compile(r"^(?P<surname>[^\W\d][\w'’-]+), (?P<initial>[^\W\d])\.?$")
SHORTEST_CUT = 8  # letters of a cut name; with dots to say so, or with several artists told, half as many
LONG_SURNAME = 7  # a first name written otherwise, "Peter" and "Pyotr", is forgiven before such a surname
MOST_NAMES = 3  # words of a person's name; more are a band's, of which another first word makes another band
ALIKE_GUEST = 0.75  # one guest, of the title and of the artists, or of both sides where the main artist is met
_LEAST_PART = 5  # letters of a name that is part of another
_LEAST_ALIKE_PART = 3


def artist_penalties(query: Credits, reference: Credits, known_artists: Collection[str]) -> Penalties | str:
    """The penalties of a query's artists against a row's, or why they are others."""
    text, one, guests = query
    known_text, other, known_guests = reference
    turned = _TURNED.match(text)
    if turned:
        text = f"{turned['initial']}. {turned['surname']}"
        one = parse_artists(text)
    if not one.names or not other.names:
        return "no artist"
    guests, known_guests = _unrepeated(guests, one), _unrepeated(known_guests, other)
    asked, known = _everyone(one, guests), _everyone(other, known_guests)
    if set(asked) == set(known):
        return ()
    whole = _whole_alike(text, one, known_text, other, known_artists)
    if whole is not None:
        lacked = _lacked(tuple(map(compact, guests)), other, known)
        untold = _lacked(tuple(map(compact, known_guests)), one, asked)
        return (*whole, *_guests(lacked, untold, text, known_text))
    pairs = _pairs(one, guests, other, known_guests, known_artists)
    met, met_known = {name for name, _, _ in pairs}, {name for _, name, _ in pairs}
    if not pairs:
        return "other artist"
    penalties = tuple(dict.fromkeys(how for _, _, how in pairs if how))
    main_met = (compact(one.first) in met) + (compact(other.first) in met_known)
    penalties += (("guest alone in common",), ("other main artist",), ())[main_met]
    lacked = _lacked(tuple(name for name in asked if name not in met), other, known)
    untold = _lacked(tuple(name for name in known if name not in met_known), one, asked)
    return (*penalties, *_guests(lacked, untold, text, known_text, met=len(pairs)))


def uncut_guests(title: str, guests: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """The guests that a title tells; where it breaks off within them, the last as the other side has it.

    >>> uncut_guests("Home (feat. Ivo Kern & Ela B", ("ivo kern", "ela b"), ("ela bell", "ada quill"))
    ('ivo kern', 'ela bell')
    """
    if not guests or not (DOTS.search(title) or OPEN_TAIL.search(title)):
        return guests
    whole = next((name for name in known if name.startswith(guests[-1])), guests[-1])
    return (*guests[:-1], whole)


def _unrepeated(guests: tuple[str, ...], artists: Artists) -> tuple[str, ...]:
    """The guests without those whom the artists tell as well, if with a slip."""
    return tuple(name for name in guests if not any(_same_guest(name, other) for other in artists.names))


def _same_guest(one: str, other: str) -> bool:
    return OSA.normalized_similarity(one, other) >= ALIKE_GUEST


def _everyone(artists: Artists, guests: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(compact(name) for name in artists.names + guests))


def _lacked(names: tuple[str, ...], artists: Artists, everyone: tuple[str, ...]) -> tuple[str, ...]:
    """The names that the other side has nowhere, not even as a piece of a name that it took apart otherwise."""
    return tuple(name for name in names if name not in everyone and name not in artists.whole)


def _guests(lacked: tuple[str, ...], untold: tuple[str, ...], text: str, known_text: str, *, met: int = 1) -> Penalties:
    """`met`: how many artists the sides have in common; where guests are among them, one more or less says little."""
    penalties = []
    if any(_same_guest(one, other) for one in lacked for other in untold):
        penalties.append("slip in artist")
        lacked, untold = (), ()
    if lacked and set(lacked) <= _backing(text):
        penalties.append("backing band")
    elif lacked:
        penalties.append("some guests not in reference" if met > 1 else "guest not in reference")
    if untold:
        penalties.append("backing band" if set(untold) <= _backing(known_text) else "guest not in query")
    return tuple(dict.fromkeys(penalties))


@lru_cache(maxsize=4096)
def _backing(text: str) -> frozenset[str]:
    return frozenset(compact(name) for found in _BACKING.finditer(text) for name in parse_artists(found["name"]).names)


def _pairs(
    one: Artists,
    guests: tuple[str, ...],
    other: Artists,
    known_guests: tuple[str, ...],
    known_artists: Collection[str],
) -> list[tuple[str, str, str]]:
    """Which artist of one side is which of the other, and how their spellings differ (empty: not at all)."""
    asked = {compact(name): name for name in one.names + guests}
    known = {compact(name): name for name in other.names + known_guests}
    found = [(name, name, "") for name in asked if name in known]
    right = [name for name in known if name not in asked]
    for name, spelt in asked.items():
        if name in known:
            continue
        for candidate in right:
            how = _name_alike(spelt, known[candidate], known_artists)
            if how:
                found.append((name, candidate, how))
                right.remove(candidate)
                break
    return found


def _name_alike(one: str, other: str, known_artists: Collection[str]) -> str | None:
    left, right = compact(one), compact(other)
    tokens, others = one.split(), other.split()
    apart = set(tokens).isdisjoint(others)
    if apart and abs(len(left) - len(right)) > MOST_SLIPS and one.isascii() and other.isascii():
        return None
    if not apart and name_as_spoken(one) == name_as_spoken(other):
        return "way of writing"
    script = one_script(left, right) if one.isascii() != other.isascii() else None
    if script:
        return f"{script} in artist"
    both_known = left in known_artists and right in known_artists
    if both_known and len(tokens) == len(others):
        return None
    if not both_known and distance(left, right) is not None and misspelt(one, other, {}, each=LETTERS_PER_SLIP_OF_NAME):
        return "slip in artist"
    return _form(tokens, others) or _form(others, tokens)


def _form(short: list[str], long: list[str]) -> str | None:
    """How a name is a short form of another: without a word of its kind, by an initial, or by a part."""
    rest = [word for word in long if word not in short]
    if rest and len(rest) + len(short) == len(long):
        if set(rest) <= _FORMS and len("".join(short)) >= _LEAST_ALIKE_PART:
            return "form of artist"
        if len("".join(short)) >= _LEAST_PART and (long[0] == short[0] or long[-1] == short[-1]):
            return "part of artist"
    if len(short) == len(long) > 1 and short[-1] == long[-1]:
        pairs = [(a, b) for a, b in zip(short, long, strict=True) if a != b]
        if all(len(a) == 1 and b.startswith(a) for a, b in pairs):
            return "initials"
        first_names = len(short) <= MOST_NAMES and all(distance(a, b) is not None or a[0] == b[0] for a, b in pairs)
        if len(short[-1]) >= LONG_SURNAME and first_names:
            return "part of artist"
    return None


def _whole_alike(
    text: str, one: Artists, known_text: str, other: Artists, known_artists: Collection[str]
) -> Penalties | None:
    """Artists whose names are the same when taken together: taken apart otherwise, in another order, or as initials."""
    if _same_together(text, one, known_text, other):
        return ()
    if _cut(text, known_text, known_artists):
        return ("cut artist",)
    tokens, others = " ".join(one.names).split(), " ".join(other.names).split()
    if sorted(tokens) == sorted(others):
        return ("order of names",)
    if _by_initials(one, known_text) or _by_initials(other, text):
        return ("initials",)
    close = len(tokens) > 1 and one.whole[:1] == other.whole[:1] and distance(one.whole, other.whole) is not None
    if not close or (one.whole in known_artists and other.whole in known_artists):
        return None
    slips = misspelt(" ".join(tokens), " ".join(others), {}, each=LETTERS_PER_SLIP_OF_NAME)
    return ("slip in artist",) if slips or len(one.names) != len(other.names) else None


def _by_initials(one: Artists, text: str) -> bool:
    return len(one.whole) >= 2 and romanised(one.whole) in _initials(text)


def _same_together(text: str, one: Artists, known_text: str, other: Artists) -> bool:
    if one.whole.removeprefix("the") == other.whole.removeprefix("the") or _together(text) == _together(known_text):
        return True
    return " " not in text and compact(plain(text)) == compact(plain(known_text))


def _cut(text: str, known_text: str, known_artists: Collection[str]) -> bool:
    """Whether a query's artists break off where the row's go on, within a word or with dots."""
    left, right = _together(text), _together(known_text)
    if len(left) >= len(right) or not right.startswith(left) or left in known_artists:
        return False
    if DOTS.search(text):
        return len(left) >= SHORTEST_CUT // 2
    return len(left) >= SHORTEST_CUT and not folded_once(known_text).startswith(folded_once(text) + " ")


@lru_cache(maxsize=65536)
def _together(text: str) -> str:
    return compact(fold(DOTS.sub("", text)))


@lru_cache(maxsize=4096)
def _initials(text: str) -> frozenset[str]:
    """The first letters of a name of three words or more, with and without its small words."""
    words, plainly = fold(text).split(), plain(text).split()
    large = [word for word in words if word not in ("the", "and", "of", "feat")]
    some = (words, plainly, large, [word for word in words if word != "and"])
    return frozenset("".join(word[0] for word in told) for told in some if len(told) >= 2 and len(words) >= 3)
