"""Evaluate: how good what is learnt is, on weeks that came after, against rules that are hard to beat. Needs no training before.

What is evaluated stands in EVALUATORS, by its key in the answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from groovelog.errors import NothingToTell
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.model import Listener
from groovelog.pipeline.ranking import evaluate_ranking
from groovelog.pipeline.training import learn_goals, learners
from groovelog.recommend import stored
from groovelog.recommend.goals import COME_BACK, FINISH, GOALS
from groovelog.recommend.history import history
from groovelog.recommend.judged import judged
from groovelog.recommend.learnt import Tested
from groovelog.recommend.preference_card import preference_card
from groovelog.recommend.splits import CALIBRATION_WEEKS, TEST_WEEKS

CARD = "preference-evaluation.md"


@dataclass(frozen=True)
class Evaluating:
    """What an evaluator is given; `told` says who is looked at."""

    home: Home
    snapshot: Snapshot
    people: Sequence[Listener]
    seed: int
    now: datetime
    told: Callable[[str], None]


Evaluator = Callable[[Evaluating], dict[str, Any]]


def evaluate(
    home: Home,
    name: str | None = None,
    *,
    seed: int,
    now: datetime,
    told: Callable[[str, str], None] = lambda _key, _name: None,
) -> dict[str, Any]:
    """The scores by what is evaluated, for the listener of that name, else `learners`. Raises NotFoundError.

    Writes a card for each listener into their folder of models. `told` is called with what is evaluated, and of whom, before
    each turn.
    """
    with open_snapshot(home.lake) as snapshot:
        people = learners(snapshot, name)
        return {
            key: evaluator(Evaluating(home, snapshot, people, seed, now, partial(told, key)))
            for key, evaluator in EVALUATORS.items()
        }


def evaluate_preference(asked: Evaluating) -> dict[str, Any]:
    """The scores of FINISH, with those of COME_BACK beside, and of each listener; `notes` says who was left out, and why."""
    tested: dict[str, list[Tested]] = {goal.name: [] for goal in GOALS}
    notes: list[str] = []
    listeners: list[dict[str, Any]] = []
    for person in asked.people:
        asked.told(person.name)
        plays = history(asked.snapshot, person)
        try:
            learnt = learn_goals(plays, asked.seed, test_weeks=TEST_WEEKS, calibration_weeks=CALIBRATION_WEEKS)
        except NothingToTell as error:
            notes.append(error.message)
            continue
        scores = {goal: judged([one.tested], asked.seed) for goal, one in learnt.items()}
        listeners.append({"name": person.name, **scores})
        for goal, one in learnt.items():
            tested[goal].append(one.tested)
        text = preference_card(plays, learnt, scores, asked.seed, asked.now, include_api=False)
        stored.keep_card(asked.home, person.listener_id, CARD, text)
    together = {goal: judged(rows, asked.seed) for goal, rows in tested.items()}
    return {
        **together[FINISH.name],
        COME_BACK.name: together[COME_BACK.name],
        "listeners": listeners,
        "notes": notes,
    }


EVALUATORS: dict[str, Evaluator] = {stored.PREFERENCE: evaluate_preference, stored.RANKING: evaluate_ranking}
