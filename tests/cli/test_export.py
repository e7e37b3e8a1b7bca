"""`groovelog export`: what it prints, what the files hold, and what it says where it cannot."""

import csv
import errno
import json
import os
import re
import resource
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from calling import Call, ended, started
from spotify_export import AUDIO, account, extended, text

DOCUMENT = Path(__file__).parents[2] / "docs" / "export.md"
LOCAL = "spotify:local:Artist:Album:Title+1:200"
EPISODE = {
    "master_metadata_track_name": None, "master_metadata_album_artist_name": None,
    "master_metadata_album_album_name": None, "spotify_track_uri": None, "spotify_episode_uri": "spotify:episode:e",
    "episode_name": "One", "episode_show_name": "Show",
}  # fmt: skip
POLLED = {
    "items": [
        {
            "track": {"uri": f"spotify:track:{9:022}", "name": "Nine", "artists": [{"name": "A"}], "duration_ms": 60_000},
            "played_at": "2020-01-01T12:00:00.123Z",
        }
    ]
}  # fmt: skip


@pytest.fixture
def bring(call: Call, tmp_path: Path) -> None:
    """A track at 10:00, a local file at 10:01, an episode at 10:02, and a play polled at 12:00."""
    folder = tmp_path / "in"
    folder.mkdir()
    rows = extended(0, platform='say "hi", you'), extended(1, spotify_track_uri=LOCAL), extended(2, **EPISODE)
    (folder / AUDIO).write_bytes(text(*rows))
    (folder / "page.json").write_text(json.dumps(POLLED))
    assert call("import", folder, "--listener", "Ada", "--timezone", "Europe/Lisbon").code == 0


