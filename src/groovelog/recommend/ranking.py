"""The ranker: gradient-boosted trees that learn the order of candidates (LambdaMART; C. Burges 2010, as XGBoost's `rank:ndcg`).

A group is one moment of the past, what was put on then is relevant. One model for one listener, of their own plays.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import xgboost

from groovelog.recommend.neighbours import Singles
from groovelog.recommend.questions import Question, Thumbs
from groovelog.recommend.songs import Floats, Ints

# Questions to learn from, of one listener; drawn where there are more. Of each, all that is relevant and so many others.
MOST_QUESTIONS = 1_500
OTHERS = 100
LEAST_QUESTIONS = 60
LEAST_RELEVANT = 100
THUMBS_UP = 2  # relevance of a song thumbed up that was played then; 1 for one that was not, as for any that was played
ROUNDS = 120
PARAMETERS: dict[str, Any] = {
    "objective": "rank:ndcg",
    "eval_metric": "ndcg@10",
    "lambdarank_pair_method": "topk",
    "lambdarank_num_pair_per_sample": 16,
    "tree_method": "hist",
    "max_depth": 4,
    "eta": 0.08,
    "subsample": 0.8,
    "colsample_bytree": 0.7,
    "min_child_weight": 5.0,
    "verbosity": 0,
    # The same trees whatever the machine has; more threads gain little with rows as few as these.
    "nthread": 1,
}


def grades(question: Question, thumbs: Thumbs) -> Ints:
    """How relevant each candidate is: 1 for what was played; a thumb up, given before the moment, counts one more."""
    up = np.isin(question.candidates.song, thumbs.up_before(question.at))
    return np.where(up, 1 + question.relevant * (THUMBS_UP - 1), question.relevant).astype(np.int64)


def enough(questions: Sequence[Question]) -> bool:
    """Whether there is enough to learn an order from."""
    return len(questions) >= LEAST_QUESTIONS and sum(int(one.relevant.sum()) for one in questions) >= LEAST_RELEVANT


def fit(questions: Sequence[Question], names: Sequence[str], seed: int, thumbs: Thumbs) -> Any:
    """A booster of these questions; the same for a seed."""
    rng = np.random.default_rng(seed)
    rows: list[Singles] = []
    labels: list[Ints] = []
    sizes: list[int] = []
    for question in questions:
        grade = grades(question, thumbs)
        if not grade.any():
            continue
        others = np.flatnonzero(grade == 0)
        drawn = rng.choice(others, min(OTHERS, len(others)), replace=False)
        kept = np.sort(np.concatenate([np.flatnonzero(grade), drawn]))
        rows.append(question.rows[kept])
        labels.append(grade[kept])
        sizes.append(len(kept))
    matrix = xgboost.QuantileDMatrix(
        np.concatenate(rows),
        label=np.concatenate(labels),
        qid=np.repeat(np.arange(len(sizes)), sizes),
        feature_names=list(names),
    )
    return xgboost.train(PARAMETERS | {"seed": seed}, matrix, ROUNDS)


def scores(booster: Any, rows: Singles, names: Sequence[str]) -> Floats:
    """How high each row ranks, in units of the booster's own: within one question they may be compared."""
    if not len(rows):
        return np.zeros(0)
    # One thread: of so few rows each would wait for the others longer than it works.
    booster.set_param({"nthread": 1})
    matrix = xgboost.DMatrix(rows, feature_names=list(names), nthread=1)
    told: Floats = booster.predict(matrix).astype(float)
    return told
