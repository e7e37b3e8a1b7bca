"""Taking a text of artists apart, whatever separates them."""

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

from groovelog.names.folding import compact, fold, folded, narrow
from groovelog.names.mending import mend


@dataclass(frozen=True, slots=True)
class Artists:
    """The artists of a text: `names` folded, in order, each once, without a leading "the".

    Names are split wherever a separator may stand, in "Earth, Wind & Fire" too: the same text is split alike on both
    sides. `whole` is the text without separators and spaces, and equal where the split differs ("Tyler the Creator").
    """

    names: tuple[str, ...]
    whole: str

    @property
    def first(self) -> str:
        return self.names[0] if self.names else ""

    @property
    def key(self) -> frozenset[str]:
        return frozenset(compact(name) for name in self.names)


_LISTED = re.compile(r"^\s*\[\s*['\"].*['\"]\s*\]\s*$", re.DOTALL)
_SEPARATED = re.compile(
    r"\s*[;,|·•、，；]\s*|\s*[/／]\s*|\s+\\\s+|\s*[()\[\]]\s*|\s*(?:&|＆|\+|×)\s*"
    r"|\s+x\s+(?=\S)|(?<=\w)\s+X\s+(?!(?:&|[Ff]eat|FEAT|[Ff]t\b|[Ff]eaturing|[Aa]nd|[Ww]ith|[Vv]s|[Xx]|Band|Orchestra|Trio|Project)\b|&)(?=\w)"
    r"|(?<=\w)-\s+(?=\w)"
    r"|\b(?<!^)\s*\b(?:[Ff]eat|FEAT|[Ff]t|FT|[Ff]eaturing|FEATURING|[Vv]s|VS|[Vv]ersus|[Pp]res(?=\.)|[Pp]resents)\b\.?\s+"
    r"|\s+(?:[Ww]ith|[Aa]nd|AND|WITH|[Mm]eets|y|Y|e|et|og|och|und|con|w/)\s+"
)
_LEADING = re.compile(r"^(?:(?:feat|ft|featuring|and|with|the|vs)\s+)+(?=\S)")
# Discogs numbers artists of one name, "Somebody (2)"; YouTube calls their channels "Somebody - Topic" and "SomebodyVEVO".
_NUMBERED = re.compile(r"\s\(\d{1,2}\)(?=$|[,;&])|\s-\sTopic$|(?<=\w)VEVO$")
# The initial of a first name, which `fold` would take for a Roman numeral.
_INITIAL = re.compile(r"\b([IVX])\.(?=\s)")
_JOINING = frozenset({"the", "and"})
_UNKNOWN = frozenset(
    {"unknown artist", "various artists", "various", "unknown", "va", "null", "nan", "none", "artista desconocido"}
)


@lru_cache(maxsize=65536)
def parse_artists(text: str) -> Artists:
    """Take a text of artists apart; a name that says nothing ("Various Artists") is no artist.

    >>> parse_artists("Tyler, The Creator").names, parse_artists("['A', 'B']").names, parse_artists("A x B feat. C").names
    (('tyler', 'creator'), ('a', 'b'), ('a', 'b', 'c'))
    """
    text = _INITIAL.sub(r"\1", _NUMBERED.sub("", narrow(mend(text)).strip()))
    if _LISTED.match(text):
        text = ";".join(_listed(text))
    if fold(text) in _UNKNOWN:
        return Artists((), "")
    names = []
    for piece in _SEPARATED.split(text):
        name = _LEADING.sub("", folded(piece)) if piece else ""
        if name and name != "the":
            names.append(name)
    unique = tuple(dict.fromkeys(names)) or ((folded(text),) if text else ())
    whole = "".join(word for name in unique for word in name.split() if word not in _JOINING)
    return Artists(unique, whole or compact("".join(unique)))


def _listed(text: str) -> list[str]:
    try:
        return [str(name) for name in ast.literal_eval(text.strip())]
    except (SyntaxError, ValueError):
        return [name.strip(" '\"") for name in text.strip(" []").split(",")]
