"""`groovelog plays explain`, as people and scripts call it."""

import json
from pathlib import Path

import pytest

from calling import Call
from scrobbles import dumped, lastfm, lastfm_page
from spotify_export import AUDIO, START, extended, text


@pytest.fixture
def play(call: Call, tmp_path: Path) -> str:
    """The id of a play of 30 s that two files tell: Spotify says that it ended at 10:00, Last.fm that it began then."""
    (tmp_path / AUDIO).write_bytes(text(extended()))
    (tmp_path / "recent.json").write_bytes(dumped(lastfm_page([lastfm(START, "Title 0", "Artist")])))
    assert call("import", tmp_path / AUDIO, tmp_path / "recent.json", "--timezone", "Europe/Lisbon").code == 0
    assert call("export", "--listener", "me", "--format", "jsonl", "--output", tmp_path / "out").code == 0
    (line,) = next((tmp_path / "out").rglob("plays*.jsonl")).read_text().splitlines()
    return str(json.loads(line)["play_id"])


def test_people_read_which_file_said_what(call: Call, play: str) -> None:
    answer = call("plays", "explain", play)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[:2] == [
        f"Play {play} of me: Title 0 / Artist / Album",
        "  2020-01-01, 9 h in Europe/Lisbon; began 2020-01-01 09:59:30 UTC, ended 2020-01-01 10:00:00 UTC, ran 30.0 s",
    ]
    assert lines[3].startswith("1. Spotify extended streaming history: the most trusted row")
    assert lines[4].endswith(f"{AUDIO}, row 1")
    assert lines[7].startswith("2. Last.fm scrobbles: the same names, ")
    assert lines[8].endswith("recent.json, row 1")


def test_a_script_gets_every_row(call: Call, play: str) -> None:
    (found,) = call("plays", "explain", play, "--json").json["plays"]
    assert (found["play_id"], found["listener"], found["sources"]) == (play, "me", "spotify_extended+lastfm")
    assert found["started_at"] == "2020-01-01T09:59:30Z"
    assert [(row["source"], row["row"]) for row in found["rows"]] == [("spotify_extended", 1), ("lastfm", 1)]
    assert found["rows"][1]["said"]["started_at"] == "2020-01-01T10:00:00Z"


def test_an_unknown_play_is_a_failure(call: Call) -> None:
    answer = call("plays", "explain", "0000000000000001")
    assert answer.code == 1
    assert answer.err.startswith("groovelog: There is no play 0000000000000001. A play's id is the 16 hex digits")
