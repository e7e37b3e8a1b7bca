"""`groovelog lake backup` and `restore`, and `groovelog doctor`, as people and scripts call them."""

import json
import resource
import shutil
from pathlib import Path

import pytest

from calling import Call, ended, started
from spotify_export import AUDIO, extended, text


@pytest.fixture
def lived_in(call: Call, home: Path, tmp_path: Path) -> Path:
    (tmp_path / AUDIO).write_bytes(text(*map(extended, range(3))))
    assert call("import", tmp_path / AUDIO, "--listener", "Wren").code == 0
    return home


def test_there_and_back(call: Call, lived_in: Path, tmp_path: Path) -> None:
    dest = tmp_path / "backups"
    first = call("lake", "backup", dest, "--json").json
    assert (first["plays"], first["backups"], first["deleted"]) == (3, 1, [])
    assert first["to"] == str(dest)
    second = call("lake", "backup", dest, "--keep", "1", "--json").json
    assert (second["new_files"], second["deleted"]) == (0, [first["id"]])
    listed = call("lake", "restore", dest, "--list", "--json").json
    assert [one["id"] for one in listed["backups"]] == [second["id"]]
    assert (listed["damaged"], listed["cut_short"]) == ([], [])
    assert second["id"] in call("lake", "restore", dest, "--list").out
    report = call("report", "top-tracks", "--json").out
    shutil.rmtree(lived_in)
    back = call("lake", "restore", dest)
    assert back.code == 0
    assert back.out.startswith(f"Backup {second['id']} is in {lived_in}: 3 plays, ")
    assert call("report", "top-tracks", "--json").out == report
    assert call("lake", "check", "--json").json["sound"]


def test_where_it_goes_may_be_set(call: Call, lived_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = call("lake", "backup")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        "groovelog: Say where backups go: groovelog lake backup FOLDER, or set GROOVELOG_BACKUP_TO.\n"
    )
    monkeypatch.setenv("GROOVELOG_BACKUP_TO", str(tmp_path / "backups"))
    assert "Backups there now: 1." in call("lake", "backup").out
    assert call("lake", "backup", "--weeks", "2").err == (
        "groovelog: --weeks goes with --keep: without it no backup is deleted.\n"
    )
    assert lived_in.joinpath("backups.json").stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_is_a_sentence(call: Call, lived_in: Path, tmp_path: Path) -> None:
    inside = call("lake", "backup", lived_in / "lake" / "x", "--json")
    assert inside.code == 1
    assert "is inside the home folder" in inside.json["error"]["message"]
    nowhere = call("lake", "restore", tmp_path / "nowhere", "--list")
    assert nowhere.err == (
        f"groovelog: {tmp_path / 'nowhere'} holds no backups of Groovelog: there is nothing, or no such folder.\n"
    )
    assert call("lake", "backup", tmp_path / "backups").code == 0
    full = call("lake", "restore", tmp_path / "backups")
    assert (full.code, "is not empty" in full.err) == (1, True)


@pytest.mark.parametrize("limit", [100, 3_000])
def test_a_limit_on_the_size_of_files(call: Call, lived_in: Path, tmp_path: Path, limit: int) -> None:
    dest = tmp_path / "backups"

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    answer = ended(started(lived_in, "lake", "backup", dest, "--json", preexec_fn=limited))
    assert answer.code == 1
    assert answer.json["error"]["message"] == f"Writing to {dest} failed: File too large."
    assert not list(dest.glob("backups/*.json"))
    assert not list(dest.rglob(".new-*"))
    assert call("lake", "backup", dest).code == 0
    again = tmp_path / "again"
    answer = ended(started(again, "lake", "restore", dest, "--json", preexec_fn=limited))
    assert answer.code == 1
    assert answer.json["error"]["message"] == f"Writing to {again} failed, nothing was put back: File too large."
    assert not again.exists()


def test_who_is_forgotten_is_said_to_be_in_backups(call: Call, lived_in: Path, tmp_path: Path) -> None:
    dest = tmp_path / "backups"
    assert call("lake", "backup", dest).code == 0
    answer = call("forget", "--listener", "Wren")
    assert (
        f"1 backup in {dest} still hold them. A restore leaves them out; to delete those backups now: "
        f"groovelog lake backup {dest} --forgotten\n"
    ) in answer.out
    told = call("lake", "backup", dest, "--forgotten", "--json").json
    assert (len(told["deleted"]), told["backups"], told["plays"]) == (1, 1, 0)
    shutil.rmtree(lived_in)
    assert call("lake", "restore", dest, "--json").json["erased_listeners"] == 0
    assert call("listeners", "list", "--json").json == {"listeners": []}


def test_the_doctor_finds_nothing_wrong(call: Call, lived_in: Path, tmp_path: Path) -> None:
    call("lake", "backup", tmp_path / "backups")
    told = call("doctor", "--json").json
    assert told["sound"]
    assert [one for one in told["findings"] if one["verdict"] != "ok"] == []
    assert set(told["findings"][0]) == {"check", "verdict", "text", "mend"}
    answer = call("doctor")
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "Nothing is wrong with this installation.")


def test_the_doctor_says_what_is_wrong_with_the_redirect_address(
    call: Call, lived_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPOTIFY_CLIENT_ID", "client")
    monkeypatch.setenv("SPOTIFY_REDIRECT_URI", "http://localhost:8888/callback")
    answer = call("doctor", "--json")
    assert answer.code == 1
    (problem,) = [one for one in json.loads(answer.out)["findings"] if one["verdict"] == "problem"]
    assert problem["check"] == "settings"
    assert problem["text"].startswith("Spotify does not take the redirect address http://localhost:8888/callback")
    assert "Use http://127.0.0.1:8888/callback" in problem["text"]
    assert call("doctor").out.splitlines()[-1] == "1 problem(s), 1 warning(s)."


def test_the_doctor_of_an_empty_home_writes_nothing(call: Call, home: Path) -> None:
    assert call("doctor").code == 0
    assert not home.exists()
