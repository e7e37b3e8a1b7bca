"""Every report against its plain-Python twin, on histories drawn at random."""

from datetime import date
from typing import Any

import pytest
import twin
from drawing import drawn
from histories import HISTORIES, ME, LakeDouble, Row, catalogues
from hypothesis import given
from hypothesis import strategies as st

from groovelog.errors import NothingToTell
from groovelog.reports import Question, run
from groovelog.tables import PLAYS, TRACKS

# Few questions, so that each is compiled once and asked of many histories.
SPRING, AUTUMN = date(2024, 2, 29), date(2024, 10, 27)
QUESTIONS = [
    Question(count="all", kind="all"),
    Question(count="30s", kind="track"),
    Question(count="30s", kind="episode", timezone="America/New_York"),
    Question(count="30s", kind="unknown", to_date=AUTUMN),
    Question(count="scrobble", kind="track", from_date=SPRING, to_date=AUTUMN, timezone="Asia/Kathmandu"),
    Question(count="scrobble", kind="all"),
    Question(count="finished", kind="track", from_date=AUTUMN),
    Question(count="finished", kind="audiobook"),
]
TWINS = {
    "overview": lambda kept, counted, tracks: [twin.overview(kept, counted, tracks)],
    "top-tracks": lambda _, counted, tracks: twin.top_tracks(counted, tracks),
    "top-artists": lambda _, counted, tracks: twin.top_artists(counted, tracks),
    "top-albums": lambda _, counted, tracks: twin.top_albums(counted, tracks),
    "listening-by-month": lambda kept, counted, _: twin.by_month(kept, counted),
    "heatmap": lambda _, counted, __: twin.heatmap(counted),
}


@pytest.fixture(scope="module")
def lake() -> LakeDouble:
    return LakeDouble()


@pytest.mark.parametrize("name", TWINS)
@drawn(32)
@given(history=HISTORIES, tracks=catalogues(), asked=st.sampled_from(QUESTIONS))
def test_report_equals_its_twin(
    lake: LakeDouble, name: str, history: list[Row], tracks: list[Row], asked: Question
) -> None:
    lake.fill(PLAYS, history)
    lake.fill(TRACKS, tracks)
    period = {"first": asked.from_date, "last": asked.to_date, "zone": asked.timezone}
    of_any_kind = twin.considered(history, ME.listener_id, "all", **period)
    if not of_any_kind:
        with pytest.raises(NothingToTell):
            run(lake, name, asked)
        return
    answer = run(lake, name, asked)
    kept = twin.considered(history, ME.listener_id, asked.kind, **period)
    counts = [twin.counts(play, asked.count, history, tracks) for play in kept]
    counted = [play for play, yes in zip(twin.timed(kept, history, tracks), counts, strict=True) if yes]

    assert answer.rows.to_pylist() == TWINS[name](kept, counted, tracks)
    assert answer.basis.plays == len(kept)
    assert answer.basis.counted_plays == len(counted)
    assert answer.basis.undecided_plays == counts.count(None)
    assert answer.basis.untimed_plays == sum(play["ms_played"] is None for play in counted)
    assert answer.basis.by_kind == twin.kinds(of_any_kind)
    estimated = sum(now["ms_played"] or 0 for now in counted if kept_as(now, history)["ms_played"] is None)
    time = sum(play["ms_played"] or 0 for play in counted)
    told = any(play["ms_played"] is None for play in history if play["listener_id"] == ME.listener_id)
    assert answer.basis.estimated_share == ((estimated / time if time else None) if told else 0)
    dates: list[Any] = [play["local_date"] for play in kept]
    assert answer.from_date == (asked.from_date or min(dates, default=None))
    assert answer.to_date == (asked.to_date or max(dates, default=None))


def kept_as(play: Row, history: list[Row]) -> Row:
    return next(row for row in history if row["play_id"] == play["play_id"])
