"""The zips stand up to a reader of their own: real keys, real names, real oddities, and the truth beside them."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from spotify_files import Files, Rows, account_rows, extended_rows, files_of, is_readable

from groovelog.demo.export import Invented, write_exports
from groovelog.demo.habits import Packing
from groovelog.demo.lens import with_repeats
from groovelog.demo.members import account_place, extended_place
from groovelog.demo.people import JUNO, ORRIN

NAMES_OF_ALL = ("Mara", "Orrin", "Juno")
BEFORE = ("platform", "ms_played", "conn_country")
NAMES = (
    "master_metadata_track_name",
    "master_metadata_album_artist_name",
    "master_metadata_album_album_name",
    "spotify_track_uri",
    "episode_name",
    "episode_show_name",
    "spotify_episode_uri",
)
BOOK = ("audiobook_title", "audiobook_uri", "audiobook_chapter_uri", "audiobook_chapter_title")
AFTER = ("reason_start", "reason_end", "shuffle", "skipped", "offline", "offline_timestamp", "incognito_mode")
NEW_KEYS = ("ts", *BEFORE, "ip_addr", *NAMES, *BOOK, *AFTER)
OLD_KEYS = ("ts", "username", *BEFORE, "ip_addr_decrypted", "user_agent_decrypted", *NAMES, *AFTER)


@pytest.mark.parametrize(("name", "keys"), [("Mara", NEW_KEYS), ("Juno", NEW_KEYS), ("Orrin", OLD_KEYS)])
def test_rows_have_the_real_keys_in_order(files: dict[str, Files], name: str, keys: tuple[str, ...]) -> None:
    assert {tuple(row) for row in extended_rows(files[name])} == {keys}


def test_account_rows_have_the_real_keys(files: dict[str, Files]) -> None:
    assert {tuple(row) for row in account_rows(files["Mara"])} == {
        ("endTime", "artistName", "trackName", "msPlayed"),
        ("endTime", "podcastName", "episodeName", "msPlayed"),
        ("endTime", "audiobookName", "authorName", "msPlayed"),
    }


def test_files_are_named_as_spotify_names_them(files: dict[str, Files]) -> None:
    mara = [name.removeprefix("my_spotify_data.zip/Spotify Extended Streaming History/") for name in files["Mara"]]
    assert mara[:7] == [
        "Streaming_History_Audio_2017-2019_0.json",
        "Streaming_History_Audio_2019-2021_1.json",
        "Streaming_History_Audio_2021-2023_2.json",
        "Streaming_History_Audio_2023-2025_3.json",
        "Streaming_History_Audio_2025-2026_4.json",
        "Streaming_History_Video_2022-2026.json",
        "ReadMeFirst_ExtendedStreamingHistory.pdf",
    ]
    assert {name for name in files["Orrin"] if "History" in name or "endsong" in name} >= {
        "my_spotify_data.zip/MyData/endsong_0.json",
        "my_spotify_data (1).zip/MyData/StreamingHistory0.json",
    }
    assert all(name.startswith("everything_from_spotify.zip/my_spotify_data") for name in files["Juno"])


@pytest.mark.parametrize("name", NAMES_OF_ALL)
def test_files_not_to_be_read_are_there_and_plainly_invented(files: dict[str, Files], name: str) -> None:
    for file in ("Userdata", "Identity", "Follow", "Inferences", "SearchQueries", "Payments"):
        content = next(content for path, content in files[name].items() if path.endswith(f"/{file}.json"))
        assert "nvented" in json.dumps(content) or "INVENTED" in json.dumps(content)


@pytest.mark.parametrize("name", NAMES_OF_ALL)
def test_addresses_and_users_are_nobodys(files: dict[str, Files], name: str) -> None:
    for row in extended_rows(files[name]):
        assert (row.get("ip_addr") or row["ip_addr_decrypted"]).startswith("192.0.2.")
        assert row.get("username", "invented-").startswith("invented-")


@pytest.mark.parametrize("name", NAMES_OF_ALL)
def test_the_truth_is_what_a_plain_recount_finds(
    exports: dict[str, Invented], files: dict[str, Files], name: str
) -> None:
    truth = exports[name].truth
    rows = list(extended_rows(files[name]))
    readable = [json.dumps(row) for row in rows if is_readable(row)]
    account = list(account_rows(files[name]))
    assert truth.rows == len(rows) + len(account)
    assert truth.unreadable == len(rows) - len(readable)
    assert truth.duplicates == len(readable) - len(set(readable)) > 0
    assert truth.stored == len(set(readable)) + len(account) == sum(truth.by_kind.values())
    assert truth.plays == len(set(readable)) + truth.account_only
    assert truth.joined + truth.account_only == len(account)
    assert {file.file: file.rows for file in truth.files} == {
        path: len(content) for path, content in files[name].items() if "History" in path and isinstance(content, list)
    } | {path: len(content) for path, content in files[name].items() if "/endsong_" in path}


@pytest.mark.parametrize(("name", "account_only"), [("Mara", False), ("Orrin", False), ("Juno", True)])
def test_account_rows_have_their_twins(
    exports: dict[str, Invented], files: dict[str, Files], plays: dict[str, Rows], name: str, account_only: bool
) -> None:
    """Same minute, same names, same length; only Juno's account data are newer than the extended export."""
    twins = {
        (
            row["ts"][:16].replace("T", " "),
            row["master_metadata_track_name"] or row["episode_name"] or row.get("audiobook_title"),
            row["ms_played"],
        )
        for row in plays[name]
    }
    account = [
        (row["endTime"], row.get("trackName") or row.get("episodeName") or row.get("audiobookName"), row["msPlayed"])
        for row in account_rows(files[name])
    ]
    alone = [row for row in account if row not in twins]
    assert len(account) == len(set(account))
    assert len(alone) == exports[name].truth.account_only
    assert bool(alone) == account_only
    assert all(end_time >= "2026-11-17" for end_time, _, _ in alone)


