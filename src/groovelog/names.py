"""Normalising titles and artists, so that spellings that differ only in dress compare equal."""

import re
import unicodedata

# Accents of Latin, Greek and Cyrillic. The marks of other scripts carry meaning: か is not が.
_ACCENTS = re.compile("[̀-ͯ]")
_NOT_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Case, accents, width, punctuation and spacing taken away; a name of punctuation alone keeps it.

    >>> plain("JAŸ-Z"), plain("Ayọ"), plain("黒い海"), plain("!!!")
    ('jay z', 'ayo', '黒い海', '!!!')
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = unicodedata.normalize("NFKC", _ACCENTS.sub("", folded)).casefold()
    return _NOT_WORD.sub(" ", bare).strip() or bare.strip()


def recording_key(title: str, artist: str) -> str:
    return f"{plain(title)}\n{plain(artist)}"


def alike(title: str, artist: str, other_title: str, other_artist: str) -> bool:
    return plain(title) == plain(other_title) and plain(artist) == plain(other_artist)
