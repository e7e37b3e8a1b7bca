"""Undoing the wrong reading of UTF-8 as Windows-1252 or Latin-1."""

import re

# Five bytes mean nothing in Windows-1252; readers let them through as they are, as Latin-1 does all.
_BYTES = {bytes([byte]).decode("cp1252", "replace"): byte for byte in range(0x80, 0x100)}
_BYTES |= {chr(byte): byte for byte in range(0x80, 0x100)}
del _BYTES["\ufffd"]
# A lead byte and what follows it, as they look when each byte was taken for a letter.
_RUN = re.compile("[Â-ô][{0}]+(?:[Â-ô][{0}]+)*".format("".join(re.escape(c) for c, b in _BYTES.items() if b < 0xC0)))
_SUSPECT = re.compile("[Â-ô][^\\x00-\\x7fÀ-ÿ]|[Â-ô][\x80-\xbf]")
_TIMES = 2  # wrongly read twice is seen in the wild; more often it is not


def mend(text: str) -> str:
    """The text with runs of wrongly read UTF-8 put right; anything else is left as it is.

    >>> mend("BeyoncÃ©"), mend("ÐšÐ¸Ð½Ð¾"), mend("NÃO"), mend("São")
    ('Beyoncé', 'Кино', 'NÃO', 'São')
    """
    for _ in range(_TIMES):
        if text.isascii() or not _SUSPECT.search(text):
            break
        text = _RUN.sub(_decoded, text)
    return text


def _decoded(run: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[character] for character in run[0]).decode()
    except UnicodeDecodeError:
        return run[0]
