"""The folder a lake lives in."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from export_rows import extended
from kept import bring, plays

from groovelog.errors import UsageError
from groovelog.lake.home import Home
from groovelog.lake.snapshot import connect, open_snapshot


@pytest.mark.parametrize(
    "name", ["50%", "a%41", "[x]", "a*", "why?", "year=1999", "listener_id=x", "a\nb", "back\\slash"]
)
def test_paths_that_the_table_format_misreads_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="home folder"):
        Home(tmp_path / name / "home")


def test_odd_but_harmless_paths_work(tmp_path: Path) -> None:
    home = Home(tmp_path / "it's {a,b} #ü 黒い & ;$HOME~")
    bring(home, extended("2021-03-04 10:00:00"))
    bring(home, extended("2021-03-04 10:05:00"))
    assert len(plays(home)) == 2


def test_a_lake_moved_to_another_folder_is_read_and_written(tmp_path: Path) -> None:
    old, new = Home(tmp_path / "old"), Home(tmp_path / "else" / "new")
    bring(old, extended("2021-03-04 10:00:00"))
    before = plays(old)
    new.root.parent.mkdir()
    shutil.move(old.root, new.root)
    assert plays(new) == before
    bring(new, extended("2021-03-04 10:05:00"))
    assert len(plays(new)) == 2
    assert not old.root.exists()


def test_only_the_owner_may_look_into_the_lake(new_home: Home) -> None:
    bring(new_home, extended("2021-03-04 10:00:00"))
    assert stat.S_IMODE((new_home.root / "lake").stat().st_mode) == 0o700


def test_an_import_leaves_no_scratch_and_clears_what_a_dead_one_left(home: Home) -> None:
    finished = subprocess.Popen([sys.executable, "-c", ""])
    finished.wait()
    dead, alive = home.scratch / f"run-{finished.pid}-abababab", home.scratch / f"run-{os.getpid()}-cdcdcdcd"
    for folder in (dead, alive):
        folder.mkdir(parents=True)
    bring(home, extended("2021-03-04 10:00:00"))
    assert list(home.scratch.iterdir()) == [alive]


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_the_machine_s_zone_changes_no_instant(home: Home, zone: str) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from kept import Home, bring; from export_rows import extended\n"
        "bring(Home(Path(sys.argv[2])), extended('2020-12-31 23:59:00'), extended('2021-01-01 00:30:00'))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent), str(home.root)],
        env={**os.environ, "TZ": zone},
        check=True,
    )
    assert sorted(f"{play['stopped_at']}" for play in plays(home)) == ["2020-12-31 23:59:00", "2021-01-01 00:30:00"]


MUCH = "CREATE TABLE much AS SELECT range AS number, hash(range) AS one, hash(range + 1) AS other FROM range(6000000)"


def test_a_reader_spills_into_the_home_and_nowhere_else(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(home, extended("2021-03-04 10:00:00"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with open_snapshot(home.lake) as snapshot:
        snapshot.connection.execute("SET memory_limit = '60MB'")
        snapshot.connection.execute(MUCH)  # 144 MB
        assert [path for path in home.scratch.rglob("*") if path.is_file()]
    assert list(home.scratch.iterdir()) == []
    assert list(elsewhere.iterdir()) == []


def test_a_connection_without_a_folder_does_not_spill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with connect() as connection, pytest.raises(duckdb.OutOfMemoryException):
        connection.execute("SET memory_limit = '60MB'").execute(MUCH)
    assert list(tmp_path.iterdir()) == []
