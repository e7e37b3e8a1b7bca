"""Totals, by hand."""

from datetime import UTC, date, datetime

from histories import LakeDouble, Row, marked, play

from groovelog.metrics.counting import marked as counted_by
from groovelog.metrics.totals import basis, by_day, overview
from groovelog.metrics.unbound import unbound
from groovelog.tables import PLAYS


def totals(plays: list[Row]) -> Row:
    table, tracks = marked()
    (row,) = LakeDouble(plays).ask(overview(table, tracks))
    return row


def test_overview_of_four_plays_on_three_days() -> None:
    other = {"track_uri": "spotify:track:2", "track_name": "Other", "album_name": "Single"}
    plays = [
        play("2024-03-01T10:00", minutes=0.1, session_id=1),  # kept, does not count
        play("2024-03-02T09:30", minutes=3, session_id=2),
        play("2024-03-02T10:00", minutes=4, session_id=2, **other),
        play("2024-03-04T23:59", minutes=5, session_id=3, artist_name="Duo"),
    ]
    assert totals(plays) == {
        "plays": 4,
        "counted_plays": 3,
        "ms_played": 720_000,
        "tracks": 2,
        "artists": 2,
        "albums": 3,  # Album by Band, Single by Band, Album by Duo
        "sessions": 2,
        "days_with_plays": 2,
        "calendar_days": 4,
        "ms_per_day": 180_000,
        "first_play": datetime(2024, 3, 2, 9, 30, tzinfo=UTC),
        "last_play": datetime(2024, 3, 4, 23, 59, tzinfo=UTC),
    }


def test_overview_of_nothing() -> None:
    row = totals([])
    assert {name: value for name, value in row.items() if value is not None} == dict.fromkeys(
        (
            "plays",
            "counted_plays",
            "ms_played",
            "tracks",
            "artists",
            "albums",
            "sessions",
            "days_with_plays",
            "calendar_days",
        ),
        0,
    )


def test_a_leap_day_is_a_day() -> None:
    assert totals([play("2024-02-28T10:00"), play("2024-03-01T10:00")])["calendar_days"] == 3


def test_time_by_day_is_rounded_down() -> None:
    assert totals([play("2024-06-01T10:00", minutes=1), play("2024-06-07T10:00", minutes=1)])["ms_per_day"] == 17_142


def test_basis_tells_kinds_zones_and_what_could_not_be_decided() -> None:
    plays = [
        play("2024-06-01T10:00", reason_end="trackdone"),
        play("2024-06-03T10:00", minutes=None, track_uri="spotify:track:2"),
        play("2024-06-02T10:00", kind="episode", timezone="Asia/Tokyo", reason_end="endplay"),
    ]
    table = unbound(PLAYS).mutate(length_ms=unbound(PLAYS).ms_played * 2)
    rows = LakeDouble(plays).ask(basis(by_day(counted_by(table, "finished"))).order_by("kind"))
    assert [tuple(row.values()) for row in rows] == [
        ("episode", "Asia/Tokyo", 1, 0, 0, 0, date(2024, 6, 2), date(2024, 6, 2)),
        ("track", "Europe/Lisbon", 2, 1, 1, 0, date(2024, 6, 1), date(2024, 6, 3)),
    ]
