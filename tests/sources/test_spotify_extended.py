"""Extended streaming history: every quirk that its exports are known for."""

from pathlib import Path
from typing import Any, ClassVar

import pytest
from contract import SourceContract, json_list
from reading import read_bytes, utc

from groovelog.sources.spotify_extended import SPOTIFY_EXTENDED
from scrobbles import iso
from spotify_export import NAMELESS, NEITHER, Row, extended, old_extended, text


def told_row(at: Any, title: Any = "Title", artist: Any = "Artist") -> Row:
    names = {"master_metadata_track_name": title, "master_metadata_album_artist_name": artist}
    return extended(0, ts=iso(at), spotify_track_uri=None, **names)


class TestSpotifyExtended(SourceContract):
    source = SPOTIFY_EXTENDED
    forms: ClassVar = {"a list": json_list}
    row = staticmethod(told_row)
    told: ClassVar = (
        (
            old_extended(0, conn_country="", reason_end=None, skipped=None, shuffle=1, ms_played=0),
            {
                "kind": "track",
                "started_at": utc(2020, 1, 1, 10),
                "stopped_at": utc(2020, 1, 1, 10),
                "ms_played": 0,
                "track_uri": "spotify:track:0000000000000000000000",
                "track_name": "Title 0",
                "artist_name": "Artist",
                "album_name": "Album",
                "platform": "android",
                "reason_start": "clickrow",
                "shuffle": True,
                "offline": False,
                "incognito": False,
            },
        ),
    )


def only_row(row: Row, folder: Path) -> dict[str, Any]:
    # A sound row beside it, so that the file is known for what it is.
    told, _ = read_bytes(text(row, extended(9)), folder).rows
    return told


def test_a_row_of_a_newer_export(tmp_path: Path) -> None:
    row = only_row(extended(0, ms_played=90_500, offline_timestamp=1_577_872_710, skipped=True), tmp_path)
    row.pop("row_key")
    assert row == {
        "file_no": 1,
        "source": "spotify_extended",
        "fault": None,
        "together": None,
        "kind": "track",
        "started_at": utc(2020, 1, 1, 9, 58, 29, 500_000),
        "stopped_at": utc(2020, 1, 1, 10),
        "played_at": None,
        "ms_played": 90_500,
        "length_ms": None,
        "track_uri": "spotify:track:0000000000000000000000",
        "track_name": "Title 0",
        "artist_name": "Artist",
        "album_name": "Album",
        "credited_artists": None,
        "isrc": None,
        "episode_uri": None,
        "episode_name": None,
        "show_name": None,
        "audiobook_uri": None,
        "audiobook_title": None,
        "author_name": None,
        "chapter_uri": None,
        "chapter_title": None,
        "platform": "android",
        "context_uri": None,
        "country": "PT",
        "reason_start": "clickrow",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": True,
        "offline": False,
        "offline_at": utc(2020, 1, 1, 9, 58, 30),
        "incognito": False,
    }


def test_a_row_of_an_older_export_is_the_same_play(tmp_path: Path) -> None:
    assert only_row(old_extended(0), tmp_path) == only_row(extended(0), tmp_path)


@pytest.mark.parametrize(
    ("told", "instant"),
    [
        (1_512_420_608_296, utc(2017, 12, 4, 20, 50, 8, 296_000)),  # milliseconds until 2022
        (1_687_026_369, utc(2023, 6, 17, 18, 26, 9)),  # seconds from 2023
        ("1687026369", utc(2023, 6, 17, 18, 26, 9)),
        (0, None),
        (None, None),
        ("", None),
        (-5, None),
    ],
)
def test_the_device_clock_changed_its_unit(told: object, instant: object, tmp_path: Path) -> None:
    assert only_row(extended(0, offline_timestamp=told), tmp_path)["offline_at"] == instant


def test_seconds_and_milliseconds_of_one_moment_are_one_identity(tmp_path: Path) -> None:
    seconds = only_row(extended(0, offline_timestamp=1_687_026_369), tmp_path)
    assert only_row(extended(0, offline_timestamp=1_687_026_369_000), tmp_path) == seconds


