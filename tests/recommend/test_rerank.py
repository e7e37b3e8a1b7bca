"""From scored candidates to a list: caps, variety, the dial."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groovelog.recommend.rerank import by_place, chosen, dialled, novelty

APART = np.eye(6, 9, dtype=np.float32) * 100  # nobody sounds like anybody


def test_of_an_artist_two_are_taken_and_of_a_recording_one() -> None:
    score = np.array([1.0, 0.9, 0.8, 0.7, 0.6, 0.5])
    artist = np.array([0, 0, 0, 1, 1, -1])
    recording = np.array([0, 1, 2, 3, 3, 4])
    # The third of artist 0 is one too many, and the fifth is the fourth's recording.
    assert sorted(chosen(score, artist, recording, APART, 6).tolist()) == [0, 1, 3, 5]


def test_a_song_that_sounds_like_one_taken_comes_later_than_its_score_says() -> None:
    points = np.zeros((3, 9), dtype=np.float32)
    points[2, 0] = 30.0
    # λ = 0.85: beside the first, 0.85 · 0.95 - 0.15 · 1 = 0.6575 < 0.85 · 0.80 = 0.68.
    order = chosen(np.array([1.0, 0.95, 0.8]), np.array([0, 1, 2]), np.array([0, 1, 2]), points, 3)
    assert order.tolist() == [0, 2, 1]


def test_how_new_a_song_is() -> None:
    told = novelty(
        np.array([5.0, 5.0, 0.0, 0.0]), np.array([9.0, 9.0, 9.0, 0.0]), np.array([0.0, 365.0, np.nan, np.nan])
    )
    assert told.tolist() == [0.0, 0.4, 0.8, 1.0]


def test_places_become_scores_and_ties_share_theirs() -> None:
    placed = by_place(np.array([3.0, 9.0, 3.0, 1.0]))
    assert placed[1] == 1.0
    assert placed[0] == placed[2] == 1 - np.log1p(1.5) / np.log(4)
    assert placed[3] == 0.0


@given(st.integers(0, 10_000), st.integers(2, 30), st.integers(1, 10))
def test_the_further_the_dial_the_newer_the_list(seed: int, songs: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    fit, new = rng.random(songs), rng.random(songs)
    brought = 0.3 * fit + 0.7 * new  # what the dial brings in
    sums = [brought[np.argsort(-dialled(fit, new, dial))[:n]].sum() for dial in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert all(before <= after + 1e-9 for before, after in pairwise(sums))


def test_at_no_novelty_only_the_fit_counts() -> None:
    assert dialled(np.array([0.2, 0.9]), np.array([1.0, 0.0]), 0.0).tolist() == [0.2, 0.9]
