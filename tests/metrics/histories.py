"""Histories written by hand or drawn at random, in a DuckDB that looks like a published lake."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

import duckdb
import ibis
import pyarrow as pa
from hypothesis import strategies as st

from groovelog.metrics import counting, lengths, works
from groovelog.metrics.rules import NEED_LENGTH
from groovelog.metrics.unbound import unbound
from groovelog.model import Listener
from groovelog.tables import PLAYS, REFERENCES, TABLES, TRACK_MATCHES, TRACKS, Table

Row = dict[str, Any]

ARROW = {
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "INTEGER": pa.int32(),
    "TIMESTAMPTZ": pa.timestamp("us", "UTC"),
    "VARCHAR": pa.string(),
}
ME = Listener("a1", "me", ((None, "Europe/Lisbon"),), invented=False)


class LakeDouble:
    """What a report reads of a snapshot: a connection with the lake's tables, and the listeners."""

    def __init__(
        self, plays: Collection[Row] = (), tracks: Collection[Row] = (), listeners: Iterable[Listener] = (ME,)
    ):
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        self._listeners = list(listeners)
        for table in TABLES:
            self.fill(table, [])
            for person in self._listeners if table.is_cut else ():
                self.connection.execute(
                    f'CREATE VIEW "{table.of(person.listener_id)}" AS FROM {table.view} '
                    f"WHERE listener_id = '{person.listener_id}'"
                )
        self.fill(PLAYS, plays)
        self.fill(TRACKS, tracks)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Stays open for the next question."""

    def listeners(self) -> list[Listener]:
        return self._listeners

    def cut(self, table: Table, listener_id: str) -> str:
        """The name of the view of one listener's rows."""
        return table.of(listener_id)

    def once(self, query: str) -> list[Any]:
        """Run anew each time: this lake changes."""
        return self.connection.execute(query).fetchall()

    def made(self, query: str) -> str:
        """The same, as a table in the place of the one before."""
        self.connection.execute(f"CREATE OR REPLACE TABLE made AS {query}")
        return "made"

    def fill(self, table: Table, rows: Collection[Row]) -> None:
        """Replace the rows of the table; columns left out are null."""
        columns = ", ".join(f"{column.name} {column.type}" for column in table.columns)
        self.connection.execute(f"CREATE OR REPLACE TABLE {table.view} ({columns})")
        if not rows:
            return
        schema = pa.schema([(column.name, ARROW[column.type]) for column in table.columns])
        arrow = pa.Table.from_pylist(list(rows), schema=schema)  # noqa: F841 - DuckDB finds it by its name
        self.connection.execute(f"INSERT INTO {table.view} FROM arrow")

    def ask(self, expression: ibis.Table) -> list[Row]:
        """Run an expression, compiled as the reports do it."""
        return self.rows(sql(expression))

    def rows(self, query: str) -> list[Row]:
        rows = self.connection.sql(query).to_arrow_table().to_pylist()
        return [{name: int(value) if _is_whole(value) else value for name, value in row.items()} for row in rows]


def sql(expression: ibis.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))


def _is_whole(value: Any) -> bool:
    """DuckDB sums whole numbers to HUGEINT, which Arrow has as a decimal."""
    return value is not None and not isinstance(value, (str, date, bool))


def play(started: str, minutes: float | None = 3, **columns: Any) -> Row:
    """A play of ME; `started` is local to Lisbon, `minutes` its duration; "Song" by "Band" unless told otherwise."""
    begin = datetime.fromisoformat(started).replace(tzinfo=ZoneInfo(ME.timezone)).astimezone(UTC)
    names = {"track_uri": "spotify:track:1", "track_name": "Song", "artist_name": "Band", "album_name": "Album"}
    row = {"listener_id": ME.listener_id, "kind": "track", "sources": "spotify_extended", **names, **columns}
    return placed(row, begin, None if minutes is None else round(minutes * 60_000))


def placed(row: Row, begin: datetime, ms: int | None) -> Row:
    """The row with everything that follows from its start and duration."""
    clock = begin.astimezone(ZoneInfo(ME.timezone))
    return {
        "year": begin.year,
        "session_id": begin.toordinal(),
        "local_date": clock.date(),
        "local_hour": clock.hour,
        "timezone": ME.timezone,
        "started_at": begin,
        # Of a play whose duration nobody tells, a scrobbler tells the start alone.
        "stopped_at": None if ms is None else begin + timedelta(milliseconds=ms),
        "played_at": None,
        "ms_played": ms,
        "length_ms": None,
        **row,
    }


def track(number: int, title: str | None, artist: str | None, album: str | None = None) -> Row:
    """A catalogue entry."""
    return {"track_id": f"spotify:track:{number}", "track_name": title, "artist_name": artist, "album_name": album}


