"""Scores of predictions and of rankings, and how sure they are. Pure numpy, so that each can be checked by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groovelog.recommend.songs import Floats, Ints

SMALLEST = 1e-15  # a probability of 0 or 1 that is wrong would cost infinitely much
BINS = 10
RESAMPLES = 200
LEVEL = 0.95


def auc(label: Floats, score: Floats) -> float:
    """Area under the ROC curve: the chance that a 1 scores above a 0, ties counting half. NaN where a class is missing.

    The Mann–Whitney statistic by ranks (Hanley & McNeil 1982): (sum of the ranks of the 1s - n1 (n1+1)/2) / (n1 n0).
    """
    positive = label == 1
    n1 = int(positive.sum())
    n0 = len(label) - n1
    if not n1 or not n0:
        return float("nan")
    return (float(ranks(score)[positive].sum()) - n1 * (n1 + 1) / 2) / (n1 * n0)


def ranks(values: Floats) -> Floats:
    """Ranks from 1, ties sharing the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    mean: Floats = (last - (count - 1) / 2)[place]
    return mean


def log_loss(label: Floats, probability: Floats) -> float:
    """Mean of -log of the probability given to what happened (natural logarithm; Good 1952). NaN without rows."""
    if not len(label):
        return float("nan")
    p = np.clip(probability, SMALLEST, 1 - SMALLEST)
    return float(-np.mean(label * np.log(p) + (1 - label) * np.log(1 - p)))


def reliability(label: Floats, probability: Floats, bins: int = BINS) -> list[tuple[float, float, int]]:
    """The calibration curve: of each bin of equal width that has rows its mean probability, share of 1s, and rows."""
    place = np.minimum((probability * bins).astype(np.int64), bins - 1)
    return [
        (float(probability[inside].mean()), float(label[inside].mean()), int(inside.sum()))
        for inside in (place == number for number in range(bins))
        if inside.any()
    ]


def calibration_error(label: Floats, probability: Floats, bins: int = BINS) -> float:
    """Expected calibration error: over bins of equal width, the mean of |share of 1s - mean probability|, weighted by rows.

    Naeini, Cooper & Hauskrecht 2015; 10 bins. NaN without rows.
    """
    if not len(label):
        return float("nan")
    return sum(rows * abs(share - mean) for mean, share, rows in reliability(label, probability, bins)) / len(label)


def ndcg_at(relevance: Floats, score: Floats, k: int) -> float:
    """Normalised discounted cumulative gain of the k highest scores: sum of relevance / log2(1 + place), over the best such.

    Järvelin & Kekäläinen 2002, linear gain. Ties in `score` go by place in the array. NaN where nothing is relevant.
    """
    best = _gain(np.sort(relevance)[::-1][:k])
    return _gain(relevance[np.argsort(-score, kind="stable")[:k]]) / best if best > 0 else float("nan")


def _gain(relevance: Floats) -> float:
    return float(np.sum(relevance / np.log2(np.arange(2, len(relevance) + 2))))


def recall_at(relevant: NDArray[np.bool_], score: Floats, k: int, wanted: int | None = None) -> float:
    """Share of what is relevant among the k highest scores. NaN where nothing is relevant.

    `wanted` counts all that is relevant, where some of it is not among what is scored; else what is scored counts.
    """
    total = int(relevant.sum()) if wanted is None else wanted
    return float(relevant[np.argsort(-score, kind="stable")[:k]].sum()) / total if total else float("nan")


@dataclass(frozen=True)
class Interval:
    """A score with the bounds that hold it in LEVEL of the resamples."""

    value: float
    low: float
    high: float


def bootstrap(
    score: Callable[[Ints], float], blocks: Ints, seed: int, *, resamples: int = RESAMPLES, level: float = LEVEL
) -> Interval:
    """The percentile bootstrap over blocks (Efron & Tibshirani 1993, ch. 13): whole blocks are drawn with replacement.

    `blocks` numbers the block of each row, as a listener's week: rows of one are not independent. `score` takes the places
    of rows and returns a number; resamples of which it is NaN are left out. Bounds are NaN where all are.
    """
    rng = np.random.default_rng(seed)
    _, block = np.unique(blocks, return_inverse=True)
    order = np.argsort(block, kind="stable")
    ends = np.cumsum(np.bincount(block)) if len(block) else np.zeros(0, dtype=np.int64)
    members = np.split(order, ends[:-1]) if len(ends) else []
    drawn: list[float] = []
    for _ in range(resamples if members else 0):
        picked = rng.integers(0, len(members), len(members))
        drawn.append(score(np.concatenate([members[number] for number in picked])))
    told = np.array([value for value in drawn if not np.isnan(value)])
    value = score(np.arange(len(blocks)))
    if not len(told):
        return Interval(value, float("nan"), float("nan"))
    low, high = np.quantile(told, [(1 - level) / 2, (1 + level) / 2])
    return Interval(value, float(low), float(high))


def mean_of(values: Sequence[float]) -> float:
    """The mean of those that are not NaN; NaN where all are."""
    told = [value for value in values if not np.isnan(value)]
    return sum(told) / len(told) if told else float("nan")