def test_the_oddities_of_real_exports_are_there(files: dict[str, Files]) -> None:
    rows = [row for row in extended_rows(files["Mara"]) if is_readable(row)]
    clocks = {
        (row["ts"][:4], len(str(row["offline_timestamp"]))) for row in rows if row["offline_timestamp"] is not None
    }
    assert {("2017", 1), ("2018", 13), ("2022", 13), ("2023", 10), ("2026", 10)} <= clocks
    assert {row["skipped"] for row in rows if row["ts"] < "2020"} == {None}
    assert {row["skipped"] for row in rows if row["ts"] > "2020"} == {True, False}
    nameless = [row for row in rows if row["spotify_track_uri"] and not row["master_metadata_track_name"]]
    untold = [row for row in rows if not any(row[key] for key in (*NAMES, "audiobook_uri"))]
    assert min(len(nameless), len(untold)) >= 3
    named = {row["spotify_track_uri"] for row in rows if row["master_metadata_track_name"]}
    assert all(row["spotify_track_uri"] in named for row in nameless)
    assert {row["incognito_mode"] for row in rows} == {True, False}
    assert any(row["audiobook_title"] for row in rows)
    assert any(row["episode_name"] for row in rows)
    assert any(row["ms_played"] == 0 for row in rows)
    assert any(row["reason_start"] == "switched-to-video" for row in rows)


def test_three_plays_uploaded_at_once_differ_in_the_devices_clock_alone(files: dict[str, Files]) -> None:
    without_clock: dict[str, set[int]] = {}
    for row in (row for row in extended_rows(files["Mara"]) if row["offline"]):
        rest = json.dumps({key: value for key, value in row.items() if key not in ("offline_timestamp", "ip_addr")})
        without_clock.setdefault(rest, set()).add(row["offline_timestamp"])
    assert [len(clocks) for clocks in without_clock.values() if len(clocks) > 1] == [3]


def test_the_newest_plays_are_of_the_week_before_the_end(plays: dict[str, Rows]) -> None:
    assert all("2026-11-16" < max(row["ts"] for row in rows) < "2026-11-23" for rows in plays.values())


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    once, again = (
        write_exports(tmp_path / run, end=date(2020, 6, 1), people=[ORRIN], seed=3)[0] for run in ("once", "again")
    )
    assert once.truth == again.truth
    assert [path.read_bytes() for path in once.paths] == [path.read_bytes() for path in again.paths]


def test_a_run_some_days_later_shows_the_same_plays_and_more(tmp_path: Path) -> None:
    """The demo can be run again: what was imported is known, and only the new days come."""

    def sound_rows(end: date) -> set[str]:
        (juno,) = write_exports(tmp_path, end=end, people=[JUNO])
        return {json.dumps(row) for row in extended_rows(files_of(juno.paths)) if is_readable(row)}

    first, later = sound_rows(date(2022, 2, 1)), sound_rows(date(2022, 2, 9))
    assert first < later
    assert {json.loads(row)["ts"][:10] for row in later - first} >= {"2022-01-27", "2022-02-02"}


def test_repeated_rows_by_hand() -> None:
    # Three of eight rows stand twice (places 2, 4, 6), after the last two of the file before.
    shown = with_repeats(np.arange(10, 18), np.array([7, 8, 9]))
    assert shown.tolist() == [8, 9, 10, 11, 12, 12, 13, 14, 14, 15, 16, 16, 17]


def test_places_in_zips() -> None:
    assert extended_place(Packing()) == "my_spotify_data.zip/Spotify Extended Streaming History"
    assert account_place(Packing(nested=True)) == (
        "everything_from_spotify.zip/my_spotify_data (1).zip/Spotify Account Data"
    )
