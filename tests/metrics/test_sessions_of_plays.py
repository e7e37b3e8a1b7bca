"""Sessions by hand, and against their twin."""

from datetime import date
from typing import Any

import pytest
import twin_sessions as twin
from drawing import drawn
from histories import LakeDouble, Row, match, play, sql
from hypothesis import given
from hypothesis import strategies as st
from lives import CATALOGUE, EVENINGS, answer, asked_of, numbered, same

from groovelog.errors import UsageError
from groovelog.metrics.sessions import cut
from groovelog.metrics.unbound import unbound
from groovelog.reports import Question
from groovelog.tables import PLAYS, REFERENCES, TRACK_MATCHES

# Energy is known of three entries, valence of two.
HEARD = {
    "spotify:track:1": {"energy": 0.5, "valence": 0.25},
    "spotify:track:3": {"energy": 0.1, "valence": 0.75},
    "spotify:track:4": {"energy": 0.9, "valence": None},
}


def with_audio(lake: LakeDouble) -> LakeDouble:
    numbers = [1, 3, 4]
    lake.fill(TRACK_MATCHES, [match(number, f"r{number}") for number in numbers])
    lake.fill(
        REFERENCES,
        [{"reference": "songs", "ref_id": f"r{number}", **HEARD[f"spotify:track:{number}"]} for number in numbers],
    )
    return lake


def ask(plays: list[Row], name: str, **asked: Any) -> list[Row]:
    return answer(with_audio(LakeDouble(numbered(plays), CATALOGUE)), name, Question(**asked))


def evening() -> list[Row]:
    """Three plays over midnight, the second of them skipped; an hour later one more."""
    return [
        play("2024-06-01T23:50", 8),
        play("2024-06-01T23:58", 0.1, skipped=True),
        play("2024-06-02T00:10", 60, track_uri="spotify:track:3", artist_name="Choir", skipped=False),
        play("2024-06-02T02:10", 61),
    ]


def test_a_session_lies_on_the_day_on_which_it_started() -> None:
    later, earlier = ask(evening(), "sessions")
    assert (earlier["local_date"], earlier["start_hour"], earlier["plays"]) == (date(2024, 6, 1), 23, 2)
    assert (earlier["tracks"], earlier["artists"], earlier["ms_played"]) == (2, 2, 68 * 60_000)
    assert (earlier["stopped_at"] - earlier["started_at"]).total_seconds() == 80 * 60
    # The skip does not count, and is a skip all the same; of the first play nobody knows.
    assert (earlier["skips"], earlier["skip_rate"]) == (1, 0.5)
    assert (later["local_date"], later["skip_rate"], later["label"]) == (date(2024, 6, 2), None, None)


def test_a_longer_silence_makes_one_session_and_a_night_of_two_hours_a_binge() -> None:
    (one,) = ask(evening(), "sessions", silence=60)
    # 8 + 60 + 61 minutes in counted plays
    assert (one["plays"], one["ms_played"], one["label"]) == (3, 129 * 60_000, "late-night binge")
    assert ask(evening(), "late-night-binges", silence=60) == [one]
    assert [row["plays"] for row in ask(evening(), "sessions", silence=59)] == [1, 2]


def test_a_session_is_cut_by_plays_of_every_kind_but_shows_those_asked_for() -> None:
    between = play("2024-06-02T01:20", 40, kind="episode", track_uri=None, track_name=None, artist_name=None)
    (one,) = ask([*evening(), between], "sessions")
    assert (one["plays"], one["ms_played"]) == (3, 129 * 60_000)
    (all_kinds,) = ask([*evening(), between], "sessions", kind="all")
    assert all_kinds["plays"] == 4


def test_a_session_without_a_counted_play_is_none() -> None:
    assert ask([play("2024-06-01T10:00", 0.1)], "sessions") == []
    assert all(row["sessions"] == 0 for row in ask([play("2024-06-01T10:00", 0.1)], "sessions-by-hour"))
    assert ask([play("2024-06-01T10:00", 0.1)], "session-story") == []


def mornings(*clocks: str) -> list[Row]:
    """One play on each of the days from Monday, 25 March 2024; summer time begins on the 31st."""
    return [play(f"2024-03-{25 + day}T{clock}") for day, clock in enumerate(clocks)]


def test_a_morning_routine_keeps_to_the_middle_of_its_kind_of_day() -> None:
    # The median of the five workdays is 8:00; 7:15 and 8:45 are as far from it as may be.
    rows = ask(mornings("08:00", "07:15", "08:45", "07:14", "08:46", "08:00", "08:00"), "morning-routines")
    assert [row["local_date"].day for row in rows] == [27, 26, 25]  # two days of a weekend are too few


