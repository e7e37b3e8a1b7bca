"""How the invented listeners skip is known: the models come close to it, beat every rule, and find nothing where nothing is."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from groovelog import pipeline
from groovelog.demo.catalogue import invent
from groovelog.demo.export import SEED, write_exports
from groovelog.demo.reference import LICENCE, write_reference
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.evaluating import evaluate
from groovelog.pipeline.references import add_reference
from groovelog.recommend.goals import FINISH
from groovelog.recommend.history import history
from groovelog.recommend.judged import judged
from groovelog.recommend.learning import plays_table
from groovelog.recommend.learnt import learn
from groovelog.recommend.music import music
from groovelog.recommend.questions import NO_THUMBS
from groovelog.recommend.ranked import learn as learn_order
from groovelog.recommend.ranked import table as ranking_table
from groovelog.recommend.splits import CALIBRATION_WEEKS, TEST_WEEKS

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder: Path = tmp_path_factory.mktemp("invented")
    home = Home(folder / "home")
    for person in write_exports(folder, end=NOW.date()):
        pipeline.import_exports(
            home, list(person.paths), listener=person.name, timezone=person.timezone, now=NOW, invented=True
        )
    path, _ = write_reference(folder, invent(SEED), SEED)
    add_reference(home, path, licence=LICENCE, now=NOW)
    return home


@pytest.fixture(scope="module")
def told(invented: Home) -> dict[str, Any]:
    return evaluate(invented, seed=0, now=NOW)


def test_the_models_beat_every_rule_by_a_twentieth(told: dict[str, Any]) -> None:
    preference = told["preference"]
    for goal in (preference, preference["come_back"]):
        best = max(row["auc"] for row in goal["baselines"])
        voting = next(row for row in goal["models"] if row["name"] == "voting")
        assert voting["auc"] - best >= 0.05
        assert voting["calibration_error"] <= 0.03


def test_shuffled_labels_give_nothing(invented: Home) -> None:
    tested = []
    with open_snapshot(invented.lake) as snapshot:
        for person in snapshot.listeners():
            plays = history(snapshot, person)
            label = FINISH.label(plays)
            known = np.flatnonzero(~np.isnan(label))
            label[known] = np.random.default_rng(0).permutation(label[known])
            table = plays_table(plays)
            weeks = {"test_weeks": TEST_WEEKS, "calibration_weeks": CALIBRATION_WEEKS}
            tested.append(learn(plays, table, FINISH, 0, label=label, **weeks).tested)
    for row in judged(tested, 0)["models"]:
        assert abs(row["auc"] - 0.5) <= 0.02


def test_the_order_beats_every_rule(told: dict[str, Any]) -> None:
    """What is put on next, of some 700 songs: the ranker against five rules, as ordered and as shown."""
    # The true tastes, known to nobody but the demo, would lead the same tastes without hour and day by a quarter.
    assert told["ranking"]["margin"] >= 0.20
    assert told["ranking"]["margin_interval"][0] > 0
    assert told["ranking"]["shown"]["margin"] > 0


def test_no_order_is_found_in_dealt_out_answers(invented: Home) -> None:
    shuffled = []
    with open_snapshot(invented.lake) as snapshot:
        for person in snapshot.listeners():
            plays = history(snapshot, person)
            songs = music(snapshot, plays)
            shuffled.append(learn_order(plays, songs, NO_THUMBS, 0, test_weeks=TEST_WEEKS, shuffled=True).tested)
    nothing = ranking_table(shuffled, 0)
    # By chance: two of 690 candidates are right, so that ten places of them gain 4.5 · 2 / 690 of some 3 at best.
    assert nothing["models"][0]["ndcg_at_10"] < 0.01
