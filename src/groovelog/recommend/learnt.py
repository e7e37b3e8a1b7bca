"""One goal learnt from one history: fitted on the past, calibrated on weeks after it, tested on the weeks after these."""

from dataclasses import dataclass

import numpy as np

from groovelog.errors import NothingToTell
from groovelog.recommend.goals import Goal
from groovelog.recommend.history import History
from groovelog.recommend.learning import Table
from groovelog.recommend.preference import Preference, fitted, too_little
from groovelog.recommend.songs import Floats, Ints
from groovelog.recommend.splits import Split, split, weeks


@dataclass(frozen=True)
class Tested:
    """The rows tested on: what happened, the week of each, and what each model and each rule made of it."""

    listener: str
    label: Floats
    week: Ints
    models: dict[str, Floats]
    rules: dict[str, Floats]


@dataclass(frozen=True)
class Learnt:
    """A preference, how it was tested, and the rows that it was fitted and calibrated on."""

    preference: Preference
    tested: Tested
    split: Split
    fitted: int
    calibrated: int


def learn(
    history: History,
    table: Table,
    goal: Goal,
    seed: int,
    *,
    test_weeks: int,
    calibration_weeks: int,
    label: Floats | None = None,
) -> Learnt:
    """Learn the goal from the history, of which `table` is `plays_table`; `label` is another than the goal's, as shuffled.

    Raises NothingToTell, with the reason, where there is too little to learn from.
    """
    told = goal.label(history) if label is None else label
    known = np.flatnonzero(~np.isnan(told))
    at, y, rows = history.at[known], told[known], Table(table.names, table.values[known])
    if not len(known):
        raise NothingToTell(f"Nothing tells of {history.listener.name}'s plays what is to be learnt ({goal.name}).")
    cut = split(at, test_weeks=test_weeks, calibration_weeks=calibration_weeks)
    fit, calibrate, test = cut.parts(at, goal.looks_ahead_us)
    if reason := too_little(y, fit, calibrate):
        raise NothingToTell(f"{history.listener.name}: {reason}")
    preference = fitted(rows, y, fit, calibrate, seed=seed)
    asked = Table(table.names, rows.values[test])
    tested = Tested(
        listener=history.listener.name,
        label=y[test],
        week=weeks(at[test]),
        models=preference.every(asked.values),
        rules={rule: goal.by_rule(asked, rule) for rule in goal.rules},
    )
    return Learnt(preference, tested, cut, len(fit), len(calibrate))
