"""The model card of a ranker: data, period, features, scores, limits."""

from datetime import UTC, datetime
from typing import Any

from groovelog.recommend.cards import card, day, number, table
from groovelog.recommend.history import History
from groovelog.recommend.ranked import Learnt
from groovelog.recommend.ranking import LEAST_QUESTIONS, PARAMETERS, ROUNDS
from groovelog.recommend.rerank import RESTS_HOURS

LIMITS = f"""
- Learnt from one listener's plays alone, and good for no other. It takes {LEAST_QUESTIONS} past moments with an answer.
- What was played is taken for what was wanted: of songs that were never put on, nobody knows whether they would have been liked.
- Songs played in the last {RESTS_HOURS:.0f} hours are neither suggested nor counted: an order that may repeat them scores higher.
- A song that nobody here has played and no reference has cannot be suggested; when it was played, it counts as missed.
- References are taken as they are now, also for moments of the past.
"""
FIGURES = ("ndcg_at_10", "recall_at_50", "novelty", "coverage")


def ranking_card(history: History, learnt: Learnt, scores: dict[str, Any], seed: int, now: datetime) -> str:
    """The card of a listener's ranker, `scores` as `ranked.table` tells them."""
    data = (
        f"{len(history):,} plays of {len(history.songs):,} songs, from {day(history.at[0])} to {day(history.at[-1])}; run "
        f"{history.run} of the lake. {learnt.asked:,} moments from {day(learnt.train_from)} to {day(learnt.test_from)} to "
        f"learn from, {len(learnt.tested.week):,} from then on to test. "
        f"Made {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC, seed {seed}."
    )
    method = (
        f"XGBoost, `{PARAMETERS['objective']}`, {ROUNDS} rounds of depth {PARAMETERS['max_depth']}. A moment is the beginning of "
        "a session or its fourth play; what was heard of the rest of it for 30 s or more, and not skipped, is relevant. All "
        "methods order the same candidates."
    )
    rows = [
        [row["name"], *(number(row[figure], row.get(f"{figure}_interval")) for figure in FIGURES)]
        for row in (*scores["models"], *scores["baselines"])
    ]
    told = table(["", "nDCG@10", "Recall@50", "Novelty", "Coverage"], rows)
    names = ", ".join(f"`{name}`" for name in learnt.names)
    note = (
        "\n\nNovelty: share of the first ten that were never played before. Coverage: share of all candidates that came into "
        "the first ten once. In brackets: the interval that holds 95 % of resampled weeks."
    )
    return card(
        f"What comes next for {history.listener.name}",
        [("Data", data), ("Model", method), ("Scores", told + note), ("Features", names), ("Limits", LIMITS)],
    )
