"""The reports of counts, rhythm and rankings against their plain-Python twins, on histories drawn at random."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import twin
import twin_counts as twins
from drawing import drawn
from histories import ME, MS, LakeDouble, Row, match, placed, track
from hypothesis import given
from hypothesis import strategies as st

from groovelog.errors import NothingToTell
from groovelog.reports import Question, find, run
from groovelog.tables import PLAYS, REFERENCES, TRACK_MATCHES, TRACKS

# Two entries of one recording, of equal names; names in another case; an entry that nobody names.
CATALOGUE = [
    track(1, "A", "X", "L") | {"recording_id": "spotify:track:1"},
    track(2, "A", "X", "M") | {"recording_id": "spotify:track:1"},
    track(3, "B", "Y", None) | {"recording_id": "spotify:track:3"},
    track(4, None, None, None),
    track(5, "b", "Y", "L") | {"recording_id": "spotify:track:5"},
]
WORKS = [
    *({"track_uri": row["track_id"], **{name: row[name] for name in ("track_name", "artist_name", "album_name")}}
      for row in CATALOGUE),
    {"track_uri": "spotify:track:3", "track_name": None, "artist_name": None, "album_name": None},
    {"track_uri": None, "track_name": "A", "artist_name": "X", "album_name": None},
    {"track_uri": None, "track_name": "C", "artist_name": "Z", "album_name": "N"},
    {"track_uri": None, "track_name": "C", "artist_name": None, "album_name": None},
    {"track_uri": None, "track_name": None, "artist_name": None, "album_name": None},
]  # fmt: skip
EPISODES = [
    {"kind": "episode", "episode_uri": uri, "episode_name": name, "show_name": show}
    for uri, name, show in [
        ("e1", "One", "S"),
        ("e2", None, "S"),
        (None, "One", "S"),
        (None, None, "T"),
        ("e3", "x", None),
    ]
]
CREDITED = {"spotify:track:3": "Y\nQ\nQ", "spotify:track:1": None}
REFERENCE = [
    {"reference": "songs", "ref_id": track_id[-1], "credited_artists": names} for track_id, names in CREDITED.items()
]
MATCHES = [match(int(track_id[-1]), track_id[-1]) for track_id in CREDITED]
# Days that follow each other, weeks, a leap day (61), both clock changes (92, 302), and years.
BEGIN = datetime(2023, 12, 30, tzinfo=UTC)
DAYS = st.sampled_from([0, 1, 1, 2, 2, 3, 5, 8, 9, 30, 31, 60, 61, 62, 92, 100, 150, 302, 303, 365, 366, 367])
HOURS = st.sampled_from([0, 0, 1, 10, 10, 18, 23])


@st.composite
def plays(draw: st.DrawFn, ms: st.SearchStrategy[int | None]) -> Row:
    work = draw(st.sampled_from(WORKS + WORKS[:3] * 2 + EPISODES[:3]))
    begin = BEGIN + timedelta(days=draw(DAYS), hours=draw(HOURS), minutes=draw(st.sampled_from([0, 0, 30])))
    row = {
        "listener_id": ME.listener_id, "kind": "track", "sources": "spotify_extended", "track_uri": None, **work,
        "session_id": draw(st.integers(1, 4)), "skipped": draw(st.sampled_from([None, False, True])),
        "credited_artists": draw(st.sampled_from([None, None, "X\nW", "X\nX"])) if work.get("artist_name") else None,
    }  # fmt: skip
    return placed(dict.fromkeys(SPOKEN) | row, begin, draw(ms))


SPOKEN = (
    "track_name",
    "artist_name",
    "album_name",
    "episode_uri",
    "episode_name",
    "show_name",
    "reason_end",
    "incognito",
)


def numbered(rows: list[Row]) -> list[Row]:
    return [row | {"play_id": number} for number, row in enumerate(rows)]


# Whether a play without duration is among them decides how a report is compiled, which takes longer than to run it: every
# question is asked of histories of one sort, most of those in which nothing has to be estimated.
ASKED_OF_UNTIMED = ("listening-over-time", "weekparts", "top-recordings")
TIMED = plays(MS.filter(lambda ms: ms is not None))
UNTIMED = st.tuples(st.lists(plays(MS), max_size=39), plays(st.none())).map(lambda parts: [*parts[0], parts[1]])


def histories(*, timed: bool, long: bool) -> st.SearchStrategy[list[Row]]:
    """Up to 40 plays; long ones have enough of one thing, over enough days, for a half-life."""
    rows = st.lists(TIMED, min_size=1, max_size=40) if timed else UNTIMED
    if not long:
        return rows.map(numbered)
    often = st.lists(DAYS, min_size=18, max_size=45)
    return st.tuples(rows, often).map(lambda parts: numbered([*parts[0], *map(repeated, parts[1])]))


def repeated(day: int) -> Row:
    row = {"listener_id": ME.listener_id, "kind": "track", "sources": "spotify_extended", **WORKS[day % 2]}
    return placed(dict.fromkeys(SPOKEN) | row, BEGIN + timedelta(days=day, hours=10), 60_000)


JANUARY, AUTUMN = date(2024, 1, 6), date(2024, 10, 27)
ASKED = Question(count="all", kind="all", from_date=JANUARY, to_date=AUTUMN, timezone="America/New_York")
ASKED_TRACKS = Question(count="all", from_date=JANUARY, to_date=AUTUMN, timezone="America/New_York")

Twin = Callable[[list[Row], list[Row], Question], list[Row]]
CASES: list[tuple[str, Question, Twin]] = [
    (name, question, answer)
    for name, questions, answer in (
        (
            "listening-over-time",
            [
                Question(),
                Question(per="quarter", kind="all", count="all", timezone="America/New_York", from_date=JANUARY),
            ],
            lambda _, kept, asked: twins.over_time(kept, CATALOGUE, asked.per or "week"),
        ),
        (
            "rolling",
            [Question(window=3), Question(window=40, from_date=JANUARY, to_date=AUTUMN, count="all")],
            lambda ever, _, asked: twins.rolling(ever, asked.window, asked.from_date, asked.to_date),
        ),
        (
            "compare",
            [Question(), Question(from_date=date(2024, 2, 29), to_date=date(2024, 12, 30), count="all")],
            lambda ever, _, asked: twins.compare(ever, CATALOGUE, asked.from_date, asked.to_date),
        ),
        ("records", [Question(), ASKED], lambda _, kept, __: twins.records(kept, CATALOGUE)),
        (
            "artist-hours",
            [Question(top=2), Question(top=50, count="all", kind="all", from_date=JANUARY)],
            lambda _, kept, asked: twins.artist_hours(kept, CATALOGUE, asked.top),
        ),
        ("weekparts", [Question(), ASKED], lambda _, kept, __: twins.weekparts(kept)),
        ("seasons", [Question(), ASKED], lambda _, kept, __: twins.seasons(kept, CATALOGUE)),
        ("streaks", [Question(), ASKED], lambda _, kept, asked: twins.streaks(kept, asked.to_date)),
        ("frequency", [Question(), ASKED], lambda _, kept, __: twins.frequency(kept)),
        (
            "top-tracks",
            [Question(by="days"), Question(by="time", count="all", to_date=AUTUMN)],
            lambda _, kept, asked: twins.top(kept, CATALOGUE, "track", asked.by),
        ),
        (
            "top-artists",
            [Question(by="time"), Question(by="days", count="all", to_date=AUTUMN)],
            lambda _, kept, asked: twins.top(kept, CATALOGUE, "artist", asked.by),
        ),
        (
            "top-albums",
            [Question(by="days"), Question(by="time", count="all", to_date=AUTUMN)],
            lambda _, kept, asked: twins.top(kept, CATALOGUE, "album", asked.by),
        ),
        (
            "top-recordings",
            [Question(), Question(by="days", count="all", to_date=AUTUMN)],
            lambda _, kept, asked: twins.top(kept, CATALOGUE, "recording", asked.by or "plays"),
        ),
        (
            "top-credited-artists",
            [Question(), Question(by="days", count="all", to_date=AUTUMN)],
            lambda _, kept, asked: twins.credited(kept, CATALOGUE, CREDITED, asked.by or "plays"),
        ),
        (
            "top-shows",
            [Question(), Question(by="days", count="all", to_date=AUTUMN)],
            lambda _, kept, asked: twins.shows(kept, asked.by or "plays"),
        ),
        (
            "rank-movement",
            [
                Question(top=2),
                Question(top=3, what="recording", per="quarter", from_date=date(2024, 5, 3), to_date=AUTUMN),
            ],
            lambda ever, _, asked: twins.rank_movement(
                ever,
                CATALOGUE,
                what=asked.what or "artist",
                per=asked.per or "month",
                ranks_shown=asked.top,
                period=(asked.from_date, asked.to_date),
            ),
        ),
        (
            "artist-share",
            [Question(top=2), Question(top=1, per="year", count="all", kind="all", from_date=JANUARY)],
            lambda _, kept, asked: twins.artist_share(kept, CATALOGUE, asked.per or "month", asked.top),
        ),
        (
            "half-lives",
            [Question(), Question(what="recording", to_date=AUTUMN, count="all")],
            lambda ever, _, asked: twins.half_lives(ever, CATALOGUE, asked.what or "track", asked.to_date),
        ),
    )
    for question in questions
]


@pytest.fixture(scope="module")
def lake() -> LakeDouble:
    lake = LakeDouble()
    lake.fill(TRACKS, CATALOGUE)
    lake.fill(REFERENCES, REFERENCE)
    lake.fill(TRACK_MATCHES, MATCHES)
    return lake


@pytest.mark.parametrize(
    ("name", "asked", "expected"), CASES, ids=[f"{case[0]}-{at % 2}" for at, case in enumerate(CASES)]
)
@drawn(15)
@given(data=st.data())
def test_report_equals_its_twin(
    lake: LakeDouble, name: str, asked: Question, expected: Twin, data: st.DataObject
) -> None:
    timed = asked == Question() or name not in ASKED_OF_UNTIMED
    history = data.draw(histories(timed=timed, long=name == "half-lives"))
    lake.fill(PLAYS, history)
    report = find(name)
    settled = asked.settled(report)
    of_kind = twin.considered(history, ME.listener_id, settled.kind, first=None, last=None, zone=asked.timezone)
    of_all = twin.considered(
        history, ME.listener_id, "all", first=asked.from_date, last=asked.to_date, zone=asked.timezone
    )
    counts = [twin.counts(play, settled.count, history, CATALOGUE) for play in of_kind]
    lasting = twin.timed(of_kind, history, CATALOGUE)
    ever = [play | {"counted": yes} for play, yes in zip(lasting, counts, strict=True)]
    kept = [play for play in ever if inside(play["local_date"], asked)]
    if not of_all:
        with pytest.raises(NothingToTell):
            run(lake, name, asked)
        return
    assert_same(run(lake, name, asked).rows.to_pylist(), expected(ever, kept, asked))


def inside(day: date, asked: Question) -> bool:
    return (asked.from_date or day) <= day <= (asked.to_date or day)


def assert_same(rows: list[Row], expected: list[Row]) -> None:
    """Equal, floats to nine digits."""
    rounded = [[{name: plain(value) for name, value in row.items()} for row in side] for side in (rows, expected)]
    assert rounded[0] == rounded[1]


def plain(value: Any) -> Any:
    if not isinstance(value, float) or math.isnan(value):
        return value
    return round(value, 9) + 0.0
