"""Models find what is planted and nothing else, are one for a seed, and say when there is too little to learn from."""

from dataclasses import replace

import numpy as np
import pytest
from drawn_history import made
from hypothesis import given, settings
from hypothesis import strategies as st

from groovelog.errors import NothingToTell
from groovelog.recommend.goals import FINISH
from groovelog.recommend.history import DAY_US, History
from groovelog.recommend.judged import judged
from groovelog.recommend.learning import plays_table
from groovelog.recommend.learnt import Learnt, learn
from groovelog.recommend.splits import WEEK_US, split, weeks

PLAYS = 3_000


def planted(seed: int = 0, count: int = PLAYS) -> History:
    """Skips nine in ten of even songs in the morning and of odd ones later, one in ten of the others."""
    history = made(count, songs=10, seed=seed)
    disliked = (history.song % 2 == 0) == (history.hour < 12)
    skipped = np.random.default_rng(seed).random(count) < np.where(disliked, 0.9, 0.1)
    return as_skipped(history, skipped)


def as_skipped(history: History, skipped: np.ndarray) -> History:
    ms_played, ended = np.where(skipped, 10_000.0, 180_000.0), np.where(skipped, 3, 2)
    return replace(history, skipped=skipped.astype(float), ms_played=ms_played, ended=ended)


def learnt(history: History, seed: int = 0, label: np.ndarray | None = None) -> Learnt:
    return learn(history, plays_table(history), FINISH, seed, test_weeks=8, calibration_weeks=6, label=label)


@pytest.fixture(scope="module")
def one() -> Learnt:
    return learnt(planted())


def test_what_depends_on_song_and_hour_is_found(one: Learnt) -> None:
    """Neither song nor hour alone tells anything here: rules are near 0.5, and who knows both can reach 0.9."""
    scores = judged([one.tested], seed=0)
    auc = {row["name"]: row["auc"] for row in (*scores["models"], *scores["baselines"])}
    assert set(auc) == {"random_forest", "xgboost", "voting", "song_skips", "artist_skips", "hour_skips", "most_played"}
    assert auc["voting"] > 0.8
    assert scores["margin"] > 0.2
    voting = next(row for row in scores["models"] if row["name"] == "voting")
    assert voting["calibration_error"] < 0.1  # of some 500 rows
    low, high = voting["auc_interval"]
    assert low < voting["auc"] < high


def test_shuffled_labels_give_nothing() -> None:
    history = planted(count=5_000)
    shuffled = np.random.default_rng(1).permutation(FINISH.label(history))
    scores = judged([learnt(history, label=shuffled).tested], seed=0)
    for row in scores["models"]:
        assert abs(row["auc"] - 0.5) < 0.06  # three deviations of the AUC of some 1,500 rows


def test_one_seed_gives_one_model(one: Learnt) -> None:
    again, other = learnt(planted()), learnt(planted(), seed=1)
    for name, told in one.tested.models.items():
        np.testing.assert_array_equal(told, again.tested.models[name])
    assert (one.tested.models["voting"] != other.tested.models["voting"]).any()


def test_the_test_rows_are_later_than_all_others(one: Learnt) -> None:
    assert one.split.calibrate_from < one.split.test_from
    assert one.fitted + one.calibrated + len(one.tested.label) == np.isfinite(FINISH.label(planted())).sum()


def test_what_comes_in_the_test_weeks_does_not_change_the_model(one: Learnt) -> None:
    history = planted()
    later = history.at >= one.split.test_from
    turned = as_skipped(history, np.where(later, history.skipped == 0, history.skipped == 1))
    rows = plays_table(history).values[~later]
    np.testing.assert_array_equal(one.preference.predict(rows), learnt(turned).preference.predict(rows))


def test_no_audio_features_at_all() -> None:
    """Even songs are skipped nine times in ten, odd ones once: earlier plays tell that without any sound."""
    history = planted()
    skipped = np.random.default_rng(2).random(PLAYS) < np.where(history.song % 2 == 0, 0.9, 0.1)
    silent = replace(history, songs=replace(history.songs, audio=np.full_like(history.songs.audio, np.nan)))
    (voting,) = (
        row for row in judged([learnt(as_skipped(silent, skipped)).tested], 0)["models"] if row["name"] == "voting"
    )
    assert voting["auc"] > 0.85


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        (planted(count=300), "too few to learn from; it takes 1,000"),
        (as_skipped(planted(), np.ones(PLAYS, dtype=bool)), "only 0 are; it takes 50 of both kinds"),
        (as_skipped(planted(), np.zeros(PLAYS, dtype=bool)), "only 0 are not; it takes 50 of both kinds"),
        (planted(count=0), "Nothing tells of Nobody's plays"),
    ],
)
def test_too_little_to_learn_from(history: History, sentence: str) -> None:
    with pytest.raises(NothingToTell, match=sentence):
        learnt(history)


def test_weeks_begin_on_mondays() -> None:
    """1970-01-01 was a Thursday, 1970-01-05 a Monday."""
    assert weeks(np.array([0, 3, 4, 10, 11]) * DAY_US).tolist() == [0, 0, 1, 1, 2]


@settings(deadline=None)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=50).map(sorted), st.integers(1, 30), st.integers(1, 30))
def test_a_split_parts_rows_by_time(days: list[int], test_weeks: int, calibration_weeks: int) -> None:
    at = np.array(days) * DAY_US
    cut = split(at, test_weeks=test_weeks, calibration_weeks=calibration_weeks)
    fit, calibrate, test = (at[part] for part in cut.parts(at))
    assert len(fit) + len(calibrate) + len(test) == len(at)
    for before, after in ((fit, calibrate), (calibrate, test), (fit, test)):
        assert not len(before) or not len(after) or before.max() < after.min()
    assert not len(test) or test.min() >= at[-1] - test_weeks * WEEK_US


def test_a_label_that_looks_ahead_ends_before_the_split() -> None:
    at = np.arange(100) * DAY_US
    cut = split(at, test_weeks=2, calibration_weeks=2)
    fit, calibrate, test = cut.parts(at, looks_ahead_us=7 * DAY_US)
    assert [part[[0, -1]].tolist() for part in (fit, calibrate, test)] == [[0, 62], [70, 77], [85, 99]]
