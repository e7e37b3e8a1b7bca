"""Time that no source tells, by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import ibis.expr.types as ir
from histories import ME, LakeDouble, Row, placed

from groovelog.metrics import counting, estimated, lengths, works
from groovelog.metrics.unbound import unbound
from groovelog.tables import PLAYS, REFERENCES, TRACK_MATCHES, TRACKS

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)


def scrobble(seconds: int, length_s: int | None = None, listener: str = ME.listener_id, **columns: Any) -> Row:
    """A play that tells its start, so many seconds after noon, and no duration."""
    names = {"track_uri": "spotify:track:1", "track_name": "Song", "artist_name": "Band"}
    row = {"listener_id": listener, "kind": "track", "sources": "lastfm", "play_id": seconds, **names, **columns}
    length = None if length_s is None else length_s * 1000
    return placed(row | {"length_ms": length}, NOON + timedelta(seconds=seconds), None)


def known() -> ir.Table:
    """All plays, with the length of their entry."""
    matched = lengths.of_references(unbound(TRACK_MATCHES), unbound(REFERENCES))
    return lengths.with_length(unbound(PLAYS), unbound(PLAYS), unbound(TRACKS), matched, ME.listener_id)


def times(plays: list[Row]) -> list[tuple[int | None, bool]]:
    """Seconds and whether they are estimated, in the order of play_id."""
    rows = LakeDouble(plays).ask(estimated.with_estimate(counting.marked(known(), "30s")).order_by("play_id"))
    return [(row["ms_played"] and row["ms_played"] // 1000, row["estimated"]) for row in rows]


def test_a_scrobble_lasts_as_long_as_its_track() -> None:
    assert times([scrobble(0, 200)]) == [(200, True)]


def test_the_next_play_cuts_it() -> None:
    assert times([scrobble(0, 200), scrobble(150, 200), scrobble(350, 200)]) == [(150, True), (200, True), (200, True)]


def test_fractions_of_a_second_are_told_in_whole_ms() -> None:
    plays = [scrobble(0, 200), scrobble(150, 200) | {"started_at": NOON + timedelta(seconds=150, microseconds=137_400)}]
    rows = LakeDouble(plays).ask(estimated.with_estimate(counting.marked(known(), "30s")).order_by("play_id"))
    assert [row["ms_played"] for row in rows] == [150_137, 200_000]
    assert all(isinstance(row["ms_played"], int) for row in rows)


def test_where_the_length_is_unknown_so_is_the_time() -> None:
    assert times([scrobble(0), scrobble(150)]) == [(None, False), (None, False)]


def test_the_length_comes_from_another_play_of_the_entry() -> None:
    told = scrobble(1_000, 180)
    assert times([scrobble(0), told]) == [(180, True), (180, True)]


def test_another_listeners_play_cuts_nothing() -> None:
    theirs = scrobble(60, 200, listener="b2")
    assert times([scrobble(0, 200), theirs]) == [(200, True), (200, True)]


def test_of_equal_starts_the_first_by_id_lasts_no_time() -> None:
    first, second = scrobble(0, 200), scrobble(0, 200, play_id=1)
    assert times([second, first]) == [(0, True), (200, True)]


def test_a_duration_that_is_told_stays() -> None:
    told = scrobble(0, 200) | {"ms_played": 90_000}
    assert times([told, scrobble(30, 200)]) == [(90, False), (200, True)]


def test_share_is_of_counted_plays() -> None:
    short, long = scrobble(400) | {"ms_played": 10_000}, scrobble(0) | {"ms_played": 300_000}
    marked = works.named(estimated.with_estimate(counting.marked(known(), "30s")), "track")
    # 300 s told; of the last one 100 s are estimated; the 10 s do not count
    assert LakeDouble([long, short, scrobble(1_000, 100)]).ask(estimated.share(marked)) == [
        {"ms": 400_000, "ms_estimated": 100_000}
    ]
