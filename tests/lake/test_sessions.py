"""Sessions, local dates and hours: worked out by hand."""

from datetime import date

import pytest
from export_rows import extended
from kept import bring, plays

from groovelog.lake.home import Home


def sessions(home: Home) -> list[list[str]]:
    """The stops of the plays of each session, by time of day."""
    found: dict[int, list[str]] = {}
    for play in sorted(plays(home), key=lambda play: play["stopped_at"]):
        found.setdefault(play["session_id"], []).append(f"{play['stopped_at']:%H:%M:%S}")
    return list(found.values())


def test_thirty_minutes_of_silence_belong_to_a_session_and_a_second_more_does_not(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:00"), extended("2021-03-04 10:31:00"), extended("2021-03-04 11:02:01"))
    assert sessions(home) == [["10:00:00", "10:31:00"], ["11:02:01"]]


def test_silence_counts_from_the_latest_stop_so_far(home: Home) -> None:
    # The long play goes on from 10:00 to 12:00; the short one within it stops at 10:10.
    bring(home, extended("2021-03-04 12:00:00", ms=7_200_000), extended("2021-03-04 10:10:00"))
    bring(home, extended("2021-03-04 12:20:00"))
    assert sessions(home) == [["10:10:00", "12:00:00", "12:20:00"]]


def test_a_session_bears_the_id_of_its_first_play(home: Home) -> None:
    bring(home, extended("2021-03-04 10:05:00"), extended("2021-03-04 10:00:00"))
    first, second = sorted(plays(home), key=lambda play: play["started_at"])
    assert first["session_id"] == second["session_id"] == first["play_id"]


def test_a_later_import_bridges_two_sessions_over_the_end_of_a_year(home: Home) -> None:
    bring(home, extended("2020-12-31 23:35:00"), extended("2021-01-01 00:25:00"))
    assert sessions(home) == [["23:35:00"], ["00:25:00"]]
    bring(home, extended("2021-01-01 00:00:00"))
    assert sessions(home) == [["23:35:00", "00:00:00", "00:25:00"]]


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        (
            "Europe/Berlin",
            {
                "2021-03-28 00:59:59": (date(2021, 3, 28), 1),
                "2021-03-28 01:00:00": (date(2021, 3, 28), 3),
                "2021-10-31 00:30:00": (date(2021, 10, 31), 2),
                "2021-10-31 01:30:00": (date(2021, 10, 31), 2),
            },
        ),
        (
            "America/New_York",
            {
                "2021-01-01 04:59:59": (date(2020, 12, 31), 23),
                "2021-11-07 05:30:00": (date(2021, 11, 7), 1),
                "2021-11-07 06:30:00": (date(2021, 11, 7), 1),
            },
        ),
        # Summer time there is half an hour.
        (
            "Australia/Lord_Howe",
            {"2021-04-03 14:50:00": (date(2021, 4, 4), 1), "2021-04-03 15:10:00": (date(2021, 4, 4), 1)},
        ),
        ("Asia/Kathmandu", {"2021-01-01 18:15:00": (date(2021, 1, 2), 0)}),
        # Samoa had no 30 December 2011.
        (
            "Pacific/Apia",
            {"2011-12-30 09:59:59": (date(2011, 12, 29), 23), "2011-12-30 10:00:00": (date(2011, 12, 31), 0)},
        ),
    ],
)
def test_local_date_and_hour_of_the_start(home: Home, zone: str, told: dict[str, tuple[date, int]]) -> None:
    bring(home, *(extended(start, ms=0) for start in told), timezone=zone)
    found = {str(play["started_at"]): (play["local_date"], play["local_hour"]) for play in plays(home)}
    assert found == told
