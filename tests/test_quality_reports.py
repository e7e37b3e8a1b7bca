"""From files to the reports of sources, playlists and the library, through the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from calling import Call
from groovelog.metrics.quality import FILE_CHECKS, PLAYS_CHECKS, STORED_CHECKS
from scrobbles import lastfm
from spotify_export import account, extended

ROOT = Path(__file__).parent.parent
PLAYLISTS = {
    "playlists": [
        {
            "name": "Morning",
            "lastModifiedDate": "2024-05-06",
            "items": [
                {
                    "track": {"trackName": "Song", "artistName": "Band", "albumName": "Album", "trackUri": "spotify:track:1"},
                    "addedDate": "2024-05-01",
                },
                {"episode": {"episodeName": "Talk", "showName": "Show", "episodeUri": "spotify:episode:1"},
                 "addedDate": "2024-05-06"},
            ],
        }
    ]
}  # fmt: skip
LIBRARY = {"tracks": [{"artist": "Band", "album": "Album", "track": "Song", "uri": "spotify:track:1"}], "albums": []}
FILES = {
    "Streaming_History_Audio_2020_0.json": [
        extended(),
        extended(2),
        extended(2),  # known from the row before
        extended(9, ts="1970-01-01T00:00:00Z"),
        extended(9, ts="2999-01-01T00:00:00Z"),
        extended(9, ts="yesterday"),
    ],
    "StreamingHistory_music_0.json": [account(), account(9, endTime="1970-01-01 00:00")],
    "recenttracks-somebody-1.json": [lastfm(), lastfm(1), lastfm("yesterday")],
    "Playlist1.json": PLAYLISTS,
    "YourLibrary.json": LIBRARY,
}


@pytest.fixture
def asked(call: Call, tmp_path: Path) -> Call:
    """Reports of a home into which all of FILES was imported."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(json.dumps(content))
    assert call("import", folder, "--timezone", "UTC").code == 0
    return lambda *words: call("report", *words)


def rows(asked: Call, *words: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = asked(*words, "--json").json["rows"]
    return told


def test_what_readers_refuse_for_its_time_is_told_apart(asked: Call) -> None:
    faults = ("unreadable", "before the first day", "in the future", "no time")
    found = {(row["source"], row["check"]): row["rows"] for row in rows(asked, "data-quality")}
    assert [found["spotify_extended", check] for check in faults] == [3, 1, 1, 1]
    assert [found["spotify_account", check] for check in faults] == [1, 1, 0, 0]
    # 1 is a second of 1970, before there was a Last.fm
    assert [found["lastfm", check] for check in faults] == [2, 1, 0, 1]
    assert found["spotify_extended", "known"] == 1


def test_sources_and_runs_add_up(asked: Call) -> None:
    # All three tell of the first play; extended history alone of the second.
    told = {row["source"]: (row["rows"], row["plays"], row["plays_alone"]) for row in rows(asked, "sources")}
    assert told == {"lastfm": (1, 1, 0), "spotify_account": (1, 1, 0), "spotify_extended": (2, 2, 1)}
    runs = rows(asked, "sources-by-run")
    assert [row["source"] for row in runs] == [
        "lastfm", "spotify_account", "spotify_extended", "spotify_library", "spotify_playlists",
    ]  # fmt: skip
    assert all(row["rows"] == row["stored"] + row["duplicates"] + row["unreadable"] for row in runs)
    assert [row["stored"] for row in runs] == [1, 1, 2, 0, 0]


def test_playlists_and_library(asked: Call) -> None:
    (playlist,) = rows(asked, "playlist-list")
    assert (playlist["playlist_name"], playlist["entries"]) == ("Morning", 2)
    assert (playlist["first_added"], playlist["last_added"]) == ("2024-05-01", "2024-05-06")
    assert [(row["track_name"], row["added_on"]) for row in rows(asked, "playlist-tracks")] == [
        ("Song", "2024-05-01"), ("Talk", "2024-05-06"),
    ]  # fmt: skip
    assert [(row["track_name"], row["track_uri"]) for row in rows(asked, "library")] == [("Song", "spotify:track:1")]


def test_a_table_too_wide_is_cut_and_names_its_rows_again(asked: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = asked("sources").out.splitlines()
    assert max(map(len, lines)) <= 80
    shown = [line.split() for line in lines if line.strip().startswith("spotify_extended")]
    assert len(shown) > 1
    assert shown[0][:4] == ["spotify_extended", "2", "2", "1"]
    assert lines[-1].strip() == "Source rows stored: 4."
    monkeypatch.setenv("COLUMNS", "200")
    assert sum(line.strip().startswith("spotify_extended") for line in asked("sources").out.splitlines()) == 1


def test_tables_tell_shares_and_leave_addresses_to_programs(asked: Call) -> None:
    shown = [line.split() for line in asked("data-quality").out.splitlines()]
    assert ["spotify_extended", "known", "1", "6", "16.7", "%"] in shown
    assert "spotify:track:1" not in asked("library").out
    assert "Entries kept of all states of playlists: 2." in asked("playlist-tracks").out


def test_an_option_that_a_report_does_not_take_is_refused(asked: Call) -> None:
    refused = asked("data-quality", "--count", "all")
    assert refused.code == 1
    assert "The report data-quality has no count. It takes listener." in refused.err


def test_every_check_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for check in (*STORED_CHECKS, *FILE_CHECKS, *PLAYS_CHECKS):
        assert f"| {check} |" in glossary
