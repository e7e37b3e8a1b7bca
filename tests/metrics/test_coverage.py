"""Coverage: by hand, and against a plain-Python twin."""

from collections import Counter
from typing import Any

import pytest
from drawing import drawn
from histories import LakeDouble, Row, match, play, track
from hypothesis import given
from hypothesis import strategies as st

from groovelog.metrics.coverage_words import (
    ALL,
    BY_EVIDENCE,
    BY_REFERENCE,
    MOST_PLAYED,
    NOT_ASKED,
    WITH,
    WITHOUT,
)
from groovelog.reports import Question, run
from groovelog.tables import PLAYS, TRACK_MATCHES, TRACKS

Rows = list[dict[str, Any]]
TRACKS_THERE = [track(number, f"Song {number}", "Band") for number in range(1, 7)]


def of(number: int, times: int, **columns: Any) -> list[Row]:
    names = {"track_uri": f"spotify:track:{number}", "track_name": f"Song {number}"}
    return [play(f"2024-06-{number:02}T{hour:02}:00", **names, **columns) for hour in range(times)]


@pytest.fixture
def lake() -> LakeDouble:
    """Songs 1 to 4 and 6 played five times to once, 5 only for a moment, 1 also without a URI."""
    plays = [*of(1, 4), *of(2, 4), *of(3, 3), *of(4, 2), *of(6, 1), *of(5, 3, minutes=0.2)]
    plays.append(play("2024-06-20T10:00", track_uri=None, track_name="Song 1"))
    made = LakeDouble(plays, TRACKS_THERE)
    made.fill(
        TRACK_MATCHES,
        [
            match(1, "r1", evidence="id"),
            match(1, "x1", "other", chosen=False),
            match(2, None, reason="nothing alike"),
            match(2, "x2", "other", evidence="alike names"),
            match(3, None, verdict="ambiguous", confidence=0.5, reason="not sure: rival"),
            match(3, None, "other", reason="nothing alike"),
            match(4, None, reason="nothing alike: other version"),
            match(5, "r5"),
        ],
    )
    return made


def asked(lake: Any, **question: Any) -> Rows:
    return run(lake, "coverage", Question(**question)).as_json()["rows"]


def told(rows: Rows, part: str) -> Rows:
    """The rows of a part, without what is null."""
    found = [row for row in rows if row["part"] == part]
    return [{name: value for name, value in row.items() if value is not None and name != "part"} for row in found]


def sums(tracks: int, plays: int, **what: str) -> dict[str, Any]:
    return {**what, "tracks": tracks, "plays": plays, "share_of_tracks": tracks / 5, "share_of_plays": plays / 15}


def test_every_part_by_hand(lake: LakeDouble) -> None:
    rows = asked(lake)
    # 15 counted plays of five songs; song 5 was never heard for 30 s.
    assert told(rows, ALL) == [sums(5, 15)]
    assert told(rows, WITH) == [sums(2, 9)]
    assert told(rows, BY_REFERENCE) == [sums(2, 9, reference="other"), sums(1, 5, reference="songs")]
    assert told(rows, BY_EVIDENCE) == [sums(1, 5, evidence="id"), sums(1, 4, evidence="alike names")]
    assert told(rows, WITHOUT) == [
        sums(1, 3, verdict="ambiguous"), sums(1, 2, verdict="unmatched"), sums(1, 1, verdict=NOT_ASKED),
    ]  # fmt: skip
    assert [(row["track_name"], row["plays"], row["reference"], row["reason"]) for row in rows if row["part"] == MOST_PLAYED] == [
        ("Song 3", 3, "songs", "not sure: rival"),
        ("Song 4", 2, "songs", "nothing alike: other version"),
        ("Song 6", 1, None, None),
    ]  # fmt: skip


def test_top_cuts_what_is_listed_and_nothing_else(lake: LakeDouble) -> None:
    assert asked(lake, top=1) == [row for row in asked(lake) if row["track_name"] in (None, "Song 3")]


