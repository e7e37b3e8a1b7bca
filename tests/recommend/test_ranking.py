"""The ranker: the same for a seed, thumbs count, too little is said."""

import numpy as np
import pytest
from drawn_history import made
from made_music import music_of

from groovelog.errors import NothingToTell
from groovelog.recommend import ranking
from groovelog.recommend.colistening import Together
from groovelog.recommend.evidence import NAMES
from groovelog.recommend.questions import NO_THUMBS, Question, Thumbs, plays_asked, questions
from groovelog.recommend.ranked import judged, learn, table

NONE = np.zeros(0, dtype=np.int64)


@pytest.fixture(scope="module")
def asked() -> list[Question]:
    history = made(900, songs=40, seed=4, gap_minutes=300)
    music = music_of(history)
    plays = plays_asked(history, int(history.at[0]), int(history.at[-1]), 150, 0)
    return list(questions(history, music, Together(history, music), plays))


def test_one_seed_gives_one_model(asked: list[Question]) -> None:
    first, again, other = (bytes(ranking.fit(asked, NAMES, seed, NO_THUMBS).save_raw()) for seed in (1, 1, 2))
    assert first == again != other


def test_a_thumb_up_counts_once_more_but_not_before_it_was_given(asked: list[Question]) -> None:
    question = asked[-1]
    played = int(question.candidates.song[np.flatnonzero(question.relevant)[0]])
    other = int(question.candidates.song[np.flatnonzero(~question.relevant)[0]])
    thumbs = Thumbs(np.array([played, other]), np.array([question.at - 1, question.at - 1]), NONE)
    told = dict(zip(question.candidates.song.tolist(), ranking.grades(question, thumbs).tolist(), strict=True))
    assert (told[played], told[other]) == (2, 1)
    later = Thumbs(np.array([other]), np.array([question.at]), NONE)
    assert ranking.grades(question, later).tolist() == question.relevant.astype(int).tolist()


def test_ndcg_and_recall_by_hand(asked: list[Question]) -> None:
    """Two songs were wanted, one of them no candidate. First place: (1) / (1 + 1/log2(3)); recall: one of two."""
    question = asked[0]
    relevant = np.arange(len(question.candidates)) == 3
    question = Question(0, question.at, question.candidates, question.rows, relevant, 2, {})
    first = np.where(relevant, 1.0, 0.0)
    ndcg, recall = judged(question, first)
    assert abs(ndcg - 1 / (1 + 1 / np.log2(3))) < 1e-12
    assert recall == 0.5
    assert judged(question, -first)[0] == 0.0


def test_too_little_is_said_with_how_much_is_needed() -> None:
    history = made(40, songs=6)
    with pytest.raises(NothingToTell, match=r"a ranker needs 60 of them"):
        learn(history, music_of(history), NO_THUMBS, 0, test_weeks=1)
    with pytest.raises(NothingToTell, match=r"0 past moments"):
        learn(made(0, songs=1), music_of(made(0, songs=1)), NO_THUMBS, 0, test_weeks=1)


def test_where_songs_are_drawn_by_a_coin_no_ranker_claims_much() -> None:
    """Of 40 songs drawn evenly nothing can be known: the interval of the margin holds 0, or lies below it."""
    history = made(2_000, songs=40, seed=9, gap_minutes=300, skip=0.0)
    scores = table([learn(history, music_of(history), NO_THUMBS, 0, test_weeks=20).tested], 0)
    assert scores["margin_interval"][0] <= 0
    # What is shown is judged by itself: the ranker's lists beside those of every rule, all made varied.
    assert scores["shown"]["models"] == [scores["models"][1]]
    assert [row["name"] for row in scores["shown"]["baselines"]] == [row["name"] for row in scores["baselines"]]
