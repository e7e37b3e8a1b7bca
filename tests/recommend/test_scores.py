"""Scores, worked out by hand, and against scikit-learn's."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from groovelog.recommend.scores import (
    auc,
    bootstrap,
    calibration_error,
    log_loss,
    mean_of,
    ndcg_at,
    ranks,
    recall_at,
    reliability,
)


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def test_auc_is_the_share_of_pairs_in_order() -> None:
    # Pairs of a 1 and a 0: (0.8, 0.5) right, (0.8, 0.8) a tie, (0.3, 0.5) wrong, (0.3, 0.8) wrong: 1.5 of 4.
    assert auc(array(1, 1, 0, 0), array(0.8, 0.3, 0.5, 0.8)) == 0.375
    assert math.isnan(auc(array(1, 1), array(0.1, 0.2)))


def test_ties_share_a_rank() -> None:
    assert ranks(array(5, 1, 5, 0)).tolist() == [3.5, 2, 3.5, 1]


def test_log_loss() -> None:
    assert log_loss(array(1, 0), array(0.5, 0.25)) == pytest.approx((math.log(2) - math.log(0.75)) / 2)
    assert log_loss(array(1), array(0)) == pytest.approx(15 * math.log(10))


def test_calibration_error_weighs_bins_by_rows() -> None:
    # Bin 0.1: mean 0.15, share 0.5, two rows; bin 0.9: mean 0.95, share 1, one row: (2 · 0.35 + 0.05) / 3.
    label, probability = array(0, 1, 1), array(0.12, 0.18, 0.95)
    assert calibration_error(label, probability) == pytest.approx(0.25)
    assert reliability(label, probability) == [(pytest.approx(0.15), 0.5, 2), (0.95, 1.0, 1)]
    assert calibration_error(array(1), array(1.0)) == 0


def test_ndcg() -> None:
    # Relevances 3, 0, 2 in the order of the scores: 3 + 2 / log2(4) = 4; at best 3 + 2 / log2(3).
    assert ndcg_at(array(0, 3, 2), array(0.5, 0.9, 0.1), 10) == pytest.approx(4 / (3 + 2 / math.log2(3)))
    assert ndcg_at(array(0, 3, 2), array(0.5, 0.9, 0.1), 1) == 1
    assert math.isnan(ndcg_at(array(0, 0), array(1, 2), 10))


def test_recall() -> None:
    relevant = np.array([True, False, True, False])
    assert recall_at(relevant, array(4, 3, 2, 1), 2) == 0.5
    assert recall_at(relevant, array(4, 3, 2, 1), 3, wanted=5) == 0.4
    assert math.isnan(recall_at(np.zeros(2, dtype=bool), array(1, 2), 1))


def test_a_bootstrap_draws_whole_blocks() -> None:
    value = array(1, 1, 0, 0)  # two blocks: the mean of a resample is 0, 0.5 or 1
    seen = set()

    def mean(rows: np.ndarray) -> float:
        seen.add(float(value[rows].mean()))
        return float(value[rows].mean())

    told = bootstrap(mean, np.array([7, 7, 3, 3]), seed=1)
    assert seen == {0.0, 0.5, 1.0}
    assert (told.value, told.low, told.high) == (0.5, 0.0, 1.0)
    assert told == bootstrap(mean, np.array([7, 7, 3, 3]), seed=1)


def test_a_bootstrap_holds_the_truth_as_often_as_it_says() -> None:
    """Of 200 samples of 60 coins the interval of 95 % holds the true mean in 93 to 97 % of them, give or take."""
    rng = np.random.default_rng(3)
    held = 0
    for sample in range(200):
        coins = rng.random(60)
        told = bootstrap(lambda rows, coins=coins: float(coins[rows].mean()), np.arange(60), seed=sample)
        held += told.low <= 0.5 <= told.high
    assert 180 <= held <= 198


def test_mean_of_leaves_out_what_is_not_known() -> None:
    assert mean_of([1, float("nan"), 3]) == 2
    assert math.isnan(mean_of([]))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 9)), min_size=2, max_size=40))
def test_as_scikit_learn_has_it(rows: list[tuple[int, int]]) -> None:
    label, score = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    if 0 < label.sum() < len(label):
        assert auc(label, score) == pytest.approx(metrics.roc_auc_score(label, score))
        chance = (score + 0.5) / 10
        assert log_loss(label, chance) == pytest.approx(metrics.log_loss(label, chance))
    if label.sum():
        assert ndcg_at(label, -np.arange(len(label)), 5) == pytest.approx(
            metrics.ndcg_score([label], [-np.arange(len(label))], k=5)
        )
