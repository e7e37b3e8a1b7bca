"""The head of a file, as far as sources need it to tell what it is: its form, and the names in it."""

import codecs
import csv
import json
from dataclasses import dataclass, field

from groovelog.sources.json_stream import DamagedJson, basic_events

# Names deeper than this tell no source; rows further on tell nothing that the first did not.
_DEEPEST = 6
_MOST_EVENTS = 20_000
_MOST_LINES = 20

LIST, OBJECT, LINES, TABLE, PARQUET, OTHER = "list", "object", "lines", "table", "parquet", "other"

PARQUET_MAGIC = b"PAR1"


@dataclass(frozen=True)
class Look:
    """What the head of a file shows.

    `form` is LIST (a JSON list), OBJECT (one JSON object, or the first of several LINES), TABLE (comma separated), PARQUET
    or OTHER. `paths` are the JSON names met, as `item.track.name` (`item` stands for any element of a list); `lines` the
    first lines of a table, split. The columns of PARQUET stand at its end, and are not seen in the head alone.
    """

    name: str
    form: str
    paths: frozenset[str] = frozenset()
    lines: tuple[tuple[str, ...], ...] = field(default=())

    def shows(self, *paths: str) -> bool:
        """Whether all these names were met."""
        return self.paths.issuperset(paths)

    def has_columns(self, *names: str) -> bool:
        """Whether the first line of a table, or a Parquet file, names these columns."""
        return bool(self.lines) and {name.strip().casefold() for name in self.lines[0]}.issuperset(names)


def look(name: str, head: bytes) -> Look:
    """Look at the head of the file of this name."""
    if head.startswith(PARQUET_MAGIC):
        return Look(name, PARQUET)
    text = decoded(head).lstrip()
    if text[:1] in ("[", "{"):
        paths, several = _json_paths(text)
        form = LIST if text[0] == "[" else LINES if several else OBJECT
        return Look(name, form, paths)
    lines = _table(text)
    return Look(name, TABLE, lines=lines) if lines else Look(name, OTHER)


def decoded(head: bytes) -> str:
    """The text of a head, whatever its encoding; a character cut at the end becomes U+FFFD."""
    return head.decode(json.detect_encoding(head), errors="replace").removeprefix(codecs.BOM_UTF8.decode())


def _json_paths(text: str) -> tuple[frozenset[str], bool]:
    """The names met before the text ends or turns out to be no JSON, and whether a second value begins."""
    paths: set[str] = set()
    inside: list[str] = []  # by depth, the name under which the innermost values stand
    values = depth = 0
    try:
        for number, (event, value) in enumerate(basic_events(text)):
            if depth == 0:
                values += 1
            if number > _MOST_EVENTS:
                break
            if event in ("start_map", "start_array"):
                depth += 1
                if depth <= _DEEPEST:
                    inside.append("item" if event == "start_array" else "")
            elif event in ("end_map", "end_array"):
                if depth <= _DEEPEST:
                    inside.pop()
                depth -= 1
            elif event == "map_key" and depth <= _DEEPEST:
                inside[-1] = value
                paths.add(".".join(inside))
    except DamagedJson:
        pass  # the head ends in the middle of a row, as a rule
    return frozenset(paths), values > 1


def _table(text: str) -> tuple[tuple[str, ...], ...]:
    # The last line of the head may be cut.
    lines = text.splitlines()[:_MOST_LINES]
    try:
        rows = tuple(tuple(row) for row in csv.reader(lines) if row)
    except csv.Error:
        return ()
    return rows if rows and len(rows[0]) > 1 else ()
