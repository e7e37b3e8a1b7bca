"""When to ask next, worked out by hand; and the simulated month keeps what it promises."""

import pytest
from benchmarks.polling import DAILY, DAYS, NORMAL, SKIPPER, month
from hypothesis import given
from hypothesis import strategies as st

from groovelog.lake.habit import HOUR, WEEK
from groovelog.pipeline.cadence import ACTIVE, ASLEEP, IDLE, JITTER, SHORTEST, UNKNOWN, rhythm, wait

MINUTE = 60.0
START = 2_000 * WEEK
DAY = 24 * HOUR


def evenings(every: float, days: int = 28, hours: float = 2) -> list[float]:
    """From 20 h on, so many days in a row."""
    each = int(hours * HOUR / every)
    return [START + day * DAY + 20 * HOUR + number * every for day in range(days) for number in range(each)]


def waits(played: list[float], now: float) -> float:
    return wait(rhythm(played), [at for at in played if at <= now][-50:], now, 0.5)


SONGS = evenings(200)
AFTER = START + 28 * DAY


def test_somebody_new_is_asked_for_as_one_who_may_listen_at_any_time() -> None:
    assert waits([], START) == UNKNOWN


def test_by_the_rhythm_of_an_evening_listener() -> None:
    assert waits(SONGS, AFTER - DAY + 21 * HOUR) == ACTIVE
    assert waits(SONGS, AFTER + 10 * HOUR) == ASLEEP
    assert waits(SONGS, AFTER + 18.5 * HOUR) == IDLE
    assert waits(SONGS, AFTER - DAY + 22.8 * HOUR) == IDLE


def test_who_skips_is_asked_for_before_the_window_is_full() -> None:
    """25 seconds a play are 48 in 20 minutes, so 40 of them, four fifths of a window, take 16 minutes 40 seconds."""
    skips = evenings(25)
    assert waits(skips, AFTER - DAY + 21 * HOUR) == pytest.approx(1000)
    # At an hour at which they use to skip nobody waits for the first plays.
    assert waits(skips, AFTER + 20.1 * HOUR) == pytest.approx(1000)
    assert waits(skips, AFTER + 10 * HOUR) == ASLEEP


def test_who_begins_to_skip_is_asked_for_sooner_at_once() -> None:
    now = AFTER + 12 * HOUR
    burst = [now - 600 + 20 * number for number in range(30)]
    assert wait(rhythm(SONGS), burst, now, 0.5) == pytest.approx(20 * MINUTE * 40 / 30)
    fast = [now - 250 + 5 * number for number in range(50)]
    assert wait(rhythm(SONGS), fast, now, 0.5) == pytest.approx(20 * MINUTE * 40 / 50)
    faster = rhythm([*SONGS, *(now + number for number in range(100))])
    assert wait(faster, fast, now, 0.5) == SHORTEST


@given(st.lists(st.floats(START, START + 3 * WEEK), max_size=60), st.floats(START, START + 4 * WEEK), st.floats(0, 1))
def test_a_wait_is_never_shorter_or_longer_than_is_said(played: list[float], now: float, chance: float) -> None:
    played = sorted(played)
    seconds = wait(rhythm(played), played[-50:], now, chance)
    assert SHORTEST * (1 - JITTER) <= seconds <= ASLEEP * (1 + JITTER)


@pytest.mark.parametrize("habit", NORMAL, ids=lambda habit: habit.name)
def test_a_month_of_a_normal_listener(habit: object) -> None:
    one = month(habit, 9)  # type: ignore[arg-type]
    assert one.polls / DAYS + DAILY <= 45
    assert len(one.known) >= 0.999 * len(one.ever)
    assert one.gaps == []


def test_a_month_of_a_heavy_skipper() -> None:
    one = month(SKIPPER, 9)
    assert one.polls / DAYS + DAILY <= 90
    assert len(one.known) >= 0.97 * len(one.ever)
    lost = one.ever - one.known
    assert all(any(began < played < ended for played in lost) for began, ended, _ in one.gaps)
    late = {played for at, played in one.listed if at > played}
    assert all(any(began < played < ended for began, ended, _ in one.gaps) for played in lost - late)
