"""Which plays count, by hand."""

from functools import cache

import pytest
from histories import ME, LakeDouble, Row, marked, match, play, sql, track

from groovelog.metrics.counting import DECIDE
from groovelog.metrics.rules import RULES
from groovelog.tables import PLAYS, REFERENCES, TRACK_MATCHES

SECOND = 1 / 60
OTHER = {"track_uri": "spotify:track:2", "track_name": "Other"}


def decisions(rule: str, plays: list[Row], tracks: list[Row] = ()) -> list[bool | None]:
    """Whether each play counts, in the order of their starts."""
    return [row["counted"] for row in LakeDouble(plays, tracks).rows(deciding(rule))]


@cache
def deciding(rule: str) -> str:
    table, _ = marked(rule)
    return sql(table.order_by("started_at").select("counted"))


def test_every_rule_has_a_decision() -> None:
    assert list(DECIDE) == list(RULES)


def test_all_counts_even_a_play_of_no_time() -> None:
    assert decisions("all", [play("2024-06-01T10:00", minutes=0)]) == [True]


def test_30s_counts_from_exactly_half_a_minute_and_where_the_duration_is_unknown() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=29.999 * SECOND),
        play("2024-06-01T11:00", minutes=30 * SECOND),
        play("2024-06-01T12:00", minutes=None),
    ]
    assert decisions("30s", plays) == [False, True, True]


def test_scrobble_asks_for_half_of_the_longest_play_that_ended_with_the_track() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=3, reason_end="trackdone"),
        play("2024-06-01T11:00", minutes=4, reason_end="trackdone"),  # so the track is 4 min long
        play("2024-06-01T12:00", minutes=5, reason_end="fwdbtn"),  # longer, but not to the end: says nothing
        play("2024-06-01T13:00", minutes=2 - SECOND, reason_end="fwdbtn"),
        play("2024-06-01T14:00", minutes=2, reason_end="fwdbtn"),
    ]
    assert decisions("scrobble", plays) == [True, True, True, False, True]


def test_the_length_of_the_matched_row_goes_before_the_longest_play_and_after_what_a_source_tells() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=10, reason_end="trackdone"),  # rewound
        play("2024-06-01T11:00", minutes=2 - SECOND),
        play("2024-06-01T12:00", minutes=2),
    ]
    lake = LakeDouble(plays)
    lake.fill(REFERENCES, [{"reference": "songs", "ref_id": "r1", "duration_ms": 240_000}])
    lake.fill(TRACK_MATCHES, [match(1, "r1", chosen=False)])
    asked = deciding("scrobble")
    assert [row["counted"] for row in lake.rows(asked)] == [True, False, False]
    lake.fill(TRACK_MATCHES, [match(1, "r1")])
    assert [row["counted"] for row in lake.rows(asked)] == [True, False, True]
    told = play("2024-06-01T13:00", minutes=None, length_ms=480_000, sources="koito")
    lake.fill(PLAYS, [*plays, told])
    assert [row["counted"] for row in lake.rows(asked)] == [True, False, False, True]


def test_a_length_that_a_source_tells_goes_before_the_longest_play() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=10, reason_end="trackdone"),  # rewound
        play("2024-06-01T11:00", minutes=None, length_ms=240_000, sources="koito"),
        play("2024-06-01T12:00", minutes=2 - SECOND),
        play("2024-06-01T13:00", minutes=2),
    ]
    assert decisions("scrobble", plays) == [True, True, False, True]


def test_of_several_told_lengths_the_most_frequent_counts_then_the_longest() -> None:
    told = [("10:00", 200_000), ("10:10", 200_000), ("10:20", 600_000)]
    plays = [
        *(play(f"2024-06-01T{at}", minutes=None, length_ms=ms, sources="listenbrainz") for at, ms in told),
        play("2024-06-01T11:00", minutes=3),  # nine tenths of 200 s
        play("2024-06-01T12:00", minutes=3 - SECOND),
    ]
    assert decisions("finished", plays) == [None, None, None, True, False]
    plays.append(play("2024-06-01T13:00", minutes=None, length_ms=600_000, sources="maloja"))
    assert decisions("finished", plays)[3:] == [False, False, None]


def test_scrobble_asks_for_four_minutes_at_most() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=20, reason_end="trackdone"),
        play("2024-06-01T11:00", minutes=4 - SECOND),
        play("2024-06-01T12:00", minutes=4),
    ]
    assert decisions("scrobble", plays) == [True, False, True]


def test_scrobble_is_30s_where_the_length_is_unknown() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=20, reason_end="trackdone", **OTHER),
        play("2024-06-01T11:00", minutes=29 * SECOND),
        play("2024-06-01T12:00", minutes=30 * SECOND),
    ]
    assert decisions("scrobble", plays) == [True, False, True]