@pytest.mark.parametrize(("told", "skipped"), [(None, None), (0, False), (1, True), (False, False), (True, True)])
def test_skipped_is_null_or_a_number_in_some_years(told: object, skipped: bool | None, tmp_path: Path) -> None:
    assert only_row(extended(0, skipped=told), tmp_path)["skipped"] is skipped


EPISODE = {"episode_name": "Talk", "episode_show_name": "Show", "spotify_episode_uri": "spotify:episode:1"}
BOOK = {"audiobook_title": "Novel", "audiobook_uri": "spotify:show:1", "audiobook_chapter_title": "One"}


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({}, "track"),
        ({**NEITHER, **EPISODE}, "episode"),
        ({**NEITHER, **BOOK}, "audiobook"),
        (BOOK, "audiobook"),  # rows of audiobooks may carry a track URI as well
        ({**EPISODE, **BOOK}, "audiobook"),
        (EPISODE, "episode"),
        ({**NEITHER, "audiobook_chapter_uri": "spotify:episode:2"}, "audiobook"),
        ({**NEITHER, "spotify_episode_uri": "spotify:episode:1"}, "episode"),
        (NAMELESS, "track"),
        ({"spotify_track_uri": None}, "track"),
        (NEITHER, "unknown"),
        (dict.fromkeys(NEITHER, ""), "unknown"),
    ],
)
def test_the_kind_is_the_first_of_audiobook_episode_track(other: Row, kind: str, tmp_path: Path) -> None:
    row = only_row(extended(0, **other), tmp_path)
    assert (row["fault"], row["kind"]) == (None, kind)


def test_incognito_plays_are_kept_and_marked(tmp_path: Path) -> None:
    row = only_row(extended(0, incognito_mode=True), tmp_path)
    assert (row["fault"], row["incognito"]) == (None, True)


def test_null_and_no_text_are_one_identity(tmp_path: Path) -> None:
    assert only_row(extended(0, reason_end=""), tmp_path) == only_row(extended(0, reason_end=None), tmp_path)


def test_what_is_private_is_no_part_of_the_identity(tmp_path: Path) -> None:
    elsewhere = extended(0, ip_addr="192.0.2.1", username="other", user_agent_decrypted="x")
    assert only_row(elsewhere, tmp_path) == only_row(extended(0), tmp_path)


@pytest.mark.parametrize(
    ("told", "instant"),
    [
        ("2020-01-01T10:00:00Z", utc(2020, 1, 1, 10)),
        ("2020-01-01T10:00:00", utc(2020, 1, 1, 10)),
        ("2020-01-01 10:00", utc(2020, 1, 1, 10)),
        ("2020-01-01T10:00:00+02:00", utc(2020, 1, 1, 8)),
        ("2020-01-01T10:00:00 -0330", utc(2020, 1, 1, 13, 30)),
        ("2020-01-01T00:30:00+01", utc(2019, 12, 31, 23, 30)),
        ("2020-01-01t10:00:00.25z", utc(2020, 1, 1, 10, 0, 0, 250_000)),
        ("2006-01-01T00:00:00Z", utc(2006, 1, 1)),
        ("2006-01-01T00:59:59+01:00", None),
        ("2026-11-23T12:00:00Z", utc(2026, 11, 23, 12)),  # a day ahead of the clock of these tests
        ("2026-11-23T12:00:01Z", None),
        ("2020-01-01T10:00:00 Europe/Berlin", None),
        ("2020-01-01T10:00:00+99:00", None),
        ("01.01.2020 10:00:00", None),
        (1_577_872_800, None),
    ],
)
def test_a_time_with_an_offset_is_converted_and_one_without_is_utc(
    told: object, instant: object, tmp_path: Path
) -> None:
    row = only_row(extended(0, ts=told), tmp_path)
    assert (row["stopped_at"] if row["fault"] is None else None) == instant


def test_rows_of_a_long_file_keep_their_order(tmp_path: Path) -> None:
    # 40 MB: DuckDB reads it in several pieces at once.
    rows = read_bytes(
        text(*(extended(n % 1440, ms_played=n, platform="x" * 1000) for n in range(25_000))), tmp_path
    ).rows
    assert [row["ms_played"] for row in rows] == list(range(25_000))
