"""Whether two (title, artist) pairs are one recording spelt in two ways: a cheap judgement without a reference."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from groovelog.names.artists import Artists, parse_artists
from groovelog.names.folding import compact, romanised, sounded
from groovelog.names.titles import Title, parse_title

# Letters per slip allowed: one in a name of 6, two in one of 14. Shorter names differ by a letter and are others.
LETTERS_PER_SLIP = 6
MOST_SLIPS = 3
FIRST_IDEOGRAPH = "\u2e80"


def recording_key(title: str, artist: str) -> str:
    """The text by which recordings are grouped exactly: title, versions, first artist.

    >>> recording_key("Song - 2011 Remaster", "The Band") == recording_key("SONG", "Band, Somebody")
    True
    """
    parsed = parse_title(title)
    return "\n".join((parsed.key, "+".join(sorted(parsed.versions)), compact(parse_artists(artist).first)))


def audio_key(title: str, artist: str) -> str:
    """The text by which catalogue entries are one recording: title, versions, and the words of all artists and guests.

    >>> audio_key("Song (feat. Cy) - 2011 Remaster", "The Band") == audio_key("SONG", "Cy, Band")
    True
    >>> audio_key("Song (Live)", "Band") == audio_key("Song", "Band")
    False
    """
    parsed = parse_title(title)
    # Words, since who takes "Tyler, The Creator" apart and who does not mean the same artists.
    words = {word for name in parse_artists(artist).names + parsed.guests for word in name.split()} - {"the", "and"}
    return "\n".join((parsed.key, "+".join(sorted(parsed.versions)), " ".join(sorted(words))))


def alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two (title, artist) pairs are the same recording respelt: dress, guests, editions, script, small slips.

    Other numbers, parts and versions are refused.
    """
    return _alike(*one, *other)


@lru_cache(maxsize=65536)
def _alike(title: str, artist: str, other_title: str, other_artist: str) -> bool:
    one, other = parse_title(title), parse_title(other_title)
    if one.versions != other.versions or not _same_title(one, other):
        return False
    return _same_artists(one, parse_artists(artist), other, parse_artists(other_artist))


def _same_title(one: Title, other: Title) -> bool:
    if one.numbers == other.numbers and spelt_alike(one.core, other.core):
        return True
    # A subtitle that only one of them tells.
    return (one.core == one.short) != (other.core == other.short) and compact(one.short) == compact(other.short)


def _same_artists(one: Title, artists: Artists, other: Title, other_artists: Artists) -> bool:
    if artists.whole == other_artists.whole:
        return True
    names, others = artists.names + one.guests, other_artists.names + other.guests
    if not artists.names or not other_artists.names:
        return False
    # The one who is named first on one side must be among those on the other.
    return any(spelt_alike(artists.first, name) for name in others) or any(
        spelt_alike(other_artists.first, name) for name in names
    )


def spelt_alike(one: str, other: str) -> bool:
    """Whether two folded texts are one name: equal without spaces, romanised, or but for few slips."""
    left, right = compact(one), compact(other)
    if left == right:
        return True
    left, right = romanised(left), romanised(right)
    if not left or not right:
        return False
    if one.isascii() != other.isascii() and sounded(left) == sounded(right):
        return True
    slips = min(MOST_SLIPS, (min(_weight(left), _weight(right)) + 1) // LETTERS_PER_SLIP)
    return OSA.distance(left, right, score_cutoff=slips) <= slips


def _weight(text: str) -> int:
    """Letters, of which an ideograph tells as much as two."""
    return len(text) + sum(char >= FIRST_IDEOGRAPH for char in text)
