"""Histories drawn from small alphabets, so that rows collide, and the ways in which they can arrive."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from export_rows import NEITHER, NO_NAMES, UNKNOWN, Row, account, extended
from hypothesis import strategies as st

from groovelog.lake.home import Home

# Ends of years and of days, hours that zones skip or repeat, a plain day.
PLACES = [
    datetime(2019, 12, 31, 23, 45, tzinfo=UTC),
    datetime(2020, 12, 31, 23, 59, 30, tzinfo=UTC),
    datetime(2021, 3, 28, 0, 59, tzinfo=UTC),
    datetime(2021, 10, 31, 0, 30, tzinfo=UTC),
    datetime(2021, 6, 5, 12, tzinfo=UTC),
]
# Seconds: same second, same minute, next minute, within and beyond a session's silence, the next days.
STEPS = [0, 1, 29, 30, 59, 60, 61, 90, 600, 1799, 1800, 1801, 1862, 3600, 7200, 86_400, 200_000]
LENGTHS = [0, 1_000, 30_000, 59_999, 60_000, 122_000, 1_800_000, 3_600_000, 86_400_000, 6 * 86_400_000]
LETTERS = ["a", "b"]
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC"]
ACCOUNT_SPELLINGS = {
    "a": {"trackName": "AGUA", "artistName": "Ayo"},
    "b": {"trackName": "Boogie!", "artistName": "b 52s"},
}

Export = list[list[Row]]


@dataclass(frozen=True)
class Played:
    """One stop on the timeline, of which exports tell."""

    stop: datetime
    letter: str
    ms: int


@st.composite
def played(draw: st.DrawFn) -> Played:
    stop = draw(st.sampled_from(PLACES)) + timedelta(seconds=draw(st.sampled_from(STEPS)))
    return Played(stop, draw(st.sampled_from(LETTERS)), draw(st.sampled_from(LENGTHS)))


EPISODE = {**NEITHER, "spotify_episode_uri": "spotify:episode:e", "episode_name": "Água", "episode_show_name": "Ayọ"}
AUDIOBOOK = {**NO_NAMES, "audiobook_uri": "spotify:show:w", "audiobook_title": "Wörk", "audiobook_chapter_uri": "c"}
OF_PODCAST = {"podcastName": "AYỌ", "episodeName": "água"}
OF_AUDIOBOOK = {"audiobookName": "work", "authorName": "Writer"}

FORMS = st.fixed_dictionaries(
    {},
    optional={
        "platform": st.sampled_from(["Android OS 11 API 30", "android"]),
        "offline_timestamp": st.sampled_from([0, 1_600_000_000, 1_600_000_000_500, 1_600_000_001]),
        "skipped": st.sampled_from([None, True]),
        "incognito_mode": st.just(True),
    },
)
CHANGES: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {},
        {},
        {},
        {},
        {"conn_country": "ZZ"},
        NO_NAMES,
        NEITHER,
        {"reason_end": None},
        {"username": "x"},
        EPISODE,
        AUDIOBOOK,
    ]
)


@st.composite
def extended_row(draw: st.DrawFn, one: Played) -> Row:
    return extended(one.stop, one.letter, one.ms, **draw(CHANGES), **draw(FORMS))


@st.composite
def account_row(draw: st.DrawFn, one: Played) -> Row:
    minute = one.stop + timedelta(minutes=draw(st.sampled_from([0, 0, 0, 1, -1])))
    ms = max(0, one.ms + draw(st.sampled_from([0, 0, 0, 1, -1, 30_000, -62_000, 62_001])))
    told = account(minute, one.letter, ms)
    names = {name: told[name] for name in ("artistName", "trackName")}
    names = draw(st.sampled_from([names, names, ACCOUNT_SPELLINGS[one.letter], UNKNOWN, OF_PODCAST, OF_AUDIOBOOK]))
    return {"endTime": told["endTime"], "msPlayed": ms, **names}


@st.composite
def exports(draw: st.DrawFn, most_plays: int = 8, most_exports: int = 4) -> list[Export]:
    """Exports of one listener, one or two files each, of one kind each."""
    told = draw(st.lists(played(), min_size=1, max_size=most_plays))
    drawn = []
    for _ in range(draw(st.integers(1, most_exports))):
        row = draw(st.sampled_from([extended_row, extended_row, account_row]))
        shown = st.lists(st.sampled_from(told).flatmap(row), min_size=1, max_size=most_plays)
        drawn.append(draw(st.lists(shown, min_size=1, max_size=2)))
    return drawn


def arrivals(draw: st.DrawFn, of: list[Export]) -> list[list[Export]]:
    """Calls, each of files of some exports, in any order, that bring every file once at least."""
    files = [(number, file) for number, export in enumerate(of) for file in export]
    order = draw(st.permutations(range(len(files))))
    again = draw(st.lists(st.sampled_from(range(len(files))), max_size=2))
    calls: list[list[Export]] = []
    for position, index in enumerate([*order, *again]):
        number, file = files[index]
        if position == 0 or draw(st.booleans()):
            calls.append([[] for _ in of])
        calls[-1][number].append(file)
    return [[export for export in call if export] for call in calls]


@contextmanager
def copy_of(root: Path) -> Iterator[Home]:
    """A home of its own for each example."""
    with tempfile.TemporaryDirectory() as folder:
        yield Home(Path(shutil.copytree(root, Path(folder, "home"))))
