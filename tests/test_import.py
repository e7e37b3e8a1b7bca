"""`groovelog import`: the receipt as JSON and as a table, what is never stored, and several imports at once."""

import json
import os
from pathlib import Path

import duckdb
import pytest

from calling import Call, ended, started
from spotify_export import AGENT, AUDIO, IP, NEITHER, OLD_IP, USER, extended, old_extended, text, zipped


def export(folder: Path) -> Path:
    """A zip of 6 rows in 3 files, beside them a PDF: 4 plays of 3 kinds, one row twice, one not readable."""
    talk = extended(
        3, **NEITHER, episode_name="Talk", episode_show_name="Show", spotify_episode_uri="spotify:episode:1"
    )
    path = folder / "my_spotify_data.zip"
    path.write_bytes(
        zipped(
            {
                f"Spotify Extended Streaming History/{AUDIO}": text(extended(0), extended(1), talk),
                "Spotify Extended Streaming History/endsong_0.json": text(
                    old_extended(0), old_extended(2, ms_played=-1)
                ),
                "Spotify Extended Streaming History/Streaming_History_Video_2020.json": text(extended(4, **NEITHER)),
                "Spotify Extended Streaming History/ReadMeFirst.pdf": b"%PDF-1.7",
            }
        )
    )
    return path


def test_the_receipt_is_the_object_of_the_contract(call: Call, tmp_path: Path) -> None:
    path = export(tmp_path)
    answer = call("import", path, "--timezone", "Europe/Lisbon", "--json")
    receipt = answer.json
    assert answer.code == 0
    assert receipt.pop("run").startswith("000001-")
    assert receipt.pop("seconds") >= 0
    assert receipt == {
        "listener": "me",
        "timezone": "Europe/Lisbon",
        "files": 3,
        "rows": 6,
        "stored": 4,
        "duplicates": 1,
        "unreadable": 1,
        "failed_files": [],
        "ignored_files": [
            {
                "file": f"{path}/Spotify Extended Streaming History/ReadMeFirst.pdf",
                "reason": "a PDF: Spotify's explanation of the columns",
            }
        ],
        "by_kind": {"track": 2, "episode": 1, "audiobook": 0, "unknown": 1},
        "saved": {"playlists": 0, "playlist_tracks": 0, "saved_tracks": 0},
    }


def test_rows_not_stored_are_looked_up_by_file_and_row(call: Call, tmp_path: Path) -> None:
    path = export(tmp_path)
    run = call("import", path, "--json").json["run"]
    old = f"{path}/Spotify Extended Streaming History/endsong_0.json"
    new = f"{path}/Spotify Extended Streaming History/{AUDIO}"
    assert call("receipts", run, "--rows", "--json").json == {
        "run": run,
        "rows": [
            {"file": old, "row": 1, "outcome": "duplicate", "reason": f"the same row stands in {new}, row 1"},
            {"file": old, "row": 2, "outcome": "unreadable", "reason": 'ms_played is negative: "-1"'},
        ],
    }


def test_a_zone_given_for_somebody_known_is_said_to_change_nothing(call: Call, tmp_path: Path) -> None:
    words = ("import", export(tmp_path), "--json")
    assert call(*words, "--timezone", "Asia/Tokyo").err == ""
    assert call(*words, "--timezone", "Asia/Tokyo").err == ""
    assert call(*words).err == ""
    answer = call(*words, "--timezone", "UTC")
    assert answer.json["timezone"] == "Asia/Tokyo"
    assert answer.err == "groovelog: me lives in Asia/Tokyo; `groovelog listeners zone` changes that.\n"


def test_a_report_finds_a_name_composed_or_not(call: Call, tmp_path: Path) -> None:
    call("import", export(tmp_path), "--listener", "Jose\u0301")
    for name in ("Jose\u0301", "Jos\u00e9"):
        assert call("report", "overview", "--listener", name, "--json").json["listener"] == "Jos\u00e9"


def test_a_file_not_read_is_named_and_the_others_are_kept(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({AUDIO: text(extended(0)), "endsong_1.json": text(extended(1))[:-5]}))
    answer = call("import", path, "--json")
    reason = "cut short: the list of plays has no end"
    assert answer.code == 1
    assert answer.json["stored"] == 1
    assert answer.json["failed_files"] == [{"file": f"{path}/endsong_1.json", "reason": reason}]
    assert answer.err == f"groovelog: not read: {path}/endsong_1.json: {reason}\n"
    assert call("receipts", "--json").json["receipts"][0]["failed_files"] == answer.json["failed_files"]


def test_the_table_is_printed_although_a_file_failed(call: Call, tmp_path: Path) -> None:
    (tmp_path / AUDIO).write_bytes(text(extended(0)))
    answer = call("import", tmp_path / AUDIO, tmp_path / "nowhere.zip")
    assert answer.code == 1
    assert answer.out.startswith("Receipt 000001-")
    assert answer.err == f"groovelog: not read: {tmp_path}/nowhere.zip: there is no such file\n"


