"""Train: learn from each listener's plays what they like, and keep it in their own folder of models.

What is trained stands in TRAINERS; each learns from the history, keeps its model and returns what it is (`stored.About`), or
raises NothingToTell where there is too little to learn from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from groovelog.errors import NotFoundError, NothingToTell
from groovelog.lake.home import Home
from groovelog.lake.people import own_named
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.model import Listener
from groovelog.pipeline.ranking import train_ranking
from groovelog.recommend import stored
from groovelog.recommend.goals import FINISH, GOALS
from groovelog.recommend.history import History, history
from groovelog.recommend.judged import judged
from groovelog.recommend.learning import plays_table
from groovelog.recommend.learnt import Learnt, learn
from groovelog.recommend.preference import FOREST, LINEAR, Preference
from groovelog.recommend.preference_card import preference_card

SEED = 0
# What is kept has not seen the newest weeks: they tell how good it is. Few, so that it is of today.
TEST_WEEKS = 8
CALIBRATION_WEEKS = 12


@dataclass(frozen=True)
class Wish:
    """How to train: the `seed` decides all that is drawn; with `include_api` also from what the Web API told."""

    seed: int
    include_api: bool
    now: datetime


@dataclass(frozen=True)
class Trained:
    """What came of one model of one listener: what it is, or why there is none."""

    listener: str
    kind: str
    about: stored.About | None = None
    why_not: str | None = None


Trainer = Callable[[Home, Snapshot, History, Wish], stored.About]


def train(
    home: Home,
    name: str | None = None,
    *,
    wish: Wish,
    told: Callable[[str], None] = lambda _name: None,
) -> list[Trained]:
    """Train every kind of model of the listener of that name, else of `learners`. Raises NotFoundError.

    `told` is called with the name of each listener before their turn.
    """
    done: list[Trained] = []
    with open_snapshot(home.lake) as snapshot:
        for person in learners(snapshot, name):
            told(person.name)
            plays = history(snapshot, person, include_api=wish.include_api)
            for kind, trainer in TRAINERS.items():
                try:
                    done.append(Trained(person.name, kind, about=trainer(home, snapshot, plays, wish)))
                except NothingToTell as error:
                    done.append(Trained(person.name, kind, why_not=error.message))
    return done


def learners(snapshot: Snapshot, name: str | None) -> list[Listener]:
    """The listener of that name; without one everybody who is not invented, else all. Raises NotFoundError for nobody.

    Members whom a group's lake told of are not learnt from: they show what they play, and take it back without us. Raises
    UsageError for one who is named.
    """
    known = snapshot.listeners()
    if name is not None:
        return [own_named(known, name)]
    known = [person for person in known if person.origin is None]
    people = [person for person in known if not person.invented] or known
    if not people:
        raise NotFoundError("There is nobody to learn from yet. `groovelog import` reads an export.")
    return people


def train_preference(home: Home, snapshot: Snapshot, plays: History, wish: Wish) -> stored.About:
    """Learn what the listener finishes and comes back to; keep the models of both in one folder."""
    learnt = learn_goals(plays, wish.seed, test_weeks=TEST_WEEKS, calibration_weeks=CALIBRATION_WEEKS)
    scores = {goal: judged([one.tested], wish.seed) for goal, one in learnt.items()}
    about = stored.About(
        kind=stored.PREFERENCE,
        listener_id=plays.listener.listener_id,
        run=plays.run,
        seed=wish.seed,
        made_at=f"{wish.now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        features=next(iter(learnt.values())).preference.names,
        scores=scores,
        more={"curves": {goal: one.preference.curves for goal, one in learnt.items()}, "include_api": wish.include_api},
    )
    stored.save(
        home,
        about,
        boosters={goal: one.preference.booster for goal, one in learnt.items()},
        estimators={
            f"{goal}.{name}": estimator
            for goal, one in learnt.items()
            for name, estimator in one.preference.estimators.items()
        },
        texts={"card.md": preference_card(plays, learnt, scores, wish.seed, wish.now, include_api=wish.include_api)},
    )
    return about


def learn_goals(plays: History, seed: int, *, test_weeks: int, calibration_weeks: int) -> dict[str, Learnt]:
    """What could be learnt, by goal. Raises NothingToTell where nothing could."""
    table = plays_table(plays)
    learnt: dict[str, Learnt] = {}
    reasons: list[str] = []
    for goal in GOALS:
        try:
            learnt[goal.name] = learn(
                plays, table, goal, seed, test_weeks=test_weeks, calibration_weeks=calibration_weeks
            )
        except NothingToTell as error:
            reasons.append(error.message)
    if not learnt:
        raise NothingToTell(f"{reasons[0]} Until then rules stand in: rates of skips so far.")
    return learnt


def preference_of(home: Home, listener_id: str, goal: str = FINISH.name) -> Preference | None:
    """The listener's model of a goal; None where that goal could not be learnt. Raises ModelMissing, ModelRefused."""
    about, boosters, estimators = stored.load(home, listener_id, stored.PREFERENCE)
    if goal not in boosters:
        return None
    curves = {name: (float(slope), float(offset)) for name, (slope, offset) in about.more["curves"][goal].items()}
    return Preference(
        about.features, boosters[goal], {name: estimators[f"{goal}.{name}"] for name in (FOREST, LINEAR)}, curves
    )


TRAINERS: dict[str, Trainer] = {stored.PREFERENCE: train_preference, stored.RANKING: train_ranking}
