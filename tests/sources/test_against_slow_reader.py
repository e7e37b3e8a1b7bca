"""The reader says of every row, damaged at random, what the slow reader says."""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import read_bytes
from slow_reader import read_slowly

from spotify_export import account, extended, old_extended

LATEST = datetime(2026, 11, 23, 12)  # noqa: DTZ001 (naive UTC: a day ahead of the clock that reading.py sets)

TIMES = st.sampled_from(
    (
        "2020-01-01T10:00:00Z", "2020-01-01T10:00:00", "2020-01-01 10:00", "2020-01-01T10:00:00+02:00",
        "2020-01-01t10:00:00.5z", "2020-01-01T10:00:00.123456789-0330", "2020-01-01 10:00 +01", "2020-01-01T10:00:00 UTC",
        " 2020-01-01T10:00:00Z\n", "2020-01-01T10:00:00+24:00", "2020-01-01", "2020-02-30T10:00:00Z",
        "2006-01-01T00:00:00Z", "2006-01-01T01:00:00+02:00", "2026-11-23T12:00:00Z", "2026-11-23T12:00:01Z",
        "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2020-01-01T10:61:00Z", "2020-01-01T10:00: 5Z",
        "2020-01-01 10: 1", "20200101T100000Z", "1577872800", 1577872800, 1577872800000, "now", "",
    )
)  # fmt: skip
LENGTHS = st.one_of(
    st.integers(-5, 5),
    st.sampled_from(
        (
            604_800_000,
            604_800_001,
            2**63,
            -(2**63),
            10**30,
            1.0,
            1.5,
            "7",
            " 7 ",
            "7.0",
            "7.5",
            "+7",
            "-0",
            "1e3",
            "0x7",
            "٧",
            "",
        )
    ),
)
CLOCKS = st.sampled_from(
    (0, 1, 1_687_026_369, 1_512_420_608_296, 10**11, 10**11 + 1, 10**13, -1, "1687026369", "", "soon")
)
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=6),
    st.sampled_from(
        ("", " ", "null", "[x]", "{x}", "\\ud800", "\ud83d\ude00", "\ud83d", "\x00", "\x1b[2J", '"', "\x1f")
    ),
)
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(0, 2), st.sampled_from(([], {}, ["x"], {"x": 1}, [[["x"]]])), WORDS
)
DAMAGE = {
    "ts": TIMES, "endTime": TIMES, "ms_played": LENGTHS, "msPlayed": LENGTHS, "offline_timestamp": CLOCKS,
}  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, shape: Any) -> Any:
    """A row of the shape with up to four keys changed, taken away, or added."""
    row = shape(draw(st.integers(0, 3)))
    keys = [*row, "audiobook_title", "audiobook_chapter_uri", "podcastName", "audiobookName", "episodeName", "odd"]
    for key in draw(st.lists(st.sampled_from(keys), max_size=4)):
        if draw(st.integers(0, 4)):
            row[key] = draw(st.one_of(DAMAGE[key], DAMAGE[key], ODD) if key in DAMAGE else ODD)
        else:
            row.pop(key, None)
    return row


@st.composite
def histories(draw: st.DrawFn) -> list[Any]:
    """A list of rows of one source, some of them repeated, some no objects; the first is sound and tells the source."""
    shape = draw(st.sampled_from((extended, old_extended, account)))
    rows = draw(st.lists(st.one_of(damaged(shape), damaged(shape), damaged(shape), ODD), min_size=5, max_size=25))
    return [shape(0), *rows, *draw(st.lists(st.sampled_from(rows), max_size=3))]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories())
def test_every_row_is_read_as_the_slow_reader_reads_it(history: list[Any]) -> None:
    content = json.dumps(history).encode()
    slowly = read_slowly(content, LATEST)
    with tempfile.TemporaryDirectory() as folder:
        reading = read_bytes(content, Path(folder))
    assert reading.failed == []
    assert len(reading.rows) == len(slowly)
    keys: dict[int, dict[str, Any]] = {}
    for fast, slow in zip(reading.rows, slowly, strict=True):
        if slow.fault:
            assert (fast["fault"] or "").startswith(slow.fault)
        else:
            assert fast["fault"] is None
            assert {column: fast[column] for column in slow.columns} == slow.columns
            # Rows have one identity when they say the same, and only then.
            assert keys.setdefault(fast["row_key"], slow.columns) == slow.columns
    assert len(keys) == len({str(slow.columns) for slow in slowly if not slow.fault})
