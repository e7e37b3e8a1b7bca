"""What `groovelog status` says of a connection that does not bring everything."""

from collections.abc import Callable

import pytest
from scene import CLIENT, NOON, SECRET, Setting, account, songs

from calling import Call
from groovelog.demo.standin import Fault
from groovelog.spotify import scopes

Setup = Callable[..., Setting]


@pytest.fixture
def at(setting: Setup, monkeypatch: pytest.MonkeyPatch) -> Setting:
    """Ann, the environment that leads to the stand-in, and a terminal of 80 columns."""
    made = setting(account("ann", songs(3, NOON)))
    for name, value in {
        "SPOTIFY_CLIENT_ID": CLIENT, "SPOTIFY_CLIENT_SECRET": SECRET, "COLUMNS": "80",
        "GROOVELOG_SPOTIFY_API_URL": made.setup.api_url, "GROOVELOG_SPOTIFY_ACCOUNTS_URL": made.setup.accounts_url,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return made


def test_who_does_not_let_plays_be_read_has_to_sign_in_again(at: Setting, call: Call) -> None:
    at.sign_in("ann", without=[scopes.PLAYS])
    assert call("collect").code == 1
    assert [one["state"] for one in call("status", "--json").json["listeners"]] == ["reauth_required"]
    assert "they did not allow to read new plays. Sign in again" in call("status").out


def test_what_is_not_allowed_is_named_and_the_rest_is_ok(at: Setting, call: Call) -> None:
    at.sign_in("ann", without=[scopes.TOP])
    assert [one["state"] for one in call("status", "--json").json["listeners"]] == ["ok"]
    assert "ann: not allowed, so without it: user-top-read (top tracks and artists)." in call("status").out


def test_an_app_that_is_no_longer_set_up(at: Setting, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPOTIFY_CLIENT_ID")
    assert [one["state"] for one in call("status", "--json").json["listeners"]] == ["blocked"]
    assert f"ann: The API app {CLIENT}, which they signed in with, is not set up here any more" in call("status").out


def test_no_time_is_cut_in_a_narrow_terminal(at: Setting, call: Call) -> None:
    at.standin.faults.order(Fault("quota_exceeded", retry_after=72_000))
    assert call("collect").code == 1
    told = call("status", "--json").json
    until = told["apps"][0]["blocked_until"]
    shown = call("status").out
    assert shown.count(until) == 3  # the next poll, the reason in words, the app
    assert told["gaps"][0]["from"] in shown
    assert "…" not in shown
