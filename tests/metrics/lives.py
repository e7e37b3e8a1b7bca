"""Histories of years and of sessions, drawn at random: few items, often and together, so that every threshold is met."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import twin
import twin_sessions
from histories import ARROW, ME, LakeDouble, Row, placed, track
from hypothesis import strategies as st

from groovelog.reports import Question, find
from groovelog.reports.answering import told_by_all
from groovelog.reports.asking import Asking
from groovelog.reports.compiled import compiled

CATALOGUE = [
    track(1, "Song", "Band", "Album") | {"recording_id": "spotify:track:1"},
    track(2, "Song", "Band", "Best of") | {"recording_id": "spotify:track:1"},
    track(3, "Air", "Choir", None),
    track(4, "Air", "Band", "Album") | {"recording_id": "spotify:track:4"},
]
# By URI as the catalogue names it, or nameless; by names alone, which the catalogue knows or does not.
ITEMS = (
    {"track_uri": "spotify:track:1", "track_name": "Song", "artist_name": "Band", "album_name": "Album"},
    {"track_uri": "spotify:track:1", "track_name": "Song", "artist_name": "Band", "album_name": "Album"},
    {"track_uri": "spotify:track:2", "track_name": "Song", "artist_name": "Band", "album_name": "Best of"},
    {"track_uri": "spotify:track:3", "track_name": None, "artist_name": None, "album_name": None},
    {"track_uri": "spotify:track:9", "track_name": None, "artist_name": None, "album_name": None},
    {"track_uri": None, "track_name": "Air", "artist_name": "Band", "album_name": None},
    {"track_uri": None, "track_name": "Elsewhere", "artist_name": None, "album_name": None},
    {"track_uri": None, "track_name": None, "artist_name": "Choir", "album_name": None},
)
EPISODE = {"episode_uri": "spotify:episode:1", "episode_name": "Talk", "show_name": "Band"}
FIRST_DAY = datetime(2023, 12, 20, tzinfo=ZoneInfo(ME.timezone))
MS = st.sampled_from([180_000, 180_000, 180_000, 180_000, 29_999, 30_000, None])
SKIPPED = st.sampled_from([None, False, True])


def numbered(rows: list[Row]) -> list[Row]:
    """With ids that do not follow the order of time, and sessions of half an hour."""
    rows = [row | {"play_id": (number * 7919) % 104_729} for number, row in enumerate(rows)]
    opened = twin_sessions.cut([row for row in rows if row["listener_id"] == ME.listener_id], 30)
    return [row | {"session_id": opened.get(row["play_id"], row["play_id"])} for row in rows]


def at(clock: datetime, ms: int | None, item: Row, **columns: Any) -> Row:
    told = EPISODE if columns.get("kind") == "episode" else item
    row = {"listener_id": ME.listener_id, "kind": "track", "sources": "spotify_extended", **told, **columns}
    row |= {"reason_end": None, "incognito": None}
    return placed(row, clock.astimezone(UTC), ms)


@st.composite
def runs(draw: st.DrawFn) -> list[Row]:
    """An item played again and again, every so many days, from a day on."""
    item = draw(st.sampled_from(ITEMS))
    every = draw(st.sampled_from([0, 0, 0, 0, 1, 3, 30, 31, 45]))
    begins = draw(st.sampled_from([0, 1, 5, 60, 100, 104, 190, 300, 500]))
    times = draw(st.sampled_from([1, 3, 5, 5, 10, 11, 12, 15, 15]))
    hour, ms = draw(st.sampled_from([0, 8, 12, 23])), draw(MS)
    kind = draw(st.sampled_from(["track"] * 7 + ["episode"]))
    starts = [FIRST_DAY + timedelta(days=begins + every * nth, hours=hour) for nth in range(times)]
    return [at(start, ms, item, kind=kind, skipped=draw(SKIPPED)) for start in starts]


YEARS = st.lists(runs(), min_size=3, max_size=8).map(lambda drawn: numbered([row for run in drawn for row in run]))

# A start after so many minutes of silence, and how long it lasts; both around the silence that ends a session.
FOLLOWING = st.tuples(
    st.sampled_from([0, 0, 1, 19, 20, 21, 30, 31, -2]), st.sampled_from([2, 3, 3, 0, 55, 65]), st.sampled_from(ITEMS),
    st.sampled_from(["told", "told", "told", "told", "length", "nothing"]), SKIPPED,
    st.sampled_from(["track"] * 7 + ["episode"]),
)  # fmt: skip
STARTS = st.sampled_from(
    [(7, 30), (7, 30), (7, 0), (8, 15), (8, 16), (6, 44), (5, 0), (4, 59), (10, 59), (11, 0), (23, 0), (2, 0)]
)


@st.composite
def sittings(draw: st.DrawFn) -> list[Row]:
    """Plays one after the other, on one of the days around the end of summer time."""
    hour, minute = draw(STARTS)
    day = draw(st.sampled_from([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]))
    begin = datetime(2024, 10, day, hour, minute, tzinfo=ZoneInfo(ME.timezone)).astimezone(UTC)
    rows = []
    for silence, minutes, item, told, skipped, kind in draw(st.lists(FOLLOWING, min_size=1, max_size=4)):
        begin += timedelta(minutes=silence)
        length = None if told == "nothing" else minutes * 60_000
        rows.append(at(begin, length if told == "told" else None, item, length_ms=length, skipped=skipped, kind=kind))
        begin += timedelta(minutes=minutes)
    return rows


EVENINGS = st.lists(sittings(), min_size=1, max_size=14).map(
    lambda drawn: numbered([row for sitting in drawn for row in sitting])
)


def asked_of(history: list[Row], asked: Question, *, kind: str | None = None, all_time: bool = False) -> list[Row]:
    """The plays that the question is about, with `counted`."""
    period: dict[str, Any] = {
        "first": None if all_time else asked.from_date, "last": None if all_time else asked.to_date,
    }  # fmt: skip
    kept = twin.considered(history, ME.listener_id, kind or asked.kind or "track", zone=asked.timezone, **period)
    return [play | {"counted": twin.counts(play, asked.count or "30s", history, CATALOGUE)} for play in kept]


def answer(lake: LakeDouble, name: str, asked: Question) -> list[Row]:
    """The rows of a report, without what it stands on: compiled once for each question.

    No time is estimated: that is `metrics.estimated`, and takes a second to compile.
    """
    report = find(name)
    settled = asked.settled(report)
    query = compiled("rows", name, Asking(ME, settled, told=told_by_all(lake, ME, settled) | {"ms_played"}))
    schema = pa.schema([(column.name, ARROW[column.type]) for column in report.columns])
    return lake.connection.sql(query).to_arrow_table().cast(schema).to_pylist()


def same(ours: list[Row], theirs: list[Row]) -> bool:
    """Equal but for what floating point makes of a different order of adding; otherwise the first difference is raised."""
    assert len(ours) == len(theirs), (len(ours), len(theirs), ours, theirs)
    for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        assert list(one) == list(other), (list(one), list(other))
        for column in one:
            close = _close(one[column], other[column])
            assert close, f"row {place}, {column}: {one[column]!r} and {other[column]!r}"
    return True


def _close(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, int | float):
        return abs(one - other) <= 2e-9 * max(1, abs(one))
    return bool(one == other) and (one is None) == (other is None)


PERIOD = (date(2024, 3, 1), date(2025, 1, 31))
