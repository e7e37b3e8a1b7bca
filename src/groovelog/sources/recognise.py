"""Which source a file is of, told by its content: the keys its first rows use."""

import codecs
import json
import re
from dataclasses import dataclass

from groovelog.sources import FILE_MANAGER, HISTORY_NAME, SOURCES, reason_not_read
from groovelog.sources.found import Found, Unusable
from groovelog.sources.source import Source

_HEAD = 256 * 1024
# A first row longer than the head is looked at whole, up to the longest row there may be.
_LONG_HEAD = 32 * 1024**2
_KEY = re.compile(r'"([A-Za-z_ ]{1,60})"\s*:')


@dataclass(frozen=True)
class Verdict:
    """Exactly one of: a source, `empty` (a list without rows), a reason to ignore the file.

    `expected` says that a file ignored is one of those known to stand beside histories.
    """

    source: Source | None = None
    empty: bool = False
    ignored: str | None = None
    expected: bool = False


def recognise(found: Found) -> Verdict:
    """Look at the head of a file. Raises Unusable when a file that should be a history cannot be one."""
    head = found.head(_HEAD)
    verdict = _by_content(head)
    if verdict is None and found.size > _HEAD and _text(head).lstrip().startswith("["):
        verdict = _by_content(found.head(_LONG_HEAD))
    beside = reason_not_read(found.label)
    if verdict is not None and not (verdict.empty and beside):
        return verdict
    # A Mac packs a ._NAME, which holds no rows, beside every NAME.
    if beside != FILE_MANAGER and HISTORY_NAME.search(found.label):
        what = "empty, 0 bytes" if not head else "not a list of plays: " + _what(head)
        raise Unusable(f"named like a streaming history, but {what}")
    if beside is None and _source(_text(head)):
        raise Unusable(f"plays, but not a list of them: {_what(head)}")
    return Verdict(ignored=beside or f"not recognised: {_what(head)}", expected=beside is not None)


def _text(head: bytes) -> str:
    return head.decode(json.detect_encoding(head), errors="replace").removeprefix(codecs.BOM_UTF8.decode())


def _by_content(head: bytes) -> Verdict | None:
    text = _text(head).strip()
    if not text.startswith("["):
        return None
    if not text[1:].strip().rstrip("]").strip():
        return Verdict(empty=True) if text.endswith("]") else None
    source = _source(text)
    return Verdict(source=source) if source else None


def _source(text: str) -> Source | None:
    keys = frozenset(_KEY.findall(text))
    return next((source for source in SOURCES if source.shown_by(keys)), None)


def _what(head: bytes) -> str:
    if not head:
        return "an empty file"
    text = _text(head).strip()
    if text[:1] not in ("[", "{"):
        return "not JSON"
    keys = list(dict.fromkeys(_KEY.findall(text)))
    return f"JSON with the keys {', '.join(keys[:6])}" if keys else "JSON without keys that Groovelog knows"
