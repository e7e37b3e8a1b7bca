"""Who was erased does not come back with an older backup; and their old backups can be deleted."""

from datetime import timedelta
from pathlib import Path

import pytest
from backed_up import backup, contents, hashes, listener_id, put_back, sign_in, state_rows
from export_rows import account, extended
from kept import NOW, bring, plays, sound, text_of

from groovelog.lake.erase import Erasure
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import forget
from groovelog.pipeline.backup import shelf
from groovelog.pipeline.backup.forgotten import Holding
from groovelog.pipeline.backup.restoring import Restored
from groovelog.pipeline.backup.store import FolderStore

DAY = timedelta(days=1)


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def told_of(root: Path, *words: str) -> set[str]:
    """Which of the words stand in any byte below the folder, Parquet decompressed."""
    text = "".join(text_of(path) for path in root.rglob("*") if path.is_file())
    return {word for word in words if word in text}


def test_a_restore_leaves_out_who_was_erased_after_the_backup(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    opaque = listener_id(lived_in, "Wren")
    first = backup(lived_in, dest)
    told = forget(lived_in, "Wren", now=NOW + DAY)
    assert told.backups == [Holding(str(dest), 1)]
    again = Home(tmp_path / "again")
    assert put_back(again, dest) == Restored(first.manifest, erased=1, sealed=0, completed=False)
    with open_snapshot(again.lake) as snapshot:
        assert [person.name for person in snapshot.listeners()] == ["Tamsin"]
        assert snapshot.connection.execute("SELECT listener_id, scope FROM erasures").fetchall() == [
            (opaque, "everything")
        ]
    assert len(plays(again, "Tamsin")) == 1
    assert sound(again)
    assert state_rows(again) == state_rows(lived_in)
    assert told_of(again.root / "inbox", opaque) == set()
    # An opaque id in `erasures`, and no word else.
    assert told_of(again.root, "Wren", "Boogie", "B-52s") == set()
    assert told_of(lived_in.root, "Wren", "Boogie") == set()


def test_a_backup_made_after_it_needs_nothing_taken_out(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    backup(lived_in, dest)
    forget(lived_in, "Wren", now=NOW + DAY)
    after = backup(lived_in, dest, at=NOW + 2 * DAY)
    again = Home(tmp_path / "again")
    assert put_back(again, dest) == Restored(after.manifest, erased=0, sealed=0, completed=False)
    assert contents(again) == contents(lived_in)


def test_a_place_that_was_away_is_told_by_the_next_backup(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    backup(lived_in, dest)
    dest.rename(tmp_path / "away")
    (told,) = forget(lived_in, "Wren", now=NOW + DAY).backups
    assert (told.to, told.backups) == (str(dest), 1)
    assert told.fault is not None
    assert "holds no backups any more, or is not there now" in told.fault
    assert not dest.exists()
    (tmp_path / "away").rename(dest)
    first = min(path.stem for path in dest.glob("backups/*.json"))
    backup(lived_in, dest, at=NOW + 2 * DAY)
    assert put_back(Home(tmp_path / "again"), dest, at=first).erased == 1


def test_old_backups_of_them_are_deleted_where_somebody_says_so(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    first = backup(lived_in, dest)
    bring(lived_in, extended("2023-03-04 10:00:00", "a"), listener="Tamsin")
    second = backup(lived_in, dest, at=NOW + DAY)
    forget(lived_in, "Wren", now=NOW + 2 * DAY)
    third = backup(lived_in, dest, at=NOW + 3 * DAY)
    assert (third.kept, third.deleted) == (3, ())
    last = backup(lived_in, dest, at=NOW + 4 * DAY, forgotten=True)
    assert last.deleted == (first.manifest.backup_id, second.manifest.backup_id)
    assert last.kept == 2
    named = {entry.sha256 for made in (third, last) for entry in made.manifest.files}
    assert set(hashes(dest / "objects").values()) == named
    (dest / "text").mkdir()
    for path in (dest / "objects").rglob("*"):
        if path.is_file():
            name = "x.parquet" if path.read_bytes()[:4] == b"PAR1" else "x"
            (dest / "text" / f"{path.name}.{name}").write_bytes(path.read_bytes())
    assert told_of(dest / "text", "Boogie", "Wren") == set()
    assert forget(lived_in, "Tamsin", now=NOW + 5 * DAY).backups == [Holding(str(dest), 2)]


def test_who_comes_back_under_the_same_name_is_somebody_new(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    backup(lived_in, dest)
    forget(lived_in, "Wren", now=NOW + DAY)
    bring(lived_in, extended("2023-03-04 10:00:00", "a"), listener="Wren")
    sign_in(lived_in, "Wren")
    backup(lived_in, dest, at=NOW + 2 * DAY)
    again = Home(tmp_path / "again")
    assert put_back(again, dest).erased == 0
    assert len(plays(again, "Wren")) == 1
    assert contents(again) == contents(lived_in)


def test_what_one_source_told_and_was_erased_stays_gone_too(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    bring(lived_in, account("2024-06-05 12:00", "b"), listener="Wren")
    first = backup(lived_in, dest)
    whose = listener_id(lived_in, "Wren")
    shelf.tell_erasures(FolderStore(dest), [Erasure(whose, NOW + DAY, "spotify_extended")])
    again = Home(tmp_path / "again")
    assert put_back(again, dest) == Restored(first.manifest, erased=1, sealed=1, completed=False)
    assert [play["sources"] for play in plays(again, "Wren")] == ["spotify_account"]
    assert len(plays(again, "Tamsin")) == 1
    assert sound(again)


def test_an_erasure_of_no_source_is_of_everything(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    backup(lived_in, dest)
    shelf.tell_erasures(FolderStore(dest), [Erasure(listener_id(lived_in, "Wren"), NOW + DAY, "pulled")])
    again = Home(tmp_path / "again")
    assert put_back(again, dest).erased == 1
    with open_snapshot(again.lake) as snapshot:
        assert [person.name for person in snapshot.listeners()] == ["Tamsin"]
