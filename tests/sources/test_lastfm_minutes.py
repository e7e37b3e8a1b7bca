"""Last.fm to the minute: a table without a header, told by its dates."""

from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from contract import SourceContract, said, verdict
from reading import utc

from groovelog.sources.lastfm_minutes import LASTFM_MINUTES
from groovelog.sources.recognise import Verdict
from scrobbles import lastfm_minutes, table


class TestLastfmMinutes(SourceContract):
    source = LASTFM_MINUTES
    forms: ClassVar = {"a table": lambda rows, _: table(rows)}
    tables = frozenset({"a table"})
    open_ended = frozenset({"a table"})
    row = staticmethod(lastfm_minutes)
    told: ClassVar = (
        (
            ("Carly Rae Jepsen", "", "The Loneliest Time", "13 Jun 2025 00:50"),
            {
                "kind": "track",
                "started_at": utc(2025, 6, 13, 0, 50),
                "track_name": "The Loneliest Time",
                "artist_name": "Carly Rae Jepsen",
            },
        ),
        (
            ("Tyler, The Creator", "Igor", 'A "title"', "1 Oct 2002 00:00"),
            {
                "kind": "track",
                "started_at": utc(2002, 10, 1),
                "track_name": 'A "title"',
                "artist_name": "Tyler, The Creator",
                "album_name": "Igor",
            },
        ),
    )

    # Its tests of times put more rows without a date than with one into a file; few real ones have any.
    def test_times_that_cannot_be_cost_their_row_alone(self, tmp_path: Path) -> None:
        sound = lastfm_minutes()
        dates = ["", " ", "soon", "01 Jan 1970 00:00", "24 Nov 2026 12:00", "30 Feb 2020 10:00", "\x1b[2J"]
        rows = said(table([*[sound] * 8, *map(lastfm_minutes, dates)]), tmp_path)
        assert [row["fault"] for row in rows] == [
            *[None] * 8,
            "now playing: it has no date yet",
            "now playing: it has no date yet",
            'date is not a time: "soon"',
            'date is before 2002-10-01: "1970-01-01T00:00:00Z"',
            'date is in the future: "2026-11-24T12:00:00Z"',
            'date is not a time: "2020-02-30T10:00:00Z"',
            'date is not a time: "�[2J"',
        ]


@pytest.mark.parametrize(
    ("date", "started_at"),
    [
        ("22 Nov 2025 10:00", utc(2025, 11, 22, 10)),
        ("2 Nov 2025 10:00", utc(2025, 11, 2, 10)),
        ("02 Nov 2025, 10:00", utc(2025, 11, 2, 10)),
        ("22 Nov 2025 10:0", None),
        ("22 Nov 2025", None),
        ("22 Nov 2025 25:00", None),
        ("22 Nov 25 10:00", None),
        ("22 nov 2025 10:00", None),
        ("22 Mär 2025 10:00", None),
    ],
)
def test_dates(date: str, started_at: datetime | None, tmp_path: Path) -> None:
    *_, row = said(table([lastfm_minutes()] * 3 + [lastfm_minutes(date)]), tmp_path)
    assert row["started_at"] == started_at
    assert (row["fault"] is None) == (started_at is not None)


def test_rows_with_fields_too_few_or_too_many_keep_their_place(tmp_path: Path) -> None:
    sound = lastfm_minutes()
    rows = said(table([*[sound] * 4, sound[1:], (*sound, "x"), sound]), tmp_path)
    assert [row["fault"] for row in rows] == [
        *[None] * 4,
        "3 fields, where artist, album, track and date are expected",
        "5 fields, where artist, album, track and date are expected",
        None,
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("name", "place", "seat", "date"), ("Gig", "Hall", "4", "2025-11-22 10:00")],
        [("artist", "album", "track"), ("A", "B", "22 Nov 2025 10:00")],
        [("artist", "album", "track", "ms", "date"), ("A", "B", "C", "1", "22 Nov 2025 10:00")],
        [("a", "b", "c", "d"), ("e", "f", "g", "h"), ("i", "j", "k", "22 Nov 2025 10:00")],
    ],
)
def test_other_tables_are_not_taken_for_it(rows: list[tuple[Any, ...]], tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(table(rows))
    seen: Verdict = verdict(tmp_path / "x.csv")
    assert seen.source is None
    assert (seen.ignored or "").startswith("not recognised: a table with the columns")
