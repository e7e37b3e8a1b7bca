"""What speaks against two names being one recording: named penalties, or the reason that rules it out.

Everything here looks at one query's names and one row's. How much each penalty weighs stands in `confidence`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from groovelog.matching.artist_evidence import artist_penalties
from groovelog.matching.lost import restored
from groovelog.matching.title_evidence import title_penalties
from groovelog.names import Artists, Title, parse_artists, parse_title

LONGEST = 300  # letters of a text that are looked at; the longest title in any reference seen has fewer


@dataclass(frozen=True, slots=True)
class Names:
    """A title and its artists, as told and taken apart."""

    title_text: str
    artist_text: str
    title: Title
    artists: Artists

    @property
    def artist_words(self) -> frozenset[str]:
        return frozenset(" ".join(self.artists.names).split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the reference knows: a word that stands in its titles, an artist that it has, is no slip of the pen.

    `words` are in Latin letters, `artists` as `compact` leaves their names.
    """

    words: Collection[str] = frozenset()
    artists: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The penalties of a pair, title and version first; `refused` says why it cannot be one, else it is empty."""

    penalties: tuple[str, ...] = ()
    refused: str = ""


@lru_cache(maxsize=65536)
def names(title: str, artist: str) -> Names:
    """Names of any length: what comes after 300 letters is not looked at."""
    title, artist = title[:LONGEST], artist[:LONGEST]
    return Names(title, artist, parse_title(title), parse_artists(artist))


def compare(query: Names, reference: Names, known: Vocabulary) -> Evidence:
    """Weigh two names."""
    query = _with_lost_letters(query, reference)
    of_title = title_penalties(
        (query.title_text, query.title),
        (reference.title_text, reference.title),
        query.artist_words | reference.artist_words,
        known.words,
    )
    if isinstance(of_title, str):
        return Evidence(refused=of_title)
    of_artist = artist_penalties(
        (query.artist_text, query.artists, query.title.guests),
        (reference.artist_text, reference.artists, reference.title.guests),
        known.artists,
    )
    if isinstance(of_artist, str):
        return Evidence(refused=of_artist)
    if of_title == _OTHER_WORD and "slip in artist" in of_artist:
        # Who slips in the artist slips in the title as well; a near title has its artist right.
        of_title = ("other word beside a slip",)
    return Evidence((*of_title, *of_artist))


_OTHER_WORD = ("other word in title",)


def _with_lost_letters(query: Names, reference: Names) -> Names:
    title = restored(query.title_text, reference.title_text)
    artist = restored(query.artist_text, reference.artist_text)
    if title is query.title_text and artist is query.artist_text:
        return query
    return names(title, artist)
