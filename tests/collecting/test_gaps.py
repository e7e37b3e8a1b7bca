"""Gaps, worked out by hand: when plays were likely missed, why, and how many; and that an export closes them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scene import NOON, SONG, Setting, account, song, songs

from groovelog.demo.standin import Fault, Listed
from groovelog.lake.gaps import FULL, Window, cause, known_before, missed
from groovelog.lake.habit import HOUR, WEEK, expected, usual
from groovelog.model import Gap, Poll
from groovelog.pipeline import forget, import_exports

Setup = Callable[..., Setting]
MINUTE, H = timedelta(minutes=1), timedelta(hours=1)
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)


def window(plays: int = FULL, apart: timedelta = SONG, length: timedelta = SONG) -> Window:
    """The last of the plays was at noon."""
    return Window(plays, tuple(NOON - (plays - 1 - number) * apart for number in range(plays)), length)


FIRST = NOON - 49 * SONG


def test_a_full_window_with_nothing_known_in_it_tells_of_a_gap() -> None:
    assert missed(window(), FIRST - H) == (FIRST - H, FIRST)


@pytest.mark.parametrize(
    ("shown", "known"),
    [
        (window(plays=49), FIRST - H),
        (window(), FIRST),
        (window(), NOON - MINUTE),
        (window(), None),
        (Window(FULL, (), SONG), FIRST),
        # Room for the window's first song, and 29 seconds more.
        (window(), FIRST - SONG - timedelta(seconds=29)),
    ],
)
def test_otherwise_nothing_is_missed(shown: Window, known: datetime | None) -> None:
    assert missed(shown, known) is None


def test_of_somebody_who_skips_a_minute_is_room_enough() -> None:
    """A play every 24 seconds of songs of three minutes: 24 and 30 seconds are taken."""
    shown = window(apart=timedelta(seconds=24))
    assert missed(shown, shown.instants[0] - timedelta(seconds=53)) is None
    assert missed(shown, shown.instants[0] - timedelta(seconds=54)) is not None


def test_without_a_play_known_an_empty_window_is_where_it_begins() -> None:
    read, failed = Poll(NOON - 3 * H, "read"), Poll(NOON - 2 * H, "unreachable")
    assert known_before(None, [read, failed]) == NOON - 3 * H
    assert known_before(NOON, [read]) == NOON
    assert known_before(None, [failed]) is None


@pytest.mark.parametrize(
    ("polls", "why"),
    [
        ([], "stopped_host"),
        ([("read", 1)], "full_window"),
        ([("read", 4)], "stopped_host"),
        ([("read", 26), ("blocked", 25)], "blocked"),
        ([("read", 200), ("reauth_required", 199)], "reauth_required"),
        ([("read", 24), ("unreachable", 1)], "stopped_host"),
        ([("read", 9), ("unreachable", 8.5), ("blocked", 8)], "blocked"),
        ([("reauth_required", 5)], "reauth_required"),
    ],
)
def test_the_cause_is_what_lasted_longest(polls: list[tuple[str, float]], why: str) -> None:
    """Outcomes, and how many hours ago."""
    assert cause([Poll(NOON - ago * H, outcome) for outcome, ago in polls], NOON) == why


def test_expected_plays_are_the_mean_of_the_hours_touched() -> None:
    """Ten plays every Monday from 20 to 21 h, for eight weeks, and four in the one hour after it of the last."""
    monday = (MONDAY + 20 * H).timestamp()
    evenings = [monday - week * WEEK + 300 * number for week in range(8) for number in range(10)]
    hours = usual(sorted([*evenings, *(monday + HOUR + 60 * number for number in range(4))]), monday + 2 * HOUR)
    weeks = (7 * WEEK + 2 * HOUR) / WEEK
    following = monday + WEEK
    assert expected(hours, following, following + HOUR) == pytest.approx(80 / weeks)
    assert expected(hours, following + HOUR / 2, following + 1.5 * HOUR) == pytest.approx(40 / weeks + 2 / weeks)
    assert expected(hours, following - 10 * HOUR, following) == 0


def test_who_is_new_has_the_habit_of_a_week_at_least() -> None:
    hours = usual([0.0, 60.0, 120.0], HOUR)
    assert expected(hours, WEEK, WEEK + HOUR) == 3


def test_of_whom_days_are_known_every_day_is_like_those() -> None:
    """Two days, three plays between noon and one on the first: one and a half of a day's noon."""
    noon = 12 * HOUR
    hours = usual([noon, noon + 60.0, noon + 120.0], noon + 48 * HOUR)
    assert expected(hours, noon + 48 * HOUR, noon + 49 * HOUR) == 1.5
    assert expected(hours, noon + 49 * HOUR, noon + 72 * HOUR) == 0
    assert expected(hours, noon + 48 * HOUR, noon + 96 * HOUR) == 3


def extended(play: Listed) -> dict[str, Any]:
    return {
        "ts": f"{play.stopped_at:%Y-%m-%dT%H:%M:%SZ}", "ms_played": play.ms_played, "spotify_track_uri": play.track.uri,
        "master_metadata_track_name": play.track.name, "conn_country": "PT",
        "master_metadata_album_artist_name": play.track.album.artist.name,
    }  # fmt: skip


def bring(at: Setting, plays: tuple[Listed, ...], folder: Path) -> None:
    (folder / "endsong_0.json").write_text(json.dumps(list(map(extended, plays))), encoding="utf-8")
    import_exports(at.home, [folder / "endsong_0.json"], listener="ann", now=at.now())


