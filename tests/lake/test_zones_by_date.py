"""A listener who moves: the zones in which their plays lie, and what changing one does to the local columns."""

from datetime import date

import pytest
from export_rows import extended
from kept import NOW, bring, everything, plays, plays_anew, sound

from groovelog.errors import NotFoundError, UsageError
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import change_zone

LISBON, TOKYO = "Europe/Lisbon", "Asia/Tokyo"


def local(home: Home) -> dict[str, tuple[str, str, int]]:
    """By the start in UTC: zone, local date and hour."""
    return {
        f"{play['started_at']:%Y-%m-%d %H:%M}": (play["timezone"], f"{play['local_date']}", play["local_hour"])
        for play in sorted(plays(home), key=lambda play: play["started_at"])
    }


def starts(home: Home, *instants: str) -> None:
    bring(home, *(extended(start, ms=0) for start in instants), timezone=LISBON)


def test_a_zone_holds_from_midnight_of_its_first_date_by_its_own_clocks(home: Home) -> None:
    # Tokyo's May begins at 15:00 UTC on the last of April.
    starts(home, "2024-04-30 14:59", "2024-04-30 15:00", "2024-05-01 12:00")
    change_zone(home, "me", TOKYO, from_date=date(2024, 5, 1), now=NOW)
    assert local(home) == {
        "2024-04-30 14:59": (LISBON, "2024-04-30", 15),
        "2024-04-30 15:00": (TOKYO, "2024-05-01", 0),
        "2024-05-01 12:00": (TOKYO, "2024-05-01", 21),
    }
    assert plays_anew(home) == plays(home)
    assert sound(home)


def test_a_journey_and_back(home: Home) -> None:
    starts(home, "2024-01-10 12:00", "2024-05-10 12:00", "2024-07-10 12:00")
    change_zone(home, "me", TOKYO, from_date=date(2024, 5, 1), now=NOW)
    moved = change_zone(home, "me", LISBON, from_date=date(2024, 6, 1), now=NOW)
    assert moved.zones == ((None, LISBON), (date(2024, 5, 1), TOKYO), (date(2024, 6, 1), LISBON))
    assert [hour for _, _, hour in local(home).values()] == [12, 21, 13]


def test_the_dates_may_come_in_any_order(home: Home) -> None:
    starts(home, "2024-01-10 12:00", "2024-05-10 12:00", "2024-07-10 12:00")
    change_zone(home, "me", LISBON, from_date=date(2024, 6, 1), now=NOW)
    change_zone(home, "me", TOKYO, from_date=date(2024, 5, 1), now=NOW)
    assert [hour for _, _, hour in local(home).values()] == [12, 21, 13]


def test_another_zone_for_the_same_date_takes_its_place(home: Home) -> None:
    starts(home, "2024-05-10 12:00")
    change_zone(home, "me", TOKYO, from_date=date(2024, 5, 1), now=NOW)
    change_zone(home, "me", "Asia/Kathmandu", from_date=date(2024, 5, 1), now=NOW)
    with open_snapshot(home.lake) as snapshot:
        (person,) = snapshot.listeners()
    assert person.zones == ((None, LISBON), (date(2024, 5, 1), "Asia/Kathmandu"))
    assert list(local(home).values()) == [("Asia/Kathmandu", "2024-05-10", 17)]


def test_without_a_date_it_is_the_first_zone_that_changes(home: Home) -> None:
    starts(home, "2024-01-10 12:00", "2024-05-10 12:00")
    change_zone(home, "me", TOKYO, from_date=date(2024, 5, 1), now=NOW)
    change_zone(home, "me", "America/New_York", now=NOW)
    assert list(local(home).values()) == [("America/New_York", "2024-01-10", 7), (TOKYO, "2024-05-10", 21)]


def test_what_is_imported_later_lies_in_the_zones_by_date(home: Home) -> None:
    starts(home, "2024-01-10 12:00")
    change_zone(home, "me", TOKYO, from_date=date(2024, 5, 1), now=NOW)
    starts(home, "2024-01-11 12:00", "2024-05-10 12:00")
    assert [hour for _, _, hour in local(home).values()] == [12, 12, 21]


def test_a_change_of_zone_leaves_all_else_alone(home: Home) -> None:
    starts(home, "2024-01-10 12:00", "2024-05-10 12:00")
    before = everything(home)
    change_zone(home, "me", TOKYO, from_date=date(2024, 5, 1), now=NOW)
    after = everything(home)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"plays", "listener_zones", "commits"}
    bare = [
        {k: v for k, v in play.items() if k not in ("local_date", "local_hour", "timezone")} for play in plays(home)
    ]
    assert bare == [{k: v for k, v in play.items() if k in bare[0]} for play in before["plays"]]


def test_what_cannot_be_changed_is_refused_and_nothing_is_written(home: Home) -> None:
    starts(home, "2024-01-10 12:00")
    before = everything(home)
    with pytest.raises(UsageError, match="There is no time zone"):
        change_zone(home, "me", "Mars/Olympus", from_date=date(2024, 5, 1), now=NOW)
    with pytest.raises(NotFoundError, match="no listener named nobody"):
        change_zone(home, "nobody", TOKYO, now=NOW)
    assert everything(home) == before