def match(number: int, ref_id: str | None, reference: str = "songs", **columns: Any) -> Row:
    """What became of track `number` in a reference: matched and chosen where there is a row, else unmatched."""
    found = {
        "verdict": "matched",
        "confidence": 0.99,
        "evidence": "equal names",
        "reason": "the same names",
        "chosen": True,
    }
    none = {"verdict": "unmatched", "confidence": 0.0, "evidence": None, "reason": "nothing alike", "chosen": False}
    return {
        "reference": reference, "track_id": f"spotify:track:{number}", "ref_id": ref_id, **(found if ref_id else none), **columns,
    }  # fmt: skip


def two_months() -> LakeDouble:
    """Three counted plays of two artists, a skip and an episode, in May and June."""
    foreign = {"track_uri": "spotify:track:2", "track_name": 'Say "x, y"', "artist_name": "黒い海"}
    spoken = {"track_uri": None, "track_name": None, "artist_name": None, "album_name": None, "kind": "episode"}
    return LakeDouble(
        [
            play("2024-05-31T23:59", minutes=3),
            play("2024-05-31T10:00", minutes=0.1),
            play("2024-06-01T10:00", minutes=4),
            play("2024-06-02T10:00", minutes=2, **foreign),
            play("2024-06-03T10:00", **spoken),
        ],
        [track(1, "Song", "Band", "Album")],
    )


def marked(rule: str = "30s", kind: str = "track") -> tuple[ibis.Table, ibis.Table]:
    """All plays of the lake as metrics take them for ME, and the catalogue."""
    plays, tracks = unbound(PLAYS), unbound(TRACKS)
    if rule in NEED_LENGTH:
        matched = lengths.of_references(unbound(TRACK_MATCHES), unbound(REFERENCES))
        plays = lengths.with_length(plays, plays, tracks, matched, ME.listener_id)
    plays = counting.marked(plays, rule)
    return works.named(plays.filter(plays.kind == kind) if kind != "all" else plays, kind), tracks


# Around both clock changes of Lisbon and of New York, a leap day, the turn of a year, and noon of a plain day.
TURNS = tuple(
    datetime.fromisoformat(text)
    for text in (
        "2024-03-31T00:59:59+00:00",
        "2024-10-27T00:30:00+00:00",
        "2024-03-10T06:59:00+00:00",
        "2024-11-03T05:30:00+00:00",
        "2024-02-29T23:58:00+00:00",
        "2023-12-31T23:59:30+00:00",
        "2024-06-12T12:00:00+00:00",
    )
)
# Few values of each, so that ties, homonyms and equal instants are the rule.
NAMES = st.sampled_from([None, "A", "B", "b"])
MS = st.sampled_from([None, 0, 29_999, 30_000, 89_999, 90_000, 162_000, 180_000, 240_000, 600_000])
LENGTHS = st.sampled_from([None, None, None, 180_000, 200_000, 600_000])
REASONS = st.sampled_from([None, "trackdone", "trackdone", "fwdbtn", "unknown"])
SOURCES = st.sampled_from(["spotify_extended", "spotify_extended+spotify_account", "spotify_account", "lastfm",
                           "spotify_extended+spotify_api", "koito", "listenbrainz+lastfm_minutes"])  # fmt: skip
INCOGNITO = st.sampled_from([None, False, True])
LISTENERS = st.sampled_from([ME.listener_id, ME.listener_id, ME.listener_id, "b2"])


def _optional(prefix: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, f"{prefix}1", f"{prefix}2", f"{prefix}3"])


KIND_COLUMNS = {
    "track": {
        "track_uri": _optional("spotify:track:"),
        "track_name": NAMES,
        "artist_name": NAMES,
        "album_name": NAMES,
    },
    "episode": {"episode_uri": _optional("spotify:episode:"), "episode_name": NAMES, "show_name": NAMES},
    "audiobook": {
        "chapter_uri": _optional("spotify:episode:c"),
        "chapter_title": NAMES,
        "audiobook_uri": _optional("spotify:show:"),
        "audiobook_title": NAMES,
    },
    "unknown": {},
}


@st.composite
def plays(draw: st.DrawFn) -> Row:
    begin = draw(st.sampled_from(TURNS)) + timedelta(minutes=draw(st.sampled_from([0, 0, 1, 45, 60, 1_440])))
    kind = draw(st.sampled_from(["track", "track", "track", "episode", "audiobook", "unknown"]))
    row = draw(st.fixed_dictionaries(KIND_COLUMNS[kind]))
    row |= {"listener_id": draw(LISTENERS), "kind": kind, "reason_end": draw(REASONS), "sources": draw(SOURCES)}
    row |= {"incognito": draw(INCOGNITO), "length_ms": draw(LENGTHS)}
    return placed(row | {"session_id": draw(st.integers(1, 3))}, begin, draw(MS))


@st.composite
def catalogues(draw: st.DrawFn) -> list[Row]:
    numbers = draw(st.lists(st.integers(1, 5), unique=True))
    return [track(number, draw(NAMES), draw(NAMES), draw(NAMES)) for number in numbers]


HISTORIES = st.lists(plays(), max_size=12).map(
    lambda rows: [row | {"play_id": number} for number, row in enumerate(rows)]
)
