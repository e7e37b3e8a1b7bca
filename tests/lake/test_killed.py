"""A run that dies at any moment leaves the last published state, and the next run completes."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from export_rows import account, extended, write_export
from kept import NOW, ZONE, bring, everything, plays, plays_anew, sound
from stopping import Killed

from groovelog.lake import delta
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import change_zone, import_exports, remove_listeners
from groovelog.tables import COMMITS, PLAYS, TABLES

FIRST = [extended("2020-12-31 23:50:00"), extended("2021-06-05 12:00:00", "b")]
SECOND = [
    extended("2021-01-01 00:10:00"),
    extended("2021-06-05 12:00:00", "b", platform="web"),
    account("2021-06-05 12:00", "b"),
]


@pytest.mark.parametrize("stride", [3, pytest.param(1, marks=pytest.mark.long)])
def test_an_import_can_die_at_any_step(home: Home, monkeypatch: pytest.MonkeyPatch, dies_after, stride: int) -> None:
    bring(home, *FIRST)
    before = everything(home)
    steps = 0
    while True:
        dies_after(steps)
        try:
            bring(home, *SECOND)
        except Killed:
            monkeypatch.undo()
            assert everything(home) == before
            steps += stride
        else:
            monkeypatch.undo()
            break
    # Every table but commits is looked at, six are written and committed, and so is the run itself.
    there_are = (len(TABLES) - 1) + 2 * (6 + 1)
    assert there_are <= steps < there_are + stride
    assert len(plays(home)) == 3
    assert plays_anew(home) == plays(home)
    assert sound(home)


def test_the_first_import_can_die_at_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies_after) -> None:
    for steps in (0, 4, 9, 16, 20):
        home = Home(tmp_path / str(steps))
        dies_after(steps)
        with pytest.raises(Killed):
            bring(home, *FIRST)
        monkeypatch.undo()
        assert plays(home) == []
        bring(home, *FIRST)
        assert len(plays(home)) == 2
        assert sound(home)


@pytest.mark.parametrize("steps", [8, 9, 10])
def test_a_change_of_zone_can_die(home: Home, monkeypatch: pytest.MonkeyPatch, dies_after, steps: int) -> None:
    bring(home, *FIRST)
    before = plays(home)
    dies_after(steps)
    with pytest.raises(Killed):
        change_zone(home, "me", "Asia/Tokyo", now=NOW)
    monkeypatch.undo()
    assert plays(home) == before
    change_zone(home, "me", "Asia/Tokyo", now=NOW)
    assert {play["timezone"] for play in plays(home)} == {"Asia/Tokyo"}
    assert plays_anew(home) == plays(home)


@pytest.mark.parametrize("steps", [8, 12])
def test_a_removal_can_die(home: Home, monkeypatch: pytest.MonkeyPatch, dies_after, steps: int) -> None:
    bring(home, *FIRST)
    before = plays(home)
    dies_after(steps)
    with pytest.raises(Killed):
        remove_listeners(home, ["me"], now=NOW)
    monkeypatch.undo()
    assert plays(home) == before
    remove_listeners(home, ["me"], now=NOW)
    assert plays(home) == []
    assert sound(home)


def test_half_a_file_and_an_empty_log_left_behind_do_no_harm(new_home: Home) -> None:
    (new_home.root / "lake" / "commits" / "_delta_log").mkdir(parents=True)
    with open_snapshot(new_home.lake) as snapshot:
        assert snapshot.number == 0
    delta.create(new_home.lake, COMMITS)
    delta.create(new_home.lake, PLAYS)
    half = new_home.root / "lake" / "plays" / "listener_id=x" / "year=2020"
    half.mkdir(parents=True)
    (half / "part-1.parquet").write_bytes(b"PAR1")
    (new_home.root / "lake" / "tracks" / "_delta_log").mkdir(parents=True)
    bring(new_home, *FIRST)
    assert len(plays(new_home)) == 2


def kill_in_mid_import(home: Home, exports: list[Path], after_s: float) -> bool:
    """Whether the import was killed before it ended."""
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from groovelog.lake.home import Home; from groovelog.pipeline import import_exports\n"
        "home, *paths = map(Path, sys.argv[1:])\n"
        "print('ready', flush=True)\n"
        f"import_exports(Home(home), paths, timezone='{ZONE}', now=datetime(2026, 11, 22, tzinfo=UTC))"
    )
    command = [sys.executable, "-c", code, str(home.root), *map(str, exports)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(after_s)
        os.kill(process.pid, signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def survive_kills(home: Home, folder: Path, times: int) -> None:
    dice = random.Random(times)  # noqa: S311 - no secret
    bring(home, *FIRST)
    known = 2
    for number in range(times):
        start = f"2022-01-{1 + number:02} 10:00:00"
        paths = write_export(folder / str(number), [[extended(start, ms=ms) for ms in range(400)]])
        began = time.monotonic()
        killed = kill_in_mid_import(home, paths, dice.uniform(0.05, 0.7))
        assert time.monotonic() - began < 30
        found = len(plays(home))
        assert found in (known, known + 400)
        assert found == known + 400 or killed
        assert sound(home)
        import_exports(home, paths, now=NOW)
        known += 400
        assert len(plays(home)) == known
    assert plays_anew(home) == plays(home)
    assert list(home.scratch.iterdir()) == []


def test_sigkill_leaves_the_lake_sound(home: Home, tmp_path: Path) -> None:
    survive_kills(home, tmp_path / "exports", times=3)


@pytest.mark.long
def test_many_sigkills_leave_the_lake_sound(home: Home, tmp_path: Path) -> None:
    survive_kills(home, tmp_path / "exports", times=25)
