"""A backup holds all that a home is, of one moment, each content once."""

import errno
import os
import sqlite3
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from backed_up import at_work, backup, hashes, put_back, state_rows
from export_rows import extended
from filelock import FileLock
from kept import NOW, bring

from groovelog.errors import BackupError, LakeError
from groovelog.lake import delta, needed
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import compact_lake
from groovelog.pipeline.backup import copying, records
from groovelog.pipeline.backup.making import WAITING
from groovelog.pipeline.backup.manifest import Manifest
from groovelog.pipeline.backup.rotating import Keep, kept
from groovelog.pipeline.backup.store import FolderStore, digest, folder_at
from groovelog.tables import PLAYS, TABLES


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def paths(manifest: Manifest) -> set[str]:
    return {entry.path for entry in manifest.files}


def test_every_file_that_counts_is_there_with_its_checksum(lived_in: Home, dest: Path) -> None:
    made = backup(lived_in, dest)
    assert made.manifest.plays == 3
    with open_snapshot(lived_in.lake) as snapshot:
        data = {f"lake/{table.name}/{file.path}" for table in TABLES for file in snapshot.files(table)}
    assert data < paths(made.manifest)
    assert {"state.db", "config.toml"} < paths(made.manifest)
    assert len([path for path in paths(made.manifest) if path.startswith("inbox/")]) == 1
    assert not any("secret.key" in path or "lock" in path for path in paths(made.manifest))
    stored = hashes(dest / "objects")
    assert {sha: sha for sha in stored.values()} == {path[3:]: sha for path, sha in stored.items()}
    assert {entry.sha256 for entry in made.manifest.files} == set(stored.values())
    of_home = hashes(lived_in.root)
    for entry in made.manifest.files:
        if entry.path != "state.db":
            assert of_home[entry.path] == entry.sha256
    assert {stat.S_IMODE(path.stat().st_mode) for path in dest.rglob("*") if path.is_file()} == {0o600}


