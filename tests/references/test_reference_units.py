"""One value at a time: what a file says, and what it is in the lake's units."""

from pathlib import Path
from typing import Any

import pytest
from kept_references import read_rows
from reference_files import FEATURES, spotify_track, track_id, written

# What a file says of an audio feature -> what is kept.
VALUES: dict[str, dict[str, Any]] = {
    "energy": {
        "0.7": 0.7, "0": 0.0, "1": 1.0, "0,25": 0.25, "1e-3": 0.001, " 0.5 ": 0.5,
        "7": None, "-0.1": None, "1.01": None, "nan": None, "inf": None, "loud": None, "": None, "NULL": None,
    },
    "key": {
        "0": 0, "11": 11, "5.0": 5, "-1": None, "12": None, "3.5": None,
        "C": 0, "c": 0, "C#": 1, "D♭": 1, "Db": 1, "Cb": 11, "B#": 0, "F sharp": 6, "A#/Bb": 10, "F# minor": 6,
        "H": None, "Major": None,
    },
    "mode": {"1": 1, "0": 0, "Major": 1, "minor": 0, "2": None, "dorian": None},
    "loudness": {"-60": -60.0, "1.3": 1.3, "-100": None, "99": None},
    "tempo": {"120.5": 120.5, "0": None, "-3": None, "4000": None},
    "time_signature": {"4": 4, "0": None, "3/4": 3, "4.5": None},
    "duration_ms": {"200000": 200_000, "0": None, "-5": None, "x": None},
    "popularity": {"100": 100, "101": None, "": None},
}  # fmt: skip


def test_values(tmp_path: Path) -> None:
    rows = [
        spotify_track(track_id=f"{name} {told!r}", **{name: told}) for name, values in VALUES.items() for told in values
    ]
    found = {row["ref_id"]: row for row in read_rows(written(tmp_path, rows))}
    kept = {name: {told: found[f"{name} {told!r}"][name] for told in values} for name, values in VALUES.items()}
    assert kept == VALUES


@pytest.mark.parametrize(
    ("column", "told", "ms"),
    [
        ("duration_ms", "65000", 65_000),
        ("length_s", "65", 65_000),
        ("duration", "1:05", 65_000),
        ("duration", "65", 65_000),
    ],
)
def test_a_length(tmp_path: Path, column: str, told: str, ms: int) -> None:
    assert (
        read_rows(written(tmp_path, [{"track_id": track_id("a"), "energy": 1, column: told}]))[0]["duration_ms"] == ms
    )


def energies(folder: Path, *told: object, heading: str = "energy", **other: object) -> list[float | None]:
    rows = [{"id": f"{number:03}", heading: value, "tempo": 90, **other} for number, value in enumerate(told)]
    return [row["energy"] for row in read_rows(written(folder, rows))]


def test_percent_is_told_by_the_heading(tmp_path: Path) -> None:
    assert energies(tmp_path, 1, 80, heading="energy_%") == [0.01, 0.8]
    assert energies(tmp_path, 1, 0.5, heading="Energy (percent)") == [0.01, 0.005]


def test_percent_is_told_by_most_values(tmp_path: Path) -> None:
    assert energies(tmp_path, 1, 80, 63) == [0.01, 0.8, 0.63]
    assert energies(tmp_path, "80%", "4 %") == [0.8, 0.04]


def test_one_value_out_of_range_makes_no_percent(tmp_path: Path) -> None:
    assert energies(tmp_path, 0.2, 0.9, 7) == [0.2, 0.9, None]


def test_zeros_and_ones_are_taken_as_the_other_columns_are(tmp_path: Path) -> None:
    assert energies(tmp_path, 0, 1, valence=0.4, liveness=0.3) == [0.0, 1.0]
    assert energies(tmp_path, 0, 1, valence=40, liveness=30) == [0.0, 0.01]


def test_a_column_without_one_value_below_0_is_not_in_decibels(tmp_path: Path) -> None:
    rows = [{"id": f"{number}", "loudness": value, "energy": 0.5} for number, value in enumerate((0.7, 0.8, 0.0))]
    assert [row["loudness"] for row in read_rows(written(tmp_path, rows))] == [None, None, None]


def test_what_is_not_told_is_not_known(tmp_path: Path) -> None:
    (row,) = read_rows(written(tmp_path, [{"track_id": track_id("a"), "valence": 0.25}]))
    assert {name: row[name] for name in FEATURES} == {**dict.fromkeys(FEATURES), "valence": 0.25}


GENRES = {
    "pop": "pop", "pop, R&B": "R&B\npop", "pop;rock|pop": "pop\nrock", "['b', 'a']": "a\nb", "['b'- 'a']": "a\nb",
    "set()": None, "[]": None, "": None, "singer-songwriter": "singer-songwriter",
}  # fmt: skip


def test_genres(tmp_path: Path) -> None:
    rows = read_rows(written(tmp_path, [spotify_track(track_id=f"<{told}>", track_genre=told) for told in GENRES]))
    assert {row["ref_id"][1:-1]: row["genres"] for row in rows} == GENRES


@pytest.mark.parametrize(
    "told",
    [
        f"spotify:track:{track_id('a')}", f"https://open.spotify.com/track/{track_id('a')}?si=x", track_id("a"),
        f"  {track_id('a')} ",
    ],
)  # fmt: skip
def test_a_spotify_id_in_any_dress(tmp_path: Path, told: str) -> None:
    (row,) = read_rows(written(tmp_path, [spotify_track(track_id=told)]))
    assert (row["ref_id"], row["track_id"]) == (track_id("a"), f"spotify:track:{track_id('a')}")


def test_another_id_is_kept_as_it_is(tmp_path: Path) -> None:
    (row,) = read_rows(written(tmp_path, [spotify_track(track_id="0b5c-77")]))
    assert (row["ref_id"], row["track_id"]) == ("0b5c-77", None)
