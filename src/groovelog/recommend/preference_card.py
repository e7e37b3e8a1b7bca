"""The model card of a preference: data, period, features, scores, limits."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from groovelog.recommend.cards import card, day, number, table
from groovelog.recommend.goals import GOALS
from groovelog.recommend.history import History
from groovelog.recommend.learnt import Learnt
from groovelog.recommend.preference import BOOSTED, LEAST_FITTED, ROUNDS, TREES

LIMITS = f"""
- Learnt from one listener's plays alone, and good for no other. It takes {LEAST_FITTED:,} plays of which the end is known.
- Tastes drift: the scores are of the weeks named above, and what comes later may be predicted worse.
- A play that was broken off by stopping the music is not counted either way. A skip is not always dislike.
- What a source does not tell is missing: scrobbles tell nothing of skips, and songs that no reference knows have no sound.
- It predicts what the listener did with songs they put on. Of songs that they were never offered nothing is known.
"""


def preference_card(
    history: History,
    learnt: Mapping[str, Learnt],
    scores: Mapping[str, Any],
    seed: int,
    now: datetime,
    *,
    include_api: bool,
) -> str:
    """The card of a listener's models, `scores` by goal as `judged` tells them."""
    first, *_ = learnt.values()
    sources = "every source, the Web API among them" if include_api else "every source but the Web API"
    asked = [goal for goal in GOALS if goal.name in learnt]
    data = (
        f"{len(history):,} plays of {len(history.songs):,} songs, from {day(history.at[0])} to {day(history.at[-1])}, as "
        f"{sources} tells them; run {history.run} of the lake. Made {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC, seed {seed}."
    )
    methods = (
        f"Random forest ({TREES} trees), XGBoost ({ROUNDS} rounds of depth {BOOSTED['max_depth']}), logistic regression; "
        "voting is the mean of the three. Each is calibrated on weeks after those it was fitted on."
    )
    features = ", ".join(f"`{name}`" for name in first.preference.names)
    parts = [(goal.question, _scored(learnt[goal.name], scores[goal.name])) for goal in asked]
    return card(
        f"What {history.listener.name} finishes and comes back to",
        [("Data", data), ("Models", methods), *parts, ("Features", features), ("Limits", LIMITS)],
    )


def _scored(learnt: Learnt, scores: Mapping[str, Any]) -> str:
    rows = [
        [row["name"], *(number(row.get(score), row.get(f"{score}_interval")) for score in SCORES)]
        for row in (*scores["models"], *scores["baselines"])
    ]
    test = learnt.tested
    return (
        f"Fitted on {learnt.fitted:,} plays before {day(learnt.split.calibrate_from)}, calibrated on {learnt.calibrated:,} "
        f"before {day(learnt.split.test_from)}, tested on {len(test.label):,} from then on, of which "
        f"{test.label.mean():.0%} happened. In brackets: the interval that holds 95 % of resampled weeks.\n\n"
        + table(["", "AUC", "Log-loss", "Calibration error"], rows)
    )


SCORES = ("auc", "log_loss", "calibration_error")
