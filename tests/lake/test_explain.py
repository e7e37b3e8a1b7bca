"""Which rows told of a play, and why they are one."""

from pathlib import Path

import pytest
from export_rows import extended as row
from kept import bring, plays
from told import ANOTHER, bring_sources, lastfm_row, listen, minute_row, poll, song

from groovelog.errors import NotFoundError
from groovelog.lake.explain import ANOTHER_FORM, LEADS, explain
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Explained


def explained(home: Home, number: int = 0) -> Explained:
    """The play of that number, by start."""
    play = sorted(plays(home), key=lambda play: play["started_at"])[number]
    with open_snapshot(home.lake) as snapshot:
        (found,) = explain(snapshot, f"{play['play_id']:016x}")
    return found


def test_each_row_is_told_with_what_it_has_in_common(home: Home, tmp_path: Path) -> None:
    rows = (song(5), lastfm_row(9, ("Agua", "Ayọ")), minute_row(0), poll(206))
    bring_sources(home, tmp_path, *rows)
    found = explained(home)
    assert found.listener == "me"
    assert [(row.source, row.row, row.how) for row in found.rows] == [
        ("spotify_extended", 1, LEADS),
        ("spotify_api", 1, "the same URI"),
        ("lastfm", 1, "the same names"),
        ("lastfm_minutes", 1, "the same names"),
    ]
    # Seconds later than the play: Last.fm 9 - 5; a minute counts from its middle, 30 - 5.
    assert [row.seconds_apart for row in found.rows] == [None, 1, 4, 25]
    assert found.rows[2].said["track_name"] == "Agua"
    assert Path(str(found.rows[0].file)).name == "Streaming_History_Audio_0.json"


def test_names_that_are_only_alike_are_said_to_be(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(0, ("Thunderstruck", "Voltage")), lastfm_row(3, ("Thunderstuck", "Voltage")))
    assert [row.how for row in explained(home).rows] == [LEADS, "names alike"]


def test_a_row_in_the_words_of_another_export_is_told(home: Home) -> None:
    bring(home, row("2021-03-04 10:00", platform="ios"))
    bring(home, row("2021-03-04 10:00", platform="iOS 17"))
    found = explained(home)
    assert sorted(row.how for row in found.rows) == sorted([LEADS, ANOTHER_FORM])
    assert {row.said["platform"] for row in found.rows} == {"ios", "iOS 17"}


def test_rows_of_other_plays_are_not_told(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(0), song(300, ANOTHER, uri="b"), listen(1), listen(301, ANOTHER))
    assert [row.said["track_name"] for row in explained(home, 0).rows] == ["Água", "Água"]
    assert [row.said["track_name"] for row in explained(home, 1).rows] == ["Boogie", "Boogie"]


def test_the_rows_told_are_those_the_play_names(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(0), song(200), lastfm_row(80), lastfm_row(280), listen(1), poll(400))
    for number in range(2):
        found = explained(home, number)
        assert "+".join(row.source for row in found.rows) == found.play["sources"]


@pytest.mark.parametrize("unknown", ["0123456789abcdef", "nonsense", ""])
def test_a_play_nobody_has_is_not_found(home: Home, unknown: str) -> None:
    with open_snapshot(home.lake) as snapshot, pytest.raises(NotFoundError, match="There is no play"):
        explain(snapshot, unknown)
