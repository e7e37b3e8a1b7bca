"""Undoing the wrong reading of UTF-8 as another encoding, and the writing of signs as HTML writes them."""

import html
import re
from functools import lru_cache

# Five bytes mean nothing in Windows-1252; readers let them through as they are, as Latin-1 does all.
_BYTES = {bytes([byte]).decode("cp1252", "replace"): byte for byte in range(0x80, 0x100)}
_BYTES |= {chr(byte): byte for byte in range(0x80, 0x100)}
del _BYTES["\ufffd"]
# A lead byte and what follows it, as they look when each byte was taken for a letter.
_RUN = re.compile("[Â-ô][{0}]+(?:[Â-ô][{0}]+)*".format("".join(re.escape(c) for c, b in _BYTES.items() if b < 0xC0)))
_SUSPECT = re.compile("[Â-ô][^\\x00-\\x7fÀ-ÿ]|[Â-ô][\x80-\xbf]")
_TIMES = 2  # wrongly read twice is seen in the wild; more often it is not
# The lead bytes of UTF-8 as old Macs, DOS, and Windows in Central Europe and Russia show them, with a sign after them that
# names do not have there.
_ELSEWHERE = tuple(
    (re.compile(suspect), encodings)
    for suspect, encodings in (
        ("[√¬≈ƒ‚][^\\x00-\\x7f]", ("mac_roman",)),
        ("[├┬┼─Γ╨╤][^\\x00-\\x7f]", ("cp437", "cp850")),
        ("[ĂÂĹâÄ][€-™\u00a0-¿ŚŤŽŹśťžźŁĄŞŻłąşżˇ˘˛˝Ľľ]", ("cp1250",)),
        ("(?:[РС][^\\x00-\\x7fА-яё]){2}|[Гв][^\\x00-\\x7fА-яё]", ("cp1251",)),
    )
)
_ELSEWHERE_AT_ALL = re.compile("[√¬≈ƒ‚├┬┼─Γ╨╤ĂÂĹâÄРСГв]")
_ENTITY = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|amp|quot|apos|lt|gt|nbsp|[A-Za-z]{1,2}(?:acute|grave|circ|uml|tilde|cedil|lig|slash|ring|caron));"
)
# A column that was too narrow cut the letter that stands for a lost one.
_CUT_LOST = re.compile("(?<=�)ï¿?$|ï¿$")


def mend(text: str) -> str:
    """The text with runs of wrongly read UTF-8 and HTML's names of signs put right; anything else is left as it is.

    >>> mend("BeyoncÃ©"), mend("ÐšÐ¸Ð½Ð¾"), mend("NÃO"), mend("São")
    ('Beyoncé', 'Кино', 'NÃO', 'São')
    >>> mend("Beyonc√©"), mend("Beyonc├⌐"), mend("BeyoncĂ©"), mend("Tom&#39;s D&eacute;j&agrave; Vu &amp; R&B")
    ('Beyoncé', 'Beyoncé', 'Beyoncé', "Tom's Déjà Vu & R&B")
    """
    if "&" in text and _ENTITY.search(text):
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text if text.isascii() else _mended(text)


@lru_cache(maxsize=65536)
def _mended(text: str) -> str:
    if _ELSEWHERE_AT_ALL.search(text):
        text = _read_elsewhere(text)
    for _ in range(_TIMES):
        if not _SUSPECT.search(text):
            break
        text = _RUN.sub(_decoded, text)
    return _CUT_LOST.sub("�", text)


def _decoded(run: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[character] for character in run[0]).decode()
    except UnicodeDecodeError:
        return run[0]


def _read_elsewhere(text: str) -> str:
    """Encodings whose signs names have too: only where every letter beyond ASCII is such a sign, and all make sense."""
    for suspect, encodings in _ELSEWHERE:
        if not suspect.search(text):
            continue
        for encoding in encodings:
            try:
                return text.encode(encoding).decode()
            except UnicodeError:
                continue
    return text
