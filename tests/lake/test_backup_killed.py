"""A backup or a restore that dies at any moment leaves whole backups, and a home that is empty or whole."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from backed_up import backup, contents, put_back
from export_rows import extended
from kept import NOW, bring, sound
from stopping import Killed, dying

from groovelog.errors import BackupError
from groovelog.lake.home import Home
from groovelog.pipeline.backup import records, restoring
from groovelog.pipeline.backup.rotating import Keep
from groovelog.pipeline.backup.store import FolderStore


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def dying_in(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """Die instead of taking one more step of a backup: a file put, written or deleted in its place."""
    left = [steps]
    for name in ("put", "write", "delete", "tidy"):
        monkeypatch.setattr(FolderStore, name, dying(getattr(FolderStore, name), left))
    monkeypatch.setattr(records, "remember", dying(records.remember, left))


@pytest.mark.parametrize("stride", [9, pytest.param(1, marks=pytest.mark.long)])
def test_a_backup_can_die_at_any_step(
    lived_in: Home, dest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stride: int
) -> None:
    old = contents(lived_in)
    backup(lived_in, dest)
    bring(lived_in, extended("2023-03-04 10:00:00", "a"), listener="Tamsin")
    new = contents(lived_in)
    for steps in count(0, stride):
        place = Path(shutil.copytree(dest, tmp_path / f"to-{steps}"))
        with monkeypatch.context() as patch:
            dying_in(patch, steps)
            try:
                backup(lived_in, place, at=NOW + timedelta(days=1), keep=Keep(1))
            except Killed:
                died = True
            else:
                died = False
        again = Home(tmp_path / f"again-{steps}")
        put_back(again, place)
        assert contents(again) in ([old, new] if died else [new])
        made = backup(lived_in, place, at=NOW + timedelta(days=2), keep=Keep(1))
        named = {entry.object for entry in made.manifest.files}
        assert {
            path.relative_to(place).as_posix() for path in (place / "objects").rglob("*") if path.is_file()
        } == named
        shutil.rmtree(again.root)
        shutil.rmtree(place)
        if not died:
            break
    assert steps > 8


def steps_of_a_restore(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """Die instead of one more: a file fetched, a part put in its place, what was beside taken away."""
    left = [steps]
    monkeypatch.setattr(FolderStore, "fetch", dying(FolderStore.fetch, left))
    monkeypatch.setattr(Path, "rename", dying(Path.rename, left))
    # What is done about an error is not done by who is killed.
    remove = shutil.rmtree
    monkeypatch.setattr(
        restoring.shutil,
        "rmtree",
        lambda path, ignore_errors=False: None if ignore_errors else dying(remove, left)(path),
    )


@pytest.mark.parametrize("stride", [20, pytest.param(1, marks=pytest.mark.long)])
def test_a_restore_can_die_at_any_step(
    lived_in: Home, dest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stride: int
) -> None:
    whole = contents(lived_in)
    files = len(backup(lived_in, dest).manifest.files)
    # The list takes its name, four parts their places; what is empty by then is taken away in two steps.
    assert_each_step_can_be_the_last(
        dest, tmp_path, monkeypatch, [*range(0, files, stride), *range(files, files + 7)], whole
    )


def assert_each_step_can_be_the_last(
    dest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: list[int], whole: dict[str, object]
) -> None:
    for number in steps:
        again = Home(tmp_path / f"again-{number}")
        with monkeypatch.context() as patch:
            steps_of_a_restore(patch, number)
            with pytest.raises(Killed):
                put_back(again, dest)
        # A lake that is in its place is whole.
        if again.lake.holds(""):
            assert contents(again) == whole
        restore_anyway(again, dest)
        assert contents(again) == whole
        assert sound(again)
        shutil.rmtree(again.root)


CODE = {
    "backup": "back_up(Home(home), FolderStore(dest), now=datetime.now(UTC), keep=Keep(2))",
    "restore": "restore(Home(home), FolderStore(dest), now=datetime.now(UTC))",
}


def killed_in(verb: str, home: Path, dest: Path, after_s: float) -> bool:
    """Whether the process was killed before it ended."""
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from groovelog.lake.home import Home\n"
        "from groovelog.pipeline.backup.making import back_up; from groovelog.pipeline.backup.restoring import restore\n"
        "from groovelog.pipeline.backup.rotating import Keep; from groovelog.pipeline.backup.store import FolderStore\n"
        "home, dest = map(Path, sys.argv[1:])\n"
        f"print('ready', flush=True)\n{CODE[verb]}"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(home), str(dest)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(after_s)
        os.kill(process.pid, signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def survive_kills(home: Home, dest: Path, tmp_path: Path, times: int) -> None:
    dice = random.Random(times)  # noqa: S311 (no secret)
    backup(home, dest)
    states = [contents(home)]
    for number in range(times):
        bring(home, extended(f"2023-01-{1 + number % 28:02} {number // 28:02}:00:00", "a"), listener="Tamsin")
        states.append(contents(home))
        killed_in("backup", home.root, dest, dice.uniform(0.0, 0.5))
        again = Home(tmp_path / f"again-{number}")
        killed_in("restore", again.root, dest, dice.uniform(0.0, 0.5))
        if again.lake.holds(""):
            assert contents(again) in states
        restore_anyway(again, dest)
        assert contents(again) in states
        assert sound(again)
        shutil.rmtree(again.root)
    final = Home(tmp_path / "final")
    backup(home, dest, at=NOW + timedelta(days=9999), keep=Keep(1))
    put_back(final, dest)
    assert contents(final) == states[-1]


def restore_anyway(home: Home, dest: Path) -> None:
    """Again, unless the one that was killed had done it."""
    if not home.lake.holds("") or (home.root / restoring.SCRATCH).exists():
        put_back(home, dest)


def test_sigkill_leaves_whole_backups_and_whole_homes(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    survive_kills(lived_in, dest, tmp_path, times=2)


@pytest.mark.long
def test_many_sigkills_leave_whole_backups_and_whole_homes(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    survive_kills(lived_in, dest, tmp_path, times=40)


def test_what_somebody_made_meanwhile_is_not_overwritten(
    lived_in: Home, dest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = len(backup(lived_in, dest).manifest.files)
    again = Home(tmp_path / "again")
    with monkeypatch.context() as patch:
        steps_of_a_restore(patch, files + 2)
        with pytest.raises(Killed):
            put_back(again, dest)
    bring(again, extended("2023-01-01 10:00:00"), listener="somebody")
    before = contents(again)
    with pytest.raises(
        BackupError, match=r"lake was made while a backup was put back. Move it away, and restore once more"
    ):
        put_back(again, dest)
    assert contents(again) == before
    shutil.move(again.root / "lake", tmp_path / "moved")
    assert put_back(again, dest).completed
    assert contents(again) == contents(lived_in)
