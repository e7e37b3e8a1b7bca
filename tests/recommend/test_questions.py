"""Moments of the past as questions: worked out by hand, and from earlier plays alone."""

import numpy as np
from drawn_history import BEGIN, histories, made, of_lists
from hypothesis import given, settings
from made_music import music_of

from groovelog.recommend.baselines import BASELINES
from groovelog.recommend.candidates import find
from groovelog.recommend.colistening import Together
from groovelog.recommend.evidence import NAMES
from groovelog.recommend.friends import Friends
from groovelog.recommend.history import DAY_US, US, History
from groovelog.recommend.listened import Listened, Moment
from groovelog.recommend.questions import NO_THUMBS, Thumbs, plays_asked, questions

NONE = np.zeros(0, dtype=np.int64)


def asked(history: History, thumbs: Thumbs = NO_THUMBS) -> list:
    music = music_of(history)
    plays = plays_asked(history, int(history.at[0]), int(history.at[-1]) + 1)
    return list(questions(history, music, Together(history, music), plays, thumbs))


@given(histories)
@settings(max_examples=25, deadline=None)
def test_nothing_that_comes_later_changes_what_is_asked(history: History) -> None:
    """Each question from the plays up to its session's end is the one from all plays; the answer lies in that session."""
    music = music_of(history)
    for question in asked(history):
        end = np.flatnonzero(history.session == history.session[question.play])[-1] + 1
        cut = history.picked(np.arange(end))
        (again,) = questions(cut, music, Together(cut, music), np.array([question.play]))
        assert again.candidates.song.tolist() == question.candidates.song.tolist()
        np.testing.assert_allclose(again.rows, question.rows, rtol=1e-4, atol=1e-5)
        assert again.relevant.tolist() == question.relevant.tolist()


@given(histories)
@settings(max_examples=25, deadline=None)
def test_what_is_played_next_does_not_show_in_what_is_known_before(history: History) -> None:
    music = music_of(history)
    for question in asked(history)[-3:]:
        other = history.song.copy()
        other[question.play :] = (other[question.play :] + 1) % len(history.songs)
        changed = history.picked(np.arange(len(history)))
        object.__setattr__(changed, "song", other)
        for again in questions(changed, music, Together(changed, music), np.array([question.play])):
            assert again.candidates.song.tolist() == question.candidates.song.tolist()
            np.testing.assert_allclose(again.rows, question.rows, rtol=1e-4, atol=1e-5)


def test_baselines_worked_out_by_hand() -> None:
    """Song 0 three times 20 days ago, song 1 twice 2 days ago, song 2 once 15 days ago; asked now."""
    day = 24 * 60
    history = of_lists([0, 5, 10, 5 * day, 18 * day, 18 * day + 5], [0, 0, 0, 2, 1, 1], [0.0] * 6)
    music = music_of(history, unheard=1)
    listened = Listened(history, music)
    now = BEGIN + 20 * DAY_US
    listened.advance(now)
    candidates = find(listened, Together(history, music), Moment(now, 12, 0, NONE), NONE)
    told = {
        name: dict(zip(candidates.song.tolist(), rule(listened, candidates).tolist(), strict=True))
        for name, rule in BASELINES.items()
    }
    assert told["most_played"] == {0: 3.0, 1: 2.0, 2: 1.0, 3: 0.0}
    assert told["last_week"] == {0: 0.0, 1: 2.0, 2: 0.0, 3: 0.0}
    # Half a fortnight's plays: 2^(-20/14) each for song 0, 2^(-2/14) for song 1, 2^(-15/14) for song 2.
    expected = {0: 3 * 0.5 ** (20 / 14), 1: 2 * 0.5 ** (2 / 14), 2: 0.5 ** (15 / 14)}
    for song, value in expected.items():
        assert abs(told["recency"][song] - value) < 0.01
    # No friend plays: Spotify's popularity decides, here the higher the later song.
    assert sorted(told["popularity"], key=lambda song: -told["popularity"][song]) == [3, 2, 1, 0]


def test_co_listening_worked_out_by_hand() -> None:
    """Sessions {0, 1}, {0, 1}, {0, 2}: beside 0, 1 is in two of three, √(3 · 2) of cosine; 2 in one, √(3 · 1)."""
    history = of_lists([0, 5, 100, 105, 200, 205], [0, 1, 0, 1, 0, 2], [0.0] * 6)
    object.__setattr__(history, "session", np.array([0, 0, 1, 1, 2, 2]))
    music = music_of(history)
    together = Together(history, music)
    songs, scores = together.scores(np.array([0]), BEGIN + DAY_US)
    assert songs.tolist() == [1, 2]
    np.testing.assert_allclose(scores, [2 / np.sqrt(6), 1 / np.sqrt(3)])
    # Before the last session was over it had not been.
    songs, scores = together.scores(np.array([0]), int(history.at[5]))
    assert (songs.tolist(), scores.tolist()) == ([1], [1.0])


def test_what_was_played_in_the_last_day_and_thumbed_down_is_no_candidate() -> None:
    history = of_lists([0, 60, 24 * 60 + 30], [0, 1, 2], [0.0] * 3)
    music = music_of(history, unheard=2)
    listened = Listened(history, music)
    now = BEGIN + DAY_US + 45 * 60 * US  # song 0 is 24 h and 45 min old, song 1 23 h 45 min
    listened.advance(now)
    found = find(listened, Together(history, music), Moment(now, 0, 0, NONE), np.array([4]))
    assert sorted(found.song.tolist()) == [0, 3]


def test_a_song_not_played_yet_that_no_reference_has_is_no_candidate() -> None:
    history = of_lists([0, 3 * 24 * 60], [0, 1], [0.0] * 2)
    music = music_of(history, unheard=0, known=False)
    listened = Listened(history, music)
    listened.advance(int(history.at[1]))
    moment = Moment(int(history.at[1]), 0, 0, NONE)
    assert find(listened, Together(history, music), moment, NONE).song.tolist() == [0]


def test_what_friends_like_comes_and_what_they_skip_does_not() -> None:
    history = of_lists([0], [0], [0.0])
    theirs = Friends(
        ("Ben",), np.array([1, 2]), BEGIN + np.array([1, 2]) * 60 * US, np.array([0, 0]),
        np.array([7, 7]), np.array([True, False]),
    )  # fmt: skip
    music = music_of(history, unheard=2, friends=theirs, known=False)
    listened = Listened(history, music)
    now = BEGIN + 3 * DAY_US
    listened.advance(now)
    found = find(listened, Together(history, music), Moment(now, 0, 0, NONE), NONE)
    assert sorted(found.song.tolist()) == [0, 1]
    assert found.friends[found.song.tolist().index(1)] == 1


def test_it_is_asked_at_the_beginning_of_a_session_and_when_it_is_under_way() -> None:
    history = of_lists([0, 5, 10, 15, 100], [0, 1, 2, 3, 0], [0.0] * 5)
    object.__setattr__(history, "session", np.array([0, 0, 0, 0, 1]))
    assert plays_asked(history, BEGIN, BEGIN + DAY_US).tolist() == [0, 3, 4]
    assert len(plays_asked(history, BEGIN, BEGIN + DAY_US, 2, seed=3)) == 2


def test_the_evidence_has_a_column_for_every_name() -> None:
    history = made(60)
    for question in asked(history):
        assert question.rows.shape == (len(question.candidates), len(NAMES))
