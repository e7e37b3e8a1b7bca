"""Letters that an encoding lost: "Beyonc?" and "Beyonc\ufffd", and UTF-8 read as Windows-1252 with bytes gone."""

import re

_LOST = re.compile("[?\ufffd]")
_WORD = re.compile(r"[^\s,;&/()]+")


def restored(text: str, other: str) -> str:
    """The text with lost letters as the other text has them, as far as the words around them agree; else as it is.

    >>> restored("Anton?n Dvo??k", "Antonín Dvořák"), restored("Why? N? 1", "Nº 1"), restored("J�nsi", "Janis")
    ('Antonín Dvořák', 'Why? Nº 1', 'J�nsi')
    """
    if not _LOST.search(text) or other.isascii():
        return text
    if text == other.encode().decode("cp1252", "replace"):
        return other
    words = [word for word in _WORD.findall(other) if not word.isascii()]

    def known(word: re.Match[str]) -> str:
        if not _LOST.search(word[0]):
            return word[0]
        like = re.compile(_LOST.sub("[^\\\\x00-\\\\x7f]", re.escape(word[0]).replace("\\?", "?")), re.IGNORECASE)
        return next((whole for whole in words if like.fullmatch(whole)), word[0])

    return _WORD.sub(known, text)
