"""Backups into a bucket, and of a lake that is in one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from backed_up import TOKEN, contents, live_in, refresh_token
from export_rows import extended
from in_buckets import NAME, Store
from kept import NOW, bring, sound

from calling import Call
from groovelog.errors import BackupError, BucketError
from groovelog.lake.home import Home
from groovelog.lake.s3 import client
from groovelog.pipeline import forget
from groovelog.pipeline.backup.bucket_store import BucketStore
from groovelog.pipeline.backup.forgotten import Holding
from groovelog.pipeline.backup.making import back_up
from groovelog.pipeline.backup.restoring import restore
from groovelog.pipeline.backup.rotating import Keep
from groovelog.pipeline.backup.store import FolderStore

DAY = timedelta(days=1)


@pytest.fixture
def place(store: Store, request: pytest.FixtureRequest) -> Iterator[BucketStore]:
    prefix = f"backups/{request.node.name}"
    yield BucketStore(NAME, prefix, store.access)
    store.empty(prefix)


def test_into_a_bucket_and_back(lived_in: Home, tmp_path: Path, store: Store, place: BucketStore) -> None:
    home = lived_in
    before = contents(home)
    first = back_up(home, place, now=NOW)
    assert len(store.names(place.prefix)) == len({entry.sha256 for entry in first.manifest.files}) + 2
    assert back_up(home, place, now=NOW + DAY).copied == 0
    again = Home(tmp_path / "again")
    again.root.mkdir()
    (again.root / "secret.key").write_bytes((home.root / "secret.key").read_bytes())
    restore(again, place, now=NOW)
    assert contents(again) == before
    assert refresh_token(again, "Wren") == TOKEN
    bring(home, extended("2023-05-06 10:00:00", "c"), listener="Tamsin")
    last = back_up(home, place, now=NOW + 2 * DAY, keep=Keep(1))
    assert (last.kept, len(last.deleted)) == (1, 2)
    named = {entry.object for entry in last.manifest.files}
    assert {name for name in store.names(place.prefix) if name.startswith("objects/")} == named


def test_a_lake_in_a_bucket_into_a_folder_and_back(bucket_home: Home, tmp_path: Path) -> None:
    live_in(bucket_home)
    place = FolderStore(tmp_path / "backups")
    back_up(bucket_home, place, now=NOW)
    with pytest.raises(BackupError, match="A backup is put back into a folder, and GROOVELOG_LAKE says s3://"):
        restore(Home(tmp_path / "again", bucket_home.bucket), place, now=NOW)
    again = Home(tmp_path / "again")
    restore(again, place, now=NOW)
    assert contents(again) == contents(bucket_home)
    assert sound(again)


def test_a_place_inside_the_lake_is_refused(bucket_home: Home, store: Store, prefix: str) -> None:
    live_in(bucket_home)
    before = store.names(prefix)
    for inside in (prefix, f"{prefix}/backups"):
        with pytest.raises(BackupError, match=f"is inside the lake s3://{NAME}/{prefix}, and would be lost with it"):
            back_up(bucket_home, BucketStore(NAME, inside, store.access), now=NOW)
    assert store.names(prefix) == before


def test_what_is_wrong_with_a_bucket_is_a_sentence(lived_in: Home, store: Store, place: BucketStore) -> None:
    home = lived_in
    with pytest.raises(BucketError, match="There is no bucket nowhere"):
        back_up(home, replace(place, bucket="nowhere"), now=NOW)
    with pytest.raises(BackupError, match="holds no backups of Groovelog: there is nothing"):
        restore(Home(home.root.parent / "again"), place, now=NOW)
    client(store.access).pipe_file(f"{NAME}/{place.prefix}/thesis.txt", b"x")
    with pytest.raises(BackupError, match=r"holds no backups of Groovelog, but thesis\.txt"):
        back_up(home, place, now=NOW)


def test_a_bucket_that_refuses_in_the_middle(lived_in: Home, tmp_path: Path, store: Store, place: BucketStore) -> None:
    home = lived_in
    first = back_up(home, place, now=NOW)
    bring(home, extended("2023-05-06 10:00:00", "c"), listener="Tamsin")
    refused = {"method": "PUT", "path": "objects/", "status": 403, "code": "AccessDenied"}
    with store.failing(refused), pytest.raises(BucketError, match="does not let these keys write"):
        back_up(home, place, now=NOW + DAY, keep=Keep(1))
    assert restore(Home(tmp_path / "again"), place, now=NOW).manifest == first.manifest
    assert back_up(home, place, now=NOW + 2 * DAY, keep=Keep(1)).kept == 1


def test_who_is_forgotten_is_told_to_the_bucket(lived_in: Home, tmp_path: Path, place: BucketStore) -> None:
    home = lived_in
    back_up(home, place, now=NOW)
    told = forget(home, "Wren", now=NOW + DAY, store_of=lambda _: place)
    assert told.backups == [Holding(place.title, 1)]
    assert restore(Home(tmp_path / "again"), place, now=NOW).erased == 1


@pytest.fixture
def _keys(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in store.environment("unused").items():
        if name != "GROOVELOG_LAKE":
            monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("_keys")
def test_from_the_command_line(call: Call, lived_in: Home, place: BucketStore, tmp_path: Path) -> None:
    home = lived_in
    assert call("--home", home.root, "lake", "backup", place.title, "--json").json["to"] == place.title
    again = tmp_path / "again"
    assert call("--home", again, "lake", "restore", place.title, "--json").json["plays"] == 3
    assert contents(Home(again)) == contents(home)
    assert "There is no bucket nowhere" in call("--home", home.root, "lake", "backup", "s3://nowhere/x").err
    assert "cannot be used. It is s3://BUCKET/PREFIX" in call("--home", home.root, "lake", "backup", "s3://X").err
