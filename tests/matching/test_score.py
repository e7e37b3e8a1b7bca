"""The benchmark's own rates and spellings, worked out by hand."""

import pytest
from benchmarks.matching.labelled import Query, label
from benchmarks.matching.score import Answer, reliability, score
from benchmarks.matching.songs import invented
from benchmarks.matching.spelling import letter_by_letter

from groovelog.names import recording_key


def query(*answers: str) -> Query:
    return Query("q", "t", "a", "", None, frozenset(answers), "exact", True)


def test_rates() -> None:
    queries = [query("a"), query("b", "c"), query("d"), query(), query()]
    answers = [Answer("a", 0.9), Answer("c", 0.9), Answer("x", 0.9), Answer("y", 0.7), Answer(None, 0.1)]
    told = score(queries, answers)
    # Four answers, two right; three known, two found; two absent, one answered.
    assert (told.precision, told.recall, told.absent) == (0.5, pytest.approx(2 / 3), 0.5)
    assert told.f1 == pytest.approx(4 / 7)
    # At 0.9 two of three are right, at 0.7 none of one: (3 * |0.9 - 2/3| + 1 * 0.7) / 4
    assert told.calibration_error == pytest.approx((3 * (0.9 - 2 / 3) + 0.7) / 4)


def test_the_curve_has_a_line_for_each_tenth_that_has_answers() -> None:
    assert reliability([(0.95, True), (1.0, False), (0.72, True)]) == [(1, 0.72, 1.0), (2, 0.975, 0.5)]


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("한국", "Hanguk"),
        ("우산", "Usan"),
        ("きゃりー", "Kyari"),
        ("ロック", "Rokku"),
        ("しゃしん", "Shashin"),
        ("Ёжик", "Yozhik"),
        ("φάρος", "Faros"),
    ],
)
def test_letters_are_romanised_by_the_official_tables(text: str, latin: str) -> None:
    assert letter_by_letter(text) == latin


def test_labels_say_what_is_there() -> None:
    songs, queries = label(invented(3, 60), 600, 3)
    there = {song.ref_id for song in songs}
    keys = {recording_key(song.title, song.artists[0]) for song in songs}
    assert all(query.answers <= there for query in queries)
    for absent in (query for query in queries if query.category == "absent"):
        assert not absent.answers
        assert recording_key(absent.title, absent.artist.split(", ")[0]) not in keys
    assert label(invented(3, 60), 600, 3)[1] == queries
