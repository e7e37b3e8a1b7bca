"""What really happened is as hard as it claims to be."""

from collections import Counter

import numpy as np
import pytest
from benchmarks.joining.life import END, Life, live
from benchmarks.joining.songs import Songs, songs

PLAYS = 20_000


@pytest.fixture(scope="module")
def catalogue() -> Songs:
    return songs(1)


@pytest.fixture(scope="module")
def life(catalogue: Songs) -> Life:
    return live(catalogue, PLAYS, seed=1)


def test_plays_follow_one_another(life: Life) -> None:
    assert len(life) == PLAYS
    assert (life.started_ms[1:] > life.stopped_ms[:-1]).all()
    assert (life.stopped_ms - life.started_ms >= life.ms_played).all()
    assert life.stopped_ms[-1] < END.timestamp() * 1000


def test_forty_plays_a_day(life: Life) -> None:
    days = (life.stopped_ms[-1] - life.started_ms[0]) / 86_400_000
    assert len(life) / days == pytest.approx(40, rel=0.01)


def test_shares_are_those_asked_for(life: Life) -> None:
    twice = np.append(False, life.song[1:] == life.song[:-1])
    assert twice.mean() == pytest.approx(0.05, abs=0.006)
    assert (life.ms_played < 30_000).mean() == pytest.approx(0.20, abs=0.01)
    assert life.late.mean() == pytest.approx(0.03, abs=0.002)
    assert life.elsewhere.mean() == pytest.approx(0.03, abs=0.002)


def test_a_play_is_skipped_or_left_or_finished(life: Life, catalogue: Songs) -> None:
    length = catalogue.lengths[life.song]
    assert (life.skipped == (life.ms_played < 30_000)).all()
    assert (life.ms_played[life.finished] == length[life.finished]).all()
    assert (life.ms_played[~life.finished] < length[~life.finished]).all()


def test_some_plays_pause_and_skips_do_not(life: Life) -> None:
    pause = life.stopped_ms - life.started_ms - life.ms_played
    assert (pause > 0).mean() == pytest.approx(0.03 * 0.8, abs=0.005)
    assert (pause[life.skipped] == 0).all()
    assert pause.max() <= 20 * 60_000


def test_a_session_without_a_connection_is_uploaded_at_once_days_later(life: Life) -> None:
    days = (life.uploaded_ms - life.stopped_ms) / 86_400_000
    assert (days[~life.late] == 0).all()
    assert days[life.late].min() >= 1
    assert days[life.late].max() < 8
    told = {(session, at) for session, at in zip(life.session[life.late], life.uploaded_ms[life.late], strict=True)}
    assert len(told) == len(set(life.session[life.late]))
    assert life.offline[life.late].all()


def test_lengths_run_from_forty_seconds_to_ten_minutes(catalogue: Songs) -> None:
    assert 40_000 <= catalogue.lengths.min() < 45_000
    assert 500_000 < catalogue.lengths.max() <= 600_000


def test_names_are_hard_to_tell_apart(catalogue: Songs) -> None:
    titles: dict[str, set[str]] = {}
    for song in catalogue.all:
        titles.setdefault(song.title, set()).add(song.artists[0])
    assert sum(len(artists) > 1 for artists in titles.values()) > 1_000
    neighbours = list(zip(catalogue.all, catalogue.all[1:], strict=False))
    ends = Counter(
        later.title.removeprefix(song.title)
        for song, later in neighbours
        if song.artists[0] == later.artists[0] and later.title.startswith(song.title) and song.title != later.title
    )
    assert all(ends[tag] > 20 for tag in (" - Live", " (Live)", " - Acoustic", " - Radio Edit", " (Remix)"))
    parts = sum(
        song.title.endswith(", Part I") and later.title == f"{song.title}I" and song.artists[0] == later.artists[0]
        for song, later in neighbours
    )
    assert parts > 50


def test_guests_stand_in_the_title_of_half_the_songs_that_have_them(catalogue: Songs) -> None:
    shared = [song for song in catalogue.all if len(song.artists) > 1]
    named = [song for song in shared if "(feat. " in song.title]
    assert len(shared) / len(catalogue.all) == pytest.approx(0.12, abs=0.01)
    assert len(named) / len(shared) == pytest.approx(0.5, abs=0.05)


def test_names_are_in_several_scripts(catalogue: Songs) -> None:
    for first, last in ("АЯ", "ΑΩ", "一鿿", "가힣", "ابي"[::2], "अह"):
        assert any(first <= char <= last for song in catalogue.all for char in song.title)


def test_the_same_seed_lives_the_same_life(catalogue: Songs, life: Life) -> None:
    again = live(catalogue, PLAYS, seed=1)
    other = live(catalogue, PLAYS, seed=2)
    assert (again.started_ms == life.started_ms).all()
    assert (again.song == life.song).all()
    assert not (other.song == life.song).all()


def test_many_plays_are_spread_over_fifteen_years(catalogue: Songs) -> None:
    life = live(catalogue, 250_000, seed=1)
    years = (life.stopped_ms[-1] - life.started_ms[0]) / 86_400_000 / 365
    assert years == pytest.approx(15, abs=0.1)
