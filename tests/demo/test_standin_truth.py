"""The truth about what the stand-in Spotify ever listed, and the demo's listeners as its accounts."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standin_asking import NOON, Signed, Stage, every_five_minutes, ms, play, sign_in

from groovelog.demo.catalogue import Catalogue, Track
from groovelog.demo.export import SEED
from groovelog.demo.life import live
from groovelog.demo.people import JUNO
from groovelog.demo.standin import Clock, Listed, demo_standin
from groovelog.demo.standin.history import History, half_a_minute

DAY = timedelta(days=1)


def sign_in_demo(address: str) -> Signed:
    return sign_in(address, "juno", client="stand-in-client-id:stand-in-client-secret")


def history(*plays: Listed) -> History:
    return History(plays, half_a_minute)


def test_every_play_told_in_time_is_listed_once() -> None:
    plays = every_five_minutes(120)
    assert history(*plays).ever_listed(NOON) == list(plays)
    assert history(*plays).ever_listed(NOON - timedelta(minutes=5)) == list(plays[:-1])


def test_of_an_upload_all_at_once_only_the_last_fifty_are_ever_listed() -> None:
    plays = [play(0, NOON + timedelta(minutes=n), late=timedelta(minutes=100 - n)) for n in range(60)]
    assert history(*plays).ever_listed(NOON + DAY) == plays[10:]


def test_a_play_told_after_fifty_later_ones_is_never_listed() -> None:
    plays = every_five_minutes(50)
    late = play(1, plays[0].stopped_at - timedelta(minutes=1), late=DAY)
    in_time = play(1, plays[0].stopped_at + timedelta(minutes=1), late=DAY)
    assert late not in history(*plays, late).ever_listed(NOON + DAY)
    assert in_time in history(*plays, in_time).ever_listed(NOON + DAY)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 150), st.sampled_from([0, 0, 0, 7, 90])), max_size=130), st.integers(0, 240))
def test_the_truth_is_all_that_somebody_who_looks_every_minute_sees(told: list[tuple[int, int]], until: int) -> None:
    plays = [play(0, NOON + timedelta(minutes=at), late=timedelta(minutes=late)) for at, late in told]
    kept = history(*plays)
    looks = [kept.window(NOON + timedelta(minutes=minute)) for minute in range(until + 1)]
    seen = {id(one) for look in looks for one in look}
    assert {id(one) for one in kept.ever_listed(NOON + timedelta(minutes=until))} == seen


@pytest.fixture(scope="module")
def juno(catalogue: Catalogue) -> dict[int, tuple[Track, int]]:
    """The tracks Juno played last month, not in private and for half a minute, by the second at which they stopped."""
    life = live(JUNO, catalogue, end=NOON.date(), seed=SEED)
    since = NOON.timestamp() - 30 * 86_400
    rows = np.flatnonzero((life.stopped_at >= since) & ~life.incognito & (life.ms_played >= 30_000))
    return {
        int(life.stopped_at[row]): (track, int(life.ms_played[row]))
        for row in rows
        if isinstance(track := catalogue.items[life.item[row]], Track)
    }


def test_a_demo_listener_has_played_what_the_life_says(stage: Stage, juno: dict[int, tuple[Track, int]]) -> None:
    """Exports tell whole seconds, the begun one full; the API tells the ms within it."""
    clock = Clock(NOON - timedelta(hours=12))
    standin = demo_standin(clock, people=[JUNO])
    address = stage.show(standin)
    listed = [
        one for one in standin.histories["juno"].ever_listed(clock.now()) if one.stopped_at > clock.now() - 30 * DAY
    ]
    stops = {-(-ms(one.stopped_at) // 1000): (one.track, one.ms_played) for one in listed}
    before = {second: told for second, told in juno.items() if second > (clock.now() - 30 * DAY).timestamp()}
    assert stops == before
    assert len(before) > 300
    signed = sign_in_demo(address)
    rows = signed.ask("/me/player/recently-played", limit=50).told["items"]
    assert [row["track"]["uri"] for row in rows] == [one.track.uri for one in reversed(listed[-50:])]
    assert {context["type"] for row in rows if (context := row["context"])} <= {"album", "artist"}


def test_a_demo_listener_lives_on_as_the_clock_turns(stage: Stage) -> None:
    clock = Clock(NOON)
    signed = sign_in_demo(stage.show(demo_standin(clock, people=[JUNO])))
    before = set(signed.played(limit=50))
    clock.advance(30 * DAY)
    fresh = sign_in_demo(signed.address)
    assert not before & set(fresh.played(limit=50))
    assert fresh.ask("/me/playlists").told["items"][0]["name"] == "Juno's beginnings"
    assert fresh.ask("/me/tracks").told["total"] == 150