def test_a_period_is_of_its_plays(lake: LakeDouble) -> None:
    assert [
        row["plays"] for row in asked(lake, from_date=play("2024-06-03T10:00")["local_date"]) if row["part"] == ALL
    ] == [7]


def test_every_answer_of_plays_tells_the_share_of_its_counted_plays(lake: LakeDouble) -> None:
    assert run(lake, "top-artists", Question()).coverage == pytest.approx(9 / 15)
    assert run(lake, "overview", Question(count="all")).coverage == pytest.approx((9 + 3) / 18)
    assert run(lake, "overview", Question(kind="episode")).coverage is None
    lake.fill(TRACK_MATCHES, [])
    assert run(lake, "overview", Question()).coverage is None


def test_without_counted_plays_there_is_no_share() -> None:
    lake = LakeDouble(of(5, 1, minutes=0.2), TRACKS_THERE)
    lake.fill(TRACK_MATCHES, [match(1, "r1")])
    assert run(lake, "overview", Question()).coverage is None
    (row, *_) = asked(lake)
    assert (row["tracks"], row["plays"], row["share_of_tracks"], row["share_of_plays"]) == (0, 0, None, None)


OUTCOMES = st.sampled_from(
    [("matched", "id"), ("matched", "alike names"), ("ambiguous", None), ("unmatched", None), None]
)
SONGS = range(1, 7)


@drawn(20)
@given(
    heard=st.lists(st.sampled_from(SONGS), min_size=1, max_size=30),
    outcomes=st.lists(st.tuples(OUTCOMES, OUTCOMES), min_size=6, max_size=6),
)
def test_it_equals_its_twin(heard: list[int], outcomes: list[tuple[Any, Any]]) -> None:
    plays = Counter(heard)
    lake = LakeDouble()
    lake.fill(PLAYS, [row for number, times in plays.items() for row in of(number, min(times, 20))])
    lake.fill(TRACKS, TRACKS_THERE)
    matches, chosen, by_reference, verdicts = [], {}, {"a": set(), "b": set()}, {}
    for number, outcome in zip(SONGS, outcomes, strict=True):
        for reference, one in zip("ab", outcome, strict=True):
            if one is None:
                continue
            verdict, evidence = one
            sure = {"matched": 0.9, "ambiguous": 0.5, "unmatched": 0.0}[verdict]
            first = verdict == "matched" and number not in chosen
            if verdict == "matched":
                by_reference[reference].add(number)
                chosen.setdefault(number, evidence)
            verdicts.setdefault(number, []).append((-sure, verdict))
            ref_id = "r" if verdict == "matched" else None
            columns = {"verdict": verdict, "evidence": evidence, "confidence": sure, "chosen": first}
            matches.append(match(number, ref_id, reference, **columns))
    lake.fill(TRACK_MATCHES, matches)
    rows = asked(lake)

    def counted(songs: set[int]) -> tuple[int, int]:
        return len(songs & plays.keys()), sum(min(plays[song], 20) for song in songs)

    def found(part: str, what: str) -> dict[str, tuple[int, int]]:
        return {row[what]: (row["tracks"], row["plays"]) for row in rows if row["part"] == part}

    assert found(WITH, "part") == {WITH: counted(set(chosen))}
    wanted = {reference: counted(songs) for reference, songs in by_reference.items()}
    assert found(BY_REFERENCE, "reference") == {name: sums for name, sums in wanted.items() if sums[0]}
    evidences = {how: counted({song for song in chosen if chosen[song] == how}) for how in ("id", "alike names")}
    assert found(BY_EVIDENCE, "evidence") == {name: sums for name, sums in evidences.items() if sums[0]}
    best = {song: min(verdicts[song])[1] if song in verdicts else NOT_ASKED for song in SONGS if song not in chosen}
    without = {verdict: counted({song for song in best if best[song] == verdict}) for verdict in best.values()}
    assert found(WITHOUT, "verdict") == {name: sums for name, sums in without.items() if sums[0]}
