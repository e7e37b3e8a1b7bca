"""Scrobbles through the whole server: its guard, its inbox, its death."""

import itertools
import os
import signal
import threading
from pathlib import Path

import liblistenbrainz
import pytest
import requests
from test_listenbrainz_client import MIDNIGHT, listen
from test_listenbrainz_http import post
from test_listenbrainz_rules import body
from test_listenbrainz_rules import listen as raw_listen

from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question, run
from keyed import MakeKey
from serving import served


def connected(address: str, key: str) -> liblistenbrainz.ListenBrainz:
    client = liblistenbrainz.ListenBrainz(address)
    client.set_auth_token(key)
    return client


def played(home: Home) -> list[str]:
    """The titles that a report shows."""
    with open_snapshot(home.lake) as snapshot:
        answer = run(snapshot, "recent-plays", Question("Ann", top=1_000))
    return sorted(row["track_name"] for row in answer.rows.to_pylist())


def test_what_comes_in_is_in_the_reports_when_the_server_has_stopped(lived_in: Home, make_key: MakeKey) -> None:
    key = make_key()
    extension = {"Origin": "chrome-extension://abcdefghijklmnop"}
    with served(lived_in.root) as (_, address):
        client = connected(address, key)
        client.submit_single_listen(listen(0))
        client.submit_multiple_listens([listen(number) for number in range(20)])
        assert client.get_user_listen_count("Ann") == 20
        # A program in a browser comes from an extension; a page of another site has no key, and gets nothing.
        assert post(address, body(raw_listen()), key, **extension).status_code == 200
        assert post(address, body(raw_listen()), **extension).status_code == 403
        stranger = requests.get(f"{address}/1/user/Ann/listens", headers=extension, timeout=20)
        assert stranger.status_code == 403
        assert requests.options(f"{address}/1/submit-listens", headers=extension, timeout=20).status_code == 403
    assert played(lived_in) == sorted(["Title", *(f"Song {number}" for number in range(20))])


@pytest.mark.long
@pytest.mark.parametrize("seconds", [0.3, 1.2])
def test_a_server_killed_loses_nothing_it_acknowledged(lived_in: Home, make_key: MakeKey, seconds: float) -> None:
    """Killed while listens come in, and started again; whoever got no answer sends the same again."""
    key = make_key()
    with served(lived_in.root) as (server, address):
        killing = threading.Timer(seconds, os.kill, (server.pid, signal.SIGKILL))
        acknowledged: list[int] = []
        for number in itertools.count():
            told = raw_listen(listened_at=MIDNIGHT + 300 * number, metadata={"track_name": f"Song {number}"})
            try:
                answer = post(address, body(told), key)
            except requests.ConnectionError:
                break
            assert answer.status_code == 200
            acknowledged.append(number)
            if number == 0:
                killing.start()
    last = acknowledged[-1] + 1
    assert last >= 2
    with served(lived_in.root) as (_, address):
        client = connected(address, key)
        assert client.get_user_listen_count("Ann") in {last, last + 1}
        client.submit_single_listen(liblistenbrainz.Listen(f"Song {last}", "Artist", listened_at=MIDNIGHT + 300 * last))
        assert client.get_user_listen_count("Ann") == last + 1
    assert played(lived_in) == sorted(f"Song {number}" for number in range(last + 1))


def test_no_key_is_in_a_file_of_the_home_but_as_its_hash(lived_in: Home, make_key: MakeKey) -> None:
    key = make_key()
    with served(lived_in.root) as (_, address):
        post(address, body(raw_listen()), key)
    holding = [path for path in Path(lived_in.root).rglob("*") if path.is_file() and key.encode() in path.read_bytes()]
    assert holding == []
