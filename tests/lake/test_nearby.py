"""What of a bucket lies on this machine, and what goes when there is no room."""

import os
import time
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pytest

from groovelog.errors import LakeError
from groovelog.lake.nearby import READ_STILL_S, Nearby

A, B, C = (PurePosixPath(f"plays/year=2020/part-{letter}.parquet") for letter in "abc")


class Bucket:
    """Objects of 10 bytes; notes which were asked for."""

    def __init__(self) -> None:
        self.asked: list[PurePosixPath] = []
        self.sends = b"0123456789"

    def download(self, wanted: Mapping[PurePosixPath, Path]) -> None:
        for path, target in wanted.items():
            self.asked.append(path)
            target.write_bytes(self.sends)


def aged(near: Nearby, path: PurePosixPath, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(near.at(path), (then, then))


def test_a_file_is_fetched_once(tmp_path: Path) -> None:
    near, bucket = Nearby(tmp_path, 100), Bucket()
    for _ in "12":
        assert near.fetch({A: 10, B: 10}, bucket.download) == {A, B}
    assert sorted(bucket.asked) == [A, B]
    assert near.at(A).read_bytes() == bucket.sends


def test_the_one_not_read_for_longest_goes_first(tmp_path: Path) -> None:
    near, bucket = Nearby(tmp_path, 20), Bucket()
    near.fetch({A: 10, B: 10}, bucket.download)
    aged(near, A, 3 * READ_STILL_S)
    aged(near, B, 2 * READ_STILL_S)
    assert near.fetch({A: 10}, bucket.download) == {A}  # read again: B is the one not read for longest now
    assert near.fetch({C: 10}, bucket.download) == {C}
    assert (near.at(A).exists(), near.at(B).exists(), near.at(C).exists()) == (True, False, True)


def test_what_is_read_still_does_not_make_room(tmp_path: Path) -> None:
    near, bucket = Nearby(tmp_path, 25), Bucket()
    near.fetch({A: 10, B: 10}, bucket.download)
    assert near.fetch({A: 10, C: 10}, bucket.download) == {A}
    assert near.at(B).exists()


def test_a_cut_file_is_fetched_anew_and_a_cut_answer_is_told(tmp_path: Path) -> None:
    near, bucket = Nearby(tmp_path, 100), Bucket()
    near.fetch({A: 10}, bucket.download)
    os.truncate(near.at(A), 4)
    assert near.fetch({A: 10}, bucket.download) == {A}
    assert near.at(A).stat().st_size == 10
    bucket.sends = b"0123"
    with pytest.raises(LakeError, match="has 4 bytes, and should have 10"):
        near.fetch({B: 10}, bucket.download)
    assert [path.name for path in near.at(A).parent.iterdir()] == [A.name]  # neither half a file nor its part


def test_what_is_not_needed_goes_unless_it_is_read_still(tmp_path: Path) -> None:
    near, bucket = Nearby(tmp_path, 100), Bucket()
    near.fetch({A: 10, B: 10, C: 10}, bucket.download)
    aged(near, A, 2 * READ_STILL_S)
    near.keep_only([C], read_lately=True)
    assert [near.at(path).exists() for path in (A, B, C)] == [False, True, True]
    near.keep_only([C], read_lately=False)
    assert [near.at(path).exists() for path in (A, B, C)] == [False, False, True]


def test_a_disk_that_takes_nothing_leaves_files_in_the_bucket(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way of the folder")
    assert Nearby(tmp_path, 100).fetch({A: 10}, Bucket().download) == set()
