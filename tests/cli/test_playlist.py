"""`groovelog playlist`, as people and scripts call it."""

from pathlib import Path

import pytest

from calling import Call
from saved_files import playlist, playlists, track


@pytest.fixture
def export(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "Playlist1.json"
    path.write_bytes(playlists(playlist("Mix", track(1), track(2)), playlist("Run", track(2), track(1), track(1))))
    assert call("import", path, "--timezone", "Europe/Lisbon").code == 0
    return path


@pytest.mark.usefixtures("export")
def test_health_and_overlap_are_the_reports_of_that_name(call: Call) -> None:
    for word, columns in (
        ("health", "playlist_name,entries,tracks,duplicates"),
        ("overlap", "playlist_name,other_playlist"),
    ):
        told = call("playlist", word, "--json")
        assert (told.code, told.json) == (0, call("report", f"playlist-{word}", "--json").json)
        assert call("playlist", word, "--listener", "me", "--top", "1", "--format", "csv").out.startswith(columns)


@pytest.mark.usefixtures("export")
def test_people_read_a_table(call: Call, tmp_path: Path) -> None:
    assert "Health of playlists" in call("playlist", "health").out
    assert call("playlist", "overlap", "--output", tmp_path / "told.txt").out == ""
    assert "Mix" in (tmp_path / "told.txt").read_text()


def test_an_unknown_listener_is_a_failure(call: Call) -> None:
    answer = call("playlist", "health", "--listener", "zoe", "--json")
    assert answer.code == 1
    assert "zoe" in answer.json["error"]["message"]
