"""Orders, held against every order there is, and against a cost worked out in plain Python."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from order_twin import MAJOR_SCALE, cost, costs, hour_of, least, some_songs

from groovelog.recommend.playlists import arcs, camelot
from groovelog.recommend.playlists.bound import lower_bound
from groovelog.recommend.playlists.changes import _at_once, _Shifted, exchanges, savings
from groovelog.recommend.playlists.costs import WEIGHTS, costs_of
from groovelog.recommend.playlists.moves import moves
from groovelog.recommend.playlists.ordering import LEAST, REACH, best_order, ordered, searched
from groovelog.recommend.playlists.songs import Song

SEEDS = st.integers(0, 10**6)


def targets_of(songs: list[Song], arc: str) -> list[float]:
    return arcs.targets(arc, np.array([song.energy for song in songs])).tolist()


def test_the_wheel_is_the_circle_of_fifths() -> None:
    for key in range(12):
        for mode in (0, 1):
            assert camelot.place(key, mode) == (hour_of(key, mode), mode)
    assert (camelot.name(9, 0), camelot.name(0, 1), camelot.name(6, 1)) == ("8A", "8B", "2B")
    assert camelot.place(None, 1) is camelot.place(-1, 1) is camelot.place(3, None) is None


def test_each_hour_apart_changes_one_note() -> None:
    for one in range(12):
        for other in range(12):
            notes = {(one + step) % 12 for step in MAJOR_SCALE} & {(other + step) % 12 for step in MAJOR_SCALE}
            hours = camelot.distance(camelot.place(one, 1), camelot.place(other, 1))
            # Six hours apart, the other side, is as far as five by notes: B sharp is C.
            assert len(notes) == max(7 - hours, 2)


@pytest.mark.parametrize("arc", arcs.NAMES)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_an_arc_deals_the_energies_there_are(arc: str, energies: list[float]) -> None:
    assert sorted(arcs.targets(arc, np.array(energies))) == sorted(energies)


def test_arcs_run_as_they_are_called() -> None:
    energies = np.random.default_rng(1).permutation(np.linspace(0, 1, 121))
    assert (np.diff(arcs.targets(arcs.WARM_UP, energies)) > 0).all()
    assert (np.diff(arcs.targets(arcs.COOL_DOWN, energies)) < 0).all()
    peak = arcs.targets(arcs.PEAK, energies)
    assert peak.argmax() == 80
    assert (np.diff(peak[:81]) > 0).all()
    assert (np.diff(peak[80:]) < 0).all()
    flat = arcs.targets(arcs.FLAT, energies)
    levels = [flat[first : first + arcs.WAVE].mean() for first in range(len(flat) - arcs.WAVE)]
    assert max(abs(level - 0.5) for level in levels) < 0.1


@given(SEEDS, st.integers(2, 12), st.sampled_from(arcs.NAMES), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_cost_is_that_of_the_words(seed: int, count: int, arc: str, some_fixed: bool) -> None:
    songs = some_songs(count, seed)
    targets = targets_of(songs, arc)
    fixed = {1: Song("Unknown", "Ash"), 4: Song("Unknown", "Elm")} if some_fixed and count > 4 else {}
    order = np.random.default_rng(seed).permutation(count)
    fast = costs(songs, targets, fixed)
    assert fast.of(order) == pytest.approx(cost([songs[at] for at in order], targets, fixed))
    assert set(fast.named(order)) == set(WEIGHTS)


@given(SEEDS, st.integers(2, 14))
@settings(max_examples=40, deadline=None)
def test_what_a_move_changes_is_the_difference_of_the_costs(seed: int, count: int) -> None:
    songs = some_songs(count, seed)
    fixed = {2: Song("Unknown", "Ash")} if seed % 2 else {}
    fast = costs(songs, targets_of(songs, arcs.PEAK), fixed)
    order = np.random.default_rng(seed).permutation(count)
    before = fast.of(order)
    told = _at_once(fast, order, count, -1e9)  # as though each saved enough
    known = {(int(first), int(number)): change for change, first, number in zip(*told, strict=True)}
    shifted = _Shifted(fast, order)
    for number, move in enumerate(moves(count, count)):
        for first, change in enumerate(shifted.change(move)):
            after = order.copy()
            after[first : first + move.length] = order[first + np.array(move.window)]
            assert change == pytest.approx(fast.of(after) - before, abs=1e-6)
            assert known[first, number] == pytest.approx(change, abs=1e-6)


def test_what_an_exchange_over_a_distance_changes_is_the_difference_of_the_costs() -> None:
    songs = some_songs(60, 9)
    fast = costs(songs, targets_of(songs, arcs.PEAK), {4: Song("Unknown", "Ash")})
    order = np.random.default_rng(9).permutation(60)
    told = exchanges(fast, order, 12, -1e9)
    assert len(told.one) > 300
    for change, one, other in zip(*told, strict=True):
        after = order.copy()
        after[[one, other]] = order[[other, one]]
        assert change == pytest.approx(fast.of(after) - fast.of(order), abs=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_of_few_tracks_it_is_the_best_order_there_is(seed: int) -> None:
    songs = some_songs(2 + seed % 5, seed)
    targets = targets_of(songs, arcs.NAMES[seed % 4])
    found = best_order(costs(songs, targets), np.arange(len(songs)))
    assert found.cost == pytest.approx(least(songs, targets))
    assert found.bound == found.cost


@pytest.mark.parametrize("seed", range(6))
def test_no_order_is_below_the_bound_and_none_that_is_found_below_the_best(seed: int) -> None:
    songs = some_songs(7, seed)
    targets = targets_of(songs, arcs.NAMES[seed % 4])
    fast = costs(songs, targets)
    best = least(songs, targets)
    local = searched(fast, np.arange(7))
    assert fast.of(local) >= best - 1e-9
    for walked_to in (7, 0):
        bound = lower_bound(fast, 10 * best, walked_to)
        assert 0 < bound <= best + 1e-9


def test_the_walk_knows_nearly_the_whole_cost_where_artists_differ() -> None:
    songs = [Song(f"{at}", f"artist {at}", energy=at / 6, tempo=100.0) for at in (3, 0, 6, 2, 5, 1, 4)]
    targets = targets_of(songs, arcs.WARM_UP)
    best = least(songs, targets)
    assert best == pytest.approx(6 * 3 / 36)  # six steps of a sixth, and the arc met
    assert lower_bound(costs(songs, targets), 2 * best) == pytest.approx(best, rel=0.02)


@given(SEEDS, st.integers(8, 40), st.sampled_from(arcs.NAMES))
@settings(max_examples=15, deadline=None)
def test_an_order_has_every_track_once_and_is_never_worse_than_the_given_one(seed: int, count: int, arc: str) -> None:
    songs = some_songs(count, seed)
    fast = costs(songs, targets_of(songs, arc))
    given_order = np.random.default_rng(seed).permutation(count)
    found = best_order(fast, given_order)
    assert sorted(found.order) == list(range(count))
    assert found.bound <= found.cost <= fast.of(given_order) + 1e-9
    assert not savings(fast, found.order, REACH[0][1], LEAST).first.size


def test_the_same_playlist_has_the_same_order_every_time() -> None:
    songs = some_songs(30, 3)
    targets = targets_of(songs, arcs.PEAK)
    one, other = (ordered(costs(songs, targets), np.arange(30)) for _ in range(2))
    assert one.tolist() == other.tolist()


def test_tracks_that_stand_in_order_stay_so_and_mixed_ones_come_back() -> None:
    songs = [Song(f"{at}", f"artist {at}", energy=at / 200, tempo=90 + at / 10, key=0, mode=1) for at in range(200)]
    mixed = np.random.default_rng(5).permutation(200)
    targets = targets_of(songs, arcs.WARM_UP)
    found = best_order(costs([songs[at] for at in mixed], targets), np.arange(200))
    assert mixed[found.order].tolist() == list(range(200))
    assert found.gap < 0.05


def test_artists_are_kept_apart() -> None:
    songs = [Song(f"{at}", "Ash" if at < 5 else f"artist {at}", energy=0.5) for at in range(20)]
    fast = costs(songs, [0.5] * 20)
    order = best_order(fast, np.arange(20)).order
    places = [place for place, at in enumerate(order) if at < 5]
    assert min(after - before for before, after in pairwise(places)) > 3


@pytest.mark.long
def test_ten_thousand_tracks_have_an_order() -> None:
    songs = some_songs(10_000, 1)
    targets = arcs.targets(arcs.PEAK, np.array([song.energy for song in songs]))
    fast = costs_of(songs, range(10_000), targets, [])
    found = best_order(fast, np.arange(10_000))
    assert Counter(found.order.tolist()) == Counter(range(10_000))
    assert found.bound <= found.cost < fast.of(np.arange(10_000)) / 4