def test_a_second_backup_copies_what_is_new_and_reads_no_data_again(
    lived_in: Home, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backup(lived_in, dest)
    assert first.copied == len({entry.sha256 for entry in first.manifest.files})
    read: list[str] = []
    monkeypatch.setattr(copying, "digest", lambda path: (read.append(path.name), digest(path))[1])
    assert backup(lived_in, dest, at=NOW + timedelta(hours=1)).copied == 0
    assert [name for name in read if name.endswith(".parquet")] == []
    bring(lived_in, extended("2023-03-04 10:00:00", "a"), listener="Tamsin")
    third = backup(lived_in, dest, at=NOW + timedelta(hours=2))
    new = [entry for entry in third.manifest.files if entry not in first.manifest.files]
    assert third.copied == len({entry.sha256 for entry in new} - {entry.sha256 for entry in first.manifest.files})
    data = sorted(Path(entry.path).name for entry in new if entry.path.endswith(".parquet"))
    assert sorted(name for name in read if name.endswith(".parquet")) == data
    # source_plays, plays, receipts, tracks, recordings, track_matches and commits: a file each at most.
    assert 0 < len(data) <= 7


def test_what_was_replaced_is_left_out(lived_in: Home, dest: Path) -> None:
    for minute in range(3):
        bring(lived_in, extended(f"2021-06-05 13:0{minute}:00", "b"), listener="Wren")
    compact_lake(lived_in, now=NOW)
    on_disk = {path.relative_to(lived_in.root).as_posix() for path in lived_in.root.rglob("*.parquet")}
    assert paths(backup(lived_in, dest).manifest) < on_disk | paths(backup(lived_in, dest).manifest)
    left_out = {path for path in on_disk if "_delta_log" not in path} - paths(backup(lived_in, dest).manifest)
    assert left_out


def test_the_log_begins_at_the_last_checkpoint(lived_in: Home) -> None:
    with open_snapshot(lived_in.lake) as snapshot:
        version = snapshot.versions[PLAYS.name]
        assert [path.name for path in needed.logs(snapshot) if path.parts[0] == "plays"] == [
            f"{number:020}.json" for number in range(version + 1)
        ]
        delta.checkpoint(lived_in.lake, PLAYS, version)
        names = [path.name for path in needed.logs(snapshot) if path.parts[0] == "plays"]
        assert sorted(names) == [f"{version:020}.checkpoint.parquet", f"{version:020}.json"]


def test_who_is_at_work_just_now_is_no_part_of_it(lived_in: Home, tmp_path: Path) -> None:
    made = at_work(lived_in)
    again = Home(tmp_path / "again")
    put_back(again, tmp_path / "at-work")
    assert made.manifest.state_version == 2
    assert state_rows(again) == state_rows(lived_in)
    with sqlite3.connect(again.root / "state.db") as connection:
        assert connection.execute("SELECT count(*) FROM leases").fetchall() == [(0,)]


def test_a_run_that_died_is_no_part_of_it(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    before = backup(lived_in, dest).manifest
    with open_snapshot(lived_in.lake) as snapshot:
        delta.commit(lived_in.lake, PLAYS, snapshot.versions[PLAYS.name], [], snapshot.files(PLAYS))
    assert paths(backup(lived_in, dest).manifest) == paths(before)


def test_a_backup_waits_for_a_writer_and_says_so(lived_in: Home, dest: Path) -> None:
    told: list[str] = []
    waits = threading.Event()
    lock = FileLock(lived_in.root / "lake" / ".writer.lock", thread_local=False)
    lock.acquire()
    thread = threading.Thread(
        target=lambda: backup(lived_in, dest, tell=lambda text: (told.append(text), waits.set())[1])
    )
    thread.start()
    assert waits.wait(30)
    assert not list(dest.glob("backups/*"))
    lock.release()
    thread.join()
    assert told == [WAITING]
    assert len(list(dest.glob("backups/*.json"))) == 1


def made_on(day: str) -> Manifest:
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Manifest(f"{at:%Y%m%dT%H%M%SZ}-0000", at, "", 1, 1, "", 1, 1, (), ())


def test_the_newest_are_kept_and_the_newest_of_each_week() -> None:
    # 2026-11-23 is a Monday.
    days = [
        "2026-11-05",
        "2026-11-10",
        "2026-11-15",
        "2026-11-16",
        "2026-11-21",
        "2026-11-22",
        "2026-11-23",
        "2026-11-24",
    ]
    there = [made_on(day) for day in days]

    def staying(keep: Keep) -> list[str]:
        return [f"{one.made_at:%m-%d}" for one in kept(there, keep)]

    assert staying(Keep(1)) == ["11-24"]
    assert staying(Keep(3)) == ["11-22", "11-23", "11-24"]
    assert staying(Keep(20)) == [day[5:] for day in days]
    assert staying(Keep(1, weeks=1)) == ["11-24"]
    assert staying(Keep(1, weeks=2)) == ["11-22", "11-24"]
    assert staying(Keep(2, weeks=4)) == ["11-05", "11-15", "11-22", "11-23", "11-24"]
    assert kept([], Keep(1, weeks=2)) == []


def test_content_goes_with_the_last_backup_that_has_it(lived_in: Home, dest: Path) -> None:
    first = backup(lived_in, dest)
    bring(lived_in, extended("2023-03-04 10:00:00", "a"), listener="Tamsin")
    compact_lake(lived_in, now=NOW)
    second = backup(lived_in, dest, at=NOW + timedelta(days=1), keep=Keep(2))
    assert (second.kept, second.deleted) == (2, ())
    third = backup(lived_in, dest, at=NOW + timedelta(days=2), keep=Keep(2))
    assert third.deleted == (first.manifest.backup_id,)
    named = {entry.sha256 for made in (second, third) for entry in made.manifest.files}
    assert set(hashes(dest / "objects").values()) == named
    assert third.freed_bytes == sum(
        {entry.sha256: entry.size for entry in first.manifest.files if entry.sha256 not in named}.values()
    )
    assert records.all_of(lived_in)[0] == records.Record(
        str(dest), third.manifest.backup_id, NOW + timedelta(days=2), 4, third.manifest.bytes, 2
    )


def test_while_a_list_is_damaged_nothing_that_it_may_name_is_deleted(lived_in: Home, dest: Path) -> None:
    first = backup(lived_in, dest)
    (dest / first.manifest.name).write_text('{"format": 1')
    bring(lived_in, extended("2023-03-04 10:00:00", "a"), listener="Tamsin")
    second = backup(lived_in, dest, at=NOW + timedelta(days=1), keep=Keep(1))
    assert (second.deleted, second.freed_bytes) == ((), 0)
    assert {entry.sha256 for entry in first.manifest.files} <= set(hashes(dest / "objects").values())


def assert_refused(home: Home, to: Path, match: str) -> None:
    before = hashes(to.parent) if to.parent.exists() else {}
    with pytest.raises(BackupError, match=match):
        backup(home, to)
    assert {name for name in hashes(to.parent) if "lock" not in name} == {name for name in before if "lock" not in name}


def test_a_place_inside_the_home_is_refused(lived_in: Home) -> None:
    assert_refused(lived_in, lived_in.root / "backups", "inside the home folder .* Name a place elsewhere")
    assert_refused(lived_in, lived_in.root / "lake" / "plays", "inside the home folder")
    inside = lived_in.root.parent / "way"
    inside.symlink_to(lived_in.root)
    assert_refused(lived_in, inside / "backups", "inside the home folder")


def test_a_folder_of_something_else_is_refused(lived_in: Home, tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "song.flac").write_bytes(b"la")
    assert_refused(lived_in, tmp_path / "music", "holds no backups of Groovelog, but song.flac. Name an empty folder")
    assert_refused(lived_in, tmp_path / "music" / "song.flac", "Writing to .*song.flac failed: ")


def test_backups_of_another_lake_are_left_alone(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    bring(other, extended("2020-12-31 23:50:00"))
    backup(other, dest)
    assert_refused(lived_in, dest, "holds backups of another lake. Name another folder")


def test_where_there_is_no_lake_there_is_nothing_to_back_up(new_home: Home, dest: Path) -> None:
    with pytest.raises(BackupError, match="nothing to back up: there is no lake"):
        backup(new_home, dest)
    assert not dest.exists()
    assert not new_home.root.exists()


def test_an_address_is_no_folder() -> None:
    with pytest.raises(BackupError, match="ftp://x is neither a folder nor s3://BUCKET/PREFIX"):
        folder_at("ftp://x")


def test_backups_of_a_newer_format_are_left_alone(lived_in: Home, dest: Path) -> None:
    backup(lived_in, dest)
    head = dest / "groovelog-backups.json"
    head.write_text(head.read_text().replace('"format": 1', '"format": 2'))
    assert_refused(lived_in, dest, "is of format 2, .* formats up to 1. Update Groovelog")


def test_one_backup_at_a_time(lived_in: Home, dest: Path) -> None:
    with FileLock(lived_in.root / "backup.lock"):
        assert_refused(lived_in, dest, "Another backup of this home is being made")


def test_a_lake_that_lost_a_file_is_said_and_the_backup_before_has_it(lived_in: Home, dest: Path) -> None:
    first = backup(lived_in, dest)
    with open_snapshot(lived_in.lake) as snapshot:
        lost = snapshot.files(PLAYS)[0]
    (lived_in.root / "lake" / "plays" / lost.path).unlink()
    with pytest.raises(LakeError, match=f"{Path(lost.path).name}"):
        backup(lived_in, dest, at=NOW + timedelta(hours=1))
    again = Home(dest.with_name("again"))
    assert put_back(again, dest).manifest == first.manifest
    assert (again.root / "lake" / "plays" / lost.path).exists()


@pytest.mark.parametrize("after", [0, 1, 7])
def test_a_disk_that_is_full_in_the_middle(
    lived_in: Home, dest: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    first = backup(lived_in, dest)
    before = hashes(dest)
    bring(lived_in, extended("2023-03-04 10:00:00", "a"), listener="Tamsin")
    left = [after]
    put = FolderStore.put

    def full(store: FolderStore, name: str, path: Path) -> None:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(store.root / name))
        left[0] -= 1
        put(store, name, path)

    with monkeypatch.context() as patch:
        patch.setattr(FolderStore, "put", full)
        with pytest.raises(BackupError, match=f"Writing to {dest} failed: No space left on device"):
            backup(lived_in, dest, at=NOW + timedelta(hours=1), keep=Keep(1))
    assert {name: sha for name, sha in hashes(dest).items() if name in before} == before
    assert put_back(Home(dest.with_name("again")), dest).manifest == first.manifest
    assert backup(lived_in, dest, at=NOW + timedelta(hours=2), keep=Keep(1)).kept == 1
    assert not list(dest.glob("unfinished/*"))
