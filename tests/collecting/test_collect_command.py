"""`groovelog collect`, against a stand-in Spotify; and two of them at once."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scene import CLIENT, NOON, SECRET, Setting, account, songs

from calling import COMMAND, Call
from groovelog.demo.standin import Fault
from groovelog.errors import SpotifyDown
from groovelog.pipeline.web_api import chosen, collect
from groovelog.state import leases, polls, sign_ins

Setup = Callable[..., Setting]
NOTHING = {"stored": 0, "duplicates": 0, "unreadable": 0}


@pytest.fixture
def at(setting: Setup, monkeypatch: pytest.MonkeyPatch) -> Setting:
    """Ann and Bea, and the environment that leads to the stand-in."""
    made = setting(account("ann", songs(3, NOON)), account("bea", songs(2, NOON)))
    for name, value in {
        "SPOTIFY_CLIENT_ID": CLIENT, "SPOTIFY_CLIENT_SECRET": SECRET,
        "GROOVELOG_SPOTIFY_API_URL": made.setup.api_url, "GROOVELOG_SPOTIFY_ACCOUNTS_URL": made.setup.accounts_url,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return made


def test_json_counts_plays_and_calls(at: Setting, call: Call) -> None:
    answer = call("collect", "--json")
    assert (answer.code, answer.err) == (0, "")
    ann, bea = answer.json["listeners"]
    assert (ann["name"], ann["stored"], ann["duplicates"], ann["unreadable"], ann["gaps"]) == ("ann", 3, 0, 0, 0)
    # Plays, six top lists, playlists, saved tracks.
    assert (ann["calls"], bea["calls"]) == (9, 9)
    assert {key: answer.json[key] for key in (*NOTHING, "calls")} == {
        "stored": 5, "duplicates": 0, "unreadable": 0, "calls": 18,
    }  # fmt: skip
    again = call("collect", "--listener", "ann", "--json").json
    assert [(one["name"], one["stored"], one["duplicates"], one["calls"]) for one in again["listeners"]] == [
        ("ann", 0, 3, 1)
    ]


def test_everybodys_plays_come_before_anything_else(at: Setting, call: Call) -> None:
    at.standin.calls.clear()
    assert call("collect", "--all").code == 0
    assert ["recently" in path for path in at.paths()] == [True] * 2 + [False] * 16


def test_in_words(at: Setting, call: Call) -> None:
    answer = call("collect", "--listener", "bea")
    assert answer.out == "bea: 2 new, 0 known, 0 unreadable; 9 calls.\n"


def test_a_listener_who_could_not_be_read_is_told_and_the_others_are_kept(at: Setting, call: Call) -> None:
    at.standin.oauth.withdraw("ann")
    answer = call("collect", "--json")
    assert answer.code == 1
    ann, bea = answer.json["listeners"]
    assert (ann["stored"], bea["stored"]) == (0, 2)
    assert "ann: " in answer.err
    assert "groovelog login" in answer.err
    status = call("status", "--json").json
    assert [(gap["listener"], gap["to"], gap["cause"], gap["closed_at"]) for gap in status["gaps"]] == [
        ("ann", None, "reauth_required", None)
    ]
    assert "reauth required" in call("status").out


def test_blocked_it_ends_and_says_when_it_goes_on(at: Setting, call: Call) -> None:
    at.standin.faults.order(Fault("quota_exceeded", retry_after=72_000))
    began = time.monotonic()
    answer = call("collect", "--json")
    assert time.monotonic() - began < 15
    assert answer.code == 1
    until = answer.json["listeners"][0]["until"]
    assert until in answer.err
    assert until.endswith("Z")
    left = datetime.fromisoformat(until) - datetime.now(UTC)
    assert timedelta(hours=19, minutes=59) < left <= timedelta(hours=20, seconds=1)
    assert answer.json["calls"] == 1
    planned = polls.next_poll_at(at.state, sign_ins.all_of(at.state)[0].listener_id)
    assert planned is not None
    assert planned.replace(microsecond=0) == datetime.fromisoformat(until)


@pytest.mark.parametrize(
    ("words", "says"),
    [(["--listener", "nobody"], "no listener named nobody"), (["--listener", "ann", "--all"], "not both")],
)
def test_what_cannot_be_asked_for_is_a_failure(at: Setting, call: Call, words: list[str], says: str) -> None:
    answer = call("collect", *words, "--json")
    assert answer.code == 1
    assert says in answer.json["error"]["message"]


def test_with_nobody_connected(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOTIFY_CLIENT_ID", CLIENT)
    answer = call("collect", "--json")
    assert answer.code == 1
    assert "groovelog login" in answer.json["error"]["message"]


def test_the_next_poll_is_planned(at: Setting, call: Call) -> None:
    call("collect")
    planned = [told["next_poll_at"] for told in call("status", "--json").json["listeners"]]
    waits = [datetime.fromisoformat(told) - datetime.now(UTC) for told in planned]
    assert all(timedelta(minutes=9) < wait < timedelta(minutes=95) for wait in waits)


def test_watching_asks_at_once_and_ends_with_ctrl_c(at: Setting, home: Path) -> None:
    environment = {**os.environ, "GROOVELOG_HOME": str(home), "TZ": "UTC"}
    words = [*COMMAND, "collect", "--watch", "--json"]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 1
    assert told["stored"] == 5


def test_where_spotify_hangs_nobody_else_is_asked(at: Setting) -> None:
    persons = chosen(at.home, None, [one.listener_id for one in sign_ins.all_of(at.state)])
    asked: list[str] = []

    def client_of(listener_id: str) -> None:
        asked.append(listener_id)
        raise SpotifyDown("Spotify did not answer within 12 seconds.", hung=True)

    told = collect(at.home, at.state, client_of, persons, at.now)  # type: ignore[arg-type]
    assert len(asked) == 1
    assert [one.fault is not None for one in told.listeners] == [True, True]


def test_for_whom_another_process_collects_nothing_is_asked(at: Setting, call: Call) -> None:
    listener_id = chosen(at.home, "ann", [])[0].listener_id
    with leases.held(at.state, f"collect {listener_id}", now=lambda: datetime.now(UTC), for_s=600) as mine:
        assert mine
        answer = call("collect", "--json")
    assert answer.code == 0
    assert [one["name"] for one in answer.json["listeners"]] == ["bea"]
    assert "Another Groovelog collects for ann" in answer.err
    assert call("collect", "--json").json["stored"] == 3


def test_several_at_once_keep_each_play_once(at: Setting) -> None:
    threads = [threading.Thread(target=lambda: at.collect(rest=True)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert at.rows("SELECT count(*) FROM plays") == [(5,)]
    assert sum(path == "/me/top/tracks" for path in at.paths()) == 6
