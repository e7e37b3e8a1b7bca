"""What can be wrong with a bucket: one sentence that says what to do, and nothing half-written."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from export_rows import extended
from in_buckets import NAME, Store
from kept import NOW, bring, plays, sound

from groovelog.errors import BucketError, LakeError
from groovelog.lake import published, s3
from groovelog.lake.bucket import Bucket
from groovelog.lake.home import Home
from groovelog.lake.s3 import client
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import add_listener

FIRST = extended("2021-03-04 10:00:00")
SECOND = extended("2021-03-04 11:00:00")

REFUSED = [
    ("InvalidAccessKeyId", 403, "does not take these keys for the bucket music: look at AWS_ACCESS_KEY_ID"),
    ("SignatureDoesNotMatch", 403, "does not take these keys for the bucket music: look at AWS_ACCESS_KEY_ID"),
    (
        "AccessDenied",
        403,
        "does not let these keys .* in the bucket music: they have to be allowed to list, read, write",
    ),
    ("NoSuchBucket", 404, "There is no bucket music at http://127.0.0.1:.*: make it there, or name another"),
]


@pytest.mark.parametrize(("code", "status", "sentence"), REFUSED)
def test_what_the_bucket_refuses_is_told(
    store: Store, bucket_home: Home, code: str, status: int, sentence: str
) -> None:
    with store.failing({"path": f"/{NAME}", "status": status, "code": code}):
        for use in (lambda: open_snapshot(bucket_home.lake), lambda: bring(bucket_home, FIRST)):
            with pytest.raises(BucketError, match=sentence) as told:
                use()
            assert "\n" not in told.value.message
            assert "the-secret" not in told.value.message


def test_a_bucket_that_may_only_be_read_can_be_read(store: Store, bucket_home: Home) -> None:
    bring(bucket_home, FIRST)
    with store.failing({"method": "PUT", "status": 403, "code": "AccessDenied"}):
        assert len(plays(bucket_home)) == 1
        with pytest.raises(BucketError, match="does not let these keys write in the bucket music"):
            bring(bucket_home, SECOND)
    assert len(plays(bucket_home)) == 1
    bring(bucket_home, SECOND)
    assert len(plays(bucket_home)) == 2


def test_a_bucket_that_is_not_there(store: Store, tmp_path: Path) -> None:
    home = Home(tmp_path, Bucket("nobodys-music", "lake", store.access, tmp_path))
    for use in (lambda: open_snapshot(home.lake), lambda: add_listener(home, "Ada", "UTC", now=NOW)):
        with pytest.raises(BucketError, match=r"There is no bucket nobodys-music at .*: make it there"):
            use()


def test_an_endpoint_where_nobody_answers(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "TRIES", 2)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        access = replace(store.access, endpoint=f"http://127.0.0.1:{unused.getsockname()[1]}")
        home = Home(tmp_path, Bucket(NAME, "lake", access, tmp_path))
        for use in (lambda: open_snapshot(home.lake), lambda: add_listener(home, "Ada", "UTC", now=NOW)):
            with pytest.raises(
                BucketError, match="cannot be reached, and nothing was stored: look at AWS_ENDPOINT_URL"
            ):
                use()


def test_a_busy_bucket_is_asked_again(store: Store, bucket_home: Home) -> None:
    with store.failing({"times": 2, "method": "GET"}, {"times": 2, "method": "PUT"}):
        bring(bucket_home, FIRST)
    assert len(plays(bucket_home)) == 1
    assert sound(bucket_home)


def test_a_bucket_that_stays_busy_is_told(store: Store, bucket_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "TRIES", 2)
    home = Home(bucket_home.root, replace(bucket_home.bucket, access=replace(store.access, region="us-west-2")))
    with store.failing({}), pytest.raises(BucketError, match="is too busy to answer now, and nothing was stored"):
        open_snapshot(home.lake)


def test_a_bucket_that_stalls_is_told(store: Store, bucket_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "TRIES", 2)
    monkeypatch.setattr(s3, "ANSWER_S", 1)
    access = replace(store.access, region="us-east-2")  # a client of its own
    home = Home(bucket_home.root, replace(bucket_home.bucket, access=access))
    with store.failing({"stall_s": 3}):
        for use in (lambda: open_snapshot(home.lake), lambda: home.lake.objects("plays")):
            with pytest.raises(BucketError, match="does not answer in time"):
                use()


def test_a_commit_whose_answer_was_lost_counts_once(store: Store, bucket_home: Home) -> None:
    # The store has the object, and says 503: the try after that finds it there, as if somebody else had been faster.
    with store.failing({"times": 3, "method": "PUT", "path": r"_delta_log/0+\d+\.json$", "after": True}):
        add_listener(bucket_home, "Ada", "UTC", now=NOW)
    with open_snapshot(bucket_home.lake) as snapshot:
        assert [person.name for person in snapshot.listeners()] == ["Ada"]
        assert snapshot.number == 2


def test_a_put_that_somebody_was_faster_with_begins_again(store: Store, bucket_home: Home) -> None:
    with store.failing(
        {"times": 1, "method": "PUT", "path": "commits/_delta_log", "status": 412, "code": "PreconditionFailed"}
    ):
        add_listener(bucket_home, "Ada", "UTC", now=NOW)
    with open_snapshot(bucket_home.lake) as snapshot:
        assert ([person.name for person in snapshot.listeners()], snapshot.number) == (["Ada"], 2)


def test_a_prefix_that_holds_something_else_is_left_alone(store: Store, tmp_path: Path) -> None:
    home = store.home(tmp_path / "home", "photos")
    client(store.access).pipe_file(f"{NAME}/photos/2021/cat.jpg", b"cat")
    for use in (lambda: open_snapshot(home.lake), lambda: add_listener(home, "Ada", "UTC", now=NOW)):
        with pytest.raises(LakeError, match=r"holds something that is no lake of Groovelog, as 2021/cat.jpg"):
            use()
    assert store.names("photos") == {"2021/cat.jpg"}


def test_a_lake_without_its_head_is_told(store: Store, prefix: str, bucket_home: Home) -> None:
    store.empty(f"{prefix}/commits")
    with pytest.raises(LakeError, match="but no commits, the table that says what counts"):
        open_snapshot(bucket_home.lake)


def test_a_bucket_emptied_by_somebody_is_told(store: Store, prefix: str, bucket_home: Home) -> None:
    bring(bucket_home, FIRST)
    published.newest(bucket_home.lake).close()
    store.empty(prefix)
    for use in (
        lambda: published.newest(bucket_home.lake),
        lambda: open_snapshot(bucket_home.lake),
        lambda: bring(bucket_home, SECOND),
    ):
        with pytest.raises(LakeError, match=r"somebody has emptied the bucket|is not at s3://music/.* any more"):
            use()
    assert store.names(prefix) == set()


def test_another_lake_in_its_place_is_told(store: Store, prefix: str, bucket_home: Home, tmp_path: Path) -> None:
    bring(bucket_home, FIRST)
    other = store.home(tmp_path / "other", "theirs")
    add_listener(other, "Bea", "UTC", now=NOW)
    store.empty(prefix)
    store.copy("theirs", prefix)
    with pytest.raises(LakeError, match="holds another lake than when this machine last saw it: run 000002-") as told:
        bring(bucket_home, SECOND)
    note = Path(told.value.message.rpartition("remove ")[2].removesuffix("."))
    note.unlink()
    bring(bucket_home, SECOND)
    assert len(plays(bucket_home)) == 1


def test_a_lost_data_file_is_told(store: Store, prefix: str, bucket_home: Home, tmp_path: Path) -> None:
    bring(bucket_home, FIRST)
    (lost,) = (name for name in store.names(prefix) if name.startswith("plays/listener_id="))
    client(store.access).rm_file(f"{NAME}/{prefix}/{lost}")
    with pytest.raises(LakeError, match="lacks an object that it should have"):
        open_snapshot(store.home(tmp_path / "another", prefix).lake)


def test_a_data_file_cut_short_is_told(store: Store, prefix: str, bucket_home: Home, tmp_path: Path) -> None:
    bring(bucket_home, FIRST)
    (torn,) = (name for name in store.names(prefix) if name.startswith("plays/listener_id="))
    client(store.access).pipe_file(f"{NAME}/{prefix}/{torn}", b"PAR1")
    with pytest.raises(LakeError, match="has 4 bytes, and should have"):
        open_snapshot(store.home(tmp_path / "another", prefix).lake)
