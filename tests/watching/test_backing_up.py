"""The server makes backups by itself where it is told where they go."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from groovelog.lake.home import Home
from groovelog.pipeline import add_listener
from groovelog.pipeline.backup import records
from groovelog.server import backing_up

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def dest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GROOVELOG_BACKUP_TO", str(tmp_path / "backups"))
    monkeypatch.setenv("GROOVELOG_BACKUP_EVERY_HOURS", "6")
    monkeypatch.setenv("GROOVELOG_BACKUP_KEEP", "2")
    monkeypatch.setenv("GROOVELOG_BACKUP_KEEP_WEEKS", "0")
    return tmp_path / "backups"


def made(dest: Path) -> list[str]:
    return sorted(path.stem[:16] for path in dest.glob("backups/*.json"))


def test_one_is_made_when_it_is_due_and_the_oldest_goes(home: Path, dest: Path) -> None:
    at = Home(home)
    assert backing_up.look(at, NOW)
    assert not dest.exists()  # nothing was ever written
    add_listener(at, "Wren", "UTC", now=NOW)
    for hours in (0, 1, 5.9, 6, 7, 12, 18):
        assert backing_up.look(at, NOW + hours * HOUR)
    assert made(dest) == ["20261123T000000Z", "20261123T060000Z"]
    assert [record.held for record in records.all_of(at)] == [2]
    # A clock set back does not end it.
    assert backing_up.look(at, NOW)
    assert len(made(dest)) == 2


def test_what_goes_wrong_is_logged_and_tried_again(
    home: Path, dest: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = Home(home)
    add_listener(at, "Wren", "UTC", now=NOW)
    dest.write_text("a file")
    with caplog.at_level(logging.WARNING):
        assert not backing_up.look(at, NOW)
    assert f"No backup was made just now, and it is tried again: Writing to {dest} failed" in caplog.text
    dest.unlink()
    assert backing_up.look(at, NOW)
    assert len(made(dest)) == 1


def test_without_a_place_nothing_is_made(home: Path, tmp_path: Path) -> None:
    add_listener(Home(home), "Wren", "UTC", now=NOW)
    assert backing_up.look(Home(home), NOW)
    assert records.all_of(Home(home)) == []
