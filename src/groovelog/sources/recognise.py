"""Which source a file is of, told by its content: its form, and the names its first rows use."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from groovelog.sources import FILE_MANAGER, READ, SAVED_SOURCES, SOURCES, name_says, reason_not_read
from groovelog.sources.exported_file import parquet_columns
from groovelog.sources.found import Found, Unusable
from groovelog.sources.groovelog_export import reason_beside
from groovelog.sources.look import LIST, OBJECT, OTHER, PARQUET, TABLE, Look, decoded, look
from groovelog.sources.saved import SavedSource
from groovelog.sources.source import Source

_HEAD = 256 * 1024
# A first row longer than the head is looked at whole, up to the longest row there may be.
_LONG_HEAD = 32 * 1024**2
_DELIMITERS = {";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True)
class Verdict:
    """Exactly one of: a source of plays, a source of saved things, `empty` (a list without rows), a reason to ignore the file.

    `expected` says that a file ignored is one of those known to stand beside histories.
    """

    source: Source | None = None
    saved: SavedSource | None = None
    empty: bool = False
    ignored: str | None = None
    expected: bool = False


def recognise(found: Found) -> Verdict:
    """Look at the head of a file. Raises Unusable when a file that should be a history cannot be one, or could be two."""
    head = found.head(_HEAD)
    seen = look(found.label, head)
    if seen.form == PARQUET:
        seen = replace(seen, lines=(parquet_columns(found),))
    verdict = _by_content(found.label, seen, head)
    if verdict is None and found.size > _HEAD and seen.form in (LIST, OBJECT):
        head = found.head(_LONG_HEAD)
        verdict = _by_content(found.label, look(found.label, head), head)
    beside = reason_not_read(found.label) or reason_beside(seen)
    if verdict is not None and not (verdict.empty and beside):
        return verdict
    # A Mac packs a ._NAME, which holds no rows, beside every NAME.
    expected = None if beside == FILE_MANAGER else name_says(found.label)
    if (beside is None or expected) and _source_of_rows(seen):
        raise Unusable(f"plays, but not a list of them: {_what(seen, head)}")
    if expected:
        what = f"it is not: {_what(seen, head)}" if head else "empty, 0 bytes"
        raise Unusable(f"named like {expected}, but {what}")
    return Verdict(ignored=beside or f"not recognised: {_what(seen, head)}", expected=beside is not None)


def standing_beside(verdict: Verdict, file: Found, found: list[Found]) -> Found | None:
    """Of all files found, the one that has to be read with this one; None where it is not there, or none is needed."""
    if verdict.saved is None or verdict.saved.beside is None:
        return None
    path = PurePath(file.label)
    wanted = path.with_name(verdict.saved.beside + path.suffix)
    return next((other for other in found if PurePath(other.label) == wanted), None)


def _by_content(label: str, seen: Look, head: bytes) -> Verdict | None:
    plays = [source for source in READ if source.seen(seen)]
    saved = [source for source in SAVED_SOURCES if source.seen(seen)]
    titles = [source.title for source in plays] + [source.title for source in saved]
    if len(titles) > 1:
        raise Unusable(f"it could be of {' or '.join(titles)}: put the rows of each into a file of its own")
    if titles:
        return Verdict(source=next(iter(plays), None), saved=next(iter(saved), None))
    text = decoded(head).strip()
    # Lists of the spaces of a formatted export: nothing in them but what brackets leave open.
    return Verdict(empty=True) if text[:1] == "[" and text[1:].strip() == "]" else None


def _source_of_rows(seen: Look) -> bool:
    """Whether the rows of a list would be of a source, had they stood in one."""
    if seen.form == LIST:
        return False
    rows = {path.partition(".item.")[2] or path for path in seen.paths}
    as_list = Look(seen.name, LIST, frozenset(f"item.{path}" for path in rows))
    return any(source.seen(as_list) for source in SOURCES)


def _what(seen: Look, head: bytes) -> str:
    if not head:
        return "an empty file"
    if seen.form in (TABLE, PARQUET):
        return f"a table with the columns {', '.join(seen.lines[0][:6])}"[:200]
    if seen.form == OTHER:
        first, *_ = decoded(head).lstrip().splitlines() or [""]
        wrong = next((name for mark, name in _DELIMITERS.items() if first.count(mark) > 1), None)
        return f"a table with {wrong} between its fields; save it with commas" if wrong else "not JSON, and not a table"
    keys = sorted({path.rpartition(".")[2] for path in seen.paths})
    return f"JSON with the keys {', '.join(keys[:6])}" if keys else "JSON without keys that Groovelog knows"
