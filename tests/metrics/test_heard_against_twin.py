"""Reports of skips, mood and single plays against their plain-Python twins, on histories drawn at random."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import twin
import twin_heard
from drawing import drawn
from heard_rows import CATALOGUE, HEARD, audio, fill
from histories import ME, LakeDouble, Row
from hypothesis import given

from groovelog.errors import NothingToTell
from groovelog.metrics.context_rules import RULES
from groovelog.metrics.profile import AVERAGED
from groovelog.metrics.reason_words import REASONS
from groovelog.reports import Question, find, run
from groovelog.tables import PLAYLISTS

MARCH = Question(from_date=date(2024, 3, 31), timezone="Asia/Kathmandu")
LISTS = {"p1": "Mine"}
Twin = Callable[..., list[Row]]
Features = dict[str, Row]


def skips(what: str) -> Twin:
    return lambda counted, tracks, features: twin_heard.skips(counted, tracks, features, what)


# Each with the one question that it is asked. Those of plays alone:
ATTENTION: dict[tuple[str, Question], Twin] = {
    **{("skips", Question(what=what)): skips(what) for what in ("track", "album", "hour", "context")},
    **{
        ("skips", Question(what=what, count="30s", from_date=MARCH.from_date, timezone=MARCH.timezone)): skips(what)
        for what in ("recording", "artist", "month", "shuffle")
    },
    ("reasons", Question(kind="all", count="30s")): lambda counted, *_: twin_heard.reasons(counted, REASONS),
    ("plays-by-context", Question()): lambda counted, tracks, _: twin_heard.by_context(counted, tracks, LISTS),
}  # fmt: skip
# Those that need audio features:
SOUND: dict[tuple[str, Question], Twin] = {
    ("mood", Question(per="weekday", count="all")): lambda *told: twin_heard.mood(*told, "weekday", "weekday"),
    ("mood", MARCH): lambda *told: twin_heard.mood(*told, "week", "starts_on"),
    ("mood-quadrants", Question()): twin_heard.quadrants,
    ("contexts", MARCH): lambda *told: twin_heard.contexts(*told, RULES),
    ("contexts-over-time", Question(per="quarter", count="all")): lambda *told: twin_heard.contexts_over_time(
        *told, "quarter", "starts_on"
    ),
    ("audio-profile", Question()): lambda *told: twin_heard.audio_profile(*told, "hour", "hour", *AVERAGED),
    ("audio-profile", Question(per="all")): lambda *told: twin_heard.audio_profile(*told, "all", "", *AVERAGED),
    ("tempo", Question()): twin_heard.tempo,
    ("keys", Question(count="all")): twin_heard.keys,
}
EXAMPLES = drawn(10)


@pytest.fixture(scope="module")
def lake() -> LakeDouble:
    double = LakeDouble()
    seen = {"captured_at": datetime(2024, 6, 1, tzinfo=UTC), "snapshot_id": "s1", "entries": 0}
    double.fill(PLAYLISTS, [{"listener_id": ME.listener_id, "playlist_id": "p1", "playlist_name": "Mine", **seen}])
    return double


def considered(history: list[Row], asked: Question) -> tuple[list[Row], list[bool | None]]:
    """The listener's plays, with their time, and whether they count."""
    kept = twin.considered(
        history, ME.listener_id, str(asked.kind), first=asked.from_date, last=asked.to_date, zone=asked.timezone
    )
    counts = [twin.counts(play, str(asked.count), history, CATALOGUE) for play in kept]
    return twin.timed(kept, history, CATALOGUE), counts


def counted(history: list[Row], asked: Question) -> list[Row]:
    return [play for play, yes in zip(*considered(history, asked), strict=True) if yes]


def none_at_all(history: list[Row], asked: Question) -> bool:
    return not twin.considered(
        history, ME.listener_id, "all", first=asked.from_date, last=asked.to_date, zone=asked.timezone
    )


def equal(rows: list[Row], expected: list[Row]) -> bool:
    """Names and counts to the letter, floats to the digits that are told."""
    assert [list(row) for row in rows] == [list(row) for row in expected]
    for row, other in zip(rows, expected, strict=True):
        assert row == {
            name: pytest.approx(value, abs=2e-6) if isinstance(value, float) else value for name, value in other.items()
        }
    return True


def named(value: Any) -> str:
    name, asked = value
    return f"{name}-{asked.what or asked.per or asked.count or asked.timezone or ''}"


@pytest.mark.parametrize("case", ATTENTION, ids=named)
@EXAMPLES
@given(history=HEARD, features=audio())
def test_report_of_plays_equals_its_twin(
    lake: LakeDouble, case: tuple[str, Question], history: list[Row], features: Features
) -> None:
    fill(lake, history, features)
    name, question = case
    asked = question.settled(find(name))
    if none_at_all(history, asked):
        with pytest.raises(NothingToTell):
            run(lake, name, question)
        return
    expected = ATTENTION[case](counted(history, asked), CATALOGUE, features)
    assert equal(run(lake, name, question).rows.to_pylist(), expected)


@pytest.mark.parametrize("case", SOUND, ids=named)
@EXAMPLES
@given(history=HEARD, features=audio())
def test_report_of_sound_equals_its_twin(
    lake: LakeDouble, case: tuple[str, Question], history: list[Row], features: Features
) -> None:
    fill(lake, history, features)
    name, question = case
    plays = counted(history, question.settled(find(name)))
    known = sum(twin.entry(play, CATALOGUE) in features for play in plays)
    if not plays or known < 0.3 * len(plays):
        with pytest.raises(NothingToTell):
            run(lake, name, question)
        return
    assert equal(run(lake, name, question).rows.to_pylist(), SOUND[case](plays, CATALOGUE, features))


@pytest.mark.parametrize("asked", [Question(), Question(count="30s", timezone="Asia/Kathmandu")], ids=["all", "30s"])
@EXAMPLES
@given(history=HEARD)
def test_completion_equals_its_twin(lake: LakeDouble, asked: Question, history: list[Row]) -> None:
    fill(lake, history)
    settled = asked.settled(find("completion"))
    if none_at_all(history, settled):
        return
    # As sources tell the time: an estimate says nothing of how far a play got.
    told = {play["play_id"]: play["ms_played"] for play in history}
    plays = [play | {"ms_played": told[play["play_id"]]} for play in counted(history, settled)]
    expected = twin_heard.completion(plays, CATALOGUE, history)
    assert equal(run(lake, "completion", asked).rows.to_pylist(), expected)


@pytest.mark.parametrize("asked", [Question(top=1_000), Question(top=1_000, count="finished", timezone="Asia/Kathmandu")],
                         ids=["all", "finished"])  # fmt: skip
@EXAMPLES
@given(history=HEARD)
def test_recent_plays_equal_their_twin(lake: LakeDouble, asked: Question, history: list[Row]) -> None:
    fill(lake, history)
    settled = asked.settled(find("recent-plays"))
    if none_at_all(history, settled):
        return
    expected = twin_heard.recent(*considered(history, settled), CATALOGUE, LISTS, asked.timezone)
    assert equal(run(lake, "recent-plays", asked).rows.to_pylist(), expected)
