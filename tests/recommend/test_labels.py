"""Labels: 1, 0, or not known."""

from dataclasses import replace

import numpy as np
import pytest
from drawn_history import of_lists

from groovelog.recommend.history import ENDED
from groovelog.recommend.labels import came_back, finished

UNTOLD, OTHER, DONE, PRESSED = range(len(ENDED))
NAN = float("nan")


@pytest.mark.parametrize(
    ("skipped", "ended", "ms_played", "length_ms", "label"),
    [
        (0, DONE, 180_000, NAN, 1),
        (1, PRESSED, 10_000, 180_000, 0),
        (1, PRESSED, 179_000, 180_000, 0),  # the source's word counts
        (NAN, DONE, 180_000, NAN, 1),
        (NAN, PRESSED, 100_000, NAN, 0),
        (NAN, PRESSED, 170_000, 180_000, 1),  # 94 % heard
        (0, OTHER, 100_000, 180_000, NAN),  # stopped the music
        (0, OTHER, 165_000, 180_000, 1),
        (NAN, UNTOLD, 20_000, NAN, 0),  # account data: less than half a minute
        (NAN, UNTOLD, 100_000, NAN, NAN),
        (NAN, UNTOLD, 170_000, 180_000, 1),
        (NAN, UNTOLD, NAN, NAN, NAN),  # a scrobble
    ],
)
def test_finished(skipped: float, ended: int, ms_played: float, length_ms: float, label: float) -> None:
    one = replace(
        of_lists([0], [0], [0]),
        skipped=np.array([skipped], dtype=float),
        ended=np.array([ended]),
        ms_played=np.array([ms_played], dtype=float),
        length_ms=np.array([length_ms], dtype=float),
    )
    np.testing.assert_array_equal(finished(one), [label])


def test_came_back() -> None:
    """Song 0 on days 0, 20 and 100, song 1 on days 10 and 95; the last 30 days before day 100 are not known."""
    days = [0, 10, 20, 69, 95, 100]
    history = of_lists([day * 1440 for day in days], [0, 1, 0, 2, 1, 0], [0.0] * 6)
    np.testing.assert_array_equal(came_back(history), [1, 0, 0, 0, NAN, NAN])
    np.testing.assert_array_equal(came_back(history, days=85), [1, 1, NAN, NAN, NAN, NAN])
