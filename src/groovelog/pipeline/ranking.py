"""The ranker's part of `train` and `evaluate`: learn an order of songs from each listener's past, and say how good it is."""

from datetime import UTC
from typing import TYPE_CHECKING, Any

from groovelog.errors import NothingToTell
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot
from groovelog.recommend import stored
from groovelog.recommend.history import History, history
from groovelog.recommend.music import music
from groovelog.recommend.ranked import Learnt, Tested, learn, table
from groovelog.recommend.ranking_card import ranking_card
from groovelog.recommend.said import thumbs
from groovelog.recommend.splits import TEST_WEEKS

if TYPE_CHECKING:
    from groovelog.pipeline.evaluating import Evaluating
    from groovelog.pipeline.training import Wish

KEPT_TEST_WEEKS = 8  # a ranker that is kept is of today: few weeks are held back to tell how good it is
CARD = "ranking-evaluation.md"


def train_ranking(home: Home, snapshot: Snapshot, plays: History, wish: "Wish") -> stored.About:
    """Learn the listener's order and keep it. Raises NothingToTell where there is too little to learn from."""
    learnt = learn_order(snapshot, plays, wish.seed, KEPT_TEST_WEEKS, include_api=wish.include_api)
    scores = table([learnt.tested], wish.seed)
    about = stored.About(
        kind=stored.RANKING,
        listener_id=plays.listener.listener_id,
        run=plays.run,
        seed=wish.seed,
        made_at=f"{wish.now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        features=learnt.names,
        scores=scores,
        more={"include_api": wish.include_api, "questions": learnt.asked},
    )
    text = ranking_card(plays, learnt, scores, wish.seed, wish.now)
    stored.save(home, about, boosters={stored.RANKER: learnt.booster}, estimators={}, texts={"card.md": text})
    return about


def learn_order(snapshot: Snapshot, plays: History, seed: int, test_weeks: int, *, include_api: bool = False) -> Learnt:
    """The listener's order, learnt and tested. Raises NothingToTell."""
    songs = music(snapshot, plays, include_api=include_api)
    return learn(plays, songs, thumbs(snapshot, plays.listener, songs), seed, test_weeks=test_weeks)


def evaluate_ranking(asked: "Evaluating") -> dict[str, Any]:
    """The scores over all listeners and of each; `notes` says who was left out, and why. Writes a card for each."""
    tested: list[Tested] = []
    listeners: list[dict[str, Any]] = []
    notes: list[str] = []
    for person in asked.people:
        asked.told(person.name)
        plays = history(asked.snapshot, person)
        try:
            learnt = learn_order(asked.snapshot, plays, asked.seed, TEST_WEEKS)
        except NothingToTell as error:
            notes.append(error.message)
            continue
        tested.append(learnt.tested)
        scores = table([learnt.tested], asked.seed)
        listeners.append({"name": person.name, **scores})
        text = ranking_card(plays, learnt, scores, asked.seed, asked.now)
        stored.keep_card(asked.home, person.listener_id, CARD, text)
    return {**table(tested, asked.seed), "listeners": listeners, "notes": notes}
