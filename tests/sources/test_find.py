"""Finding files: folders, zips, zips in zips; what is named by labels, and what guards against bombs."""

import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from groovelog.sources import find as finding
from groovelog.sources.archives import Archives
from groovelog.sources.find import find
from groovelog.sources.found import Unusable, printable
from spotify_export import zipped


@pytest.fixture
def archives() -> Iterator[Archives]:
    with Archives() as archives:
        yield archives


def labels(*paths: Path, scratch: Path) -> list[str]:
    with Archives() as archives:
        found, unusable = find(list(paths), scratch, archives)
    assert unusable == []
    return [file.label for file in found]


def test_files_come_by_name_and_each_once(tmp_path: Path) -> None:
    folder, scratch = tmp_path / "in", tmp_path / "scratch"
    (folder / "b").mkdir(parents=True)
    scratch.mkdir()
    for name in ("z.json", "a.json", "b/c.json"):
        (folder / name).write_bytes(b"[]")
    (folder / "link.json").symlink_to("a.json")
    expected = [f"{folder}/{name}" for name in ("z.json", "a.json", "b/c.json")]
    assert labels(folder / "z.json", folder, folder / "a.json", scratch=scratch) == expected


def test_a_linked_folder_is_walked_and_circles_end(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "in", tmp_path / "elsewhere"
    for each in (folder, elsewhere):
        each.mkdir()
    (elsewhere / "a.json").write_bytes(b"[]")
    (elsewhere / "back").symlink_to(folder)
    (folder / "link").symlink_to(elsewhere)
    assert labels(folder, scratch=tmp_path) == [f"{folder}/link/a.json"]


def test_members_are_labelled_by_the_zips_around_them(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"in/b.zip": zipped({"Étude/音.json": b"[]"}), "c.json": b"[]"}))
    assert labels(path, scratch=tmp_path) == [f"{path}/c.json", f"{path}/in/b.zip/Étude/音.json"]


def test_a_zip_is_known_by_content_and_a_member_by_no_name(archives: Archives, tmp_path: Path) -> None:
    path = tmp_path / "download (1)"
    path.write_bytes(zipped({"x": b"[1]"}))
    (file,) = find([path], tmp_path, archives)[0]
    assert (file.size, b"".join(file.chunks())) == (3, b"[1]")


def test_nothing_is_unpacked_under_a_name_from_inside(archives: Archives, tmp_path: Path) -> None:
    path, scratch = tmp_path / "in" / "a.zip", tmp_path / "in" / "scratch"
    scratch.mkdir(parents=True)
    path.write_bytes(zipped({"../../out.zip": zipped({"/etc/x.json": b"[]"}), "..\\y.json": b"[]"}))
    assert len(find([path], scratch, archives)[0]) == 2
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()) == [
        "in/a.zip",
        "in/scratch/inner-1.zip",
    ]


@pytest.mark.parametrize(("limit", "most"), [("MOST_MEMBERS", 5), ("MOST_BYTES", 50)])
def test_limits_count_over_all_zips_of_a_call(
    archives: Archives, limit: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, limit, most)
    for name in ("a.zip", "b.zip"):
        (tmp_path / name).write_bytes(zipped({f"{n}.json": b"x" * 10 for n in range(3)}))
    found, unusable = find([tmp_path], tmp_path, archives)
    assert len(found) == 3
    (refused,) = unusable
    assert refused.file == f"{tmp_path}/b.zip"
    assert "zip bomb?" in refused.reason


def test_a_small_member_may_pack_well(tmp_path: Path) -> None:
    # Ten million spaces pack by a thousand, as rows much alike may; 16 MB harm nobody.
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"x.json": b" " * 10_000_000}))
    assert labels(path, scratch=tmp_path) == [f"{path}/x.json"]


def test_a_zip_of_thousands_is_read_in_seconds(archives: Archives, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{n}.json": b"[]" for n in range(3_000)}, zipfile.ZIP_STORED))
    began = time.monotonic()
    assert sum(len(b"".join(file.chunks())) for file in find([path], tmp_path, archives)[0]) == 6_000
    assert time.monotonic() - began < 20  # where each member opened the zip anew it took minutes


def test_a_file_that_grows_or_shrinks_meanwhile_is_not_read(archives: Archives, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"[1]")
    (file,) = find([path], tmp_path, archives)[0]
    path.write_bytes(b"[1")
    with pytest.raises(Unusable, match="ends early: 2 of 3 bytes"):
        list(file.chunks())
    path.write_bytes(b"[1,2")
    with pytest.raises(Unusable, match="longer than it declares: 3 bytes"):
        list(file.chunks())
    path.unlink()
    with pytest.raises(Unusable, match="No such file"):
        list(file.chunks())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Étude 音.json", "Étude 音.json"),
        ("a\x1b[2J", "a�[2J"),
        ("a\nb", "a�b"),
        ("\u202ea", "�a"),
        (os.fsdecode(b"a\xff"), "a?"),
    ],
)
def test_names_cannot_act_on_a_terminal(name: str, shown: str) -> None:
    assert printable(name) == shown
