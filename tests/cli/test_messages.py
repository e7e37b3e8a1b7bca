"""Errors as messages: one line on stderr, an object under --json, exit codes 1 and 2, and no traceback unless asked."""

from pathlib import Path

import pytest

from calling import Call
from spotify_export import AUDIO, extended, text, zipped


@pytest.mark.parametrize(
    "words", [("import",), ("import", "x", "--nonsense"), ("nonsense",), ("listeners", "zone", "me")]
)
def test_wrong_usage_is_2(call: Call, words: tuple[str, ...]) -> None:
    answer = call(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert "Usage:" in answer.err


def test_a_failure_is_1_and_one_line(call: Call, tmp_path: Path) -> None:
    answer = call("import", tmp_path / "nowhere.zip")
    assert answer.code == 1
    assert answer.out == ""
    assert answer.err == f"groovelog: Nothing was imported. {tmp_path}/nowhere.zip: there is no such file\n"


def test_a_failure_is_an_object_under_json(call: Call, tmp_path: Path) -> None:
    answer = call("import", tmp_path / "nowhere.zip", "--json")
    message = f"Nothing was imported. {tmp_path}/nowhere.zip: there is no such file"
    assert answer.json == {"error": {"message": message, "file": f"{tmp_path}/nowhere.zip", "row": None}}
    assert answer.err == f"groovelog: {message}\n"


def test_all_files_that_failed_are_named(call: Call, tmp_path: Path) -> None:
    answer = call("import", tmp_path / "a.zip", tmp_path / "b.zip")
    assert answer.err.splitlines() == [
        f"groovelog: {tmp_path}/b.zip: there is no such file",
        f"groovelog: Nothing was imported. {tmp_path}/a.zip: there is no such file (and 1 more)",
    ]


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_where_nothing_is_read_no_file_is_left_untold(call: Call, tmp_path: Path, form: tuple[str, ...]) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({AUDIO: b"", "notes.txt": b"Milk", "Follow.json": b"{}"}))
    answer = call("import", path, *form)
    assert answer.err.splitlines() == [
        f"groovelog: {path}/Follow.json: personal, and not about plays: not read",
        f"groovelog: {path}/notes.txt: not recognised: not JSON, and not a table",
        f"groovelog: Nothing was imported. {path}/{AUDIO}: named like a streaming history, but empty, 0 bytes",
    ]


def test_the_row_to_blame_is_named(call: Call, tmp_path: Path) -> None:
    path = tmp_path / AUDIO
    path.write_bytes(text(extended(0), extended(1)).replace(b"Title 1", b"Title\t1"))
    assert call("import", path, "--json").json["error"] == {
        "message": f"Nothing was imported. {path}: damaged JSON in row 2: unexpected control character in string",
        "file": str(path),
        "row": 2,
    }


def test_a_traceback_is_for_those_who_ask(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Traceback" not in call("import", tmp_path / "nowhere.zip").err
    monkeypatch.setenv("GROOVELOG_LOG_LEVEL", "DEBUG")
    assert "Traceback" in call("import", tmp_path / "nowhere.zip").err


def test_a_level_that_is_none_is_refused(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROOVELOG_LOG_LEVEL", "loud")
    answer = call("listeners", "list")
    assert answer.code == 1
    assert answer.err == (
        "groovelog: GROOVELOG_LOG_LEVEL is 'loud'. Choose one of DEBUG, INFO, WARNING, ERROR, CRITICAL.\n"
    )


def test_a_home_set_to_nothing_is_not_set(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROOVELOG_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    call("listeners", "add", "Ada")
    assert not (tmp_path / "lake").exists()
    assert len(list(tmp_path.rglob("groovelog/lake"))) == 1


def test_a_folder_of_somebody_else_s_in_scratch_is_left_alone(call: Call, home: Path, tmp_path: Path) -> None:
    for name in ("run-abc", "run-9999999-0123abcd"):
        (home / "scratch" / name).mkdir(parents=True)
    (tmp_path / AUDIO).write_bytes(text(extended(0)))
    assert call("import", tmp_path / AUDIO).code == 0
    assert [left.name for left in (home / "scratch").iterdir()] == ["run-abc"]


@pytest.mark.parametrize("name", ['it\'s a "b"', "Étude 音 a{b,c}", "a#b;c&d $HOME", "~"])
def test_a_home_of_an_odd_name(call: Call, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROOVELOG_HOME", str(tmp_path / name))
    (tmp_path / AUDIO).write_bytes(text(extended(0)))
    assert call("import", tmp_path / AUDIO, "--json").json["stored"] == 1
    assert call("lake", "check", "--json").json["sound"]
    assert (tmp_path / name / "lake").is_dir()


@pytest.mark.parametrize(
    "name", ["a%41", "a[b]", "a*", "a?", "a\\b", "year=2020", "listener_id=1", "a\nb", "\x1b[2J", "\udcff"]
)
def test_a_home_that_the_tables_cannot_lie_in_is_refused(
    call: Call, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROOVELOG_HOME", str(tmp_path / name / "home"))
    (tmp_path / AUDIO).write_bytes(text(extended(0)))
    answer = call("import", tmp_path / AUDIO)
    assert answer.code == 1
    assert answer.err.startswith("groovelog: The home folder may not have ")
    assert "\x1b" not in answer.err
    assert [path.name for path in tmp_path.iterdir()] == [AUDIO]
