"""A lake that lost its commits, or part of its files, is refused; nothing of it is deleted."""

import shutil
from pathlib import Path

import pytest
from export_rows import extended
from kept import bring

from groovelog.errors import LakeError
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot


def files_of(home: Home) -> set[Path]:
    return {path for path in (home.root / "lake").rglob("*") if path.is_file()}


@pytest.mark.parametrize("lost", ["commits", "commits/_delta_log"])
def test_a_lake_without_its_commits_is_refused_and_left_as_it_is(home: Home, lost: str) -> None:
    bring(home, extended("2021-03-04 10:00:07"))
    shutil.rmtree(home.root / "lake" / lost)
    before = files_of(home)
    with pytest.raises(LakeError, match="no commits"):
        bring(home, extended("2022-03-04 10:00:07"))
    with pytest.raises(LakeError, match="no commits"):
        open_snapshot(home.lake)
    assert files_of(home) == before


def test_a_table_that_lost_its_log_is_refused_and_left_as_it_is(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:07"))
    shutil.rmtree(home.root / "lake" / "plays" / "_delta_log")
    before = files_of(home)
    with pytest.raises(LakeError, match="plays"):
        bring(home, extended("2022-03-04 10:00:07"))
    assert files_of(home) == before


def test_files_of_others_in_the_folder_stay(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    theirs = home.root / "lake" / "notes" / "song.mp3"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"theirs")
    bring(home, extended("2021-03-04 10:00:07"))
    assert theirs.read_bytes() == b"theirs"
