"""One case of bad input, and what holds for each: what is said, what is stored, and a lake sound and usable afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from calling import Call
from spotify_export import AUDIO, extended, text

Make = Callable[[Path], list[Path]]


def files(contents: dict[str, bytes]) -> Make:
    """Files of these contents, each given as a path."""

    def make(folder: Path) -> list[Path]:
        for name, content in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return [folder / name for name in contents]

    return make


@dataclass(frozen=True)
class Case:
    """`counts` are rows, stored, duplicates, unreadable; None where nothing is imported. `says` stands in the reason
    given for the file or the row, `row` is the row to blame. `saved` counts playlists, their entries and saved tracks."""

    name: str
    make: Make
    code: int
    counts: tuple[int, int, int, int] | None
    says: str = ""
    row: int | None = None
    saved: tuple[int, int, int] = (0, 0, 0)


def hold(case: Case, call: Call, tmp_path: Path, home: Path) -> None:
    """Import what the case makes, and then, where some of it was kept, something sound."""
    folder = tmp_path / "in"
    folder.mkdir()
    paths = case.make(folder)
    answer = call("import", *paths, "--json")
    assert answer.code == case.code, answer.err
    assert "Traceback" not in answer.err
    assert "\x1b" not in answer.err
    if case.counts is None:
        error = answer.json["error"]
        assert case.says in error["message"]
        assert error["row"] == case.row
        assert any(error["file"].startswith(str(path)) for path in paths)
        # As it was before anything was brought: it needs no proof that something sound can be.
        assert [path.name for path in home.rglob("*")] == ["scratch"]
    else:
        receipt = answer.json
        assert tuple(receipt[key] for key in ("rows", "stored", "duplicates", "unreadable")) == case.counts
        assert receipt["rows"] == receipt["stored"] + receipt["duplicates"] + receipt["unreadable"]
        assert sum(receipt["by_kind"].values()) == receipt["stored"]
        assert tuple(receipt["saved"].values()) == case.saved
        not_stored = receipt["duplicates"] + receipt["unreadable"]
        rows = call("receipts", "--rows", "--json").json["rows"] if not_stored else []
        assert len(rows) == not_stored
        blamed = receipt["failed_files"] + [row for row in rows if row["row"] == case.row]
        assert any(case.says in note["reason"] for note in blamed) or not case.says
        assert bool(receipt["failed_files"]) == (case.code == 1)
    assert str(home / "scratch") not in answer.out + answer.err
    if case.counts is None:
        return
    assert not list((home / "scratch").iterdir())
    (tmp_path / AUDIO).write_bytes(text(*(extended(minute) for minute in range(100, 103))))
    assert call("import", tmp_path / AUDIO, "--json").json["stored"] == 3
    check = call("lake", "check", "--json")
    assert check.json["sound"], check.out
