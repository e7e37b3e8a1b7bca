"""Scores of what was tested, over all listeners, with how sure they are."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from groovelog.recommend.learnt import Tested
from groovelog.recommend.preference import LINEAR
from groovelog.recommend.scores import Interval, auc, bootstrap, calibration_error, log_loss, mean_of, reliability
from groovelog.recommend.songs import Floats, Ints

Score = Callable[[Floats, Floats], float]
WEEKS_APART = 100_000  # more than any week's number, so that a listener's week has a number of its own


def judged(tested: Sequence[Tested], seed: int) -> dict[str, Any]:
    """The scores of each model and each rule. AUC and log-loss are means of the listeners', so that to know who of them skips
    more is worth nothing; the calibration error is of all rows together. Intervals resample listeners' weeks.
    """
    if not tested:
        return {"models": [], "baselines": []}
    label = np.concatenate([one.label for one in tested])
    person = np.repeat(np.arange(len(tested)), [len(one.label) for one in tested])
    blocks = person * WEEKS_APART + np.concatenate([one.week for one in tested])

    def scored(name: str, score: Callable[[Ints], float]) -> dict[str, Any]:
        told = bootstrap(score, blocks, seed)
        return {name: _told(told.value), f"{name}_interval": _bounds(told)}

    def of_each(score: Score, value: Floats) -> Callable[[Ints], float]:
        return lambda rows: mean_of(
            [score(label[own], value[own]) for own in (rows[person[rows] == at] for at in range(len(tested)))]
        )

    def of_model(name: str) -> dict[str, Any]:
        value = np.concatenate([one.models[name] for one in tested])
        return {
            "name": name,
            **scored("auc", of_each(auc, value)),
            **scored("log_loss", of_each(log_loss, value)),
            **scored("calibration_error", lambda rows: calibration_error(label[rows], value[rows])),
            "calibration_curve": [
                {"predicted": mean, "happened": share, "plays": rows} for mean, share, rows in reliability(label, value)
            ],
        }

    def of_rule(name: str) -> dict[str, Any]:
        return {"name": name, **scored("auc", of_each(auc, np.concatenate([one.rules[name] for one in tested])))}

    models = [of_model(name) for name in tested[0].models if name != LINEAR]
    baselines = [of_rule(name) for name in tested[0].rules]
    return {"models": models, "baselines": baselines, **_beside(models, baselines), "plays": len(label)}


def _beside(models: list[dict[str, Any]], baselines: list[dict[str, Any]]) -> dict[str, Any]:
    """The best of both, and by how much the model is better."""
    model, rule = (max(rows, key=lambda row: row["auc"] or 0) for rows in (models, baselines))
    margin = None if model["auc"] is None or rule["auc"] is None else model["auc"] - rule["auc"]
    return {"best_model": model["name"], "best_baseline": rule["name"], "margin": margin}


def _told(value: float) -> float | None:
    return None if np.isnan(value) else value


def _bounds(interval: Interval) -> list[float | None]:
    return [_told(interval.low), _told(interval.high)]
