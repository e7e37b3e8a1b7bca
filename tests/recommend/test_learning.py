"""The learning table knows what was known before a play, and nothing of what came of it or after it."""

from dataclasses import replace

import numpy as np
from drawn_history import BEGIN, histories, made, of_lists
from hypothesis import given, settings
from hypothesis import strategies as st

from groovelog.recommend.history import DAY_US, US, History
from groovelog.recommend.learning import PRIOR_PLAYS, Table, asked_table, plays_table, songs_table
from groovelog.recommend.moments import Asked
from groovelog.recommend.songs import AUDIO


def same(one: Table, other: Table, rows: slice = slice(None)) -> None:
    assert one.names == other.names
    np.testing.assert_array_equal(one.values[rows], other.values[rows])


@settings(deadline=None, max_examples=60)
@given(histories, st.data())
def test_a_history_cut_short_has_the_same_rows(history: History, data: st.DataObject) -> None:
    kept = data.draw(st.integers(1, len(history)))
    whole, cut = plays_table(history), plays_table(history.picked(np.arange(kept)))
    np.testing.assert_array_equal(whole.values[:kept], cut.values)


@settings(deadline=None, max_examples=60)
@given(histories, st.data())
def test_what_comes_of_a_play_changes_no_row_up_to_it(history: History, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(history) - 1))
    changed = {name: getattr(history, name).copy() for name in ("skipped", "ms_played", "ended", "stop")}
    changed["skipped"][at] = data.draw(st.sampled_from([0.0, 1.0, np.nan]))
    changed["ms_played"][at] = data.draw(st.sampled_from([0.0, 31_000.0, 999_000.0, np.nan]))
    changed["ended"][at] = data.draw(st.integers(0, 3))
    changed["stop"][at] += data.draw(st.integers(0, 600)) * US
    same(plays_table(history), plays_table(replace(history, **changed)), slice(at + 1))


@settings(deadline=None, max_examples=60)
@given(histories)
def test_a_song_asked_about_at_its_play_has_the_row_of_that_play(history: History) -> None:
    places = np.unique(history.at, return_index=True)[1]  # plays of one instant are in an order that a question has not
    asked = Asked(
        at=history.at[places],
        hour=history.hour[places],
        weekday=history.weekday[places],
        song=history.song[places],
        artist=history.artist[places],
        audio=history.songs.audio[history.song[places]],
        genre=history.songs.genre[history.song[places]],
        session=history.session[places],
        platform=history.platform[places],
        shuffle=history.shuffle[places],
    )
    played, told = plays_table(history), asked_table(history, asked)
    known_of_plays_alone = [name for name in played.names if name.startswith("began_") or name == "offline"]
    for name in set(played.names) - set(known_of_plays_alone):
        np.testing.assert_array_equal(told.column(name), played.column(name)[places], err_msg=name)


def test_counts_and_rates_are_those_of_the_plays_before() -> None:
    #                      song 0 done, song 0 skipped, song 1 unknown, song 0 done, song 2 done
    history = of_lists([0, 4, 8, 12, 72], [0, 0, 1, 0, 2], [0, 1, np.nan, 0, 0])
    history = replace(history, ended=np.array([2, 3, 0, 2, 2]), ms_played=np.array([180e3, 1e4, np.nan, 180e3, 180e3]))
    table = plays_table(history)
    assert table.column("plays").tolist() == [0, 1, 2, 3, 4]
    assert table.column("song_plays").tolist() == [0, 1, 0, 2, 0]
    assert table.column("artist_plays").tolist() == [0, 1, 2, 3, 0]
    assert table.column("session_position").tolist() == [0, 1, 2, 3, 4]
    assert table.column("pause_minutes").tolist()[1:] == [1, 1, 1, 57]
    np.testing.assert_array_equal(table.column("previous_finished"), [np.nan, 1, 0, np.nan, 1])
    np.testing.assert_array_equal(table.column("song_previous_finished"), [np.nan, 1, np.nan, 0, np.nan])
    # Own rate: 0.25 leaned on as on ten plays. Before the last: one skip in three known.
    own = (1 + PRIOR_PLAYS * 0.25) / (3 + PRIOR_PLAYS)
    np.testing.assert_allclose(table.column("skips")[4], own, rtol=1e-6)
    before_third = (1 + PRIOR_PLAYS * 0.25) / (2 + PRIOR_PLAYS)
    of_artist = (1 + PRIOR_PLAYS * before_third) / (2 + PRIOR_PLAYS)
    np.testing.assert_allclose(table.column("artist_skips")[3], of_artist, rtol=1e-6)
    np.testing.assert_allclose(
        table.column("song_skips")[3], (1 + PRIOR_PLAYS * of_artist) / (2 + PRIOR_PLAYS), rtol=1e-6
    )
    np.testing.assert_allclose(table.column("days_since_song")[3], 8 / 1440, rtol=1e-5)
    assert np.isnan(table.column("days_since_song")[0])


def test_a_list_counts_from_the_moment_it_had_the_song() -> None:
    """Song 0 was added to two lists, after one day and after three."""
    days = [0.5, 1, 1.5, 4]
    table = plays_table(of_lists([day * 1440 for day in days], [0] * 4, [0.0] * 4))
    assert table.column("lists").tolist() == [0, 0, 1, 2]
    np.testing.assert_allclose(table.column("days_listed")[2:], [0.5, 3])


def test_the_distance_is_from_what_was_played_before() -> None:
    """Twenty plays of energy 0.4 and 0.6 in turn: mean 0.5, deviation 0.1; a song of 0.7 leans 2 above."""
    history = made(21, songs=3, gap_minutes=10)
    audio = np.full((3, len(AUDIO)), 0.5)
    audio[:, AUDIO.index("energy")] = [0.4, 0.6, 0.7]
    song = np.append(np.arange(20) % 2, 2)
    table = plays_table(replace(history, song=song, songs=replace(history.songs, audio=audio)))
    np.testing.assert_allclose(table.column("energy_leaning")[20], 2, rtol=1e-4)
    assert np.isnan(table.column("energy_leaning")[:20]).all()
    np.testing.assert_allclose(table.column("audio_distance")[20], 2 / 3, rtol=1e-4)  # one of nine is 2 off: √(4/9)


def test_all_songs_at_one_moment() -> None:
    history = of_lists([0, 4, 8], [0, 1, 0], [0, 1, 0])
    moment = Asked(
        at=np.array([BEGIN + DAY_US]),
        hour=np.array([0]),
        weekday=np.array([3]),
        song=np.array([-1]),
        artist=np.array([-1]),
        audio=np.full((1, len(AUDIO)), np.nan),
        genre=np.array([-1]),
        session=np.array([-1]),
        platform=np.array([-1]),
        shuffle=np.array([np.nan]),
    )
    table = songs_table(history, moment)
    assert table.column("song_plays").tolist() == [2, 1]
    assert table.column("session_position").tolist() == [0, 0]
    unknown = asked_table(history, moment)
    assert unknown.column("song_plays").tolist() == [0]
    assert unknown.column("plays").tolist() == [3]


def test_no_audio_features_is_no_fault() -> None:
    history = made(40)
    silent = replace(history, songs=replace(history.songs, audio=np.full_like(history.songs.audio, np.nan)))
    table = plays_table(silent)
    assert np.isnan(table.column("audio_distance")).all()
    assert not np.isnan(table.column("song_skips")).any()
