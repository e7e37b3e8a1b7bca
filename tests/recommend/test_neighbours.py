"""Songs that sound alike: exact, whatever is searched."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groovelog.recommend.neighbours import COLUMNS, GROUPS, groups, nearest, sound
from groovelog.recommend.songs import AUDIO


def songs(nine: np.ndarray) -> np.ndarray:
    audio = np.full((len(nine), len(AUDIO)), np.nan)
    audio[:, COLUMNS] = nine
    return audio


@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 45))
def test_the_nearest_are_those_of_a_search_by_hand(seed: int, rows: int, count: int) -> None:
    nine = np.random.default_rng(seed).normal(size=(rows, 9))
    space = sound(songs(nine))
    point = space.points[0]
    found, apart = nearest(space, point, count)
    by_hand = sorted(
        (float(np.sqrt(((space.points[row].astype(float) - point) ** 2).sum())), row) for row in range(rows)
    )
    assert found.tolist() == [row for _, row in by_hand[:count]]
    assert np.allclose(apart, [distance for distance, _ in by_hand[:count]], atol=1e-5)


def test_of_equal_songs_the_first_come_first_and_what_has_no_sound_is_not_found() -> None:
    nine = np.tile(np.arange(9.0), (5, 1))
    nine[2] = np.nan
    nine[4] += 1
    found, _ = nearest(sound(songs(nine)), sound(songs(nine)).points[0], 10)
    assert found.tolist() == [0, 1, 3, 4]


def test_songs_of_two_kinds_fall_into_groups_of_their_own() -> None:
    nine = np.repeat([[0.0] * 9, [9.0] * 9], 30, axis=0) + np.random.default_rng(0).normal(0, 0.1, (60, 9))
    nine[59] = np.nan
    found = groups(sound(songs(nine)), 60)
    assert not set(found[:30].tolist()) & set(found[30:59].tolist())
    assert found[59] == GROUPS
