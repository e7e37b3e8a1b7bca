"""What a source declares of itself: how its files look, and how each column of the lake is told by their rows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import duckdb

from groovelog.sources.look import Look

# Plausible lengths; a longer one makes a row unreadable.
LONGEST_MS = 7 * 24 * 3600 * 1000
DAYS_AHEAD = 1

# Clocks of devices and of scrobbling programs are off, and some send a scrobble late: up to a minute and a half.
SCROBBLER_DRIFT_S = 90

Row = dict[str, Any]
Insert = Callable[[duckdb.DuckDBPyConnection, Path, int, datetime], None]

_NESTED = frozenset({list, dict})

FAULT = "fault"  # the key of a flat row that cannot be used, and its reason


@dataclass(frozen=True)
class Source:
    """One kind of history file, and what its rows say of plays.

    `seen` tells from the head of a file whether it is of this source. `rows` turns a file (UTF-8, without BOM) into flat
    rows, in order, one for each row of the file; a row with the key FAULT cannot be used, for the reason that stands
    there; where `rows` is None the file is a JSON list of flat objects already. Below, keys are those of flat rows.

    `insert` is given where a file's rows are of several sources: it reads the file laid down at a path into `staged` by
    itself, under the file's number, and of the rest only name and title count. It raises Unusable.

    `time_key` holds the instant named by `tells`: the `stop` of the play, its `start`, or `played_at`, which may be
    either; `epoch` says that it is seconds or milliseconds since 1970 rather than ISO 8601. `length_key` holds
    ms_played; where `length_needed`, a row without is unreadable. `texts` maps a column of the lake to the key that
    tells it, `flags` the same for booleans, `numbers` for whole numbers that may be missing, `instants_ms` for a device
    clock in seconds or milliseconds. `earliest` is the first plausible day.

    `trust` orders sources (higher wins a column), `trust_with_length` the rows that tell ms_played. The source rounds its
    instant down by less than `rounded_s`, and its clock is off by up to `drift_s` either way. `forms_vary` says that two
    exports may spell one play differently, in the columns that `may_differ` (see `lake.forms`).
    """

    name: str
    title: str
    trust: int
    tells: str
    seen: Callable[[Look], bool]
    time_key: str
    texts: dict[str, str]
    rows: Callable[[IO[bytes]], Iterator[Row]] | None = None
    insert: Insert | None = None
    epoch: bool = False
    length_key: str | None = None
    length_needed: bool = False
    flags: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    instants_ms: dict[str, str] = field(default_factory=dict)
    earliest: str = "2006-01-01"
    trust_with_length: int | None = None
    rounded_s: int = 0
    drift_s: int = 1
    forms_vary: bool = False
    may_differ: frozenset[str] = frozenset()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of flat rows that are read."""
        length = () if self.length_key is None else (self.length_key,)
        told = (self.texts, self.flags, self.numbers, self.instants_ms)
        return tuple(dict.fromkeys((self.time_key, *length, *(key for keys in told for key in keys.values()))))

    @property
    def told(self) -> tuple[str, ...]:
        """The columns of the lake that a row tells beside its instant; with it, they are the row's identity."""
        length = () if self.length_key is None else ("ms_played",)
        return (*length, *self.texts, *self.flags, *self.instants_ms, *self.numbers)


def flattened(items: Iterable[Any], flat: Callable[[Any], Row]) -> Iterator[Row]:
    """Each item as a flat row; one that is not of the shape that `flat` expects keeps its place, with a fault.

    A list or an object where a text belongs becomes an empty list, which the reader of flat rows tells as a fault.
    """
    for item in items:
        try:
            row = flat(item)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            row = {FAULT: "not of the shape that such a row has"}
        if not _NESTED.isdisjoint(map(type, row.values())):
            row = {key: [] if type(value) in _NESTED else value for key, value in row.items()}
        yield row
