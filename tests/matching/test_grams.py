"""The index of three-letter runs."""

import numpy as np
import pytest

from groovelog.matching.grams import Grams, grams_of


def shared(one: str, other: str) -> int:
    left, right = ({int(gram) for gram in grams_of([text])[0]} for text in (one, other))
    return len(left & right)


def test_runs_are_counted_with_the_ends_and_once() -> None:
    # $ab abc bc$; of "aaab" the run counts once: $ab ab$; "xyxyx": $xy xyx yxy yx$ with y as i
    assert [len(grams_of([text])[0]) for text in ("abc", "aaab", "xyxyx", "")] == [3, 2, 4, 0]


def test_letters_of_one_sound_are_one() -> None:
    assert shared("salang", "sarang") == 6  # $sa sar ara ran ang ng$
    assert shared("abc", "xbc") == 1  # bc$


def test_each_run_belongs_to_its_text() -> None:
    gram, owner = grams_of(["ab", "", "ab"])
    assert owner.tolist() == [0, 2, 0, 2]
    assert len(set(gram.tolist())) == 2


def test_a_text_is_wholly_like_itself_and_not_at_all_like_another() -> None:
    index = Grams.of(["lantern", "harbour", "x"])
    asked = grams_of(["lantern"])[0]
    assert index.cosine(asked).tolist() == pytest.approx([1, 0, 0])
    assert index.within(grams_of(["thelantern"])[0])[0] < index.within(asked)[0] == pytest.approx(1)
    assert index.cosine(np.array([], np.int64)).tolist() == [0, 0, 0]
