"""Account data: music, podcasts and audiobooks, and the old files that mixed them."""

from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from contract import SourceContract, json_list
from reading import read, read_bytes, utc

from groovelog.sources.spotify_account import SPOTIFY_ACCOUNT
from spotify_export import Row, account, text


def told_row(at: Any, title: Any = "Title", artist: Any = "Artist") -> Row:
    end = f"{at:%Y-%m-%d %H:%M}" if isinstance(at, datetime) else at
    return account(0, endTime=end, trackName=title, artistName=artist)


class TestSpotifyAccount(SourceContract):
    source = SPOTIFY_ACCOUNT
    forms: ClassVar = {"a list": json_list}
    row = staticmethod(told_row)
    told: ClassVar = (
        (
            account(0, msPlayed=90_500),
            {
                "kind": "track",
                "started_at": utc(2020, 1, 1, 9, 58, 29, 500_000),
                "stopped_at": utc(2020, 1, 1, 10),
                "ms_played": 90_500,
                "track_name": "Title 0",
                "artist_name": "Artist",
            },
        ),
    )


PODCAST = {"endTime": "2020-01-01 10:01", "podcastName": "Show", "episodeName": "Talk", "msPlayed": 60_000}
BOOK = {"endTime": "2020-01-01 10:02", "audiobookName": "Novel", "authorName": "Author", "msPlayed": 60_000}


@pytest.mark.parametrize(
    "names",
    [
        ("StreamingHistory_music_0.json", "StreamingHistory_podcast_0.json", "StreamingHistory_audiobook_0.json"),
        ("StreamingHistory0.json", "StreamingHistory1.json", "StreamingHistory2.json"),
        ("a.json", "b.json", "c.txt"),
    ],
)
def test_kinds_are_told_by_content_whatever_the_name(names: tuple[str, ...], tmp_path: Path) -> None:
    paths = [tmp_path / name for name in names]
    for path, row in zip(paths, (account(0), PODCAST, BOOK), strict=True):
        path.write_bytes(text(row))
    music, talk, novel = read(*paths, scratch=tmp_path / "scratch").rows
    assert {row["source"] for row in (music, talk, novel)} == {"spotify_account"}
    assert (music["kind"], music["artist_name"], music["track_name"]) == ("track", "Artist", "Title 0")
    assert (talk["kind"], talk["show_name"], talk["episode_name"]) == ("episode", "Show", "Talk")
    assert (novel["kind"], novel["author_name"], novel["audiobook_title"]) == ("audiobook", "Author", "Novel")


def test_the_stop_is_told_to_the_minute(tmp_path: Path) -> None:
    (row,) = read_bytes(text(account(0, msPlayed=61_000)), tmp_path).rows
    assert row["stopped_at"] == utc(2020, 1, 1, 10)
    assert row["started_at"] == utc(2020, 1, 1, 9, 58, 59)


def test_unknown_tracks_and_plays_of_no_length_are_kept(tmp_path: Path) -> None:
    rows = read_bytes(
        text(account(0, artistName="Unknown Artist", trackName="Unknown Track", msPlayed=0)), tmp_path
    ).rows
    assert [(row["fault"], row["kind"], row["track_name"]) for row in rows] == [(None, "track", "Unknown Track")]


def test_rows_of_one_minute_are_several(tmp_path: Path) -> None:
    rows = read_bytes(text(account(0), account(0, trackName="Other")), tmp_path).rows
    assert len({row["row_key"] for row in rows}) == 2


def test_a_row_without_names_is_of_no_known_kind(tmp_path: Path) -> None:
    _, row = read_bytes(text(account(0), account(1, artistName=None, trackName="")), tmp_path).rows
    assert (row["fault"], row["kind"]) == (None, "unknown")
