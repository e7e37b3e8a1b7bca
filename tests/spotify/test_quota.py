"""Who may call when the day's budget runs out."""

from datetime import timedelta

import pytest
from fake_spotify import CLIENT_ID
from turned_clock import NOW

from groovelog.errors import Blocked
from groovelog.spotify import quota
from groovelog.spotify.apps import App, Setup
from groovelog.state import ledger, sign_ins
from groovelog.state.database import State
from groovelog.state.ledger import Block, Caller
from groovelog.state.sign_ins import SignIn, Tokens

ANN = Caller("dev", CLIENT_ID, "ann-id")
SETUP = Setup((App(CLIENT_ID, developer="dev"),), daily_budget=480)


def called(state: State, kind: str, count: int, caller: Caller = ANN) -> None:
    """So many calls of a kind, one a minute, the last one a minute ago."""
    for ago in range(count, 0, -1):
        ledger.begin(state, caller, kind, NOW - timedelta(minutes=ago))


def connected(state: State, count: int) -> None:
    for number in range(count):
        made = SignIn(f"id-{number}", CLIENT_ID, None, None, frozenset(), NOW)
        sign_ins.save(state, made, Tokens("a", NOW, "r"))


def may(state: State, kind: str) -> bool:
    try:
        quota.check(SETUP, state, ANN, kind, NOW)
    except Blocked:
        return False
    return True


def test_the_budget_is_of_24_hours_and_tells_when_there_is_room_again(state: State) -> None:
    called(state, quota.RECENTLY_PLAYED, 479)
    quota.check(SETUP, state, ANN, quota.RECENTLY_PLAYED, NOW)
    ledger.begin(state, ANN, quota.RECENTLY_PLAYED, NOW)
    with pytest.raises(Blocked) as blocked:
        quota.check(SETUP, state, ANN, quota.RECENTLY_PLAYED, NOW)
    assert blocked.value.until == NOW - timedelta(minutes=479) + timedelta(hours=24)
    quota.check(SETUP, state, ANN, quota.RECENTLY_PLAYED, blocked.value.until)


def test_what_matters_less_leaves_recently_played_its_72_calls_for_each_listener(state: State) -> None:
    connected(state, 5)  # 480 - 5 x 72 = 120 for the others, 5 x 12 of them for top items, 5 x 6 for playlists
    called(state, quota.TRACK, 29)
    assert may(state, quota.TRACK)
    called(state, quota.TRACK, 1)
    assert not may(state, quota.TRACK)
    called(state, quota.PLAYLISTS, 29)
    assert may(state, quota.PLAYLISTS)
    called(state, quota.SAVED_TRACKS, 1)
    assert not may(state, quota.PLAYLISTS)
    called(state, quota.TOP_ITEMS, 59)
    assert may(state, quota.TOP_ITEMS)
    called(state, quota.TOP_ITEMS, 1)
    assert not may(state, quota.TOP_ITEMS)
    called(state, quota.RECENTLY_PLAYED, 359)
    assert may(state, quota.RECENTLY_PLAYED)
    called(state, quota.RECENTLY_PLAYED, 1)
    assert not may(state, quota.RECENTLY_PLAYED)


def test_many_listeners_leave_the_others_a_tenth(state: State) -> None:
    connected(state, 25)
    called(state, quota.TOP_ITEMS, 47)
    assert may(state, quota.TOP_ITEMS)
    called(state, quota.TOP_ITEMS, 1)
    assert not may(state, quota.TOP_ITEMS)


def test_apps_of_one_developer_share_the_budget_and_others_do_not(state: State) -> None:
    called(state, quota.RECENTLY_PLAYED, 480, Caller("dev", "client-two", "bob-id"))
    assert not may(state, quota.RECENTLY_PLAYED)
    quota.check(SETUP, state, Caller("other-dev", "client-three", "eve-id"), quota.RECENTLY_PLAYED, NOW)


def test_200_calls_in_30_seconds_are_enough(state: State) -> None:
    for _ in range(200):
        ledger.begin(state, ANN, quota.PLAYLISTS, NOW - timedelta(seconds=10))
    with pytest.raises(Blocked) as blocked:
        quota.check(SETUP, state, ANN, quota.RECENTLY_PLAYED, NOW)
    assert blocked.value.until == NOW + timedelta(seconds=20)


def test_a_refresh_of_a_token_uses_no_quota(state: State) -> None:
    called(state, "token", 480)
    assert may(state, quota.TRACK)
    assert ledger.calls_24h(state, [CLIENT_ID], NOW) == 0


def test_a_clock_that_was_years_ahead_blocks_nothing_for_years(state: State) -> None:
    wrong = NOW + timedelta(days=900)
    ledger.block(state, Block("account", "dev", wrong, wrong + timedelta(hours=20), "quota_exceeded"))
    for _ in range(480):
        ledger.begin(state, ANN, quota.RECENTLY_PLAYED, wrong)
    assert may(state, quota.RECENTLY_PLAYED)
