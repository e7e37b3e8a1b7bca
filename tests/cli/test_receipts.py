"""`groovelog receipts`: all imports, one of them, its rows."""

from pathlib import Path

from calling import Call
from spotify_export import AUDIO, extended, text, zipped


def test_nothing_was_imported_yet(call: Call) -> None:
    assert call("receipts", "--json").json == {"receipts": []}
    assert call("receipts", "--rows").err == "groovelog: Nothing was imported yet.\n"


def test_imports_are_listed_newest_first(call: Call, tmp_path: Path) -> None:
    for minute in range(3):
        path = tmp_path / f"endsong_{minute}.json"
        path.write_bytes(text(*map(extended, range(minute + 1))))
        call("import", path, "--json")
    told = [(r["run"][:6], r["stored"], r["duplicates"]) for r in call("receipts", "--json").json["receipts"]]
    assert told == [("000003", 1, 2), ("000002", 1, 1), ("000001", 1, 0)]


def test_a_receipt_looked_up_is_the_one_given_and_tells_each_file(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(
        zipped({AUDIO: text(extended(0), extended(1, ts=None)), "endsong_0.json": text(extended(0)), "x": b""})
    )
    given = call("import", path, "--json").json
    kept = call("receipts", given["run"], "--json").json
    assert kept.pop("imported_at").endswith("Z")
    files = {
        file["file"]: (file["rows"], file["stored"], file["duplicates"], file["unreadable"])
        for file in kept.pop("by_file")
    }
    assert files == {f"{path}/{AUDIO}": (2, 1, 0, 1), f"{path}/endsong_0.json": (1, 0, 1, 0)}
    assert kept == {**given, "seconds": None}


def test_rows_are_told_a_line_each(call: Call, tmp_path: Path) -> None:
    path = tmp_path / AUDIO
    path.write_bytes(text(extended(0), extended(1, ms_played="soon"), extended(2, ts="\x1b[31mred\n")))
    call("import", path)
    assert call("receipts", "--rows").out == (
        f'{path}, row 2: unreadable: ms_played is not a whole number of ms: "soon"\n'
        f'{path}, row 3: unreadable: ts is not a time: "�[31mred�"\n'
    )


def test_where_every_row_was_stored_that_is_said(call: Call, tmp_path: Path) -> None:
    (tmp_path / AUDIO).write_bytes(text(extended(0)))
    call("import", tmp_path / AUDIO)
    assert call("receipts", "--rows").out == "Every row was stored plainly.\n"


def test_an_unknown_import_is_a_failure(call: Call) -> None:
    answer = call("receipts", "000009-20260101-beef", "--rows", "--json")
    assert answer.code == 1
    assert "There is no import 000009-20260101-beef" in answer.json["error"]["message"]
