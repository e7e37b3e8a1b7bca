"""Maloja: its export, and those of older versions."""

from pathlib import Path
from typing import Any, ClassVar

import pytest
from contract import SourceContract, said
from reading import read_bytes, utc

from groovelog.sources.maloja import MALOJA
from scrobbles import MALOJA_FORMS, dumped, maloja, moment


class TestMaloja(SourceContract):
    source = MALOJA
    forms = MALOJA_FORMS
    row = staticmethod(maloja)
    told: ClassVar = (
        (
            {
                "time": 1_746_434_410,
                "track": {
                    "artists": ["Kanade Ishihara", "Magnify Tokyo"],
                    "title": "伊吹",
                    "album": {"artists": ["Magnify Tokyo"], "albumtitle": "Magnify Tokyo"},
                    "length": 230,
                },
                "duration": 115,
                "origin": "client:default",
            },
            {
                "kind": "track",
                "started_at": utc(2025, 5, 5, 8, 40, 10),
                "stopped_at": utc(2025, 5, 5, 8, 42, 5),
                "ms_played": 115_000,
                "length_ms": 230_000,
                "track_name": "伊吹",
                "artist_name": "Kanade Ishihara, Magnify Tokyo",
                "credited_artists": "Kanade Ishihara\nMagnify Tokyo",
                "album_name": "Magnify Tokyo",
            },
        ),
        (
            {
                "time": 1_746_434_410,
                "track": {"artists": ["Cherish"], "title": "Title", "album": None, "length": None},
                "duration": None,
                "origin": "import:lastfm",
            },
            {
                "kind": "track",
                "started_at": utc(2025, 5, 5, 8, 40, 10),
                "track_name": "Title",
                "artist_name": "Cherish",
                "credited_artists": "Cherish",
            },
        ),
    )


# What each version before 3.2 told of one scrobble, and one of a version that told an album by its name.
OLD = {
    "3.0": {
        "time": 1_577_872_800,
        "track": {"artists": ["Artist"], "title": "Title", "length": None},
        "duration": None,
    },
    "artists as text": {"time": 1_577_872_800, "track": {"artists": "Artist", "title": "Title"}},
    "2": {"artists": ["Artist"], "title": "Title", "time": 1_577_872_800, "album": None, "duration": None},
}


@pytest.mark.parametrize("version", OLD)
def test_old_versions_tell_the_same_without_the_album(version: str, tmp_path: Path) -> None:
    (row,) = said(dumped({"scrobbles": [OLD[version]]}), tmp_path)
    assert row == said(dumped({"scrobbles": [maloja(album=None)]}), tmp_path)[0]


@pytest.mark.parametrize("album", ["Album", {"name": "Album"}, {"albumtitle": "Album"}])
def test_an_album_is_an_object_or_its_title(album: Any, tmp_path: Path) -> None:
    track = {"artists": ["Artist"], "title": "Title", "album": album}
    (row,) = said(dumped({"scrobbles": [maloja(track=track)]}), tmp_path)
    assert row == said(dumped({"scrobbles": [maloja()]}), tmp_path)[0]


@pytest.mark.parametrize(
    ("duration", "length", "told"),
    [
        (115, 230, (115_000, 230_000)),
        ("115", "230", (115_000, 230_000)),
        (0, 0, (None, None)),
        (-3, "-", (None, None)),
        ([], {}, (None, None)),
        (True, False, (1000, None)),
    ],
)
def test_lengths(duration: Any, length: Any, told: tuple[Any, Any], tmp_path: Path) -> None:
    track = {"artists": ["Artist"], "title": "Title", "length": length}
    (row,) = said(dumped({"scrobbles": [maloja(track=track, duration=duration)]}), tmp_path)
    assert (row["fault"], row["ms_played"], row["length_ms"]) == (None, *told)


def test_artists_that_are_none_are_left_out(tmp_path: Path) -> None:
    track = {"artists": ["A", "", None, "B\r\nC"], "title": "Title"}
    (row,) = said(dumped({"scrobbles": [maloja(track=track)]}), tmp_path)
    assert (row["artist_name"], row["credited_artists"]) == ("A, B C", "A\nB C")


def test_damage_is_told_with_its_row(tmp_path: Path) -> None:
    content = dumped({"scrobbles": [maloja(moment(minute)) for minute in range(3)]})
    place = content.rindex(b'"duration"')
    (failed,) = read_bytes(content[:place] + b"oops" + content[place:], tmp_path).failed
    assert (failed.row, failed.reason[:20]) == (3, "damaged in row 3: le")
