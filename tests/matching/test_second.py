"""The second process answers as the first, and is not missed where it dies."""

import pytest

from groovelog.matching import second as module
from groovelog.matching.evidence import Vocabulary
from groovelog.matching.second import Second, look, second

KNOWN = Vocabulary({"harbour": 3, "lantern": 2}, frozenset({"smallhours"}))
PAIRS = [
    (title, "The Small Hours", known, "Small Hours")
    for title in ("Painted Harbor", "Letter to the Lantern", "PAINTED HARBOUR (Live)", "黒い海", "")
    for known in ("Painted Harbour", "Letter to the Lanterns", "黒い海", "Painted Harbour - Live")
]


def test_halves_are_answered_as_the_whole() -> None:
    other = Second()
    try:
        for pairs in (PAIRS, PAIRS[:1], [], PAIRS[:3], PAIRS * 50):
            assert other.look(pairs, KNOWN) == look(pairs, KNOWN)
    finally:
        other.end()


def test_another_vocabulary_is_sent() -> None:
    other = Second()
    try:
        for known in (KNOWN, Vocabulary(), KNOWN):
            assert other.look(PAIRS, known) == look(PAIRS, known)
    finally:
        other.end()


def test_where_it_dies_all_is_done_here() -> None:
    other = Second()
    other._process.kill()
    other._process.wait()
    assert other.look(PAIRS, KNOWN) == look(PAIRS, KNOWN)
    other.end()


def test_few_queries_and_one_core_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    with second(module.FEWEST - 1) as other:
        assert other is None
    monkeypatch.setattr(module.os, "cpu_count", lambda: 1)
    with second(module.FEWEST) as other:
        assert other is None