def test_four_mornings_are_no_routine() -> None:
    assert ask(mornings("08:00", "08:00", "08:00", "08:00"), "morning-routines") == []


def test_a_night_before_five_belongs_to_the_evening_before() -> None:
    nights = [play(f"2024-03-{day}T00:30", 3) for day in range(25, 30)]
    rows = ask([*mornings("08:00", "08:00", "08:00", "08:00", "08:00"), *nights], "morning-routines")
    assert len(rows) == 5
    # but an earlier session of the morning itself is the first
    earlier = [play("2024-03-25T05:00", 3)]
    assert len(ask([*mornings("08:00", "08:00", "08:00", "08:00", "08:00"), *earlier], "morning-routines")) == 4


def test_hours_tell_the_middle_of_their_sessions() -> None:
    plays = [play("2024-06-01T10:00", 3), play("2024-06-02T10:59", 4, skipped=True), play("2024-06-03T10:30", 8)]
    row = ask(plays, "sessions-by-hour")[10]
    assert list(row.values()) == [10, 3, 3, 900_000, 300_000, 240_000, 1.0]


def test_a_story_tells_every_play_and_the_silence_before_it() -> None:
    rows = ask(evening(), "session-story")
    assert [row["position"] for row in rows] == [1, 2, 3]
    assert [row["silence_ms"] for row in rows] == [None, 0, 714_000]  # from 23:58:06 to 0:10
    assert [row["counted"] for row in rows] == [True, False, True]
    assert [row["quadrant"] for row in rows] == ["tense", "tense", "calm"]


def test_a_session_is_asked_for_by_its_id() -> None:
    later, earlier = ask(evening(), "sessions")
    for session in (later, earlier):
        rows = ask(evening(), "session-story", session=session["session_id"])
        assert {row["session_id"] for row in rows} == {session["session_id"]}
    assert ask(evening(), "session-story", session="00000000deadbeef") == []
    for wrong in ("today", "-1", "ffffffffffffffff"):
        with pytest.raises(UsageError, match="16 hexadecimal digits"):
            ask(evening(), "session-story", session=wrong)


def test_the_longest_sessions_in_a_line_each() -> None:
    longest, second = ask(evening(), "session-stories")
    # two artists with a play each: the first by name
    assert (longest["main_artist"], longest["main_artist_share"], longest["artists"]) == ("Band", 0.5, 2)
    assert (longest["energy_first_half"], longest["energy_second_half"]) == (0.5, 0.1)
    assert (second["plays"], second["energy_first_half"], second["energy_second_half"]) == (1, 0.5, None)
    assert longest["known_share"] == 1.0


QUESTIONS = [
    Question(),
    Question(count="all", kind="all", silence=20, timezone="Asia/Kathmandu", from_date=date(2024, 10, 22)),
]
REPORTS = ["sessions", "late-night-binges", "morning-routines", "sessions-by-hour", "session-story", "session-stories"]


@pytest.fixture(scope="module")
def lake() -> LakeDouble:
    return with_audio(LakeDouble([], CATALOGUE))


@pytest.mark.parametrize("name", REPORTS)
@drawn(15)
@given(history=EVENINGS, asked=st.sampled_from(QUESTIONS))
def test_report_equals_its_twin(lake: LakeDouble, name: str, history: list[Row], asked: Question) -> None:
    plays = asked_of(history, asked)
    lake.fill(PLAYS, history)
    opened = twin.cut(history, asked.silence or 30)
    rows = twin.listed(plays, opened, CATALOGUE)
    expected = {
        "sessions": lambda: rows,
        "late-night-binges": lambda: twin.longest([row for row in rows if row["label"] == "late-night binge"]),
        "morning-routines": lambda: [row for row in rows if row["label"] == "morning routine"],
        "sessions-by-hour": lambda: twin.by_hour(plays, opened, CATALOGUE),
        "session-story": lambda: twin.story(plays, opened, CATALOGUE, HEARD, None),
        "session-stories": lambda: twin.stories(plays, opened, CATALOGUE, HEARD, 10),
    }
    assert same(answer(lake, name, asked), expected[name]())


@pytest.mark.parametrize("silence", [30, 20])
@drawn(15)
@given(history=EVENINGS)
def test_sessions_are_cut_as_they_are_kept(lake: LakeDouble, silence: int, history: list[Row]) -> None:
    lake.fill(PLAYS, history)
    rows = lake.rows(CUTS[silence])
    assert {row["play_id"]: row["session_id"] for row in rows} == twin.cut(history, silence)


CUTS = {silence: sql(cut(unbound(PLAYS), silence)) for silence in (30, 20)}
