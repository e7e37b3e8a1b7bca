"""The recap: by hand, against a plain-Python twin, and each fact against the plays behind it."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from drawing import drawn
from histories import LakeDouble, Row, placed, play, track
from hypothesis import given
from hypothesis import strategies as st

from groovelog.metrics import recap
from groovelog.metrics.rules import FACTS
from groovelog.reports import Question, run
from groovelog.tables import PLAYS

TRACKS = [track(1, "One", "X", "P"), track(2, "Two", "X", "P"), track(3, "Three", "Y", "Q"), track(4, "Four", "Z", "Q")]


def heard(number: int, started: str, minutes: float = 3, session: int = 0) -> Row:
    entry = TRACKS[number - 1]
    names = {name: entry[name] for name in ("track_name", "artist_name", "album_name")}
    return play(started, minutes, track_uri=entry["track_id"], session_id=session, **names)


def lake(plays: list[Row]) -> LakeDouble:
    return LakeDouble([row | {"play_id": number} for number, row in enumerate(plays)], TRACKS)


def facts(lake: LakeDouble, **question: Any) -> dict[str, Row]:
    rows = run(lake, "recap", Question(**question)).rows.to_pylist()
    return {row["fact"]: row for row in rows}


def behind(lake: LakeDouble, what: str, **question: Any) -> list[Row]:
    rows: list[Row] = run(lake, "recap-plays", Question(what=what, **question)).rows.to_pylist()
    return rows


A_YEAR = [
    heard(3, "2023-12-31T23:59", 3, 1),
    heard(1, "2024-01-02T10:00", 4, 2), heard(1, "2024-01-02T10:05", 4, 2), heard(1, "2024-01-02T10:10", 0.2, 2),
    heard(2, "2024-01-03T10:00", 2, 3), heard(3, "2024-01-04T10:00", 2, 4),
    heard(4, "2024-02-29T20:00", 9, 5), heard(4, "2024-02-29T21:00", 9, 6), heard(3, "2024-02-29T22:00", 1, 6),
]  # fmt: skip


def test_a_year_by_hand() -> None:
    told = facts(lake(A_YEAR), from_date=date(2024, 1, 1), to_date=date(2024, 12, 31))
    assert tuple(told) == FACTS
    # 4 + 4 + 2 + 2 + 9 + 9 + 1 min; the play of 12 s does not count.
    assert (told["time-listened"]["value"], told["time-listened"]["plays"]) == (31 * 60_000, 7)
    values = {fact: row["value"] for fact, row in told.items()}
    assert (values["tracks"], values["artists"], values["new-artists"]) == (4, 3, 2)
    # X has 3 plays, Y and Z 2. One, Three and Four have 2 each: Four is first by name. P has 3, Q by Y and by Z 2 each.
    names = {fact: (row["name"], row["artist_name"], row["value"]) for fact, row in told.items()}
    assert names["top-artist"] == ("X", None, 3)
    assert names["top-track"] == ("Four", "Z", 2)
    assert names["top-album"] == ("P", "X", 3)
    # Y was heard the year before, so X and Z are new, and X has more plays.
    assert names["favourite-discovery"] == ("X", None, 3)
    days = {fact: (row["value"], row["from_date"], row["to_date"]) for fact, row in told.items()}
    assert days["biggest-day"] == (19 * 60_000, date(2024, 2, 29), date(2024, 2, 29))
    assert days["longest-session"] == (10 * 60_000, date(2024, 2, 29), date(2024, 2, 29))
    assert days["longest-streak"] == (3, date(2024, 1, 2), date(2024, 1, 4))
    # One on 2 January and Four on 29 February, twice each: the earlier.
    assert (names["on-repeat"], days["on-repeat"][1]) == (("One", "X", 2), date(2024, 1, 2))


def test_plays_without_names_are_named_by_the_catalogue() -> None:
    # As their artist counts among the facts, so their names stand with the plays behind them.
    plays = [heard(1, "2024-01-02T10:00", 4, 1) | {"track_name": None, "artist_name": None}]
    told = behind(lake(plays), "top-artist")
    assert [(row["track_name"], row["artist_name"]) for row in told] == [("One", "X")]


def test_the_plays_behind_a_fact() -> None:
    year, there = {"from_date": date(2024, 1, 1), "to_date": date(2024, 12, 31)}, lake(A_YEAR)
    told = behind(there, "on-repeat", **year)
    assert [(row["track_name"], row["started_at"].minute) for row in told] == [("One", 0), ("One", 5)]
    assert len(behind(there, "on-repeat", top=1, **year)) == 1
    told = facts(there, **year)
    for fact in ("time-listened", "new-artists", "top-album", "biggest-day", "longest-session", "longest-streak"):
        plays = behind(there, fact, **year)
        assert (len(plays), time(plays)) == (told[fact]["plays"], told[fact]["ms_played"])


def test_what_nothing_tells_is_left_out() -> None:
    told = facts(lake([heard(1, "2024-01-02T10:00", 0.1)]))
    assert {fact: row["value"] for fact, row in told.items()} == {
        "time-listened": 0, "tracks": 0, "artists": 0, "new-artists": 0,
    }  # fmt: skip
    assert behind(lake([heard(1, "2024-01-02T10:00", 0.1)]), "top-artist") == []
    assert tuple(recap.FACTS) == FACTS


@st.composite
def plays(draw: st.DrawFn) -> Row:
    entry = draw(st.sampled_from(TRACKS))
    names = {name: entry[name] for name in ("track_name", "artist_name", "album_name")}
    row = {"listener_id": "a1", "kind": "track", "sources": "spotify_extended", "track_uri": entry["track_id"]}
    begin = datetime(2024, 3, 29, 23, 30, tzinfo=UTC) + timedelta(hours=draw(st.integers(0, 150)))
    return placed(
        row | names | {"session_id": draw(st.integers(1, 4))}, begin, draw(st.sampled_from([1, 60, 61])) * 1000
    )


def best(rows: list[Row], key: Any, size: Any, tie: Any) -> tuple[Any, list[Row]]:
    """The group of the largest size; of several the first by tie."""
    groups = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return min(groups.items(), key=lambda group: (-size(group[1]), tie(group)))


def time(rows: list[Row]) -> int:
    return sum(row["ms_played"] for row in rows)


def twin(history: list[Row], first: date) -> dict[str, tuple[Any, list[Row]]]:
    """Each fact's value with the plays behind it."""
    ever = [row for row in history if row["ms_played"] >= 30_000]
    own = [row for row in ever if row["local_date"] >= first]
    old = {row["artist_name"] for row in ever if row["local_date"] < first}
    new = [row for row in own if row["artist_name"] not in old]
    told = {"time-listened": (time(own), own)}
    for fact, rows, name in (
        ("tracks", own, "track_name"),
        ("artists", own, "artist_name"),
        ("new-artists", new, "artist_name"),
    ):
        told[fact] = (len({row[name] for row in rows}), rows)
    if not own:
        return told
    ranked = {"top-artist": (own, ("artist_name",)), "top-track": (own, ("track_name", "artist_name")),
              "top-album": (own, ("album_name", "artist_name")), "favourite-discovery": (new, ("artist_name",))}  # fmt: skip
    for fact, (rows, names) in ranked.items():
        if rows:
            key, group = best(
                rows, lambda row, names=names: [row[n] for n in names].__repr__(), len, lambda group: group[0]
            )
            assert key
            told[fact] = (len(group), group)
    day = best(own, lambda row: row["local_date"], time, lambda group: group[0])[1]
    told["biggest-day"] = (time(day), day)
    session = best(own, lambda row: row["session_id"], time, lambda group: min(row["started_at"] for row in group[1]))[
        1
    ]
    told["longest-session"] = (time(session), session)
    days = sorted({row["local_date"] for row in own})
    streaks = [[day] for day in days if day - timedelta(days=1) not in days]
    for streak in streaks:
        while streak[-1] + timedelta(days=1) in days:
            streak.append(streak[-1] + timedelta(days=1))
    longest = max(streaks, key=len)
    told["longest-streak"] = (len(longest), [row for row in own if row["local_date"] in longest])
    repeat = best(own, lambda row: (row["local_date"], row["track_name"]), len, lambda group: group[0])[1]
    told["on-repeat"] = (len(repeat), repeat)
    return told


@pytest.fixture(scope="module")
def one_lake() -> LakeDouble:
    return lake([])


@drawn(12)
@given(drawn=st.lists(plays(), min_size=1, max_size=25), what=st.sampled_from(FACTS))
def test_facts_and_the_plays_behind_one_equal_their_twin(one_lake: LakeDouble, drawn: list[Row], what: str) -> None:
    history = [row | {"play_id": number} for number, row in enumerate(drawn)]
    one_lake.fill(PLAYS, history)
    first = date(2024, 3, 31)
    if max(row["local_date"] for row in history) < first:
        return
    told = facts(one_lake, from_date=first)
    expected = twin(history, first)
    assert {fact: row["value"] for fact, row in told.items()} == {fact: value for fact, (value, _) in expected.items()}
    plays = behind(one_lake, what, from_date=first)
    wanted = expected[what][1] if what in expected else []
    assert Counter(play["play_id"] for play in plays) == Counter(f"{play['play_id']:016x}" for play in wanted)
    if what in told:
        assert (told[what]["plays"], told[what]["ms_played"]) == (len(wanted), time(wanted))
