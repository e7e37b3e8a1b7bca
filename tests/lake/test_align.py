"""Choosing among pairs, against every possible choice tried one by one."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovelog.lake.align import AT_ONCE, WORTH, Edge, Shifts, aligned, chosen, components, cost, seconds_apart

NO_SHIFT = Shifts([])


def edge(
    play: int,
    other: int,
    apart: float | None,
    extra: float = 0.0,
    *,
    clocks: str = "a b",
    end_apart: float | None = None,
    at_once: bool = False,
) -> Edge:
    """Plays and rows lie in the order of their numbers, a minute apart."""
    return Edge(
        play, other, (play * 60_000, play), (other * 60_000, other), apart, end_apart, extra, clocks, at_once=at_once
    )


def worth(pairs: list[Edge]) -> float:
    return sum(WORTH - cost(pair, NO_SHIFT) for pair in pairs)


def allowed(pairs: tuple[Edge, ...]) -> bool:
    """No play or row twice, and no two pairs that cross."""
    return all((one.play - two.play) * (one.other - two.other) > 0 for one, two in combinations(pairs, 2))


def best_of_all(edges: list[Edge]) -> float:
    subsets = (pairs for size in range(len(edges) + 1) for pairs in combinations(edges, size))
    return max(worth(list(pairs)) for pairs in subsets if allowed(pairs))


EDGES = st.lists(
    st.builds(
        edge, st.integers(0, 4), st.integers(0, 4), st.integers(-120, 120).map(float), st.sampled_from([0.0, 30.0])
    ),
    max_size=8,
    unique_by=lambda one: (one.play, one.other),
)


@given(EDGES)
def test_the_best_pairs_that_do_not_cross(edges: list[Edge]) -> None:
    best = aligned(edges, NO_SHIFT)
    assert allowed(tuple(best))
    assert worth(best) == pytest.approx(best_of_all(edges))


@given(EDGES, st.randoms())
def test_the_order_of_the_edges_does_not_matter(edges: list[Edge], random) -> None:
    shuffled = list(edges)
    random.shuffle(shuffled)
    assert sorted(map(id, aligned(shuffled, NO_SHIFT))) == sorted(map(id, aligned(edges, NO_SHIFT)))


def test_a_track_twice_in_a_row_keeps_its_order() -> None:
    # Plays at 0 and 100 s, a clock 80 s late: rows at 80 and 180 s. The first row is closer to the second play.
    edges = [edge(0, 0, 80), edge(1, 0, -20), edge(1, 1, 80)]
    assert {(pair.play, pair.other) for pair in aligned(edges, NO_SHIFT)} == {(0, 0), (1, 1)}


def test_pairs_nearby_tell_how_far_clocks_are_apart() -> None:
    shifts = Shifts([("a b", at * 60_000, 80.0, False) for at in range(5)])
    assert shifts.near("a b", 0).shift == 80.0
    assert cost(edge(0, 0, 80), shifts) == 0.0
    assert shifts.near("a c", 0).shift is None
    assert shifts.near("a b", 3 * 3_600_000).shift is None  # nothing within half an hour


def test_pairs_that_disagree_tell_nothing() -> None:
    assert Shifts([("a b", 0, apart, False) for apart in (-80.0, 0.0, 80.0)]).near("a b", 0).shift is None
    assert Shifts([("a b", 0, 80.0, False)] * 2).near("a b", 0).shift is None


def test_without_names_the_moment_has_to_be_known() -> None:
    shifts = Shifts([("a b", at * 60_000, 80.0, False) for at in range(5)])
    named_by_time = [edge(0, 0, apart, AT_ONCE, at_once=True) for apart in (80.0, 89.0, 91.0)]
    assert [bool(chosen([one], shifts)) for one in named_by_time] == [True, True, False]
    assert not chosen([edge(0, 0, 0, AT_ONCE, at_once=True)], NO_SHIFT)


def test_a_pause_costs_no_more_the_longer_it_is() -> None:
    assert cost(edge(0, 0, -92), NO_SHIFT) == 92
    assert cost(edge(0, 0, -92 - 40 * 30), NO_SHIFT) == 92 + 30
    assert chosen([edge(0, 0, -1800)], NO_SHIFT)


def test_lengths_decide_the_closest_first_and_may_cross() -> None:
    # Told to the minute, two short plays of one minute may stand in the other order.
    edges = [edge(0, 1, None, 0.0), edge(1, 0, None, 0.0), edge(0, 0, None, 7.0), edge(1, 1, None, 7.0)]
    assert {(pair.play, pair.other) for pair in chosen(edges, NO_SHIFT)} == {(0, 1), (1, 0)}


def test_components_share_nothing() -> None:
    edges = [edge(0, 0, 0), edge(0, 1, 0), edge(1, 1, 0), edge(2, 3, 0)]
    found = sorted(sorted((one.play, one.other) for one in group) for group in components(edges))
    assert found == [[(0, 0), (0, 1), (1, 1)], [(2, 3)]]


def test_a_night_of_one_track_on_repeat_is_quick() -> None:
    edges = [
        edge(play, play + shift, 60.0 * shift) for play in range(3_000) for shift in (0, 1) if play + shift < 3_000
    ]
    assert [(pair.play, pair.other) for pair in reversed(aligned(edges, NO_SHIFT))] == [(n, n) for n in range(3_000)]


def test_of_two_ways_to_read_an_instant_the_nearer_counts() -> None:
    # The other end costs 20 more, unless most pairs nearby say that it is what the instants mean there.
    assert cost(edge(0, 0, 50.0, end_apart=10.0), NO_SHIFT) == 30.0
    assert cost(edge(0, 0, 25.0, end_apart=10.0), NO_SHIFT) == 25.0
    ends = Shifts([("a b", at * 60_000, 0.0, at > 0) for at in range(4)])
    assert cost(edge(0, 0, 25.0, end_apart=10.0), ends) == 10.0
    assert cost(edge(0, 0, 5.0, end_apart=None), ends) == 25.0
    assert seconds_apart(edge(0, 0, 25.0, end_apart=10.0), ends) == 10.0
    assert seconds_apart(edge(0, 0, None), ends) is None
