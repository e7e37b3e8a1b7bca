"""The real client of ListenBrainz, writing to us and reading back."""

import time
from datetime import UTC, datetime

import liblistenbrainz
import pytest
from liblistenbrainz.errors import InvalidAuthTokenException, ListenBrainzAPIException

from groovelog.lake.home import Home
from groovelog.pipeline import take_inbox
from keyed import MakeKey

MIDNIGHT = 1_614_816_000  # 2021-03-04 00:00:00 UTC
HOSTILE = "<script>alert(1)</script> '; DROP TABLE plays; -- ٭ \U0001f3b5"


def listen(number: int, **told: object) -> liblistenbrainz.Listen:
    """One every five minutes."""
    return liblistenbrainz.Listen(
        f"Song {number}", "Ayọ", **{"listened_at": MIDNIGHT + 300 * number, "release_name": "Album", **told}
    )


@pytest.fixture
def client(address: str, make_key: MakeKey) -> liblistenbrainz.ListenBrainz:
    client = liblistenbrainz.ListenBrainz(address)
    client.set_auth_token(make_key())
    return client


def titles(client: liblistenbrainz.ListenBrainz, **asked: int) -> list[str]:
    return [listen.track_name for listen in client.get_listens("Ann", **asked)]


def test_a_listen_is_there_at_once_and_stays_one(lived_in: Home, client: liblistenbrainz.ListenBrainz) -> None:
    spotify = "https://open.spotify.com/track/0000000000000000000001"
    said = listen(
        1, spotify_id=spotify, isrc="PTABC2000001", additional_info={"duration_ms": 200_000, "media_player": "x"}
    )
    for _ in range(2):
        assert client.submit_single_listen(said) == {"status": "ok"}
    for _ in range(2):
        (read,) = client.get_listens("Ann")
        assert (read.listened_at, read.track_name, read.artist_name) == (MIDNIGHT + 300, "Song 1", "Ayọ")
        assert (read.release_name, read.spotify_id, read.isrc) == ("Album", spotify, "PTABC2000001")
        assert read.additional_info["duration_ms"] == 200_000
        assert client.get_user_listen_count("Ann") == 1
        (receipt, *_) = take_inbox(lived_in, now=datetime.now(UTC)) or [None]
    assert receipt is None
    # Once more, now that it is in the lake.
    client.submit_single_listen(said)
    assert client.get_user_listen_count("Ann") == 1
    assert titles(client) == ["Song 1"]


def test_many_at_once_are_paged_newest_first(lived_in: Home, client: liblistenbrainz.ListenBrainz) -> None:
    client.submit_multiple_listens([listen(number) for number in range(60)])
    take_inbox(lived_in, now=datetime.now(UTC))
    # The half of them again, and more that wait.
    client.submit_multiple_listens([listen(number) for number in range(30, 90)])
    assert client.get_user_listen_count("Ann") == 90
    assert titles(client) == [f"Song {number}" for number in range(89, 64, -1)]
    assert titles(client, count=3, max_ts=MIDNIGHT + 300 * 61) == ["Song 60", "Song 59", "Song 58"]
    # After a moment come those that follow it, told newest first all the same.
    assert titles(client, count=3, min_ts=MIDNIGHT + 300 * 58) == ["Song 61", "Song 60", "Song 59"]
    assert len(titles(client, count=1_000)) == 90


def test_listens_of_one_second_are_told_apart_by_name(client: liblistenbrainz.ListenBrainz) -> None:
    client.submit_multiple_listens([listen(1), listen(1), listen(2, listened_at=MIDNIGHT + 300)])
    assert client.get_user_listen_count("Ann") == 2


def test_playing_now_is_told_until_it_is_over(client: liblistenbrainz.ListenBrainz) -> None:
    assert client.get_playing_now("Ann") is None
    client.submit_playing_now(listen(1, listened_at=None))
    assert client.get_playing_now("Ann").track_name == "Song 1"
    client.submit_playing_now(listen(2, listened_at=None, additional_info={"duration_ms": 20}))
    time.sleep(0.03)
    assert client.get_playing_now("Ann") is None
    assert client.get_user_listen_count("Ann") == 0


def test_any_text_comes_back_as_it_went(lived_in: Home, client: liblistenbrainz.ListenBrainz) -> None:
    client.submit_single_listen(liblistenbrainz.Listen(HOSTILE, HOSTILE, listened_at=MIDNIGHT))
    for _ in range(2):
        (read,) = client.get_listens("Ann")
        assert (read.track_name, read.artist_name) == (HOSTILE, HOSTILE)
        take_inbox(lived_in, now=datetime.now(UTC))


def test_nobody_reads_another(address: str, make_key: MakeKey, client: liblistenbrainz.ListenBrainz) -> None:
    client.submit_single_listen(listen(1))
    other = liblistenbrainz.ListenBrainz(address)
    other.set_auth_token(make_key("Bob", "write"))
    answers = set()
    for name in ("Ann", "Nobody"):
        for ask in (other.get_listens, other.get_user_listen_count, other.get_playing_now):
            with pytest.raises(ListenBrainzAPIException) as refused:
                ask(name)
            answers.add((refused.value.status_code, refused.value.message))
    assert answers == {(404, "There is no such user, or none whom this token may see.")}
    assert other.get_user_listen_count("Bob") == 0


def test_a_word_that_is_no_key_is_told_invalid(address: str) -> None:
    client = liblistenbrainz.ListenBrainz(address)
    with pytest.raises(InvalidAuthTokenException):
        client.set_auth_token("5a3c6a0e-0000-4000-8000-000000000000")
