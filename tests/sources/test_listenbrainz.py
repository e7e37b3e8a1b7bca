"""ListenBrainz: what programs add to a listen, and the forms that listens come in."""

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
from contract import SourceContract, said, verdict
from reading import read, read_bytes, utc

from groovelog.sources.listenbrainz import LISTENBRAINZ
from scrobbles import LISTENBRAINZ_FORMS, TRACK_ID, dumped, lines, listenbrainz, moment
from spotify_export import zipped

URI = f"spotify:track:{TRACK_ID}"
MAPPING = {
    "recording_name": "Title",
    "artists": [
        {"artist_mbid": "0988", "join_phrase": " feat. ", "artist_credit_name": "Carly Rae Jepsen"},
        {"artist_mbid": "f9a1", "join_phrase": "", "artist_credit_name": "Rufus Wainwright"},
    ],
}


class TestListenbrainz(SourceContract):
    source = LISTENBRAINZ
    forms = LISTENBRAINZ_FORMS
    open_ended = frozenset({"lines"})
    row = staticmethod(listenbrainz)
    told: ClassVar = (
        (
            listenbrainz(
                1_749_780_795,
                artist="Carly Rae Jepsen feat. Rufus Wainwright",
                info={
                    "duration_ms": 274_000,
                    "duration_played": 90.5,
                    "isrc": "USUM72213988",
                    "media_player": "Spotify",
                    "music_service": "spotify.com",
                    "submission_client": "x",
                    "spotify_id": f"https://open.spotify.com/track/{TRACK_ID}",
                },
                mapping=MAPPING,
            ),
            {
                "kind": "track",
                "started_at": utc(2025, 6, 13, 2, 13, 15),
                "stopped_at": utc(2025, 6, 13, 2, 14, 45, 500_000),
                "ms_played": 90_500,
                "length_ms": 274_000,
                "track_uri": URI,
                "track_name": "Title",
                "artist_name": "Carly Rae Jepsen feat. Rufus Wainwright",
                "album_name": "Album",
                "credited_artists": "Carly Rae Jepsen\nRufus Wainwright",
                "isrc": "USUM72213988",
                "platform": "Spotify",
            },
        ),
        (
            listenbrainz(1_749_780_612.25, album=None, info={}),
            {
                "kind": "track",
                "started_at": utc(2025, 6, 13, 2, 10, 12, 250_000),
                "track_name": "Title",
                "artist_name": "Artist",
            },
        ),
    )


def only(listen: Any, folder: Path) -> dict[str, Any]:
    (row, _) = said(lines([listen, listenbrainz()]), folder)
    return row


@pytest.mark.parametrize(
    ("info", "column", "told"),
    [
        ({"duration": 245}, "length_ms", 245_000),
        ({"duration": "245.5"}, "length_ms", 245_500),
        ({"duration_ms": "245000"}, "length_ms", 245_000),
        ({"duration_ms": 0, "duration": 3}, "length_ms", None),
        ({"duration": "long"}, "length_ms", None),
        ({"duration": 1e300}, "length_ms", None),
        ({"duration": [3]}, "length_ms", None),
        ({"duration_ms": -5}, "length_ms", None),
        ({"duration_ms": 8 * 86_400_000}, "length_ms", None),
        ({"duration_played": 0}, "ms_played", None),
        ({"duration_played": -1}, "ms_played", None),
        ({"duration_played": None}, "ms_played", None),
        ({"duration_played": "30"}, "ms_played", 30_000),
        ({"spotify_id": TRACK_ID}, "track_uri", None),
        ({"spotify_id": URI}, "track_uri", URI),
        ({"spotify_id": f"https://open.spotify.com/intl-pt/track/{TRACK_ID}?si=x"}, "track_uri", URI),
        ({"origin_url": f"http://open.spotify.com/track/{TRACK_ID}"}, "track_uri", URI),
        ({"spotify_id": 7, "origin_url": f"https://open.spotify.com/track/{TRACK_ID}"}, "track_uri", URI),
        ({"origin_url": "https://open.spotify.com/episode/0000000000000000000001"}, "track_uri", None),
        ({"origin_url": f"https://open.spotify.com/track/{TRACK_ID}9"}, "track_uri", None),
        ({"origin_url": f"https://example.org/track/{TRACK_ID}"}, "track_uri", None),
        ({"isrc": ["USUM72213988"]}, "isrc", None),
        ({"isrc": ""}, "isrc", None),
        ({"music_service": "spotify.com", "submission_client": "x"}, "platform", "spotify.com"),
        ({"media_player": 3, "submission_client": "x"}, "platform", "x"),
        ({"artist_names": ["A", "", "B\nC"]}, "credited_artists", "A\nB C"),
        ({"artist_names": "A"}, "credited_artists", None),
    ],
)
def test_what_programs_add(info: dict[str, Any], column: str, told: object, tmp_path: Path) -> None:
    row = only(listenbrainz(info=info), tmp_path)
    assert (row["fault"], row[column]) == (None, told)


@pytest.mark.parametrize("missing", [None, {}])
def test_nothing_added_and_nothing_mapped(missing: Any, tmp_path: Path) -> None:
    listen = listenbrainz()
    listen["track_metadata"] |= {"additional_info": missing, "mbid_mapping": missing}
    row = only(listen, tmp_path)
    assert (row["fault"], row["track_name"], row["platform"], row["credited_artists"]) == (None, "Title", None, None)


def test_what_plays_now_is_no_listen_yet(tmp_path: Path) -> None:
    page = {"payload": {"listens": [listenbrainz(None, playing_now=True), listenbrainz()]}}
    assert [row["fault"] for row in said(dumped(page), tmp_path)] == ["now playing: it has no date yet", None]


def test_milliseconds_with_a_fraction(tmp_path: Path) -> None:
    assert only(listenbrainz(1_749_780_612_250.0), tmp_path)["started_at"] == utc(2025, 6, 13, 2, 10, 12, 250_000)


def test_the_zip_of_an_account(tmp_path: Path) -> None:
    members = {
        "user.json": b'{"user_id": 1, "username": "planted-user-name"}',
        "listens/2019/12.jsonl": lines([listenbrainz(1_577_800_000)]),
        "listens/2020/1.jsonl": lines([listenbrainz(moment(0)), listenbrainz(moment(1))]),
        "feedback.jsonl": lines([{"recording_msid": "x", "recording_mbid": None, "score": 1, "created": 1}]),
        "pinned_recording.jsonl": lines([{"recording_msid": "x", "blurb_content": "x", "created": 1}]),
    }
    sources = []
    for number, (name, content) in enumerate(members.items()):
        path = tmp_path / str(number) / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        sources.append(verdict(path).source)
    assert sources == [None, LISTENBRAINZ, LISTENBRAINZ, None, None]
    listens = {name: content for name, content in members.items() if name.startswith("listens")}
    (tmp_path / "a.zip").write_bytes(zipped(listens))
    assert len(read(tmp_path / "a.zip", scratch=tmp_path / "scratch").rows) == 3


def test_a_damaged_line_is_told_with_its_row(tmp_path: Path) -> None:
    sound = json.dumps(listenbrainz()).encode()
    for damaged in (sound[:-5], sound + b",", b"%", sound.replace(b'"Title"', b'"Ti\xfftle"')):
        (failed,) = read_bytes(b"\n".join([sound, sound, damaged, sound]), tmp_path).failed
        assert failed.row in (3, 4)
        assert failed.reason.startswith(f"damaged in row {failed.row}: ")
