"""Source rows and receipts, written by hand or drawn at random."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from histories import ME, TURNS, Row, plays
from hypothesis import strategies as st

from groovelog.sources import SOURCES

NUMBERS = count(1)
RUN = "000001-run"
COMMIT: Row = {"number": 1, "run_id": RUN, "committed_at": datetime.fromisoformat("2025-01-01T00:00+00:00")}
TELLS_START = [source.name for source in SOURCES if source.tells == "start"]


def told(source: str, started: str, seconds: float | None = 180, **columns: Any) -> Row:
    """A stored row of ME; `started` is UTC, `seconds` its duration. Without one, it has no stop, as with scrobblers."""
    begin = datetime.fromisoformat(started + "+00:00")
    return {
        "listener_id": ME.listener_id,
        "source": source,
        "row_key": next(NUMBERS),
        "counted": True,
        "run_id": RUN,
        "file_no": 1,
        "kind": "track",
        "started_at": begin,
        "stopped_at": None if seconds is None else begin + timedelta(seconds=seconds),
        "ms_played": None if seconds is None else round(seconds * 1000),
        "track_uri": "spotify:track:1",
        "track_name": "Song",
        "artist_name": "Band",
        **columns,
    }


def receipt(source: str | None = "spotify_extended", outcome: str = "read", **columns: Any) -> Row:
    """A file of a run; what is not given is 0."""
    counts = dict.fromkeys(("rows", "stored", "duplicates", "unreadable"), 0)
    return {"listener_id": ME.listener_id, "run_id": RUN, "file_no": 1, "source": source, "outcome": outcome} | (
        counts | columns
    )


def refused(row_no: int, reason: str, **columns: Any) -> Row:
    """A row of a file that was not stored."""
    place = {"listener_id": ME.listener_id, "run_id": RUN, "file_no": 1, "row_no": row_no}
    return {**place, "outcome": "unreadable", "reason": reason, **columns}


SHIFTS = st.sampled_from([None, 0, -1_799, -1_800, -1_801, 89, 90, 91, 400])


@st.composite
def told_rows(draw: st.DrawFn) -> Row:
    """A source row around the turns of clocks, near enough to others to overlap, with a device clock near its thresholds."""
    row = draw(plays())
    source = draw(st.sampled_from(["spotify_extended", "spotify_account", "lastfm", "listenbrainz", "spotify_api"]))
    begin = draw(st.sampled_from(TURNS[:3])) + timedelta(seconds=draw(st.sampled_from([0, 1, 30, 60, 61, 150, 3_000])))
    ms = row["ms_played"] if source != "lastfm" else None
    stop = None if ms is None else begin + timedelta(milliseconds=ms)
    shift, from_stop = draw(SHIFTS), draw(st.booleans())
    clock = stop if from_stop and stop else begin
    return row | {
        "source": source,
        "row_key": next(NUMBERS),
        "counted": draw(st.sampled_from([True, True, True, False])),
        "run_id": draw(st.sampled_from([RUN, "000002-run"])),
        "file_no": draw(st.integers(1, 2)),
        "started_at": begin,
        "stopped_at": stop,
        "ms_played": ms,
        "played_at": stop if source == "spotify_api" else None,
        "offline_at": None if shift is None else clock + timedelta(seconds=shift),
        "track_name": draw(st.sampled_from([row.get("track_name"), "Unknown Track"]))
        if row["kind"] == "track"
        else None,
    }


TOLD = st.lists(told_rows(), max_size=12)