@pytest.mark.parametrize(
    ("sources", "counts"),
    [
        ("spotify_extended", False),
        ("spotify_extended+spotify_account", False),
        ("spotify_account", False),
        ("lastfm", True),
        ("spotify_extended+spotify_api", True),
    ],
)
def test_scrobble_believes_whoever_scrobbled(sources: str, counts: bool) -> None:
    plays = [
        play("2024-06-01T10:00", minutes=4, reason_end="trackdone"),
        play("2024-06-01T11:00", minutes=1, sources=sources),
    ]
    assert decisions("scrobble", plays) == [True, counts]


@pytest.mark.parametrize(
    ("minutes", "reason", "counts"),
    [
        (1, "trackdone", True),  # the end was reached, however little was heard of it
        (9, "fwdbtn", True),  # nine of ten minutes
        (9 - SECOND, "fwdbtn", False),
        (9, None, True),
        (9 - SECOND, None, False),
        (9 - SECOND, "unknown", False),
        (None, "fwdbtn", None),
        (None, None, None),
        (None, "unknown", None),
    ],
)
def test_finished_where_the_track_is_ten_minutes_long(minutes: float, reason: str | None, counts: bool | None) -> None:
    plays = [
        play("2024-06-01T10:00", minutes=10, reason_end="trackdone"),
        play("2024-06-01T11:00", minutes=minutes, reason_end=reason),
    ]
    assert decisions("finished", plays) == [True, counts]


@pytest.mark.parametrize(
    ("reason", "counts"), [("trackdone", True), ("fwdbtn", None), ("endplay", None), ("unknown", None), (None, None)]
)
def test_finished_where_the_length_is_unknown(reason: str | None, counts: bool | None) -> None:
    assert decisions("finished", [play("2024-06-01T10:00", minutes=30, reason_end=reason)]) == [counts]


def test_a_play_without_uri_learns_the_length_by_the_catalogue() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=4, reason_end="trackdone"),
        play("2024-06-01T11:00", minutes=1, track_uri=None),
        play("2024-06-01T12:00", minutes=1, track_uri=None, artist_name="Somebody else"),
    ]
    assert decisions("scrobble", plays, [track(1, "Song", "Band")]) == [True, False, True]


def test_a_length_is_learnt_from_the_plays_of_anybody() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=4, reason_end="trackdone", listener_id="b2"),
        play("2024-06-01T11:00", minutes=1),
    ]
    assert decisions("scrobble", plays) == [True, False]


def test_a_play_of_no_time_tells_no_length() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=0, reason_end="trackdone"),
        play("2024-06-01T11:00", minutes=SECOND, reason_end="fwdbtn"),  # not nine tenths of 0 ms
        play("2024-06-01T12:00", minutes=None, reason_end="trackdone"),
    ]
    assert decisions("finished", plays) == [True, None, True]
    assert decisions("scrobble", plays) == [False, False, True]  # as 30s


def test_a_play_of_no_time_leaves_a_known_length_alone() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=0, reason_end="trackdone"),
        play("2024-06-01T11:00", minutes=10, reason_end="trackdone"),
        play("2024-06-01T12:00", minutes=8, reason_end="fwdbtn"),
    ]
    assert decisions("finished", plays) == [True, True, False]


@pytest.mark.parametrize(
    ("listener_id", "incognito", "counts"),
    [
        ("b2", True, None),  # what another hears in private tells me nothing
        ("b2", False, False),
        ("b2", None, False),
        (ME.listener_id, True, False),  # mine do
    ],
)
def test_no_length_is_learnt_from_the_incognito_play_of_another(
    listener_id: str, incognito: bool | None, counts: bool | None
) -> None:
    plays = [
        play("2024-06-01T10:00", minutes=4, reason_end="trackdone", listener_id=listener_id, incognito=incognito),
        play("2024-06-01T11:00", minutes=1, reason_end="fwdbtn"),
    ]
    assert decisions("finished", plays) == [True, counts]


@pytest.mark.parametrize(
    ("listener_id", "incognito", "counts"), [("b2", True, None), ("b2", None, False), (ME.listener_id, True, False)]
)
def test_no_length_is_taken_from_what_a_source_tells_of_the_incognito_play_of_another(
    listener_id: str, incognito: bool | None, counts: bool | None
) -> None:
    plays = [
        play("2024-06-01T10:00", minutes=None, length_ms=240_000, listener_id=listener_id, incognito=incognito),
        play("2024-06-01T11:00", minutes=1, reason_end="fwdbtn"),
    ]
    assert decisions("finished", plays) == [None, counts]
