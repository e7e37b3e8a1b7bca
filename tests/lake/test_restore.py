"""What is put back is what was backed up, row for row; and nothing is half put back."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from backed_up import TOKEN, backup, contents, hashes, put_back, refresh_token
from export_rows import extended
from kept import NOW, bring, plays, plays_anew, sound
from test_migrations import NEW_PLAY, OLD, assert_plays_are, old_home, told_then

from groovelog.errors import BackupError, NotFoundError
from groovelog.lake.formats import FORMAT
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import take_inbox
from groovelog.pipeline.backup import manifest as lists
from groovelog.pipeline.backup.manifest import Entry, Manifest, encode
from groovelog.pipeline.locks import serving


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def again(tmp_path: Path) -> Home:
    return Home(tmp_path / "again")


def test_everything_is_destroyed_and_comes_back(lived_in: Home, dest: Path, tmp_path: Path) -> None:
    before = contents(lived_in)
    made = backup(lived_in, dest)
    key = (lived_in.root / "secret.key").read_bytes()
    shutil.rmtree(lived_in.root)
    restored = put_back(lived_in, dest)
    assert restored.manifest == made.manifest
    assert contents(lived_in) == before
    assert {entry.path: entry.sha256 for entry in made.manifest.files if entry.path != "state.db"}.items() <= hashes(
        lived_in.root
    ).items()
    assert (restored.sealed, restored.erased, restored.completed) == (1, 0, False)
    (lived_in.root / "secret.key").write_bytes(key)
    assert refresh_token(lived_in, "Wren") == TOKEN
    assert sound(lived_in)
    assert plays_anew(lived_in, "Wren") == plays(lived_in, "Wren")
    # It goes on: what waited is taken, new plays are brought, a new backup goes into the same place.
    assert [receipt.stored for receipt in take_inbox(lived_in, now=NOW)] == [1]
    bring(lived_in, extended("2023-05-06 10:00:00", "c"), listener="Tamsin")
    assert backup(lived_in, dest, at=NOW + timedelta(days=1)).kept == 2
    put_back(Home(tmp_path / "third"), dest)
    assert contents(Home(tmp_path / "third")) == contents(lived_in)


def test_a_key_that_is_there_before_opens_the_sign_ins(lived_in: Home, dest: Path, again: Home) -> None:
    backup(lived_in, dest)
    again.root.mkdir()
    shutil.copy(lived_in.root / "secret.key", again.root)
    (again.root / ".env").write_text("SPOTIFY_CLIENT_ID=client\n")
    assert put_back(again, dest).sealed == 0
    assert refresh_token(again, "Wren") == TOKEN
    assert (again.root / ".env").exists()


def test_an_older_backup_is_put_back_where_it_is_asked_for(lived_in: Home, dest: Path, again: Home) -> None:
    before, first = contents(lived_in), backup(lived_in, dest)
    bring(lived_in, extended("2023-05-06 10:00:00", "c"), listener="Tamsin")
    backup(lived_in, dest, at=NOW + timedelta(days=1))
    assert put_back(again, dest, at=first.manifest.backup_id[:8]).manifest == first.manifest
    assert contents(again) == before
    with pytest.raises(BackupError, match="More than one backup"):
        put_back(Home(again.root / "x"), dest, at="2026")
    with pytest.raises(NotFoundError, match=f"There is no backup 1999 in {dest}. Choose another with --at"):
        put_back(Home(again.root / "x"), dest, at="1999")


@pytest.mark.parametrize("number", OLD)
def test_a_backup_of_an_older_groovelog_comes_back_and_is_brought_to_the_newest(
    tmp_path: Path, dest: Path, again: Home, number: int
) -> None:
    old, told = old_home(tmp_path, number), told_then(number)
    assert backup(old, dest).manifest.lake_format == number
    shutil.rmtree(old.root)
    put_back(again, dest)
    with open_snapshot(again.lake) as snapshot:
        assert snapshot.format == number
    assert_plays_are(again, told)
    bring(again, NEW_PLAY, listener="Wren")
    assert len(plays(again, "Wren")) == len(told["Wren"]) + 1
    assert sound(again)
    assert backup(again, dest, at=NOW + timedelta(days=1)).manifest.lake_format == FORMAT


def rewritten(dest: Path, manifest: Manifest, **other: object) -> None:
    """The list of a backup as another Groovelog might have written it, checksum and all."""
    (dest / manifest.name).write_bytes(encode(replace(manifest, **other)))  # type: ignore[arg-type]


def refused(home: Home, dest: Path, match: str, **asked: str) -> None:
    before = hashes(home.root) if home.root.exists() else None
    with pytest.raises(BackupError, match=match):
        put_back(home, dest, **asked)
    assert (hashes(home.root) if home.root.exists() else None) == before


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("hurt", "how"),
    [(damage, "is damaged"), (Path.unlink, "is missing"), (lambda path: path.write_bytes(b""), "is damaged")],
)
def test_a_damaged_file_is_named_and_nothing_is_put_back(
    lived_in: Home, dest: Path, again: Home, hurt: Callable[[Path], object], how: str
) -> None:
    first = backup(lived_in, dest)
    bring(lived_in, extended("2023-05-06 10:00:00", "c"), listener="Tamsin")
    second = backup(lived_in, dest, at=NOW + timedelta(days=1))
    entry = next(
        entry
        for entry in second.manifest.files
        if entry.path.startswith("lake/plays/") and entry not in first.manifest.files
    )
    hurt(dest / entry.object)
    refused(again, dest, f"{entry.path} {how} .*{entry.sha256}.* Choose another with --at: groovelog lake restore")
    assert put_back(again, dest, at=first.manifest.backup_id).manifest == first.manifest


def test_a_damaged_list_is_said_and_an_older_one_is_not_taken_unasked(lived_in: Home, dest: Path, again: Home) -> None:
    first, second = backup(lived_in, dest), backup(lived_in, dest, at=NOW + timedelta(days=1))
    content = json.loads((dest / second.manifest.name).read_text())
    content["backup"]["files"][0]["path"] = "lake/other.parquet"
    (dest / second.manifest.name).write_text(json.dumps(content))
    refused(again, dest, f"Backup {second.manifest.backup_id} in .* is damaged: its list .* Choose another with --at")
    refused(again, dest, "is damaged: its list", at=second.manifest.backup_id)
    assert put_back(again, dest, at=first.manifest.backup_id).manifest == first.manifest


@pytest.mark.parametrize("path", ["", "../outside", "/outside", "lake/../../outside", "secret.key", ".env"])
def test_no_list_puts_a_file_outside_of_the_home(lived_in: Home, dest: Path, again: Home, path: str) -> None:
    made = backup(lived_in, dest).manifest
    (entry, *others) = made.files
    rewritten(dest, made, files=(Entry(path, entry.size, entry.sha256), *others))
    refused(again, dest, "is damaged: its list of files cannot be read")


def test_a_backup_that_was_cut_short_is_known(lived_in: Home, dest: Path, again: Home) -> None:
    made = backup(lived_in, dest).manifest
    (dest / made.name).unlink()
    (dest / "unfinished").mkdir(exist_ok=True)
    (dest / "unfinished" / made.backup_id).touch()
    refused(again, dest, "holds no finished backup. One was begun, but cut short. Make one")
    with pytest.raises(NotFoundError, match="was cut short, and has nothing to put back"):
        put_back(again, dest, at=made.backup_id)
    assert not again.root.exists()
    # The next finds the content there.
    assert backup(lived_in, dest, at=NOW + timedelta(days=1)).copied == 0
    assert put_back(again, dest).manifest.plays == 3


def test_what_a_newer_groovelog_wrote_is_refused(lived_in: Home, dest: Path, again: Home) -> None:
    made = backup(lived_in, dest).manifest
    rewritten(dest, made, lake_format=99)
    refused(again, dest, "cannot be put back: it is of format 99, .* Update Groovelog")
    rewritten(dest, made, state_version=99, groovelog="7.0")
    refused(again, dest, r"a newer Groovelog \(7.0\) wrote its state.db. Update Groovelog")
    content = json.loads(encode(made)) | {"format": lists.FORMAT + 1}
    (dest / made.name).write_text(json.dumps(content))
    refused(again, dest, f"is of format {lists.FORMAT + 1}, .* Update Groovelog")


def test_what_is_no_backup_is_said(tmp_path: Path, again: Home) -> None:
    refused(again, tmp_path / "nowhere", "holds no backups of Groovelog: there is nothing, or no such folder")
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "song.flac").write_bytes(b"la")
    refused(again, tmp_path / "music", "holds no backups of Groovelog, but song.flac")
    refused(again, tmp_path / "music" / "song.flac", "Reading .*song.flac failed: ")


def test_a_home_that_is_not_empty_is_left_alone(lived_in: Home, dest: Path, again: Home) -> None:
    backup(lived_in, dest)
    refused(
        lived_in, dest, "is not empty: it holds .*lake.* name an empty folder with --home, or move what is there away"
    )
    again.root.mkdir()
    (again.root / "thesis.txt").touch()
    refused(again, dest, "is not empty: it holds thesis.txt")
    refused(Home(again.root / "thesis.txt"), dest, "is no folder")


def test_a_server_that_runs_there_is_said(lived_in: Home, dest: Path, again: Home) -> None:
    backup(lived_in, dest)
    again.root.mkdir()
    with serving(again), pytest.raises(BackupError, match="A server, or another restore, has the home"):
        put_back(again, dest)
    assert put_back(again, dest).manifest.plays == 3


def test_where_there_is_no_room_nothing_is_begun(
    lived_in: Home, dest: Path, again: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(lived_in, dest)
    usage = shutil.disk_usage(dest)._replace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    refused(again, dest, r"needs [\d,]+ bytes, and .* has 1,000 left. Make room")
