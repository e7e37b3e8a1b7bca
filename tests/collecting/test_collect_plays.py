"""Plays of the Web API: each once, whatever the order; late ones, damaged ones, those of a wrong clock."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from scene import NOON, SONG, TRACKS, Setting, account, song, songs

from groovelog.demo.standin import Fault
from groovelog.errors import NotSignedIn
from groovelog.lake.check import check
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import CollectedOf
from groovelog.pipeline import import_exports, receipts

Setup = Callable[..., Setting]
MINUTE = timedelta(minutes=1)


def counts(told: CollectedOf) -> tuple[int, int, int, int]:
    assert told.fault is None
    return told.stored, told.duplicates, told.unreadable, told.calls


def sound(at: Setting) -> bool:
    with open_snapshot(at.home.lake) as snapshot:
        return not [finding for finding in check(snapshot) if finding.problem]


def test_plays_are_kept_once_with_a_receipt(setting: Setup) -> None:
    plays = songs(4, NOON)
    at = setting(account(plays=(*plays, song(4, NOON + 5 * MINUTE))))
    assert counts(at.one()) == (4, 0, 0, 1)
    at.clock.advance(20 * MINUTE)
    assert counts(at.one()) == (1, 4, 0, 1)
    assert counts(at.one()) == (0, 5, 0, 1)
    assert at.played() == [*(play.stopped_at for play in plays), NOON + 5 * MINUTE]
    kept = receipts(at.home)
    assert [(one.rows, one.stored, one.duplicates) for one in kept] == [(5, 1, 4), (4, 4, 0)]
    assert at.rows("SELECT calls, stored, duplicates, outcome FROM collections ORDER BY run_id") == [
        (1, 4, 0, "read"), (1, 1, 4, "read"), (1, 0, 5, "read"),
    ]  # fmt: skip
    assert sound(at)


def test_it_asks_from_two_hours_before_the_newest_play_kept(setting: Setup) -> None:
    at = setting(account(plays=songs(2, NOON)))
    at.one()
    at.clock.advance(timedelta(hours=9))
    at.one()
    asked = [
        dict(part.split("=") for part in call.query.split("&")) for call in at.standin.calls if "recently" in call.path
    ]
    assert [query.get("after") for query in asked] == [None, str(int((NOON - timedelta(hours=2)).timestamp() * 1000))]


def test_a_play_told_40_minutes_late_comes_in(setting: Setup) -> None:
    late = song(7, NOON - 40 * MINUTE, late=50 * MINUTE)
    at = setting(account(plays=(late, *songs(3, NOON))))
    assert at.one().stored == 3
    at.clock.advance(20 * MINUTE)
    assert counts(at.one()) == (1, 3, 0, 1)
    assert at.played()[0] == NOON - 40 * MINUTE


@pytest.mark.parametrize("kind", ["damaged_track", "damaged_time"])
def test_a_damaged_row_costs_itself_and_comes_in_once_it_is_sound(setting: Setup, kind: str) -> None:
    at = setting(account(plays=songs(3, NOON)))
    at.standin.faults.order(Fault(kind))
    assert counts(at.one()) == (2, 0, 1, 1)
    assert counts(at.one()) == (1, 2, 0, 1)
    assert at.played() == [NOON - 2 * SONG, NOON - SONG, NOON]
    assert sound(at)


def test_rows_told_twice_in_a_page_are_one_play(setting: Setup) -> None:
    at = setting(account(plays=songs(3, NOON)))
    at.standin.faults.order(Fault("duplicate", plays=2))
    assert counts(at.one()) == (3, 2, 0, 1)


@pytest.mark.parametrize("years", [-7, 3])
def test_a_host_whose_clock_is_wrong_keeps_every_play(setting: Setup, years: int) -> None:
    """The plays lie in its future, or long ago."""
    at = setting(account(plays=(*songs(3, NOON), song(3, NOON + 10 * MINUTE))))
    at.host_off = timedelta(days=365 * years)
    assert at.one().stored == 3
    at.clock.advance(20 * MINUTE)
    assert at.one().stored == 1
    assert at.played()[-1] == NOON + 10 * MINUTE
    assert sound(at)


def test_context_is_kept(setting: Setup) -> None:
    at = setting(account(plays=(song(1, NOON, context="spotify:playlist:abc"),)))
    at.one()
    assert at.rows("SELECT context_uri FROM plays") == [("spotify:playlist:abc",)]


def test_an_export_before_or_after_gives_the_same_plays(setting: Setup, tmp_path: Path) -> None:
    plays = songs(5, NOON)
    rows = [
        {
            "ts": f"{play.stopped_at:%Y-%m-%dT%H:%M:%SZ}", "ms_played": play.ms_played, "conn_country": "PT",
            "master_metadata_track_name": play.track.name, "spotify_track_uri": play.track.uri,
            "master_metadata_album_artist_name": play.track.album.artist.name,
        }
        for play in plays
    ]  # fmt: skip
    (tmp_path / "endsong_0.json").write_text(json.dumps(rows), encoding="utf-8")
    at = setting(account("ann", plays), account("bea", plays))
    import_exports(at.home, [tmp_path / "endsong_0.json"], listener="ann", now=NOON)
    at.collect()
    import_exports(at.home, [tmp_path / "endsong_0.json"], listener="bea", now=NOON)
    told = at.rows("""
        SELECT name, list((play_id, started_at::TIMESTAMP, stopped_at::TIMESTAMP, played_at::TIMESTAMP, sources)
            ORDER BY plays.started_at)
        FROM plays JOIN listeners USING (listener_id) GROUP BY name ORDER BY name
    """)
    assert [name for name, _ in told] == ["ann", "bea"]
    assert told[0][1] == told[1][1]
    assert [one[4] for one in told[0][1]] == ["spotify_extended+spotify_api"] * 5


def test_one_listener_who_fails_stops_nobody(setting: Setup) -> None:
    at = setting(account("ann", songs(2, NOON)), account("bea", songs(3, NOON)))
    at.standin.oauth.withdraw("ann")
    at.clock.advance(timedelta(hours=2))
    ann, bea = at.collect()
    assert ann.fault is not None
    assert ann.stored == 0
    assert counts(bea) == (3, 0, 0, 1)
    assert at.rows("SELECT outcome, calls FROM collections ORDER BY outcome") == [("read", 1), ("reauth_required", 0)]


def test_an_account_that_is_blocked_is_not_asked_and_says_until_when(setting: Setup) -> None:
    at = setting(account(plays=songs(2, NOON)))
    at.standin.faults.order(Fault("quota_exceeded", retry_after=72_000))
    told = at.one()
    assert told.until == NOON + timedelta(hours=20)
    assert told.calls == 1
    at.standin.calls.clear()
    assert at.one().until == NOON + timedelta(hours=20)
    assert at.paths() == []
    at.clock.advance(timedelta(hours=20, seconds=1))
    assert at.one().stored == 2


def test_nobody_connected_is_a_failure(setting: Setup) -> None:
    at = setting()
    with pytest.raises(NotSignedIn, match="groovelog login"):
        at.collect()


def test_titles_come_with_the_plays(setting: Setup) -> None:
    at = setting(account(plays=songs(1, NOON)))
    at.one()
    assert at.rows("SELECT track_name, track_uri, length_ms FROM plays") == [(TRACKS[0].name, TRACKS[0].uri, 180_000)]
