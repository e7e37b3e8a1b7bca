"""Will this listener finish, or come back to, this song? A forest, boosted trees and a linear model, and their vote.

Each is calibrated on weeks that come after those it was fitted on (Platt 1999: a logistic curve over the log-odds, which
keeps the order of the predictions). One seed gives one model.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xgboost
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from groovelog.recommend.learning import Table
from groovelog.recommend.songs import Floats, Ints

Values = NDArray[np.float32]

FOREST, BOOSTING, LINEAR, VOTING = "random_forest", "xgboost", "linear", "voting"
VOTERS = (FOREST, BOOSTING, LINEAR)
THREADS = 2
# The newest rows, so many: tastes drift, and what it takes to fit stays bounded however long the history is.
MOST_FITTED = 40_000
LEAST_FITTED = 1_000
LEAST_OF_A_CLASS = 50
SMALLEST = 1e-6  # where the log-odds of a probability end

TREES = 100
ROWS_OF_A_TREE = 10_000
LEAST_IN_LEAF = 40
ROUNDS = 120
BOOSTED: dict[str, Any] = {
    "objective": "binary:logistic",
    "tree_method": "hist",
    "eta": 0.05,
    "max_depth": 3,
    "min_child_weight": 50,
    "subsample": 0.7,
    "colsample_bytree": 0.4,
    "lambda": 5,
    "nthread": THREADS,
}
# The linear model takes rates, counts and days by their logarithms: chances of habits and dislikes multiply.
LOWEST_RATE = 0.01
RATES = ("skips", "share")
LONG = ("plays", "days")


@dataclass(frozen=True)
class Preference:
    """Calibrated models of one label over the columns `names`; `curves` has slope and offset of each model's log-odds."""

    names: tuple[str, ...]
    booster: xgboost.Booster
    estimators: Mapping[str, Any]
    curves: Mapping[str, tuple[float, float]]

    def predict(self, values: Values, model: str = VOTING) -> Floats:
        """The probability of a 1 for each row, by one of VOTERS or by their vote."""
        return _curved(self._raw(values, model), *self.curves[model])

    def every(self, values: Values) -> dict[str, Floats]:
        """The same by each model."""
        raw = {name: self._raw(values, name) for name in VOTERS}
        raw[VOTING] = np.mean(list(raw.values()), axis=0)
        return {name: _curved(one, *self.curves[name]) for name, one in raw.items()}

    def _raw(self, values: Values, model: str) -> Floats:
        if not len(values):
            return np.zeros(0)
        if model == VOTING:
            vote: Floats = np.mean([self._raw(values, name) for name in VOTERS], axis=0)
            return vote
        if model == BOOSTING:
            return np.asarray(self.booster.inplace_predict(values), dtype=np.float64)
        told = _logs(self.names, values) if model == LINEAR else values
        return np.asarray(self.estimators[model].predict_proba(told)[:, 1], dtype=np.float64)


def too_little(label: Floats, fit: Ints, calibrate: Ints) -> str | None:
    """Why nothing can be learnt from these rows, in one sentence; None where it can."""
    ones, rows = int(label[fit].sum()), len(fit)
    if rows < LEAST_FITTED:
        return f"{rows:,} plays whose end is known are too few to learn from; it takes {LEAST_FITTED:,}."
    if min(ones, rows - ones) < LEAST_OF_A_CLASS:
        rare = "are not" if ones > rows - ones else "are"
        return f"Of {rows:,} plays only {min(ones, rows - ones):,} {rare}; it takes {LEAST_OF_A_CLASS} of both kinds."
    if len(np.unique(label[calibrate])) < 2:
        return "The newest weeks have plays of one kind alone, so that nothing can be calibrated on them."
    return None


def fitted(table: Table, label: Floats, fit: Ints, calibrate: Ints, *, seed: int) -> Preference:
    """The models, fitted on the newest of the places `fit` and calibrated on the places `calibrate`, which are later.

    `label` is 0 or 1. Both classes have to be there (see `too_little`).
    """
    newest = fit[-MOST_FITTED:]
    x, y = table.values[newest], label[newest]
    booster = xgboost.train({**BOOSTED, "seed": seed}, xgboost.DMatrix(x, y), num_boost_round=ROUNDS)
    # Threads add the trees' votes up in the order in which they end, and sums differ in their last digit by that.
    forest = _forest(seed, len(y)).fit(x, y).set_params(n_jobs=1)
    estimators = {FOREST: forest, LINEAR: _linear().fit(_logs(table.names, x), y)}
    straight = Preference(table.names, booster, estimators, {})
    later = {name: straight._raw(table.values[calibrate], name) for name in VOTERS}
    later[VOTING] = np.mean(list(later.values()), axis=0)
    curves = {name: _curve(raw, label[calibrate]) for name, raw in later.items()}
    return Preference(table.names, booster, estimators, curves)


def _forest(seed: int, rows: int) -> RandomForestClassifier:
    return RandomForestClassifier(
        n_estimators=TREES,
        min_samples_leaf=LEAST_IN_LEAF,
        max_features=0.2,
        max_samples=min(ROWS_OF_A_TREE, rows),
        n_jobs=THREADS,
        random_state=seed,
    )


def _linear() -> Pipeline:
    return Pipeline(
        [
            ("fill", SimpleImputer(strategy="median", keep_empty_features=True)),
            ("scale", StandardScaler()),
            ("weigh", LogisticRegression(C=0.01, max_iter=300)),
        ]
    )


def _logs(names: tuple[str, ...], values: Values) -> Values:
    """The columns for the linear model: logarithms of rates, counts and days; others are left out."""
    columns = []
    for place, name in enumerate(names):
        if any(word in name for word in RATES):
            columns.append(np.log(np.clip(values[:, place], LOWEST_RATE, 1)))
        elif any(word in name for word in LONG):
            columns.append(np.log1p(np.maximum(values[:, place], 0)))
    return np.column_stack(columns)


def _curve(raw: Floats, label: Floats) -> tuple[float, float]:
    curve = LogisticRegression(C=1e6).fit(_log_odds(raw)[:, None], label)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])


def _curved(raw: Floats, slope: float, offset: float) -> Floats:
    curved: Floats = 1 / (1 + np.exp(-(slope * _log_odds(raw) + offset)))
    return curved


def _log_odds(probability: Floats) -> Floats:
    p = np.clip(probability, SMALLEST, 1 - SMALLEST)
    odds: Floats = np.log(p / (1 - p))
    return odds
