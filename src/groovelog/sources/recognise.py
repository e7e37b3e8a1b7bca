"""Which source a file is of, told by its content: the keys its first rows use."""

import codecs
import json
import re
from dataclasses import dataclass

from groovelog.sources import HISTORY_NAME, SOURCES, reason_not_read
from groovelog.sources.find import Found, Unusable
from groovelog.sources.source import Source

_HEAD = 256 * 1024
_KEY = re.compile(r'"([A-Za-z_ ]{1,60})"\s*:')


@dataclass(frozen=True)
class Verdict:
    """Exactly one of: a source, `empty` (a list without rows), a reason to ignore the file."""

    source: Source | None = None
    empty: bool = False
    ignored: str | None = None


def recognise(found: Found) -> Verdict:
    """Look at the head of a file. Raises Unusable when a file that should be a history cannot be one."""
    head = _head(found, _HEAD)
    verdict = _by_content(head)
    if verdict is None and found.size > _HEAD and _text(head).lstrip().startswith("["):
        verdict = _by_content(_head(found, found.size))  # a first row longer than the head
    if verdict is not None and not (verdict.empty and reason_not_read(found.label)):
        return verdict
    if HISTORY_NAME.search(found.label):
        what = "empty, 0 bytes" if not head else "not a list of plays: " + _what(head)
        raise Unusable(f"named like a streaming history, but {what}")
    return Verdict(ignored=reason_not_read(found.label) or f"not recognised: {_what(head)}")


def _head(found: Found, size: int) -> bytes:
    with found.open() as stream:
        return stream.read(size)


def _text(head: bytes) -> str:
    return head.decode(json.detect_encoding(head), errors="replace").removeprefix(codecs.BOM_UTF8.decode())


def _by_content(head: bytes) -> Verdict | None:
    text = _text(head).strip()
    if not text.startswith("["):
        return None
    if not text[1:].strip().rstrip("]").strip():
        return Verdict(empty=True) if text.endswith("]") else None
    keys = frozenset(_KEY.findall(text))
    source = next((source for source in SOURCES if source.shown_by(keys)), None)
    return Verdict(source=source) if source else None


def _what(head: bytes) -> str:
    if not head:
        return "an empty file"
    text = _text(head).strip()
    if text[:1] not in ("[", "{"):
        return "not JSON"
    keys = list(dict.fromkeys(_KEY.findall(text)))
    return f"JSON with the keys {', '.join(keys[:6])}" if keys else "JSON without keys that Groovelog knows"
