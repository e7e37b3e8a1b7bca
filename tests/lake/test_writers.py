"""One writer at a time, readers at any time."""

import threading
from pathlib import Path

import pytest
from export_rows import extended, write_export
from filelock import FileLock
from kept import NOW, bring, plays, plays_anew

from calling import ended, started
from groovelog.errors import LakeBusyError
from groovelog.lake import run as lake_run
from groovelog.lake.check import check
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import add_listener


def import_at_once(home: Home, folder: Path, told: list[tuple[str, int]]) -> None:
    """Each (listener, hour) in a process of its own: ten plays in that hour of 2021-03-04."""
    processes = []
    for number, (listener, hour) in enumerate(told):
        rows = [extended(f"2021-03-04 {hour:02}:{minute:02}:00", ms=1_000) for minute in range(10)]
        (path,) = write_export(folder / str(number), [rows])
        processes.append(started(home.root, "import", path, "--listener", listener, "--timezone", "UTC"))
    answers = [ended(process) for process in processes]
    assert [answer.code for answer in answers] == [0] * len(told), answers


def test_processes_that_write_at_once_lose_nothing(home: Home, tmp_path: Path) -> None:
    # Hours of one listener overlap, and neighbours belong to one session: each import touches what the others wrote.
    import_at_once(home, tmp_path / "exports", [("Ada", 10), ("Ada", 10), ("Ada", 11), ("Bea", 10)])
    assert (len(plays(home, "Ada")), len(plays(home, "Bea"))) == (20, 10)
    assert plays_anew(home, "Ada") == plays(home, "Ada")
    with open_snapshot(home.lake) as snapshot:
        assert check(snapshot) == []
        assert snapshot.number == 1 + 4


def test_a_second_writer_waits_for_the_first(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake_run, "LONGEST_WAIT_S", 0.2)
    with FileLock(home.root / "lake" / ".writer.lock"), pytest.raises(LakeBusyError, match="Another writer"):
        bring(home, extended("2021-03-04 10:00:00"))
    bring(home, extended("2021-03-04 10:00:00"))
    assert len(plays(home)) == 1


def test_the_lock_is_free_again_after_a_failure(home: Home) -> None:
    add_listener(home, "Ada", "UTC", now=NOW)
    with pytest.raises(Exception, match="already"):
        add_listener(home, "Ada", "UTC", now=NOW)
    waiting = threading.Thread(target=add_listener, args=(home, "Bea", "UTC"), kwargs={"now": NOW})
    waiting.start()
    waiting.join(20)
    assert not waiting.is_alive()


def test_a_reader_stays_on_its_snapshot_while_a_writer_publishes(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:00"))
    with open_snapshot(home.lake) as snapshot:
        bring(home, extended("2021-03-04 10:05:00"))
        assert snapshot.connection.execute("SELECT count(*) FROM plays").fetchall() == [(1,)]
        assert [person.plays for person in snapshot.listeners()] == [1]
    assert len(plays(home)) == 2


def test_a_run_that_is_not_published_is_not_read(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:00"))
    with open_snapshot(home.lake) as before:
        number = before.number
    with pytest.raises(Exception, match="already"):
        add_listener(home, "me", "UTC", now=NOW)
    with open_snapshot(home.lake) as after:
        assert after.number == number
