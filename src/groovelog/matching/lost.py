"""Letters that an encoding lost: "Beyonc?" and "Beyonc\ufffd", and UTF-8 read as Windows-1252 with bytes gone."""

import re

_LOST = re.compile("[?\ufffd]")
# A text in which a letter could be lost: a question mark inside a word, or the sign that Unicode has for it.
_SUSPECT = re.compile("\ufffd|\\?(?=\\S)")
_WORD = re.compile(r"[^\s,;&/()]+")


def restored(text: str, other: str) -> str:
    """The text with lost letters as the other text has them, as far as the words around them agree; else as it is.

    >>> restored("Anton?n Dvo??k", "Antonín Dvořák"), restored("Why?", "Whyé"), restored("J�nsi", "Janis")
    ('Antonín Dvořák', 'Why?', 'J�nsi')
    """
    if not _LOST.search(text) or other.isascii():
        return text
    if text == other.encode().decode("cp1252", "replace"):
        return other
    if not _SUSPECT.search(text) and not (text.endswith("?") and not other.endswith("?")):
        return text
    words = [word for word in _WORD.findall(other) if not word.isascii()]

    def known(word: re.Match[str]) -> str:
        if not _LOST.search(word[0]):
            return word[0]
        like = re.compile(_LOST.sub("[^\\\\x00-\\\\x7f]", re.escape(word[0]).replace("\\?", "?")), re.IGNORECASE)
        return next((whole for whole in words if like.fullmatch(whole)), word[0])

    return _WORD.sub(known, text)