def plays_in(path: Path) -> list[dict[str, Any]]:
    """The plays of an export, read by other programs than ours."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return pq.read_table(path).to_pylist()  # type: ignore[no-any-return]


@pytest.mark.usefixtures("bring")
def test_it_tells_the_files_and_their_rows(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    answer = call("export", "--listener", "Ada", "--format", "csv", "--output", out)
    assert answer.code == 0
    assert [line.split() for line in answer.out.splitlines()[1:-1]] == [
        ["File", "Rows"], ["source_plays.csv", "4"], ["plays.csv", "4"], ["tracks.csv", "3"], ["receipts.csv", "2"],
        ["listener_zones.csv", "1"],
    ]  # fmt: skip
    assert answer.out.splitlines()[0] == f"Everything of Ada, in {out}"
    assert answer.out.splitlines()[-1] == f"groovelog import {out} brings it into a Groovelog again."
    assert {path.name for path in out.iterdir()} == {line.split()[0] for line in answer.out.splitlines()[2:-1]}


@pytest.mark.usefixtures("bring")
def test_it_is_an_object_under_json(call: Call, tmp_path: Path) -> None:
    told = call("export", "--listener", "Ada", "--output", tmp_path / "out", "--json").json
    files = [("source_plays", 4), ("plays", 4), ("tracks", 3), ("receipts", 2), ("listener_zones", 1)]
    assert told == {
        "listener": "Ada",
        "format": "parquet",
        "output": str(tmp_path / "out"),
        "files": [{"table": table, "file": f"{table}.parquet", "rows": rows} for table, rows in files],
    }


@pytest.mark.usefixtures("bring")
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_text_says_times_in_iso_8601_and_ids_in_hex(call: Call, tmp_path: Path, form: str) -> None:
    call("export", "--listener", "Ada", "--format", form, "--output", tmp_path / "out")
    track, local, episode, polled = plays_in(tmp_path / "out" / f"plays.{form}")
    nothing, off, ms = ("", "false", "30000") if form == "csv" else (None, False, 30_000)
    assert [track[name] for name in ("started_at", "stopped_at", "played_at")] == [
        "2020-01-01T09:59:30.000000Z", "2020-01-01T10:00:00.000000Z", nothing,
    ]  # fmt: skip
    assert [track[name] for name in ("ms_played", "skipped", "isrc", "platform", "local_date")] == [
        ms, off, nothing, 'say "hi", you', "2020-01-01",
    ]  # fmt: skip
    uris = [play["track_uri"] for play in (track, local, episode, polled)]
    assert uris == [f"spotify:track:{0:022}", LOCAL, nothing, f"spotify:track:{9:022}"]
    assert polled["played_at"] == polled["stopped_at"] == "2020-01-01T12:00:00.123000Z"
    assert polled["started_at"] == "2020-01-01T11:59:00.123000Z"
    # The three were heard in one go, and the hex digits are those of the whole numbers in Parquet.
    call("export", "--listener", "Ada", "--output", tmp_path / "out")
    kept = plays_in(tmp_path / "out" / "plays.parquet")
    assert [play["play_id"] for play in (track, local, episode, polled)] == [f"{play['play_id']:016x}" for play in kept]
    assert track["session_id"] == local["session_id"] == episode["session_id"] == track["play_id"]


@pytest.mark.usefixtures("bring")
def test_parquet_has_types(call: Call, tmp_path: Path) -> None:
    call("export", "--listener", "Ada", "--output", tmp_path / "out")
    table = pq.read_table(tmp_path / "out" / "plays.parquet")
    types = {name: str(table.schema.field(name).type) for name in ("play_id", "started_at", "local_date", "skipped")}
    assert types == {
        "play_id": "int64", "started_at": "timestamp[us, tz=UTC]", "local_date": "date32[day]", "skipped": "bool",
    }  # fmt: skip
    assert "listener_id" not in table.schema.names
    assert [str(instant) for instant in table["played_at"].drop_null().to_pylist()] == [
        "2020-01-01 12:00:00.123000+00:00"
    ]


@pytest.mark.usefixtures("bring")
def test_the_examples_of_the_documents_run(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in ("parquet", "csv", "jsonl"):
        call("export", "--listener", "Ada", "--format", form, "--output", tmp_path / "ada-export")
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    exec(example, {})  # noqa: S102 - our own document
    assert capsys.readouterr().out.splitlines() == ["4 0.5"] * 3 + ["[('episode', 1), ('track', 3)]"]


@pytest.mark.usefixtures("bring")
def test_it_comes_back_into_another_home(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("export", "--listener", "Ada", "--format", "jsonl", "--output", tmp_path / "out")
    monkeypatch.setenv("GROOVELOG_HOME", str(tmp_path / "other"))
    answer = call("import", tmp_path / "out", "--json")
    assert answer.code == 0
    told = answer.json
    assert (told["listener"], told["timezone"]) == ("me", "Europe/Lisbon")
    assert (told["files"], told["rows"], told["stored"], told["failed_files"]) == (1, 4, 4, [])
    assert {note["file"].rpartition("/")[2] for note in told["ignored_files"]} == {
        "plays.jsonl", "tracks.jsonl", "receipts.jsonl", "listener_zones.jsonl",
    }  # fmt: skip
    assert call("import", tmp_path / "out" / "source_plays.jsonl", "--json").json["duplicates"] == 4
    receipt = call("receipts", "--json").json["receipts"][-1]["by_file"][0]
    assert receipt["source"] == "groovelog_export"
    assert "Groovelog export" in call("import", tmp_path / "out").out


@pytest.mark.usefixtures("bring")
def test_the_plays_alone_are_not_enough(call: Call, tmp_path: Path) -> None:
    call("export", "--listener", "Ada", "--format", "csv", "--output", tmp_path / "out")
    answer = call("import", tmp_path / "out" / "plays.csv")
    assert answer.code == 1
    assert "plays.csv: of a Groovelog export: worked out anew from its source_plays" in answer.err


@pytest.mark.usefixtures("bring")
def test_an_unknown_listener_is_said(call: Call, tmp_path: Path) -> None:
    answer = call("export", "--listener", "Bo", "--format", "csv", "--output", tmp_path / "out", "--json")
    assert answer.code == 1
    assert answer.json["error"]["message"] == "There is no listener named Bo. Known: Ada."
    assert not (tmp_path / "out").exists()


def test_where_nothing_was_imported_there_is_nobody(call: Call, home: Path, tmp_path: Path) -> None:
    answer = call("export", "--listener", "Ada", "--output", tmp_path / "out")
    assert answer.err == "groovelog: There is no listener named Ada. Known: nobody yet.\n"
    assert not home.exists()


@pytest.mark.usefixtures("bring")
def test_a_file_that_is_there_is_not_overwritten(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = "export", "--listener", "Ada", "--format", "csv", "--output", out
    assert call(*words).code == 0
    before = {path: path.read_bytes() for path in out.iterdir()}
    answer = call(*words)
    assert answer.code == 1
    assert answer.err == (
        f"groovelog: {out}/source_plays.csv is there already. Give an empty folder with --output, or move it away.\n"
    )
    assert {path: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.usefixtures("bring")
def test_an_output_that_is_a_file_is_said(call: Call, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    for output in (tmp_path / "out", tmp_path / "out" / "deeper"):
        answer = call("export", "--listener", "Ada", "--output", output)
        assert answer.code == 1
        assert answer.err.startswith(f"groovelog: {output} ")
        assert len(answer.err.splitlines()) == 1


@pytest.mark.usefixtures("bring")
def test_a_full_disk_leaves_no_file(home: Path, tmp_path: Path) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256))

    for form in ("parquet", "csv", "jsonl"):
        out = tmp_path / form
        words = "export", "--listener", "Ada", "--format", form, "--output", out
        answer = ended(started(home, *words, preexec_fn=small))
        assert answer.code == 1
        assert answer.err == f"groovelog: Writing to {out} failed, nothing was stored: {os.strerror(errno.EFBIG)}\n"
        assert list(out.iterdir()) == []


@pytest.mark.usefixtures("bring")
def test_a_lake_that_cannot_be_read_is_not_blamed_on_the_output(call: Call, home: Path, tmp_path: Path) -> None:
    path = next((home / "lake" / "source_plays").rglob("*.parquet"))
    content = path.read_bytes()
    path.write_bytes(content[:4] + bytes(1_000) + content[1_004:])
    answer = call("export", "--listener", "Ada", "--output", tmp_path / "out")
    assert answer.code == 1
    assert answer.err.startswith(f"groovelog: The lake at {home}/lake cannot be read: ")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.usefixtures("bring")
@pytest.mark.parametrize("name", ['it\'s a "b", 100%', "Étude 音 a{b,c}", "~a* a[b]", "year=2020"])
def test_an_output_of_an_odd_name(call: Call, tmp_path: Path, name: str) -> None:
    answer = call("export", "--listener", "Ada", "--format", "csv", "--output", tmp_path / name, "--json")
    assert answer.code == 0
    assert len(plays_in(tmp_path / name / "plays.csv")) == 4
    assert call("import", tmp_path / name, "--listener", "Bo", "--json").json["stored"] == 4


@pytest.mark.parametrize("words", [("export",), ("export", "--listener", "Ada"), ("export", "--output", "x")])
def test_whose_and_where_to_have_to_be_told(call: Call, words: tuple[str, ...]) -> None:
    assert call(*words).code == 2


def test_account_data_alone_has_no_tracks(call: Call, tmp_path: Path) -> None:
    (tmp_path / "StreamingHistory0.json").write_bytes(text(account(0)))
    call("import", tmp_path / "StreamingHistory0.json")
    told = call("export", "--listener", "me", "--output", tmp_path / "out", "--json").json
    assert "tracks" not in {file["table"] for file in told["files"]}
