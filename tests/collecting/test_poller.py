"""The server's poller, against a stand-in Spotify and a clock that is turned."""

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scene import CLIENT, NOON, SECRET, Setting, account, song, songs

from groovelog.demo.standin import Fault
from groovelog.lake.home import Home
from groovelog.pipeline import pacing
from groovelog.server.poller import Poller
from groovelog.state import leases, polls, sign_ins

SERVE = "import sys, pathlib; from groovelog.server import serve; from groovelog.lake.home import Home; "
SERVE += "serve(Home(pathlib.Path(sys.argv[1])), port=0)"


@pytest.fixture
def at(setting: Callable[..., Setting], monkeypatch: pytest.MonkeyPatch) -> Setting:
    """Ann, who plays on an hour after noon, and Bea; and the environment that leads to the stand-in."""
    later = song(7, NOON + timedelta(hours=1))
    made = setting(account("ann", (*songs(3, NOON), later)), account("bea", songs(2, NOON)))
    for name, value in {
        "SPOTIFY_CLIENT_ID": CLIENT, "SPOTIFY_CLIENT_SECRET": SECRET,
        "GROOVELOG_SPOTIFY_API_URL": made.setup.api_url, "GROOVELOG_SPOTIFY_ACCOUNTS_URL": made.setup.accounts_url,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def poller(at: Setting) -> Poller:
    return Poller(at.home, at.now)


def ids(at: Setting) -> list[str]:
    return [one.listener_id for one in sign_ins.all_of(at.state)]


def asked_for_plays(at: Setting) -> int:
    return sum("recently" in path for path in at.paths())


def test_it_asks_when_it_is_time_and_not_before(at: Setting, poller: Poller) -> None:
    poller.look()
    assert (len(at.played()), asked_for_plays(at)) == (5, 2)
    poller.look()
    assert asked_for_plays(at) == 2
    at.clock.advance(timedelta(minutes=95))
    poller.look()
    assert (len(at.played()), asked_for_plays(at)) == (6, 4)


def test_with_nobody_signed_in_nothing_is_asked_or_made(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    Poller(home).look()
    assert not home.root.exists()


def test_whose_consent_has_ended_is_told_once_and_not_asked_for_again(
    at: Setting, poller: Poller, caplog: pytest.LogCaptureFixture
) -> None:
    at.standin.oauth.withdraw("ann")
    for _ in range(3):
        poller.look()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "ann: Spotify has ended this listener's consent (it lasts six months, or was withdrawn). "
        "Sign in again: groovelog login --listener NAME"
    ]
    assert len(at.played()) == 2
    at.sign_in("ann")
    poller.look()
    assert len(at.played()) == 5


def test_a_block_is_waited_out(at: Setting, poller: Poller, caplog: pytest.LogCaptureFixture) -> None:
    at.standin.faults.order(Fault("quota_exceeded", retry_after=72_000))
    poller.look()
    calls = len(at.standin.calls)
    at.clock.advance(timedelta(hours=19))
    poller.look()
    assert len(at.standin.calls) == calls
    at.clock.advance(timedelta(hours=1, seconds=1))
    poller.look()
    assert len(at.played()) == 6
    assert SECRET not in caplog.text


def test_an_app_that_is_gone_is_told_once_and_asked_for_rarely(
    at: Setting, poller: Poller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("SPOTIFY_CLIENT_ID")
    for _ in range(3):
        poller.look()
    assert len(caplog.records) == 2  # of Ann, of Bea
    assert all("is not set up here" in record.getMessage() for record in caplog.records)
    assert not at.paths()
    assert not any(pacing.is_due(at.state, listener_id, at.now()) for listener_id in ids(at))


def test_settings_that_cannot_be_used_are_told_and_stop_nothing(
    at: Setting, poller: Poller, caplog: pytest.LogCaptureFixture
) -> None:
    config = at.home.root / "config.toml"
    config.write_text("[[spotify.apps]]\nclient_secret = 'hush'\n")
    poller.look()
    assert "config.toml has a secret in it" in caplog.text
    assert "hush" not in caplog.text
    config.unlink()
    poller.look()
    assert len(at.played()) == 5


def test_for_whom_another_process_collects_nothing_is_asked(at: Setting, poller: Poller) -> None:
    with leases.held(at.state, f"collect {ids(at)[0]}", now=at.now, for_s=600) as mine:
        assert mine
        poller.look()
    assert asked_for_plays(at) == 1


def test_stopped_it_begins_nothing_more(at: Setting, poller: Poller) -> None:
    poller.start()
    poller.stop()
    calls = len(at.standin.calls)
    poller.look()
    assert len(at.standin.calls) == calls


def test_a_plan_far_ahead_was_made_by_another_clock(at: Setting) -> None:
    (ann, _) = ids(at)
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    polls.set_next_poll_at(at.state, ann, now + timedelta(hours=47))
    assert not pacing.is_due(at.state, ann, now)
    polls.set_next_poll_at(at.state, ann, now + timedelta(days=3))
    assert pacing.is_due(at.state, ann, now)
    assert [person.name for person in pacing.due(at.home, at.state, now)] == ["ann", "bea"]


def test_the_server_polls_and_ends_at_ctrl_c_while_spotify_hangs(at: Setting) -> None:
    at.standin.faults.order(Fault("hang", times=2, seconds=30))
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(at.home.root)], stderr=subprocess.PIPE, text=True
    ) as server:
        given_up = time.monotonic() + 60
        while not at.paths() and time.monotonic() < given_up:
            time.sleep(0.05)
        assert at.paths(), "the server does not poll"
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=8) == 0
        assert server.stderr is not None
        assert server.stderr.read().count("\n") == 1  # its address
