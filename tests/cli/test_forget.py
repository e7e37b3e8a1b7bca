"""`groovelog forget` and `groovelog lake compact`, as people and scripts call them."""

import os
import pty
import subprocess
import time
from pathlib import Path

import pytest

from calling import COMMAND, Call
from spotify_export import AUDIO, extended, text


@pytest.fixture
def two_people(call: Call, tmp_path: Path) -> None:
    for name, minutes in (("Wren", range(3)), ("Tamsin", range(2, 6))):
        folder = tmp_path / name
        folder.mkdir()
        (folder / AUDIO).write_bytes(text(*map(extended, minutes)))
        assert call("import", folder / AUDIO, "--listener", name).code == 0


def names(call: Call) -> list[str]:
    return [person["name"] for person in call("listeners", "list", "--json").json["listeners"]]


@pytest.mark.usefixtures("two_people")
def test_a_script_is_told_what_went(call: Call) -> None:
    answer = call("forget", "--listener", "Wren", "--json")
    told = answer.json
    assert (answer.code, told["listener"], told["backups"]) == (0, "Wren", [])
    assert {table: count for table, count in told["rows"].items() if count} == {
        "source_plays": 3, "plays": 3, "tracks": 2, "recordings": 2, "receipts": 1, "listeners": 1, "listener_zones": 1,
    }  # fmt: skip
    assert told["files"] > 0
    assert told["bytes"] > 0
    assert names(call) == ["Tamsin"]
    assert call("lake", "check", "--json").json == {"sound": True, "findings": []}


@pytest.mark.usefixtures("two_people")
def test_without_a_terminal_nothing_is_asked(call: Call) -> None:
    answer = call("forget", "--listener", "Wren")
    assert answer.code == 0
    assert answer.out.startswith("Wren is erased: 13 rows, and ")
    assert "  plays: 3 rows\n" in answer.out
    assert "  listeners: 1 row\n" in answer.out
    assert answer.out.endswith(
        "Copies that you made of the home folder, and the exports that were imported, are yours to delete.\n"
    )
    assert answer.err == ""


@pytest.mark.usefixtures("two_people")
def test_an_unknown_listener_is_a_failure(call: Call) -> None:
    for form in ((), ("--json",), ("--yes",)):
        answer = call("forget", "--listener", "Nobody", *form)
        assert answer.code == 1
        assert answer.err == "groovelog: There is no listener named Nobody. Known: Tamsin, Wren.\n"
    assert names(call) == ["Tamsin", "Wren"]


def on_a_terminal(home: Path, *words: str, keys: str) -> tuple[int, str]:
    """Exit code and all that is shown to somebody who types these keys."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *words], env={**os.environ, "GROOVELOG_HOME": str(home)}, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, keys.encode())
    shown = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            read = os.read(ours, 4096)
        except OSError:  # how Linux tells that nobody holds the other end any more
            break
        shown += read
    os.close(ours)
    return process.wait(), shown.decode()


@pytest.mark.usefixtures("two_people")
def test_on_a_terminal_it_is_asked_once(call: Call, home: Path) -> None:
    code, shown = on_a_terminal(home, "forget", "--listener", "Wren", keys="n\n")
    assert "Erase Wren, 3 plays and all that tells of them? This cannot be undone. [y/N]" in shown
    assert "Nothing was erased." in shown
    assert (code, names(call)) == (1, ["Tamsin", "Wren"])
    code, shown = on_a_terminal(home, "forget", "--listener", "Wren", keys="y\n")
    assert "Wren is erased" in shown
    assert (code, names(call)) == (0, ["Tamsin"])
    code, shown = on_a_terminal(home, "forget", "--listener", "Nobody", keys="")
    assert "There is no listener named Nobody" in shown
    assert (code, "[y/N]" in shown) == (1, False)
    code, shown = on_a_terminal(home, "forget", "--listener", "Tamsin", "--yes", keys="")
    assert "[y/N]" not in shown
    assert (code, names(call)) == (0, [])


@pytest.mark.usefixtures("two_people")
def test_compacting_is_told_in_files_and_bytes(call: Call, home: Path, tmp_path: Path) -> None:
    (tmp_path / AUDIO).write_bytes(text(extended(900)))
    call("import", tmp_path / AUDIO, "--listener", "Wren")
    told = call("lake", "compact", "--json").json
    assert told["files_after"] == len([path for path in (home / "lake").glob("*/**/*") if path.is_file()])
    assert told["files_after"] == sum(table["files_after"] for table in told["tables"])
    assert told["bytes_before"] == sum(table["bytes_before"] for table in told["tables"])
    # Two of each of Wren's partitions of plays, source_plays and receipts; and those that a run replaced.
    assert told["kept_for_readers"]["files"] >= 6
    assert call("lake", "compact").out.startswith(f"Before: {told['files_after']} files, ")
    assert call("lake", "check", "--json").json == {"sound": True, "findings": []}


def test_a_lake_not_made_yet_has_nothing_to_compact(call: Call, home: Path) -> None:
    assert call("lake", "compact", "--json").json["files_after"] == 0
    assert not home.exists()
