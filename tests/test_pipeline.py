"""The verbs: who is meant, zones, and taking listeners out."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from groovelog.errors import ImportFailed, NotFoundError, UsageError
from groovelog.lake.check import check
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import (
    add_listener,
    change_zone,
    import_exports,
    receipt_rows,
    receipts,
    remove_invented,
    remove_listeners,
)  # fmt: skip

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def export(tmp_path: Path, *plays: tuple[str, str, str]) -> Path:
    """A history of (stop, letter of the track, title)."""
    rows = [
        {
            "ts": stop,
            "ms_played": 60_000,
            "master_metadata_track_name": title,
            "master_metadata_album_artist_name": "Band",
            "master_metadata_album_album_name": "Album",
            "spotify_track_uri": f"spotify:track:{letter * 22}",
        }
        for stop, letter, title in plays
    ]
    path = tmp_path / f"endsong_{len(list(tmp_path.glob('*.json')))}.json"
    path.write_text(json.dumps(rows))
    return path


ONE = ("2021-06-05T23:30:00Z", "a", "Song")


def ask(home: Home, query: str) -> list[tuple[Any, ...]]:
    with open_snapshot(home.lake) as snapshot:
        return snapshot.connection.execute(query).fetchall()


def test_the_first_import_without_a_name_is_me(home: Home, tmp_path: Path) -> None:
    receipt = import_exports(home, [export(tmp_path, ONE)], timezone="Asia/Tokyo", now=NOW)
    assert (receipt.listener, receipt.timezone) == ("me", "Asia/Tokyo")


def test_the_only_listener_who_is_not_invented_is_meant(home: Home, tmp_path: Path) -> None:
    add_listener(home, "Ada", "Europe/Lisbon", now=NOW)
    import_exports(home, [export(tmp_path, ONE)], listener="Zoe", invented=True, now=NOW)
    receipt = import_exports(home, [export(tmp_path, ONE)], timezone="Asia/Tokyo", now=NOW)
    assert (receipt.listener, receipt.timezone) == ("Ada", "Europe/Lisbon")


def test_among_several_listeners_me_is_meant(home: Home, tmp_path: Path) -> None:
    add_listener(home, "Ada", "UTC", now=NOW)
    add_listener(home, "Bea", "UTC", now=NOW)
    assert import_exports(home, [export(tmp_path, ONE)], now=NOW).listener == "me"


def test_an_invented_listener_alone_is_not_meant(home: Home, tmp_path: Path) -> None:
    import_exports(home, [export(tmp_path, ONE)], listener="Zoe", invented=True, now=NOW)
    assert import_exports(home, [export(tmp_path, ONE)], now=NOW).listener == "me"


def test_a_person_s_export_is_not_given_to_an_invented_listener(home: Home, tmp_path: Path) -> None:
    import_exports(home, [export(tmp_path, ONE)], listener="Zoe", invented=True, now=NOW)
    with pytest.raises(UsageError, match="invented"):
        import_exports(home, [export(tmp_path, ONE)], listener="Zoe", now=NOW)


@pytest.mark.parametrize("name", ["", " Ada", "Ada ", "A\nda", "A" * 65])
def test_a_name_that_cannot_be_one_is_refused(home: Home, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="listener's name"):
        import_exports(home, [export(tmp_path, ONE)], listener=name, now=NOW)


def test_an_unknown_zone_is_refused(home: Home, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Atlantis"):
        import_exports(home, [export(tmp_path, ONE)], timezone="Atlantis/Center", now=NOW)


def test_nothing_is_written_where_nothing_could_be_read(home: Home, tmp_path: Path) -> None:
    broken = tmp_path / "endsong_7.json"
    broken.write_text('[{"ts": ')
    with pytest.raises(ImportFailed, match="endsong_7"):
        import_exports(home, [broken], now=NOW)
    assert not (home.root / "lake").exists()


def test_a_change_of_zone_moves_local_dates_and_no_instant(home: Home, tmp_path: Path) -> None:
    import_exports(home, [export(tmp_path, ONE)], timezone="UTC", now=NOW)
    change_zone(home, "me", "Asia/Tokyo", now=NOW)
    # 23:29 UTC on the 5th is 08:29 on the 6th in Tokyo.
    told = "SELECT started_at::TIMESTAMP, local_date, local_hour, timezone FROM plays"
    assert ask(home, told) == [(datetime(2021, 6, 5, 23, 29), date(2021, 6, 6), 8, "Asia/Tokyo")]  # noqa: DTZ001
    receipt = import_exports(home, [export(tmp_path, ("2021-06-05T23:40:00Z", "a", "Song"))], timezone="UTC", now=NOW)
    assert receipt.timezone == "Asia/Tokyo"
    assert ask(home, "SELECT DISTINCT timezone FROM plays") == [("Asia/Tokyo",)]
    with open_snapshot(home.lake) as snapshot:
        assert check(snapshot) == []


def test_a_change_of_zone_of_one_leaves_another_alone(home: Home, tmp_path: Path) -> None:
    for name in ("Ada", "Bea"):
        import_exports(home, [export(tmp_path, ONE)], listener=name, timezone="UTC", now=NOW)
    change_zone(home, "Ada", "Asia/Tokyo", now=NOW)
    with open_snapshot(home.lake) as snapshot:
        assert [(person.name, person.timezone) for person in snapshot.listeners()] == [
            ("Ada", "Asia/Tokyo"),
            ("Bea", "UTC"),
        ]
    assert ask(home, "SELECT timezone, local_hour FROM plays ORDER BY ALL") == [("Asia/Tokyo", 8), ("UTC", 23)]


def test_a_removed_listener_is_gone_from_every_table_and_others_stay(home: Home, tmp_path: Path) -> None:
    # Bea alone has b; of a she brought the later name.
    import_exports(home, [export(tmp_path, ("2021-01-01T10:00:00Z", "a", "Early"))], listener="Ada", now=NOW)
    bea = [("2021-02-01T10:00:00Z", "a", "Late"), ("2021-02-01T11:00:00Z", "b", "Hers")]
    import_exports(home, [export(tmp_path, *bea)], listener="Bea", now=NOW)
    names = "SELECT track_id[-1], track_name FROM tracks ORDER BY ALL"
    ada = "SELECT * EXCLUDE (started_at, stopped_at, offline_at) FROM plays WHERE track_name = 'Early'"
    before = ask(home, ada)
    assert ask(home, names) == [("a", "Late"), ("b", "Hers")]
    remove_listeners(home, ["Bea"], now=NOW)
    assert ask(home, names) == [("a", "Early")]
    assert ask(home, ada) == before
    for table in ("plays", "source_plays", "receipts", "receipt_rows"):
        assert ask(home, f"SELECT count(DISTINCT listener_id) FROM {table}")[0][0] <= 1
    assert [receipt.listener for receipt in receipts(home)] == ["Ada"]
    with open_snapshot(home.lake) as snapshot:
        assert [person.name for person in snapshot.listeners()] == ["Ada"]
        assert check(snapshot) == []


def test_a_removed_name_is_free_again_and_starts_empty(home: Home, tmp_path: Path) -> None:
    import_exports(home, [export(tmp_path, ONE)], listener="Ada", now=NOW)
    remove_listeners(home, ["Ada"], now=NOW)
    receipt = import_exports(home, [export(tmp_path, ONE)], listener="Ada", now=NOW)
    assert (receipt.stored, receipt.duplicates) == (1, 0)
    with pytest.raises(NotFoundError, match="Known: Ada"):
        remove_listeners(home, ["Bea"], now=NOW)


def test_of_one_moment_two_names_the_smaller_one_is_the_catalogue_s_in_either_order(tmp_path: Path) -> None:
    first, second = (
        export(tmp_path, ("2021-01-01T10:00:00Z", "a", "B")),
        export(tmp_path, ("2021-01-01T10:00:00Z", "a", "A")),
    )
    for number, paths in enumerate([[first, second], [second, first]]):
        home = Home(tmp_path / f"home-{number}")
        for path in paths:
            import_exports(home, [path], now=NOW)
        assert ask(home, "SELECT track_name FROM tracks") == [("A",)]


def test_a_name_is_the_same_composed_or_not(home: Home, tmp_path: Path) -> None:
    apart, composed = "Jose\u0301", "Jos\u00e9"
    assert import_exports(home, [export(tmp_path, ONE)], listener=apart, now=NOW).listener == composed
    assert import_exports(home, [export(tmp_path, ONE)], listener=apart, now=NOW).duplicates == 1
    with pytest.raises(UsageError, match="already"):
        add_listener(home, apart, "UTC", now=NOW)
    change_zone(home, apart, "Asia/Tokyo", now=NOW)
    remove_listeners(home, [apart], now=NOW)
    assert ask(home, "SELECT count(*) FROM plays") == [(0,)]


def test_looking_for_nobody_creates_no_lake(home: Home) -> None:
    with pytest.raises(NotFoundError, match="nobody yet"):
        change_zone(home, "Ada", "UTC", now=NOW)
    with pytest.raises(NotFoundError, match="nobody yet"):
        remove_listeners(home, ["Ada"], now=NOW)
    assert remove_invented(home, now=NOW) == []
    assert not home.root.exists()


def test_the_invented_are_taken_out_and_nobody_else(home: Home, tmp_path: Path) -> None:
    add_listener(home, "Ada", "UTC", now=NOW)
    import_exports(home, [export(tmp_path, ONE)], listener="Zoe", invented=True, now=NOW)
    assert remove_invented(home, now=NOW) == ["Zoe"]
    assert ask(home, "SELECT count(*) FROM plays") == [(0,)]
    with open_snapshot(home.lake) as snapshot:
        assert [person.name for person in snapshot.listeners()] == ["Ada"]


def test_an_unknown_run_is_said_to_be_unknown(home: Home, tmp_path: Path) -> None:
    import_exports(home, [export(tmp_path, ONE)], now=NOW)
    with pytest.raises(NotFoundError, match="groovelog receipts"):
        receipt_rows(home, "000009-20260101-abcd")
