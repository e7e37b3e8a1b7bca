"""How good an order is: each method on the same questions and candidates, the weeks after those the ranker learnt from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from groovelog.errors import NothingToTell
from groovelog.recommend import ranking
from groovelog.recommend.baselines import BASELINES, with_sound
from groovelog.recommend.colistening import Together
from groovelog.recommend.evidence import NAMES
from groovelog.recommend.history import DAY_US, History
from groovelog.recommend.judged import WEEKS_APART
from groovelog.recommend.music import Music
from groovelog.recommend.questions import Question, Thumbs, plays_asked, questions
from groovelog.recommend.rerank import by_place, chosen, dialled, novelty
from groovelog.recommend.scores import Interval, bootstrap, mean_of, ndcg_at, recall_at
from groovelog.recommend.songs import Floats, Ints
from groovelog.recommend.splits import split, weeks
from groovelog.recommend.suggestions import Wanted

TRAIN_WEEKS = 104
MOST_TESTED = 600  # questions of one listener, drawn where there are more
TOP, DEEP = 10, 50
RANKER = "xgboost_ranker"
RERANKED = "_reranked"  # ends the name of a method of which the list is judged that is shown, made varied
MODELS = (RANKER, RANKER + RERANKED)
TOO_LITTLE = (
    "{name}: {questions} past moments with an answer, and a ranker needs {least} of them before the weeks it is tested on. "
    "Until then suggestions go by the best plain rule."
)


@dataclass(frozen=True)
class Tested:
    """One listener's questions: their weeks, of each method and figure (ndcg, recall, novelty) one value per question, and
    which songs each method put into the first ten, against all that were candidates."""

    week: Ints
    figures: Mapping[str, Mapping[str, Floats]]
    tops: Mapping[str, Ints]
    reach: int


@dataclass(frozen=True)
class Learnt:
    """A ranker of one listener: its booster, how many questions it learnt from, and how it did on those of later weeks."""

    booster: Any
    names: tuple[str, ...]
    asked: int
    train_from: int
    test_from: int
    tested: Tested


def learn(
    history: History, music: Music, thumbs: Thumbs, seed: int, *, test_weeks: int, shuffled: bool = False
) -> Learnt:
    """Learn an order from the past and test it on the last weeks. `shuffled`: with answers dealt out anew.

    Raises NothingToTell where there is too little to learn from, or nothing to test on.
    """
    name = history.listener.name
    if not len(history):
        raise NothingToTell(TOO_LITTLE.format(name=name, questions=0, least=ranking.LEAST_QUESTIONS))
    together = Together(history, music)
    test_from = split(history.at, test_weeks=test_weeks).test_from
    train_from = test_from - TRAIN_WEEKS * 7 * DAY_US
    past = plays_asked(history, train_from, test_from, ranking.MOST_QUESTIONS, seed)
    later = plays_asked(history, test_from, int(history.at[-1]) + 1, MOST_TESTED, seed)
    learnt = list(questions(history, music, together, past, thumbs))
    if not ranking.enough(learnt):
        raise NothingToTell(TOO_LITTLE.format(name=name, questions=len(learnt), least=ranking.LEAST_QUESTIONS))
    names = NAMES
    asked = list(questions(history, music, together, later, thumbs))
    if shuffled:
        learnt, asked = dealt_out(learnt, seed), dealt_out(asked, seed + 1)
    booster = ranking.fit(learnt, names, seed, thumbs)
    tested = test(asked, music, booster, names)
    if not len(tested.week):
        raise NothingToTell(f"{name}: nothing was played in the last weeks that a ranker could be tested on.")
    return Learnt(booster, names, len(learnt), train_from, test_from, tested)


def dealt_out(asked: Sequence[Question], seed: int) -> list[Question]:
    """The questions with their answers dealt out anew among the candidates, to see that nothing is found where nothing is."""
    rng = np.random.default_rng(seed)
    return [replace(question, relevant=rng.permutation(question.relevant)) for question in asked]


def test(asked: Sequence[Question], music: Music, booster: Any, names: tuple[str, ...]) -> Tested:
    """Every method on these questions, and the list that `suggest` would show by it at the usual novelty."""
    methods = [name + ending for name in (RANKER, *BASELINES) for ending in ("", RERANKED)]
    figures: dict[str, dict[str, list[float]]] = {name: {"ndcg": [], "recall": [], "novelty": []} for name in methods}
    tops: dict[str, list[Ints]] = {name: [] for name in methods}
    reach: list[Ints] = []
    for question in asked:
        score = ranking.scores(booster, question.rows, names)
        orders = {RANKER: score, **question.scores}
        rerank = _reranker(question, music, names)
        for name, value in list(orders.items()):
            orders[name + RERANKED] = rerank(value if name == RANKER else with_sound(value, question.rows))
        never = question.rows[:, names.index("never_played")]
        reach.append(question.candidates.song)
        for name, value in orders.items():
            ndcg, recall = judged(question, value)
            first = np.argsort(-value, kind="stable")[:TOP]
            for figure, told in (("ndcg", ndcg), ("recall", recall), ("novelty", float(never[first].mean()))):
                figures[name][figure].append(told)
            tops[name].append(question.candidates.song[first])
    return Tested(
        weeks(np.array([question.at for question in asked], dtype=np.int64)),
        {name: {figure: np.array(values) for figure, values in of.items()} for name, of in figures.items()},
        {
            name: np.unique(np.concatenate(songs)) if songs else np.zeros(0, dtype=np.int64)
            for name, songs in tops.items()
        },
        len(np.unique(np.concatenate(reach))) if reach else 0,
    )


def judged(question: Question, score: Floats) -> tuple[float, float]:
    """nDCG@10 and recall@50 of an order. Songs that were played but are no candidates count as not found by any."""
    missed = question.wanted - int(question.relevant.sum())
    relevance = np.append(question.relevant.astype(float), np.ones(missed))
    ndcg = ndcg_at(relevance, np.append(score, np.full(missed, -np.inf)), TOP)
    return ndcg, recall_at(question.relevant, score, DEEP, wanted=question.wanted)


def _reranker(question: Question, music: Music, names: tuple[str, ...]) -> Callable[[Floats], Floats]:
    """Of scores those of the order that is shown at the usual novelty: the first fifty by re-ranking, the rest as they were."""

    def column(name: str) -> Floats:
        told: Floats = question.rows[:, names.index(name)].astype(float)
        return told

    songs = question.candidates.song
    new = novelty(column("plays"), column("artist_plays"), column("days_since"))
    _, recording = np.unique(music.recording[songs].astype(str), return_inverse=True)
    artist, points = music.artist[songs], music.points[songs]

    def reranked(score: Floats) -> Floats:
        mixed = dialled(by_place(score), new, Wanted().novelty)
        order = chosen(mixed, artist, recording, points, DEEP)
        shown = mixed - 2.0
        shown[order] = 1 + 1 / (1 + np.arange(len(order)))
        return shown

    return reranked


def table(tested: Sequence[Tested], seed: int) -> dict[str, Any]:
    """The scores of each model and baseline over all listeners, with intervals from resampling listeners' weeks.

    Each is the mean of the listeners' means. `margin` is the ranker's nDCG@10 over that of the best baseline, less one.
    `shown` has the same of the lists that are shown: the ranker's and the baselines', each made varied in the same way.
    """
    if not tested:
        return {"models": [], "baselines": [], "shown": {"models": [], "baselines": []}}
    person = np.repeat(np.arange(len(tested)), [len(one.week) for one in tested])
    blocks = person * WEEKS_APART + np.concatenate([one.week for one in tested])

    def mean(method: str, figure: str) -> Callable[[Ints], float]:
        values = np.concatenate([one.figures[method][figure] for one in tested])
        return lambda rows: mean_of([float(values[rows[person[rows] == at]].mean()) for at in np.unique(person[rows])])

    def row(name: str) -> dict[str, Any]:
        told: dict[str, Any] = {"name": name}
        for key, figure in (("ndcg_at_10", "ndcg"), ("recall_at_50", "recall"), ("novelty", "novelty")):
            told |= _with_bounds(key, bootstrap(mean(name, figure), blocks, seed))
        return told | {"coverage": mean_of([len(one.tops[name]) / max(one.reach, 1) for one in tested])}

    def beside(models: Sequence[str], ending: str = "") -> dict[str, Any]:
        baselines = [row(name + ending) | {"name": name} for name in BASELINES]
        best = max(baselines, key=lambda one: one["ndcg_at_10"])["name"]
        own, rule = mean(models[0], "ndcg"), mean(best + ending, "ndcg")
        margin = bootstrap(lambda rows: own(rows) / rule(rows) - 1 if rule(rows) else float("nan"), blocks, seed)
        return {
            "models": [row(name) for name in models],
            "baselines": baselines,
            "best_baseline": best,
            **_with_bounds("margin", margin),
        }

    return {**beside(MODELS), "shown": beside([RANKER + RERANKED], RERANKED), "questions": len(person)}


def _with_bounds(key: str, told: Interval) -> dict[str, Any]:
    value, low, high = (None if np.isnan(one) else float(one) for one in (told.value, told.low, told.high))
    return {key: value, f"{key}_interval": [low, high]}