def test_addresses_user_names_and_agents_are_nowhere_in_the_home(call: Call, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    broken = old_extended(3, ms_played=None)
    path.write_bytes(
        zipped({"endsong_0.json": text(*map(old_extended, range(3)), broken), AUDIO: text(*map(extended, range(5, 8)))})
    )
    assert call("import", path, "--json").json["stored"] == 6
    stored = [path for path in sorted(home.rglob("*")) if path.is_file()]
    kept = b"".join(path.read_bytes() for path in stored)
    # Parquet packs its pages; so its rows are looked at as well.
    for path in stored:
        if path.suffix == ".parquet":
            kept += str(duckdb.sql(f"SELECT COLUMNS(*)::VARCHAR FROM '{path}'").fetchall()).encode()
    assert b"Title 1" in kept
    assert [word for word in (IP, OLD_IP, USER, AGENT) if word.encode() in kept] == []


@pytest.mark.parametrize("name", ["../../outside", "/etc/cron.d/x", "a" * 64, "'; DROP TABLE plays; --", "CON", "音"])
def test_a_listener_s_name_is_never_a_path(call: Call, home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / AUDIO).write_bytes(text(extended(0)))
    assert call("import", tmp_path / AUDIO, "--listener", name, "--json").json["listener"] == name
    assert sorted(path.name for path in tmp_path.iterdir()) == [AUDIO, "home"]
    assert sorted(path.name for path in home.iterdir()) == ["lake", "scratch"]
    assert not [path for path in home.rglob("*") if name in path.name]


@pytest.mark.parametrize("name", ["", "a" * 65, " a", "a\n", "a\x00b", "\u202ea", "\ud800"])
def test_what_cannot_be_a_name_is_refused(call: Call, home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / AUDIO).write_bytes(text(extended(0)))
    answer = call("import", tmp_path / AUDIO, "--listener", name, "--json")
    assert answer.code == 1
    assert "1 to 64 printable characters" in answer.json["error"]["message"]
    assert not home.exists()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "localtime", "Europe/Lisbon'"])
def test_what_cannot_be_a_zone_is_refused(call: Call, tmp_path: Path, zone: str) -> None:
    (tmp_path / AUDIO).write_bytes(text(extended(0)))
    answer = call("import", tmp_path / AUDIO, "--timezone", zone, "--json")
    assert answer.code == 1
    assert "There is no time zone" in answer.json["error"]["message"]


def test_a_home_that_is_a_file_is_said_to_be_of_no_use(call: Call, home: Path, tmp_path: Path) -> None:
    home.write_text("Milk")
    (tmp_path / AUDIO).write_bytes(text(extended(0)))
    answer = call("import", tmp_path / AUDIO)
    assert answer.code == 1
    assert answer.err == f"groovelog: The home folder {home} cannot be used: Not a directory\n"


def test_a_folder_that_may_not_be_read_is_named(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may read everything, so the system call's refusal is played.
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    (tmp_path / "in" / "closed").mkdir(parents=True)
    (tmp_path / "in" / AUDIO).write_bytes(text(extended(0)))
    monkeypatch.setattr(os, "scandir", refuse)
    answer = call("import", tmp_path / "in", "--json")
    assert answer.code == 1
    assert answer.json["stored"] == 1
    assert answer.json["failed_files"] == [{"file": f"{tmp_path}/in/closed", "reason": "Permission denied"}]


def test_the_second_of_two_imports_at_once_waits(home: Path, call: Call, tmp_path: Path) -> None:
    paths = []
    for number in range(2):
        paths.append(tmp_path / f"endsong_{number}.json")
        # Every second play is in both.
        paths[-1].write_bytes(
            text(*(extended(minute) for minute in range(600) if minute % 4 in (0, 2, number * 2 + 1)))
        )
    both = [started(home, "import", path, "--json") for path in paths]
    receipts = [ended(process).json for process in both]
    assert sorted(receipt["rows"] for receipt in receipts) == [450, 450]
    assert sorted(receipt["stored"] for receipt in receipts) == [150, 450]
    assert sorted(receipt["duplicates"] for receipt in receipts) == [0, 300]
    assert call("listeners", "list", "--json").json["listeners"][0]["plays"] == 600
    assert call("lake", "check", "--json").json["sound"]


def test_the_lake_keeps_paths_without_the_name_of_the_home_folder(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "jane doe"))
    folder = tmp_path / "jane doe" / "MyData"
    folder.mkdir(parents=True)
    row = {"ts": "2020-01-01T10:00:00Z", "ms_played": 60_000, "spotify_track_uri": "spotify:track:a"}
    (folder / "endsong_0.json").write_text(json.dumps([row, row, {**row, "ms_played": -1}]))
    (folder / "Payments.json").write_text("{}")
    told = call("import", folder, "--json").json
    assert told["ignored_files"][0]["file"] == str(folder / "Payments.json")
    kept = call("receipts", "--json").out + call("receipts", "--rows", "--json").out
    assert "~/MyData/endsong_0.json" in kept
    assert "~/MyData/Payments.json" in kept
    assert "jane" not in kept
