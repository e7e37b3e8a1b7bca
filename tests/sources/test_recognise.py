"""Recognising files by their content; names tell only what to expect."""

from pathlib import Path

import pytest

from groovelog.sources.archives import Archives
from groovelog.sources.find import find
from groovelog.sources.found import Unusable
from groovelog.sources.recognise import Verdict, recognise
from groovelog.sources.spotify_account import SPOTIFY_ACCOUNT
from groovelog.sources.spotify_extended import SPOTIFY_EXTENDED
from spotify_export import account, extended, old_extended, text


def verdict(name: str, content: bytes, folder: Path) -> Verdict:
    path = folder / name
    path.write_bytes(content)
    (file,) = find([path], folder, Archives())[0]
    return recognise(file)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Streaming_History_Audio_2020_3.json", text(extended())),
        ("Streaming_History_Video_2022-2025.json", text(extended())),
        ("endsong_0.json", text(old_extended())),
        ("StreamingHistory0.json", text(extended())),
        ("Playlist1.json", text(extended())),
        ("notes.txt", b"\n\n" + text(extended())),
        ("x.json", text({"odd": None}, extended())),
        ("x.json", text({"ts": None, "ms_played": None})),
        ("x.json", text(extended(platform="x" * 1_000_000))),
        ("x.json", text({"pad": "x" * 1_000_000, **extended()})),
    ],
)
def test_extended_history(name: str, content: bytes, tmp_path: Path) -> None:
    assert verdict(name, content, tmp_path) == Verdict(source=SPOTIFY_EXTENDED)


@pytest.mark.parametrize("name", ["StreamingHistory_music_0.json", "endsong_0.json", "x"])
def test_account_data(name: str, tmp_path: Path) -> None:
    assert verdict(name, text(account()), tmp_path) == Verdict(source=SPOTIFY_ACCOUNT)


@pytest.mark.parametrize("name", ["endsong_0.json", "x.json"])
def test_a_list_without_rows(name: str, tmp_path: Path) -> None:
    assert verdict(name, b"\xef\xbb\xbf[ ]\n", tmp_path) == Verdict(empty=True)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("Follow.json", b'{"userIsFollowing": []}', "personal, and not about plays: not read"),
        ("SearchQueries.json", b"[]", "personal, and not about plays: not read"),
        ("user.json", b'{"user_id": 1, "username": "planted"}', "the name of the account: not read"),
        (
            "feedback.jsonl",
            b'{"recording_mbid": "x", "score": 1, "created": 1}',
            "loved and hated recordings: not plays",
        ),
        ("pinned_recording.jsonl", b'{"recording_mbid": "x"}', "pinned recordings: not plays"),
        ("lovedtracks-x-1.csv", b"uts,utc_time,artist,track\n1,,A,B\n", "a list of favourites: not plays"),
        ("ReadMeFirst.pdf", b"%PDF", "a PDF: Spotify's explanation of the columns"),
        (".DS_Store", b"\x00", "made by the file manager"),
        ("._Streaming_History_Audio_2020_0.json", b"\x00\x05\x16\x07\x00\x02", "made by the file manager"),
    ],
)
def test_what_stands_beside_histories_is_expected(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    assert verdict(name, content, tmp_path) == Verdict(ignored=reason, expected=True)


def test_what_is_not_known_is_said(tmp_path: Path) -> None:
    assert verdict("x.json", b'[{"a": 1}, {"b": 2}]', tmp_path).ignored == "not recognised: JSON with the keys a, b"
    assert verdict("x.csv", b"a,b", tmp_path) == Verdict(ignored="not recognised: a table with the columns a, b")
    assert verdict("x", b"", tmp_path).ignored == "not recognised: an empty file"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("endsong_0.json", b""),
        ("Streaming_History_Audio_2020.json", b"<html>"),
        ("StreamingHistory0.json", b'{"endTime": "2020-01-01 10:00", "msPlayed": 1}'),
        ("plays.json", b'{"plays": [{"ts": "2020-01-01T10:00:00Z", "ms_played": 1}]}'),
    ],
)
def test_a_history_that_cannot_be_one_is_a_failure(name: str, content: bytes, tmp_path: Path) -> None:
    with pytest.raises(Unusable):
        verdict(name, content, tmp_path)
