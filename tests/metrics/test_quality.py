"""Sources and their quality, by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from histories import ME, LakeDouble, Row, play
from told_rows import COMMIT, RUN, receipt, refused, told

from groovelog.model import Listener
from groovelog.reports import Question, run
from groovelog.tables import COMMITS, PLAYS, RECEIPT_ROWS, RECEIPTS, SOURCE_PLAYS

MINUTE = 60
NOTHING_ODD = {"no_id": 0, "no_name": 0, "no_duration": 0, "under_5_s": 0, "clock_trouble": 0, "overlaps": 0}


def lake_of(*rows: Row, receipts: list[Row] = (), refusals: list[Row] = (), listener: Listener = ME) -> LakeDouble:
    lake = LakeDouble(listeners=[listener])
    lake.fill(SOURCE_PLAYS, rows)
    lake.fill(RECEIPTS, receipts)
    lake.fill(RECEIPT_ROWS, refusals)
    lake.fill(COMMITS, [COMMIT])
    return lake


def answer(lake: LakeDouble, name: str, **asked: object) -> list[Row]:
    return run(lake, name, Question(**asked)).rows.to_pylist()  # type: ignore[arg-type]


def found(lake: LakeDouble, check: str, source: str = "spotify_extended") -> tuple[int, int]:
    """Rows found by the check, and looked at."""
    ((rows, of_rows),) = [
        (row["rows"], row["of_rows"])
        for row in answer(lake, "data-quality")
        if (row["source"], row["check"]) == (source, check)
    ]
    return rows, of_rows


def test_sources_beside_the_plays_they_tell_of() -> None:
    lake = lake_of(
        told("spotify_extended", "2024-05-31T10:00"),
        told("spotify_extended", "2024-06-01T10:00", 4.999, track_name="Unknown Track"),
        told("spotify_extended", "2024-06-02T10:00", 5),
        told("lastfm", "2024-06-01T10:00", None, track_uri=None),
        told("spotify_extended", "2024-06-01T12:00", counted=False),  # another form of a row
        told("spotify_extended", "2024-06-01T12:00", listener_id="b2"),
    )
    lake.fill(
        PLAYS,
        [
            play("2024-05-31T10:00"),
            play("2024-06-01T10:00", sources="spotify_extended+lastfm"),
            play("2024-06-02T10:00"),
            play("2024-06-01T10:00", sources="lastfm", listener_id="b2"),
        ],
    )
    scrobbled, streamed = answer(lake, "sources")
    assert scrobbled == NOTHING_ODD | {
        "source": "lastfm", "rows": 1, "plays": 1, "plays_alone": 0, "no_id": 1, "no_duration": 1,
        "ms_shortest": None, "ms_mean": None, "ms_longest": None,
        "first_date": date(2024, 6, 1), "last_date": date(2024, 6, 1),
    }  # fmt: skip
    # 180,000 + 4,999 + 5,000 is three times 63,333
    assert streamed == NOTHING_ODD | {
        "source": "spotify_extended", "rows": 3, "plays": 3, "plays_alone": 2, "no_name": 1, "under_5_s": 1,
        "ms_shortest": 4_999, "ms_mean": 63_333, "ms_longest": 180_000,
        "first_date": date(2024, 5, 31), "last_date": date(2024, 6, 2),
    }  # fmt: skip


def test_a_period_and_a_kind_cut_rows_and_plays_alike() -> None:
    lake = lake_of(
        told("lastfm", "2024-05-31T22:59", None),  # 23:59 in Lisbon
        told("lastfm", "2024-05-31T23:00", None),  # the first of June there
        told("lastfm", "2024-06-03T10:00", None),
        told("lastfm", "2024-06-02T10:00", None, kind="episode", track_uri=None, episode_uri="spotify:episode:1"),
    )
    lake.fill(PLAYS, [play(f"2024-{day}T10:00", sources="lastfm") for day in ("05-31", "06-01", "06-03")])
    june = {"from_date": date(2024, 6, 1), "to_date": date(2024, 6, 2)}
    asked = run(lake, "sources", Question(kind="track", **june))
    assert [(row["rows"], row["plays"]) for row in asked.rows.to_pylist()] == [(1, 1)]
    assert (asked.stands_on.rows, asked.from_date, asked.to_date) == (1, date(2024, 6, 1), date(2024, 6, 2))  # type: ignore[union-attr]
    assert answer(lake, "sources", **june)[0]["rows"] == 2  # any kind
    assert answer(lake, "sources", timezone="UTC", from_date=date(2024, 6, 1))[0]["rows"] == 2


def test_months_are_those_of_the_zone_the_listener_lived_in_then() -> None:
    # Tokyo's first of July begins at 15:00 UTC on the 30th of June.
    moved = replace(ME, zones=((None, "Europe/Lisbon"), (date(2024, 7, 1), "Asia/Tokyo")))
    lake = lake_of(
        told("lastfm", "2024-06-30T14:59", None),
        told("lastfm", "2024-06-30T15:00", None),
        told("lastfm", "2024-07-31T14:59", None),
        told("lastfm", "2024-07-31T15:00", None),
        told("maloja", "2024-07-31T15:00", None),
        listener=moved,
    )
    months = [(row["month"].isoformat(), row["source"], row["rows"]) for row in answer(lake, "sources-by-month")]
    assert months == [
        ("2024-06-01", "lastfm", 1), ("2024-07-01", "lastfm", 2), ("2024-08-01", "lastfm", 1),
        ("2024-08-01", "maloja", 1),
    ]  # fmt: skip
    assert run(lake, "sources", Question()).timezone == "Asia/Tokyo, Europe/Lisbon"


def test_a_run_adds_up_by_source_of_its_files() -> None:
    lake = lake_of(
        told("spotify_extended", "2024-06-01T10:00", 4),
        told("spotify_extended", "2024-06-01T11:00", 8, file_no=2),
        told("lastfm", "2024-06-01T12:00", None, file_no=3, track_uri=None),  # of an export of Groovelog itself
        receipts=[
            receipt(rows=3, stored=1, duplicates=1, unreadable=1),
            receipt(rows=1, stored=1, file_no=2),
            receipt("groovelog", rows=1, stored=1, file_no=3),
            receipt("spotify_library", file_no=4),
            receipt(None, "ignored", file_no=5),
        ],
    )
    at = {"run_id": RUN, "imported_at": datetime(2025, 1, 1, tzinfo=UTC)}
    untimed = {"ms_shortest": None, "ms_mean": None, "ms_longest": None}
    of_groovelog, streamed, saved = answer(lake, "sources-by-run")
    assert of_groovelog == NOTHING_ODD | at | untimed | {
        "source": "groovelog", "files": 1, "rows": 1, "stored": 1, "duplicates": 0, "unreadable": 0,
        "no_id": 1, "no_duration": 1,
    }  # fmt: skip
    assert streamed == NOTHING_ODD | at | {
        "source": "spotify_extended", "files": 2, "rows": 4, "stored": 2, "duplicates": 1, "unreadable": 1,
        "under_5_s": 1, "ms_shortest": 4_000, "ms_mean": 6_000, "ms_longest": 8_000,
    }  # fmt: skip
    assert (saved["source"], saved["files"], saved["rows"], saved["no_id"]) == ("spotify_library", 1, 0, 0)


def test_missing_values_are_told_for_each_source_and_column() -> None:
    lake = lake_of(
        told("spotify_extended", "2024-06-01T10:00", platform="android"),
        told("spotify_extended", "2024-06-01T11:00"),
        told("lastfm", "2024-06-01T12:00", None),
    )
    rows = answer(lake, "missing-values")
    shares = {(row["source"], row["column_name"]): (row["rows"], row["of_rows"], row["share"]) for row in rows}
    assert shares["spotify_extended", "platform"] == (1, 2, 0.5)
    assert shares["spotify_extended", "ms_played"] == (0, 2, 0.0)
    assert shares["lastfm", "ms_played"] == (1, 1, 1.0)
    assert [row["source"] for row in rows] == ["lastfm"] * (len(rows) // 2) + ["spotify_extended"] * (len(rows) // 2)
    assert rows[0]["column_name"] == "kind"


@pytest.mark.parametrize(
    ("check", "columns", "expected"),
    [
        ("no id", {"track_uri": None}, 1),
        ("no name", {"track_name": None}, 1),
        ("no name", {"track_name": "Unknown Track"}, 1),
        # Account data's word for no artist; a song may be called so.
        ("no name", {"track_name": "Unknown Artist"}, 0),
        ("no duration", {"ms_played": None}, 1),
        ("under 5 s", {"ms_played": 4_999}, 1),
        ("under 5 s", {"ms_played": 5_000}, 0),
        ("stop before start", {"stopped_at": "2024-06-01T09:59:59+00:00"}, 1),
        ("stop before start", {"stopped_at": "2024-06-01T10:00:00+00:00"}, 0),
        # The start less half an hour, which a pause may be long; the stop and a minute and a half.
        ("late upload", {"offline_at": "2024-06-01T09:29:59+00:00"}, 1),
        ("late upload", {"offline_at": "2024-06-01T09:30:00+00:00"}, 0),
        ("device clock ahead", {"offline_at": "2024-06-01T10:04:31+00:00"}, 1),
        ("device clock ahead", {"offline_at": "2024-06-01T10:04:30+00:00"}, 0),
        ("after its import", {"stopped_at": "2025-01-01T00:00:01+00:00"}, 1),
        ("after its import", {"stopped_at": "2025-01-01T00:00:00+00:00"}, 0),
        ("at a full minute", {}, 1),
        ("at a full minute", {"stopped_at": "2024-06-01T10:03:01+00:00"}, 0),
    ],
)
def test_check_of_a_row_from_ten_to_three_past(check: str, columns: Row, expected: int) -> None:
    instants = {
        name: datetime.fromisoformat(value) for name, value in columns.items() if name in ("stopped_at", "offline_at")
    }
    lake = lake_of(told("spotify_extended", "2024-06-01T10:00", **(columns | instants)))
    assert found(lake, check) == (expected, 1)
    is_trouble = check in ("stop before start", "late upload", "device clock ahead", "after its import")
    assert answer(lake, "sources")[0]["clock_trouble"] == (expected if is_trouble else 0)


def test_a_scrobble_is_at_the_minute_of_its_start() -> None:
    lake = lake_of(
        told("listenbrainz", "2024-06-01T10:00:00", 100.5),
        told("listenbrainz", "2024-06-01T11:00:01", 59),
        told("spotify_api", "2024-06-01T12:00:00", 61, played_at=datetime(2024, 6, 1, 12, 1, 1, tzinfo=UTC)),
    )
    assert found(lake, "at a full minute", "listenbrainz") == (1, 2)
    assert found(lake, "at a full minute", "spotify_api") == (0, 1)


def test_rows_beyond_the_first_of_an_instant() -> None:
    stops = [("10:00", 60), ("10:00:30", 30), ("10:00:50", 10), ("11:00", 60)]
    lake = lake_of(
        *(told("spotify_extended", f"2024-06-01T{start}", seconds) for start, seconds in stops),
        told("spotify_account", "2024-06-01T10:00", 60),
    )
    assert found(lake, "same instant") == (2, 4)
    assert found(lake, "same instant", "spotify_account") == (0, 1)


@pytest.mark.parametrize(
    ("start", "seconds", "overlaps"),
    [
        ("10:02:00", 180, 0),  # shares the minute to 10:03
        ("10:01:59", 180, 1),
        ("10:01:00", 60, 0),  # lies within, and is a minute long
        ("10:01:00", 61, 1),
        ("10:01:00", None, 0),  # nobody tells how long it ran
        ("10:03:00", 600, 0),
    ],
)
def test_an_overlap_is_longer_than_a_minute(start: str, seconds: int | None, overlaps: int) -> None:
    lake = lake_of(
        told("spotify_extended", "2024-06-01T10:00"),
        told("spotify_extended", "2024-06-01T10:00:30", 1),  # the longer one reaches further
        told("spotify_extended", f"2024-06-01T{start}", seconds),
        told("lastfm", "2024-06-01T10:00:30", None),
    )
    assert found(lake, "overlap") == (overlaps, 3)
    assert found(lake, "overlap", "lastfm") == (0, 1)


def test_plays_of_different_sources_may_overlap_once_joined() -> None:
    lake = lake_of(told("spotify_extended", "2024-06-01T10:00"), told("maloja", "2024-06-01T10:01"))
    lake.fill(PLAYS, [play("2024-06-01T10:00", play_id=1), play("2024-06-01T10:01", sources="maloja", play_id=2)])
    assert found(lake, "overlap") == (0, 1)
    assert found(lake, "overlap", "plays") == (1, 2)
    assert answer(lake, "data-quality")[-1]["source"] == "plays"


def test_rows_of_files_that_were_not_stored() -> None:
    lake = lake_of(
        told("spotify_extended", "2024-06-01T10:00"),
        receipts=[receipt(rows=9, stored=1, duplicates=2, unreadable=6), receipt("lastfm", file_no=2, rows=0)],
        refusals=[
            refused(1, 'ts is before 2006-01-01: "1970-01-01T00:00:00Z"'),
            refused(2, 'ts is in the future: "2999-01-01T00:00:00Z"'),
            refused(3, 'ts is not a time: "yesterday"'),
            refused(4, 'ts is not a time: " is in the future: "'),
            refused(5, 'ms_played is negative: "-1"'),
            refused(6, "not a JSON object"),
            refused(7, "known from an earlier import", outcome="duplicate"),
        ],
    )
    checks = ("known", "unreadable", "before the first day", "in the future", "no time")
    assert [found(lake, check) for check in checks] == [(2, 9), (6, 9), (1, 9), (1, 9), (2, 9)]
    assert {row["source"] for row in answer(lake, "data-quality")} == {"spotify_extended"}