# Five plays at noon; then, five hours later, 80 in a row, of which the last 50 can be seen.
EARLY = songs(5, NOON)
LATER = songs(80, NOON + 9 * H)
END = NOON + 9 * H + MINUTE
SEEN_FROM = LATER[30].stopped_at


def end(at: Setting) -> list[Gap]:
    at.clock.set(END)
    assert at.one().gaps == 1
    return at.gaps()


def told(gaps: list[Gap]) -> list[tuple[datetime, datetime | None, str]]:
    return [(gap.began_at, gap.ended_at, gap.cause) for gap in gaps]


def test_a_host_that_stopped(setting: Setup) -> None:
    at = setting(account(plays=EARLY + LATER))
    at.one()
    assert told(end(at)) == [(NOON, SEEN_FROM, "stopped_host")]
    at.clock.advance(H)
    assert at.one().gaps == 0
    assert len(at.gaps()) == 1


def test_a_window_that_was_asked_for_too_late(setting: Setup) -> None:
    at = setting(account(plays=EARLY + LATER))
    for hours in (0, 2, 4):
        at.clock.set(NOON + hours * H)
        at.one()
    # 16 of the 80 are heard by now; two hours and 12 minutes later 50 others.
    at.clock.set(LATER[15].stopped_at)
    assert at.one().stored == 16
    at.clock.set(LATER[65].stopped_at + MINUTE)
    assert at.one().gaps == 0
    at.clock.set(END)
    assert at.one().gaps == 0
    assert at.gaps() == []


def test_a_window_that_filled_up_between_two_polls(setting: Setup) -> None:
    plays = songs(80, NOON + 40 * MINUTE, apart=timedelta(seconds=31))
    at = setting(account(plays=plays))
    at.clock.set(plays[9].stopped_at)
    assert at.one().stored == 10
    at.clock.set(NOON + 41 * MINUTE)
    assert at.one().gaps == 1
    assert told(at.gaps()) == [(plays[9].stopped_at, plays[30].stopped_at, "full_window")]


def test_a_consent_that_ended(setting: Setup) -> None:
    at = setting(account(plays=EARLY + LATER))
    at.one()
    at.clock.advance(90 * MINUTE)
    at.standin.oauth.withdraw("ann")
    assert at.one().fault is not None
    assert told(at.gaps()) == [(NOON, None, "reauth_required")]
    at.clock.set(END)
    at.sign_in("ann")
    assert told(end(at)) == [(NOON, SEEN_FROM, "reauth_required")]


def test_a_block_of_20_hours(setting: Setup) -> None:
    at = setting(account(plays=EARLY + LATER))
    at.one()
    at.clock.advance(H)
    at.standin.faults.order(Fault("quota_exceeded", retry_after=8 * 3600))
    assert at.one().until == NOON + 9 * H
    assert told(at.gaps()) == [(NOON, None, "blocked")]
    assert told(end(at)) == [(NOON, SEEN_FROM, "blocked")]


def test_what_fails_and_costs_no_play_is_no_gap_afterwards(setting: Setup) -> None:
    at = setting(account(plays=EARLY + songs(40, NOON + 9 * H)))
    at.one()
    at.clock.advance(H)
    at.standin.faults.order(Fault("server_error", times=10))
    assert at.one().fault is not None
    at.standin.faults.clear()
    assert told(at.gaps()) == [(NOON, None, "unreachable")]
    at.clock.set(END)
    assert at.one().gaps == 0
    assert at.gaps() == []


def test_a_failure_that_goes_on_is_kept_once(setting: Setup) -> None:
    at = setting(account(plays=EARLY))
    at.standin.faults.order(Fault("server_error", times=40))
    for _ in range(3):
        at.one()
        at.clock.advance(H)
    assert at.rows("SELECT outcome FROM collections") == [("unreachable",)]


def test_an_export_that_covers_it_closes_it(setting: Setup, tmp_path: Path) -> None:
    at = setting(account(plays=EARLY + LATER))
    at.one()
    (gap,) = end(at)
    assert gap.closed_at is None
    at.clock.advance(H)
    bring(at, EARLY, tmp_path)
    assert at.gaps()[0].closed_at is None
    at.clock.advance(H)
    bring(at, LATER, tmp_path)
    (closed,) = at.gaps()
    assert (told([closed]), closed.closed_at) == (told([gap]), END + 2 * H)
    assert at.rows("SELECT count(*) FROM plays") == [(85,)]


def test_where_an_export_reaches_into_the_window_there_is_no_gap(setting: Setup, tmp_path: Path) -> None:
    at = setting(account(plays=EARLY + LATER))
    at.one()
    bring(at, LATER[:40], tmp_path)
    at.clock.set(END)
    assert at.one().gaps == 0


def test_a_gap_begins_where_an_export_ends(setting: Setup, tmp_path: Path) -> None:
    at = setting(account(plays=EARLY + LATER))
    bring(at, EARLY, tmp_path)
    assert told(end(at)) == [(NOON, SEEN_FROM, "stopped_host")]


def test_the_first_window_of_all_tells_of_no_gap(setting: Setup) -> None:
    at = setting(account(plays=(*LATER, song(0, END))))
    at.clock.set(END)
    assert (at.one().gaps, at.gaps()) == (0, [])


def test_gaps_and_polls_go_with_their_listener(setting: Setup) -> None:
    at = setting(account(plays=EARLY + LATER))
    at.one()
    end(at)
    erased = forget(at.home, "ann", now=at.now())
    assert (erased.rows["gaps"], erased.rows["collections"]) == (1, 2)
    assert at.rows("SELECT 1 FROM gaps UNION ALL SELECT 1 FROM collections") == []
