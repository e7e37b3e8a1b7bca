"""Files that are no reference: what is said, and that nothing is written."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from kept_references import kept, problems
from reference_files import spotify_track, text, track_id, written

from calling import Call

Make = Callable[[Path], Path]


def content(data: bytes, name: str = "songs.csv") -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def zipped(inside: str) -> Make:
    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
            archive.writestr(inside, text([spotify_track()]))
        return folder / "archive.zip"

    return make


HEADING = b"track_id,track_name,artists,energy\n"
CASES: dict[str, tuple[Make, str]] = {
    "missing": (lambda folder: folder / "nowhere.csv", "There is no file"),
    "a folder": (lambda folder: folder, "is a folder. Give the CSV or Parquet file in it"),
    "empty": (content(b""), "is empty"),
    "only a heading": (content(HEADING), "a heading and no row"),
    "only a heading, no line end": (content(HEADING.strip()), "a heading and no row"),
    "a zip": (zipped("dataset.csv"), "is a zip. It holds dataset.csv. Unpack it"),
    "a zip of something else": (zipped("notes.txt"), "No CSV or Parquet file is in it"),
    "a picture": (content(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 9, "cover.csv"), "no column that tells"),
    "control characters": (content(bytes(range(1, 32)) + b"\n1\n"), "no text"),
    "JSON": (content(b'[{"track_id": 1}]\n'), "no column that tells"),
    "cut Parquet": (content(b"PAR1" + b"x" * 100, "songs.parquet"), "cannot be read as a table"),
    "no names": (content(b"energy,valence\n0.5,0.5\n"), "track_name (track_name, track, title"),
    "a title, no artist": (content(b"title,energy\nx,0.5\n"), "artist_name (artist_name, artists"),
    "no audio features": (content(b"track_id,name\nx,y\n"), "an audio feature: danceability, energy, key, loudness"),
    "the columns it has": (content(b"Lied,Wer\nx,y\n"), "It has: Lied, Wer. --map FIELD=COLUMN"),
    "no row of use": (content(HEADING + b"a,,,0.5\nb,x,y,\n"), "1 with neither title nor artist"),
    "energy 7 alone": (content(b"track_id,energy,tempo\na,0.5,\nb,0.5,\n".replace(b"0.5", b"-7")), "no row that can be used"),
    "a quote left open": (content(HEADING + b'a,x,y,0.5\nb,"x,y,0.5\nc,x,y,0.5\nd,x,y,0.5\n'), "opens a quote in line 3"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_bad_files(home: Path, call: Call, tmp_path: Path, case: str) -> None:
    make, said = CASES[case]
    answer = call("reference", "add", make(tmp_path), "--json")
    assert answer.code == 1
    assert said in answer.err
    assert answer.json["error"]["message"] in answer.err
    assert "Traceback" not in answer.err
    assert not (home / "lake").exists()
    assert not any((home / "scratch").glob("*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--name", "../x"], "small letters a to z, digits and hyphens"),
        (["--name", ""], "small letters a to z, digits and hyphens"),
        (["--map", "energy"], "it is written FIELD=COLUMN"),
        (["--map", "loud=energy"], "there is no loud. There are: ref_id"),
        (["--map", "energy=Kraft"], "has no column Kraft"),
    ],
)
def test_wrong_options(home: Path, call: Call, tmp_path: Path, words: list[str], said: str) -> None:
    answer = call("reference", "add", written(tmp_path, [spotify_track()]), *words)
    assert (answer.code, said in answer.err) == (1, True)
    assert not (home / "lake").exists()


def test_s3_is_said_to_be_unread(call: Call) -> None:
    answer = call("reference", "add", "s3://bucket/songs.csv")
    assert (answer.code, "lies on S3, which is not read yet" in answer.err) == (1, True)


def test_a_failed_new_version_leaves_the_old(home: Path, call: Call, tmp_path: Path) -> None:
    call("reference", "add", written(tmp_path, [spotify_track()]), "--name", "mine")
    before = kept(home)
    assert call("reference", "add", CASES["a quote left open"][0](tmp_path), "--name", "mine").code == 1
    assert kept(home) == before


def test_odd_texts_are_kept(home: Path, call: Call, tmp_path: Path) -> None:
    long = "x" * 10_000
    rows = [
        spotify_track("a", track_name=long), spotify_track("b", track_name="two\nlines", artists='The "Q"'),
        spotify_track("c", track_name="nul\0byte"), spotify_track("d", track_name="Robert'); DROP TABLE plays;--"),
    ]  # fmt: skip
    receipt = call("reference", "add", written(tmp_path, rows, "it's [odd].csv"), "--json").json
    assert receipt["kept"] == 4
    assert [row["track_name"] for row in kept(home)] == [long, "two\nlines", "nulbyte", "Robert'); DROP TABLE plays;--"]
    assert problems(home) == []


def test_one_damaged_name_leaves_the_others(home: Path, call: Call, tmp_path: Path) -> None:
    data = text([spotify_track("a", track_name="Café"), spotify_track("b", track_name="Größe")]).encode()
    path = content(data.replace("ö".encode(), b"\xf6"))(tmp_path)
    call("reference", "add", path)
    assert [row["track_name"] for row in kept(home)] == ["Café", "Größe"]


def test_headings_twice_and_without_a_name(home: Path, call: Call, tmp_path: Path) -> None:
    path = content(f",track_id,energy,energy,\n0,{track_id('a')},0.5,0.9,x\n".encode())(tmp_path)
    call("reference", "add", path)
    assert kept(home)[0]["energy"] == 0.5
